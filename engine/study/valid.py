"""Which texts were found to fit their schema before: they are not held against it again.

A text is known by its SHA-256 together with that of everything that judged it,
so an edit to either is looked at anew. Only what fits is remembered: whatever
is wrong with a file is found, and said, each time.
"""

import hashlib
from collections.abc import Set
from functools import cache
from pathlib import Path

from engine.source.cache import cache_folder, maker

MOST_KEPT = 2_000


def was_valid(schema: str, text: str) -> bool:
    """Whether exactly this text was found to fit the schema of that name."""
    return _mark(schema, text) in _known()


def remember(schema: str, text: str) -> None:
    """Notes that a text fits; where nothing can be written it is held against its schema each time."""
    path = _path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("a", encoding="ascii") as file:
            file.write(f"{_mark(schema, text)}\n")
    except OSError:
        return


@cache
def _known() -> Set[str]:
    """The marks kept; a list that has grown long is begun anew."""
    try:
        marks = _path().read_text("ascii", errors="replace").split("\n")
        if len(marks) > MOST_KEPT:
            _path().unlink()
    except OSError:
        return frozenset()
    return frozenset(marks)


def _mark(schema: str, text: str) -> str:
    return hashlib.sha256(f"{schema}\n{maker()}\n{text}".encode()).hexdigest()


def _path() -> Path:
    return cache_folder() / "valid"
