"""Which records a selector works on: in the period, and through the filter.

Each record is in, out, or may be in: dates can be partial and a filter
unknown. Where every date is a known day the period is cut out by bisection.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

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
from engine.language.days import high, low
from engine.language.types import DAY, TRUTH
from engine.language.values import FIRST_DAY, LAST_DAY, Date, Day, DayRange, Value
from engine.reference.compare import Truth, at_most, less
from engine.reference.selectors import Found, Look
from engine.reference.view import Asked, View
from engine.timeline.model import Record, Series

NONE = Series((), ())
MOVES = ("add_days", "add_months")
Limit = tuple[Value, bool] | None
"""A period's bound: its day (None if missing) and whether that is in; None where there is no bound."""

OWN_DAY: dict[type, Core] = {Records: Field("record", "start", DAY), Visits: VisitDay(CURRENT)}
"""The element that is the day of the record, or visit, itself."""


def find(reading: Asked, core: Select, view: View) -> tuple[Found, Look]:
    """The records of a selection, and how to look at its element in one of them."""
    match core.source:
        case Records():
            found = find_records(reading, core.source, view)
            if _is_an_answer(core, core.source) and not found.open_ended:
                found = found._replace(nothing=False)
            return _own_day(found, core), lambda record: reading.value(core.element, view.onto(record))
        case Visits():
            found = _find_visits(reading, core.source, view)
            return _own_day(found, core), lambda record: reading.value(core.element, _visit_view(record))


def _is_an_answer(core: Select, source: Records) -> bool:
    """Whether it asks for a judgement's yes or no, where no judgement means no."""
    return source.kind == "judgement" and source.absent == "no" and core.element.type == TRUTH


def _own_day(found: Found, core: Select) -> Found:
    if found.exact or core.element != OWN_DAY[type(core.source)]:
        return found
    return found._replace(own_day=True)


# -------------------------------------------------------------------- records


def find_records(reading: Asked, source: Records, view: View) -> Found:
    """The records of a variable in the period, or the window, and through the filter."""
    series = reading.timeline.series.get(source.variable, NONE)
    start, end, target = _limits(reading, source, view)
    sure, maybe = _inside(series, start, end, source.kind == "episode")
    if source.kind == "episode" and source.period is not None and (sure or maybe):
        sure, maybe = _in_days(_has_days(reading, source.period, (start, end)), sure, maybe)
    open_ended = source.visit is None and _past(end, reading.as_of)
    none_known = source.absent == "no" or bool(sure)
    exact = series.days is not None
    if source.where is not None:
        sure, maybe = _filtered(reading, (sure, maybe), source.where, view)
    return Found(sure, maybe, exact, none_known, open_ended, target)


def _limits(reading: Asked, source: Records, view: View) -> tuple[Limit, Limit, Value]:
    visit = view.visit if source.visit == CURRENT else source.visit
    if visit is None:
        return *_period(reading, source.period, view), None
    if visit == BASELINE:
        day = reading.visit_day(BASELINE, "day")
        return (reading.visit_day(BASELINE, "opens"), True), (day, True), day
    opens, closes = reading.visit_day(visit, "opens"), reading.visit_day(visit, "closes")
    return (opens, True), (closes, True), reading.visit_day(visit, "target")


def _period(reading: Asked, period: Period | None, view: View) -> tuple[Limit, Limit]:
    if period is None:
        return None, None
    start, end = period.start, period.end
    return (
        None if start is None else (reading.value(start.day, view), start.inclusive),
        None if end is None else (reading.value(end.day, view), end.inclusive),
    )


def _past(end: Limit, as_of: Day) -> bool:
    """Whether a period certainly or possibly goes on after the data end."""
    return end is not None and (end[0] is None or high(end[0]) > as_of)  # type: ignore[arg-type]


def _inside(
    series: Series, start: Limit, end: Limit, episode: bool
) -> tuple[Sequence[Record], Sequence[Record]]:
    if series.days is not None and _is_exact(start) and _is_exact(end):
        return _sliced(series, start, end), ()
    kept = [(record, _in_period(record, start, end, episode)) for record in series.records]
    sure = [record for record, inside in kept if inside and not record.doubtful]
    return sure, [record for record, inside in kept if inside is None or (inside and record.doubtful)]


