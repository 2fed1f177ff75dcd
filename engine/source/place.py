"""Where something stands: a stretch of one file, lines and columns from 1."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From (line, column) up to, but not including, (end_line, end_column)."""

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


NOWHERE = Span("", 0, 0, 0, 0)
"""The span of what nobody wrote: names the engine itself supplies."""


def whole(file: str) -> Span:
    """A file as such, when no line of it is to blame."""
    return Span(file, 1, 1, 1, 1)
