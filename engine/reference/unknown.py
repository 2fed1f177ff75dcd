"""Where an unknown answer began, and of which variables more would have to be known.

`unknowns` goes down from an unknown answer to the nodes that have nothing unknown
below them. Such a node is open by itself, as nothing is recorded, or because of
what is known only in part: a value `<0.15`, a period that ends in some month. Each
comes with the places where that is recorded, or should have been.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.language.core import Fact, Field, Records, Select
from engine.reference.attendance import shown
from engine.reference.openness import behind, has_open_period, is_open, open_parts, undated, wants_records
from engine.reference.trace import Traced
from engine.reference.view import View
from engine.timeline.model import Record, Timeline


@dataclass(frozen=True, slots=True)
class Open:
    """Something of a variable that is not known, or only in part, and where it was asked for."""

    at: Traced
    variable: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A node at which an unknown began, and what leaves it open."""

    at: Traced
    open: tuple[Open, ...]

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.variable for one in self.open))


def unknowns(traced: Traced) -> tuple[Unknown, ...]:
    """Where an unknown began, each place once, in the order they were looked at."""
    found = (node for node in _descent(traced, _unknown_parts) if not _unknown_parts(node))
    return tuple(Unknown(node, tuple(_open(node))) for node in found)


Below = Callable[[Traced], list[Traced]]


def _descent(traced: Traced, below: Below) -> Iterator[Traced]:
    """A node and all that it leads to, each once."""
    seen: set[int] = set()
    pending = [traced]
    while pending:
        node = pending.pop()
        if node.end not in seen:
            seen.add(node.end)
            yield node
            pending.extend(reversed(below(node)))


def _unknown_parts(node: Traced) -> list[Traced]:
    return [part for part in open_parts(node) if part.value is None]


# ----------------------------------------------------------------- what is open


def _open(cause: Traced) -> Iterator[Open]:
    """What leaves a node open; where nothing does, as in a division by zero, all that was read."""
    found = [one for node in _descent(cause, _leads) for one in _own(node)]
    yield from found or (one for node in _descent(cause, undated) for one in _recorded(node))


def _leads(node: Traced) -> list[Traced]:
    """To what is open below a node, and in the days behind it."""
    days = (day.reckoned for day in behind(node))
    return [*open_parts(node), *(day for day in days if day is not None and is_open(day.value))]


def _own(node: Traced) -> Iterator[Open]:
    """What an open node would itself have to find recorded."""
    if (
        not isinstance(node.core, Select)
        or not _leads(node)
        or (has_open_period(node) and wants_records(node))
    ):
        yield from _recorded(node)
    yield from _attended(node)


def _attended(node: Traced) -> Iterator[Open]:
    """The variable that says when a visit took place, where that left its day open."""
    attendance, reading = node.trace.reading.program.attendance, node.trace.reading
    days = (day for day in behind(node) if day.aspect in ("day", "attended"))
    if attendance is not None and any(any(shown(reading, day.visit)) for day in days):
        yield Open(node, attendance.variable)


def _recorded(node: Traced) -> Iterator[Open]:
    """The variable that a node itself looks at."""
    match node.core:
        case Fact(name=name) if name != "as_of":
            yield Open(node, name)
        case Select(source=Records(variable=name)):
            yield Open(node, name)
        case Field(of=of):
            yield Open(node, variable_of(node.trace.reading.timeline, node.view, of))
        case _:
            pass


def variable_of(timeline: Timeline, view: View, of: str) -> str:
    """The variable of a record in view; of one that is not there, that of the record asked about."""
    holders: tuple[Record | None, ...] = (getattr(view, of), view.this)
    names = (_holding(timeline, record) for record in holders if record is not None)
    return next((name for name in names if name is not None), of)


def _holding(timeline: Timeline, record: Record) -> str | None:
    series = timeline.series.items()
    return next((name for name, one in series if any(each is record for each in one.records)), None)
