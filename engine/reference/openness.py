"""What leaves a node open: the parts that are unknown or known only in part, and the days behind it.

Nothing that is known counts: how Day 1 was found matters only while Day 1 is
open. Days of the schedule are worked out once a reading, whoever asks first, so
they are no parts of a node; `behind` leads to them from every node that uses them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from engine.language.core import (
    BASELINE,
    CURRENT,
    Bound,
    Call,
    Core,
    Records,
    Select,
    VisitAspect,
    VisitDay,
    Visits,
)
from engine.language.days import high, low
from engine.language.values import FIRST_DAY, LAST_DAY, Date, Day, DayRange, NumberRange, OneOf, Value
from engine.reference.finding import NONE
from engine.reference.trace import Traced
from engine.timeline.model import Record

NEUTRAL = {"any": False, "every": True}
"""What an element gives that leaves the answer to the others."""

WINDOW: tuple[VisitAspect, ...] = ("opens", "closes", "target")


def is_open(value: Value) -> bool:
    return value is None or is_in_part(value)


def is_in_part(value: Value) -> bool:
    return isinstance(value, DayRange | NumberRange | OneOf)


def dates(core: Core, part: Core) -> bool:
    """Whether a part says when, and not what: the bound of a period."""
    return any(bound is not None and bound.day is part for bound in _bounds(core))


def _bounds(core: Core) -> tuple[Bound | None, Bound | None]:
    if not isinstance(core, Select) or core.source.period is None:
        return None, None
    return core.source.period.start, core.source.period.end


def undated(node: Traced) -> list[Traced]:
    """The parts that say what, and not when: no bounds, and not how a day of the schedule was reckoned."""
    match node.core:
        case VisitDay():
            return []
        case Select(source=source, element=element):
            return [part for part in node.parts if part.core is element or part.core is source.where]
        case _:
            return list(node.parts)


# ---------------------------------------------------------------------- parts


def open_parts(node: Traced) -> list[Traced]:
    """The parts that are unknown; if none is, those known in part."""
    parts = _of_moment(node)
    return [part for part in parts if part.value is None] or [
        part for part in parts if is_in_part(part.value)
    ]


def _of_moment(node: Traced) -> list[Traced]:
    """The parts on which the value of a node hangs."""
    match node.core:
        case VisitDay():
            return []
        case Call("if_known") if node.value is not None:
            return [node.parts[-1]]
        case Select():
            return _of_selection(node, node.core)
        case _:
            return list(node.parts)


def _of_selection(node: Traced, core: Select) -> list[Traced]:
    """The bounds; the elements that count; and the filters of records that would count if they passed."""
    elements = [part for part in node.parts if part.core is core.element]
    counting = [e for e in elements if core.selector not in NEUTRAL or e.value is not NEUTRAL[core.selector]]
    asked = {_looked_at(part) for part in counting}
    filters = [part for part in node.parts if part.core is core.source.where]
    return [
        *(part for part in node.parts if dates(core, part.core)),
        *(part for part in filters if not elements or _looked_at(part) in asked),
        *counting,
    ]


def _looked_at(part: Traced) -> tuple[str | None, int]:
    return part.view.visit, id(part.view.record)


# ----------------------------------------------------------------------- days


class Planned(NamedTuple):
    """A day of a visit that a node rests on, and how it was reckoned; None if it was not."""

    aspect: VisitAspect
    visit: str
    reckoned: Traced | None


def behind(node: Traced) -> Iterator[Planned]:
    """The open days of the schedule that a node rests on."""
    days = node.trace.reading.days
    for aspect, visit in _used(node):
        if is_open(days.get((aspect, visit), FIRST_DAY)):
            yield Planned(aspect, visit, _step(node, aspect, visit))


def reckoned(node: Traced) -> Traced | None:
    """How a day that the schedule plans was reckoned; a day on which a visit took place is recorded."""
    core = node.core
    if not isinstance(core, VisitDay) or core.aspect in ("day", "attended"):
        return None
    return _step(node, core.aspect, _named(node, core.visit))


def _used(node: Traced) -> Iterator[tuple[VisitAspect, str]]:
    match node.core:
        case VisitDay(visit=visit, aspect=aspect):
            yield aspect, _named(node, visit)
        case Select(source=Records(visit=str(visit))):
            name = _named(node, visit)
            yield from ((aspect, name) for aspect in (("opens", "day") if name == BASELINE else WINDOW))
        case Select(source=Visits(visits=visits)):
            yield from (("day", visit) for visit in visits)
        case _:
            pass


def _named(node: Traced, visit: str) -> str:
    return str(node.view.visit) if visit == CURRENT else visit


def _step(node: Traced, aspect: VisitAspect, visit: str) -> Traced | None:
    """The last step of working a day out; that of a visit's day is its target's."""
    planned: VisitAspect = "target" if aspect == "day" and visit != BASELINE else aspect
    steps = node.trace.reading.planned.get((planned, visit))
    return node.trace.at(steps[-1]) if steps and aspect != "attended" else None


# -------------------------------------------------------------------- records

EVER = DayRange(FIRST_DAY, LAST_DAY)
"""Where there is no bound, or nobody knows it."""


def has_open_period(node: Traced) -> bool:
    bounds = (part for part in node.parts if dates(node.core, part.core))
    return any(is_open(part.value) for part in bounds) or any(True for _ in behind(node))


def wants_records(node: Traced) -> bool:
    """Whether a selection would be open wherever its open period ends."""
    core, reading = node.core, node.trace.reading
    if not isinstance(core, Select) or not isinstance(core.source, Records):
        return False
    start, end = _limits(node, core.source)
    if core.source.visit is None and low(end) > reading.as_of:
        return True
    near = list(_near(node, core.source, (start, end)))
    return any(_is_uncertain(one, reading.as_of) for one in near) if near else core.source.absent == "unknown"


def _near(node: Traced, source: Records, limits: tuple[Date, Date]) -> Iterator[Record]:
    """The records that may be in a period, without those that a filter leaves out."""
    start, end = limits
    filters = (part for part in node.parts if part.core is source.where and part.value is False)
    out = {id(part.view.record) for part in filters}
    for record in node.trace.reading.timeline.series.get(source.variable, NONE).records:
        until = high(record.end or record.start)
        if id(record) not in out and until >= low(start) and low(record.start) <= high(end):
            yield record


def _limits(node: Traced, source: Records) -> tuple[Date, Date]:
    """The first and the last day of a period, as far as they are known."""
    days = node.trace.reading.days
    if source.visit is not None:
        visit = _named(node, source.visit)
        closes: VisitAspect = "day" if visit == BASELINE else "closes"
        return _day(days.get(("opens", visit))), _day(days.get((closes, visit)))
    values = {id(part.core): part.value for part in node.parts}
    start, end = (None if bound is None else values.get(id(bound.day)) for bound in _bounds(node.core))
    return _day(start), _day(end)


def _day(value: Value) -> Date:
    return value if isinstance(value, DayRange) or type(value) is int else EVER


def _is_uncertain(record: Record, as_of: Day) -> bool:
    """Whether nobody can say if a record counts, or when; that it goes on is no doubt."""
    ends = isinstance(record.end, DayRange) and low(record.end) <= as_of
    return record.doubtful or ends or isinstance(record.start, DayRange)