def _has_days(reading: Asked, period: Period, limits: tuple[Limit, Limit]) -> Truth:
    """Whether any day is in a period: a record of one day shows that itself, an episode round it does not."""
    start, end = limits
    if start is None or end is None:
        return True
    length = _length(reading, period)
    if length is None:
        return _ordered(start[0], end[0], start[1] and end[1])
    return length > 0 or (length == 0 and start[1] and end[1])


def _length(reading: Asked, period: Period) -> int | None:
    """By how much a period's end is its start moved on; None where the two have nothing in common."""
    assert period.start is not None
    assert period.end is not None
    start, end = period.start.day, period.end.day
    if start == end:
        return 0
    for moved, origin, sign in ((end, start, 1), (start, end, -1)):
        if isinstance(moved, Call) and moved.operator in MOVES and moved.args[0] == origin:
            return sign * int(reading.value(moved.args[1], View()))
    return None


def _in_days(
    has_days: Truth, sure: Sequence[Record], maybe: Sequence[Record]
) -> tuple[Sequence[Record], Sequence[Record]]:
    if has_days is False:
        return (), ()
    return (sure, maybe) if has_days else ((), [*sure, *maybe])


def _is_exact(limit: Limit) -> bool:
    return limit is None or type(limit[0]) is int


def _sliced(series: Series, start: Limit, end: Limit) -> Sequence[Record]:
    days = series.days
    assert days is not None
    first = 0 if start is None else (bisect_left if start[1] else bisect_right)(days, start[0])  # type: ignore[type-var]
    after = len(days) if end is None else (bisect_right if end[1] else bisect_left)(days, end[0])  # type: ignore[type-var]
    return series.records[first:after]


def _in_period(record: Record, start: Limit, end: Limit, episode: bool) -> Truth:
    """Whether a record is in a period; an episode is when any day of it is."""
    until: Date = record.start if not episode or record.end is None else record.end
    started = True if start is None else _ordered(start[0], until, start[1])
    ended = True if end is None else _ordered(record.start, end[0], end[1])
    if started is False or ended is False:
        return False
    return True if started and ended else None


def _ordered(a: Value, b: Value, together: bool) -> Truth:
    return at_most(a, b) if together else less(a, b)


def _filtered(
    reading: Asked, records: tuple[Iterable[Record], Iterable[Record]], where: Core, view: View
) -> tuple[list[Record], list[Record]]:
    """Through a filter: a record for which it is unknown may or may not count."""
    sure: list[Record] = []
    maybe: list[Record] = []
    for certain, group in zip((True, False), records, strict=True):
        for record in group:
            passes = reading.value(where, view.onto(record))
            if passes is not False:
                (sure if passes and certain else maybe).append(record)
    return sure, maybe


# --------------------------------------------------------------------- visits


def _find_visits(reading: Asked, source: Visits, view: View) -> Found:
    start, end = _period(reading, source.period, view)
    sure: list[Record] = []
    maybe: list[Record] = []
    for visit in source.visits:
        record = _as_record(visit, reading.visit_day(visit, "day"))
        inside = _through(reading, source.where, record, _in_period(record, start, end, False))
        if inside is not False:
            (sure if inside else maybe).append(record)
    exact = all(type(record.start) is int for record in (*sure, *maybe))
    return Found(sorted(sure, key=_by_day), maybe, exact, none_known=True)


def _by_day(record: Record) -> tuple[Day, Day]:
    """Visits are planned in one order, and may be held in another."""
    return low(record.start), high(record.start)


def _through(reading: Asked, where: Core | None, record: Record, inside: Truth) -> Truth:
    if inside is False or where is None:
        return inside
    passes: Truth = reading.value(where, _visit_view(record))
    return passes if passes is False or inside else None


def _as_record(visit: str, day: Date | None) -> Record:
    """A visit as a record of a series; one whose day is missing may be on any day."""
    start = DayRange(FIRST_DAY, LAST_DAY) if day is None else day
    return Record(start, None, None, {"visit": visit})


def _visit_view(record: Record) -> View:
    return View(visit=str(record.fields["visit"]))
