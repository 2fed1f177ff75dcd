"""Where something stands: a stretch of one file, lines and columns from 1."""

from collections.abc import Callable
from typing import NamedTuple


class Span(NamedTuple):
    """From (line, column) up to, but not including, (end_line, end_column).

    A named tuple, as every word of every file has one.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def to(self, other: "Span") -> "Span":
        """The stretch from the start of this span to the end of the other."""
        return Span(self.file, self.line, self.column, other.end_line, other.end_column)

    def first(self, length: int) -> "Span":
        """Its first characters, which stand on one line."""
        return Span(self.file, self.line, self.column, self.line, self.column + length)

    def last(self, length: int) -> "Span":
        """Its last characters, which stand on one line."""
        start = max(self.end_column - length, 0)
        return Span(self.file, self.end_line, start, self.end_line, self.end_column)


Placing = Callable[[int, int], Span]
"""From the start and end of a stretch of an expression's text to its span."""

NOWHERE = Span("", 0, 0, 0, 0)
"""The span of what nobody wrote: names the engine itself supplies."""


def whole(file: str) -> Span:
    """A file as such, when no line of it is to blame."""
    return Span(file, 1, 1, 1, 1)
