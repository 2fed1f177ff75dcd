"""Which records a selector works on: in the period, and through the filter.

Each record is in, out, or may be in: dates can be partial and a filter
unknown. Where every date is a known day the period is cut out by bisection.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from engine.language.core import BASELINE, CURRENT, Bound, Core, Period, Records, Select, Visits
from engine.language.days import high
from engine.language.values import FIRST_DAY, LAST_DAY, Date, Day, DayRange, Value
from engine.reference.compare import Truth, at_most, less
from engine.reference.possible import join
from engine.reference.selectors import Found, Look, nearest
from engine.reference.view import Asked, View
from engine.timeline.model import Record, Series

NONE = Series((), ())
Limit = tuple[Value, bool] | None
"""A period's bound: its day (None if missing) and whether that is in; None where there is no bound."""


def find(reading: Asked, core: Select, view: View) -> tuple[Found, Look]:
    """The records of a selection, and how to look at its element in one of them."""
    match core.source:
        case Records():
            found = _find_records(reading, core.source, view)
            return found, lambda record: reading.value(core.element, replace(view, record=record))
        case Visits():
            found = _find_visits(reading, core.source, view)
            return found, lambda record: reading.value(core.element, _visit_view(record))


# -------------------------------------------------------------------- records


def _find_records(reading: Asked, source: Records, view: View) -> Found:
    series = reading.timeline.series.get(source.variable, NONE)
    start, end, target = _limits(reading, source, view)
    sure, maybe = _inside(series, start, end, source.kind == "episode")
    open_ended = source.visit is None and end is not None and _past(end[0], reading.as_of)
    none_known = source.absent == "no" or bool(sure)
    exact = series.days is not None
    if source.where is not None:
        sure, maybe = _filtered(reading, (sure, maybe), source.where, view)
    return Found(sure, maybe, exact, none_known, open_ended, target)


def _past(end: Value, as_of: Day) -> bool:
    """Whether a period certainly or possibly goes on after the data end."""
    return end is not None and high(end) > as_of  # type: ignore[arg-type]


def _limits(reading: Asked, source: Records, view: View) -> tuple[Limit, Limit, Value]:
    visit = view.visit if source.visit == CURRENT else source.visit
    if visit == BASELINE:
        baseline = reading.program.baseline
        assert baseline is not None
        day = reading.visit_day(BASELINE, "day")
        return (reading.value(baseline.opens, View()), True), (day, True), day
    if visit is not None:
        opens, closes = reading.visit_day(visit, "opens"), reading.visit_day(visit, "closes")
        return (opens, True), (closes, True), reading.visit_day(visit, "target")
    start, end = _period(reading, source.period, view)
    return start, end, None


def _period(reading: Asked, period: Period | None, view: View) -> tuple[Limit, Limit]:
    if period is None:
        return None, None
    return _limit(reading, period.start, view), _limit(reading, period.end, view)


def _limit(reading: Asked, bound: Bound | None, view: View) -> Limit:
    return None if bound is None else (reading.value(bound.day, view), bound.inclusive)


def _inside(
    series: Series, start: Limit, end: Limit, episode: bool
) -> tuple[Sequence[Record], Sequence[Record]]:
    if series.days is not None and _is_exact(start) and _is_exact(end):
        return _sliced(series, start, end), ()
    kept = [(record, _in_period(record, start, end, episode)) for record in series.records]
    sure = [record for record, inside in kept if inside and not record.doubtful]
    return sure, [record for record, inside in kept if inside is None or (inside and record.doubtful)]


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
            passes = reading.value(where, replace(view, record=record))
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
    return Found(sure, maybe, exact, none_known=True)


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


def attended(reading: Asked, visit: str) -> Value:
    """The recorded day of a visit: of several, the nearest to its target, then the later."""
    attendance = reading.program.attendance
    if attendance is None:
        return None
    series = reading.timeline.series.get(attendance.variable, NONE)
    records = [record for record in series.records if record.fields.get(attendance.attribute) == visit]
    if len(records) < 2:
        return records[0].start if records else None
    target = reading.visit_day(visit, "target")
    exact = all(type(record.start) is int for record in records)
    if target is None:
        return join(record.start for record in records)
    return nearest(Found(records, (), exact, True, target=target), lambda record: record.fields["start"])
