"""The lines of a file, counted the same way by whoever reads or shows them.

A line ends at a line feed, a carriage return or both, and nowhere else:
`str.splitlines` would also end it at characters that YAML and editors do not
count, and every line number after one of those would be off.
"""

from collections.abc import Sequence
from pathlib import Path


def unified(text: str) -> str:
    """Text without a byte order mark, each of its lines ended by a line feed."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def lines_of(text: str) -> list[str]:
    """The lines of a text, without their ends."""
    return unified(text).split("\n")


class Sources:
    """Source files by the name that spans give them; each is read once."""

    def __init__(self, root: Path = Path()) -> None:
        self._root = root
        self._read: dict[str, Sequence[str] | None] = {}

    def __call__(self, file: str) -> Sequence[str] | None:
        """The lines of a file, or None when it cannot be read."""
        if file not in self._read:
            self._read[file] = _lines_in(self._root / file)
        return self._read[file]


def _lines_in(path: Path) -> Sequence[str] | None:
    try:
        return lines_of(path.read_bytes().decode("utf-8", "replace"))
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return None
