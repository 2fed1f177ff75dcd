"""The folder for what is kept between runs to make them quick; it can be deleted at any time."""

import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import engine

FOLDERS = ("language", "source", "study", "study/schemas")
"""Where the files stand that say what a study means."""

ENDINGS = (".py", ".lark", ".json")
LIBRARIES = ("lark", "jsonschema")


def cache_folder() -> Path:
    """`$XDG_CACHE_HOME/trial`, else `~/.cache/trial`."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "trial"


def keep(path: Path, content: bytes, most: int) -> None:
    """Keeps a file, whole or not at all, the oldest of its kind making room; or nothing, where it cannot."""
    partial = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial.write_bytes(content)
        partial.replace(path)
        kept = sorted(path.parent.glob(f"*{path.suffix}"), key=lambda file: file.stat().st_mtime)
        for old in kept[:-most]:
            old.unlink(missing_ok=True)
    except OSError:
        return


@cache
def maker(*further: str) -> str:
    """What tells one state of the engine's own files, its libraries and Python from another.

    `further` are folders of those that say more than what a study means.
    """
    root = Path(engine.__file__).parent
    entries = (entry for folder in (*FOLDERS, *further) for entry in os.scandir(root / folder))
    files = sorted((entry.name, entry.stat()) for entry in entries if entry.name.endswith(ENDINGS))
    return "\n".join((sys.version, *(_mark(name, stat) for name, stat in (*files, *_libraries()))))


def _libraries() -> list[tuple[str, os.stat_result]]:
    found = ((name, find_spec(name)) for name in LIBRARIES)
    return [(name, os.stat(spec.origin)) for name, spec in found if spec is not None and spec.origin]


def _mark(name: str, stat: os.stat_result) -> str:
    return f"{name} {stat.st_size} {stat.st_mtime_ns}"
