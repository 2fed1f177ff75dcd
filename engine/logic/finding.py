"""Which records of a bounded history a selector works on: in the period, and through the filter."""

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from engine.language.core import (
    BASELINE,
    CURRENT,
    Call,
    Core,
    Field,
    Period,
    Records,
    Select,
    VisitDay,
    Visits,
)
from engine.language.types import DAY, TRUTH
from engine.logic.answers import ANY_DAY, NO, YES, Range, Truth, picked
from engine.logic.history import Slot
from engine.logic.operators import constant, less, no_more
from engine.logic.selectors import Found, Looked
from engine.logic.terms import Bool, every, no, some

MOVES = ("add_days", "add_months")
OWN_DAY: dict[type, Core] = {Records: Field("record", "start", DAY), Visits: VisitDay(CURRENT)}


@dataclass(frozen=True, slots=True)
class View:
    """A visit, and the records in sight: selected, asked about, and the one before that."""

    visit: str | None = None
    record: Slot | None = None
    this: Slot | None = None
    previous: Slot | None = None

    def onto(self, record: Slot) -> "View":
        return View(self.visit, record, self.this, self.previous)


Limit = tuple[Range, bool] | None
"""A period's bound and whether that day is in; None where there is no bound."""


class Limits(NamedTuple):
    """What a period lies between, and the day that a visit is due."""

    start: Limit = None
    end: Limit = None
    target: Range | None = None


class Candidate(NamedTuple):
    """A record and whether it counts: it is in the period and, later, through the filter."""

    slot: Slot
    inside: Truth
    view: View

    def through(self, asked: "Asked", where: Core | None) -> "Candidate":
        """With what the filter says of it."""
        passes = YES if where is None else asked.answer(where, self.view)
        return self._replace(inside=_both(self.inside, passes))

    @property
    def possible(self) -> Bool:
        return every(self.slot.present, no(self.inside.no))

    @property
    def in_doubt(self) -> Bool:
        return every(self.slot.present, no(self.inside.yes), no(self.inside.no))


class Asked(Protocol):
    """A program read for every patient of a history."""

    def answer(self, core: Core, view: View) -> Any: ...

    def visit_day(self, visit: str, aspect: Any) -> Any: ...

    def slots(self, variable: str) -> tuple[Slot, ...]: ...

    def past(self, day: Range) -> Bool: ...


def find(asked: Asked, core: Select, view: View) -> Found:
    match core.source:
        case Records():
            return _find_records(asked, core, core.source, view)
        case Visits():
            return _find_visits(asked, core, core.source, view)


# -------------------------------------------------------------------- records


def _find_records(asked: Asked, core: Select, source: Records, view: View) -> Found:
    limits = _limits(asked, source, view)
    there = _records(asked, source, limits, view)
    sure = some(*(every(one.slot.present, one.inside.yes) for one in there))
    nothing = NO if _is_an_answer(core, source) else None
    end = limits.end
    open_ended = source.visit is None and end is not None and some(no(end[0].known), asked.past(end[0]))
    return Found(
        tuple(_looked(asked, core, one.through(asked, source.where)) for one in there),
        source.absent == "no" or sure,
        source.kind != "episode",
        open_ended,
        limits.target,
        core.element == OWN_DAY[Records],
        _unless(open_ended, nothing),
    )


def candidates(asked: Asked, source: Records | Visits, view: View) -> list[Candidate]:
    """The records, or visits, before any filter, each with whether it is in the period."""
    if isinstance(source, Records):
        return _records(asked, source, _limits(asked, source, view), view)
    return _visits(asked, source, view)


def _records(asked: Asked, source: Records, limits: Limits, view: View) -> list[Candidate]:
    slots = asked.slots(source.variable)
    inside = [_in_period(slot, limits) for slot in slots]
    if source.kind == "episode" and source.period is not None:
        has_days = _has_days(asked, source.period, limits)
        inside = [_both(one, has_days) for one in inside]
    return [Candidate(slot, one, view.onto(slot)) for slot, one in zip(slots, inside, strict=True)]


