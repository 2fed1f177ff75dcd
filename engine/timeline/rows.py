"""Rows with places, whatever kind of file they stand in.

A `Sheet` is a table that has been opened: its columns, and its rows one by
one. A `Row` holds the text of every column, and knows where each cell stands
without working it out before anyone asks.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.source.diagnostic import Diagnostic
from engine.source.place import Span
from engine.source.suggest import did_you_mean


class Row(NamedTuple):
    """One row: the text of its cells, one a column of its sheet, and what is wrong with it as such.

    A row whose cells cannot be told apart has none.
    """

    cells: Sequence[str]
    at: Span
    place: Callable[[int], Span]
    broken: tuple[Diagnostic, ...] = ()


def unsplit(at: Span, problem: Diagnostic) -> Row:
    """A row whose cells cannot be told apart."""
    return Row((), at, lambda _: at, (problem,))


@dataclass(frozen=True, slots=True)
class Sheet:
    """An opened table. `place` is that of a column's name in the header."""

    file: str
    columns: tuple[str, ...]
    place: Callable[[int], Span]
    rows: Iterator[Row]


@dataclass(frozen=True, slots=True)
class Named:
    """A cell of a file that names its cells one by one: a JSON line, a YAML record."""

    name: str
    text: str | None
    at: Span


def row_of(named: Iterable[Named], columns: Sequence[str], at: Span) -> Row:
    """The cells put in the order of the columns; those of no column, or holding no text, break the row."""
    by_name: dict[str, Named] = {}
    broken = []
    for cell in named:
        if cell.name not in columns:
            broken.append(unknown_column(cell.name, columns, cell.at))
        elif cell.name in by_name:
            broken.append(Diagnostic("duplicate-key", f"`{cell.name}` stands here twice", cell.at))
        elif cell.text is None:
            broken.append(Diagnostic("not-a-cell", f"`{cell.name}` is not a single value", cell.at))
        else:
            by_name[cell.name] = cell
    cells = [by_name[name].text or "" if name in by_name else "" for name in columns]
    return Row(cells, at, _placed(by_name, columns, at), tuple(broken))


def _placed(by_name: Mapping[str, Named], columns: Sequence[str], at: Span) -> Callable[[int], Span]:
    def place(column: int) -> Span:
        name = columns[column]
        return by_name[name].at if name in by_name else at

    return place


def unknown_column(name: str, columns: Sequence[str], at: Span) -> Diagnostic:
    help = did_you_mean(name, columns) or "the columns are " + ", ".join(f"`{one}`" for one in columns)
    return Diagnostic("unknown-column", f"there is no column `{name}`", at, help)
