"""Periods a day or a month off, the other end of a series, and what no record means."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from engine.assurance.mutation.model import Change, Spot
from engine.assurance.simplify import moved_by_days
from engine.language.core import Bound, Call, Const, Core, Fact, Parameter, Period, Records, Select
from engine.language.types import TRUTH

MOVES = ("add_days", "add_months")
OTHER_END = {
    "first": "last",
    "last": "first",
    "highest": "lowest",
    "lowest": "highest",
    "any": "every",
    "every": "any",
}
MEANT: dict[str, Literal["no", "unknown"]] = {"no": "unknown", "unknown": "no"}

COUNTING = ("any", "every", "number of", "total")
"""The selectors for which it matters what no record means."""

ANSWERING = ("first", "last", "at")
"""Those for which it matters where a judgement's yes or no is asked for."""

DAYS_OFF = (1, -1)


def window(spot: Spot) -> Iterator[Change]:
    """A bound opened, closed, shifted by a day or taken away; a length one longer or shorter."""
    match spot.node:
        case Select(source=source) as node if source.period is not None:
            start, end = source.period.start, source.period.end
            others = [(Period(other, end), at) for other, at in _other_bounds(start)]
            others += [(Period(start, other), at) for other, at in _other_bounds(end)]
            for period, at in others:
                left = period if period.start or period.end else None
                yield Change(replace(node, source=replace(source, period=left)), at.at)
        case Call(operator, (day, length)) as node if operator in MOVES:
            yield from (Change(replace(node, args=(day, other)), length.at) for other in _lengths(length))
        case _:
            pass


def _other_bounds(bound: Bound | None) -> Iterator[tuple[Bound | None, Core]]:
    if bound is None:
        return
    yield replace(bound, inclusive=not bound.inclusive), bound.day
    yield from ((replace(bound, day=moved_by_days(bound.day, days)), bound.day) for days in DAYS_OFF)
    yield None, bound.day


def _lengths(length: Core) -> Iterator[Const]:
    steps = _steps(length)
    if steps is not None:
        yield from (Const(steps + off, length.type, length.at) for off in DAYS_OFF)


def _steps(length: Core) -> Decimal | None:
    match length:
        case Const(Decimal() as value) | Parameter(_, Decimal() as value):
            return value
        case Call("neg", (Parameter(_, Decimal() as value),)):
            return -value
        case _:
            return None


def outermost(spot: Spot) -> Iterator[Change]:
    node = spot.node
    if isinstance(node, Select) and node.selector in OTHER_END:
        yield Change(replace(node, selector=OTHER_END[node.selector]), node.at)


def absence(spot: Spot) -> Iterator[Change]:
    match spot.node:
        case Fact(type=type_) as node if type_ == TRUTH:
            yield Change(replace(node, absent=MEANT[node.absent]), node.at)
        case Select(source=Records() as source) as node if _matters(node, source):
            yield Change(replace(node, source=replace(source, absent=MEANT[source.absent])), node.at)
        case _:
            pass


def _matters(node: Select, source: Records) -> bool:
    if node.selector in COUNTING:
        return True
    return source.kind == "judgement" and node.element.type == TRUTH and node.selector in ANSWERING
