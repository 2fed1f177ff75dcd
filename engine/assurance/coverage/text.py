"""An expression as it stands in its file, with the conditions that are written on each line.

A condition that nobody wrote as such, as that a switch is open to an arm, stands on none.
"""

from collections.abc import Iterator
from typing import NamedTuple

from engine.assurance.coverage.expressions import Expression
from engine.source.lines import Sources
from engine.source.place import Span
from engine.source.tree import Scalar


class Mark(NamedTuple):
    """Conditions of one place, by their numbers from 1: from a column of a line's text up to another.

    `opens` says whether they begin on this line.
    """

    start: int
    end: int
    numbers: tuple[int, ...]
    opens: bool


class Line(NamedTuple):
    """A line of a file without its margin, and the marks on it, those that hold others first."""

    number: int
    text: str
    marks: tuple[Mark, ...]


def lines_of(expression: Expression, sources: Sources) -> tuple[Line, ...]:
    """The lines of an expression; none where its file cannot be read any more."""
    at = _place(expression.written)
    found = list((sources(at.file) or ())[at.line - 1 : at.end_line])
    if found:
        found[-1] = found[-1][: at.end_column - 1]
    rows = [(number, text) for number, text in enumerate(found, at.line) if text.strip()]
    margin = min((_margin(number, text, at) for number, text in rows), default=0)
    places = _places(expression)
    return tuple(
        Line(number, text[margin:].rstrip(), tuple(_marks(number, text, (places, margin))))
        for number, text in rows
    )


def _place(written: Scalar) -> Span:
    """Where the words of an expression stand: without the sign that opens a block, without quotes."""
    line, column = written.origin
    at = written.at._replace(line=line, column=column)
    quote = column - written.at.column if line == written.at.line else 0
    return at._replace(end_column=at.end_column - quote)


def _margin(number: int, text: str, at: Span) -> int:
    return at.column - 1 if number == at.line else len(text) - len(text.lstrip())


def _places(expression: Expression) -> dict[Span, tuple[int, ...]]:
    """The conditions by place, the widest place first."""
    found: dict[Span, tuple[int, ...]] = {}
    for number, condition in enumerate(expression.conditions, 1):
        at = condition.core.at
        found[at] = (*found.get(at, ()), number)
    return dict(sorted(found.items(), key=lambda one: (one[0][1:3], [-end for end in one[0][3:]])))


def _marks(number: int, text: str, placed: tuple[dict[Span, tuple[int, ...]], int]) -> Iterator[Mark]:
    places, margin = placed
    for at, numbers in places.items():
        if at.line <= number <= at.end_line:
            opens = number == at.line
            start = at.column - 1 if opens else len(text) - len(text.lstrip())
            end = at.end_column - 1 if number == at.end_line else len(text.rstrip())
            yield Mark(start - margin, end - margin, numbers, opens)