def _unless(open_ended: Bool, nothing: Truth | None) -> Truth | None:
    return None if nothing is None else Truth(False, no(open_ended))


def _is_an_answer(core: Select, source: Records) -> bool:
    """Whether it asks for a judgement's yes or no, where no judgement means no."""
    return source.kind == "judgement" and source.absent == "no" and core.element.type == TRUTH


def _looked(asked: Asked, core: Select, one: "Candidate") -> Looked:
    slot = one.slot
    return Looked(
        every(slot.present, one.inside.yes),
        one.in_doubt,
        slot.start,
        asked.answer(core.element, one.view),
    )


def _both(a: Truth, b: Truth) -> Truth:
    return Truth(every(a.yes, b.yes), some(a.no, b.no))


def _limits(asked: Asked, source: Records, view: View) -> Limits:
    visit = view.visit if source.visit == CURRENT else source.visit
    if visit is None:
        return _period(asked, source.period, view)
    if visit == BASELINE:
        day = asked.visit_day(BASELINE, "day")
        return Limits((asked.visit_day(BASELINE, "opens"), True), (day, True), day)
    opens, closes = asked.visit_day(visit, "opens"), asked.visit_day(visit, "closes")
    return Limits((opens, True), (closes, True), asked.visit_day(visit, "target"))


def _period(asked: Asked, period: Period | None, view: View) -> Limits:
    if period is None:
        return Limits()
    start, end = period.start, period.end
    return Limits(
        None if start is None else (asked.answer(start.day, view), start.inclusive),
        None if end is None else (asked.answer(end.day, view), end.inclusive),
    )


def _in_period(slot: Slot, limits: Limits) -> Truth:
    """Whether a record is in a period; an episode is when any day of it is."""
    start, end = limits.start, limits.end
    until = slot.start if slot.end is None else slot.end
    started = YES if start is None else _ordered(start[0], until, start[1])
    ended = YES if end is None else _ordered(slot.start, end[0], end[1])
    return _both(started, ended)


def _ordered(a: Range, b: Range, together: bool) -> Truth:
    return no_more(a, b) if together else less(a, b)


def _has_days(asked: Asked, period: Period, limits: Limits) -> Truth:
    """Whether any day is in a period: a record of one day shows that itself, an episode round it does not."""
    start, end = limits.start, limits.end
    if start is None or end is None:
        return YES
    length = _length(asked, period)
    if length is None:
        return _ordered(start[0], end[0], start[1] and end[1])
    return YES if length > 0 or (length == 0 and start[1] and end[1]) else NO


def _length(asked: Asked, period: Period) -> int | None:
    """By how much a period's end is its start moved on; None where the two have nothing in common."""
    assert period.start is not None
    assert period.end is not None
    start, end = period.start.day, period.end.day
    if start == end:
        return 0
    for moved, origin, sign in ((end, start, 1), (start, end, -1)):
        if isinstance(moved, Call) and moved.operator in MOVES and moved.args[0] == origin:
            return sign * int(constant(asked.answer(moved.args[1], View()), moved.operator))
    return None


# --------------------------------------------------------------------- visits


def _find_visits(asked: Asked, core: Select, source: Visits, view: View) -> Found:
    there = _visits(asked, source, view)
    records = tuple(_looked(asked, core, one.through(asked, source.where)) for one in there)
    return Found(records, True, own_day=core.element == OWN_DAY[Visits])


def _visits(asked: Asked, source: Visits, view: View) -> list[Candidate]:
    """Visits as records; one whose day is missing may be on any day."""
    limits, found = _period(asked, source.period, view), list[Candidate]()
    for visit in source.visits:
        day = asked.visit_day(visit, "day")
        start = picked(day.known, day, ANY_DAY)
        assert isinstance(start, Range)
        slot = Slot(True, start, None, {})
        found.append(Candidate(slot, _in_period(slot, limits), View(visit=visit)))
    return found
