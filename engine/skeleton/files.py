"""The files of the small study, read as package data: from a folder, a wheel or a zip alike."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

HOME = "study"


def skeleton() -> Iterator[tuple[str, str]]:
    """Each file by its name from the study's folder, with its text, in order of name."""
    return _below(files("engine.skeleton") / HOME, "")


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _below(entry, f"{path}{entry.name}/")
        else:
            yield f"{path}{entry.name}", entry.read_text("utf-8")
