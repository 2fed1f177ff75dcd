"""The folder for what is kept between runs to make them quick; it can be deleted at any time."""

import os
from pathlib import Path


def cache_folder() -> Path:
    """`$XDG_CACHE_HOME/trial`, else `~/.cache/trial`."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "trial"
