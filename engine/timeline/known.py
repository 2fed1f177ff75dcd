"""A timeline as it was known up to a day: what came after is not there yet."""

from dataclasses import replace

from engine.language.days import low
from engine.language.values import LAST_DAY, Date, Day, DayRange
from engine.timeline.model import Record, Series, Timeline


def known_by(timeline: Timeline, as_of: Day) -> Timeline:
    """The timeline without records that began later, and with episodes that ended later still going on.

    What is recorded as ongoing goes on after that day, though the last record is older. A partial date
    that may be later stays as it is: somebody recorded it.
    """
    later = {name: s for name, s in timeline.series.items() if not _is_all_known(s, as_of)}
    if not later:
        return timeline
    cut = {name: _series(one, as_of) for name, one in later.items()}
    return replace(timeline, series={**timeline.series, **cut})


def _is_all_known(series: Series, as_of: Day) -> bool:
    if series.days is not None:
        return not series.days or series.days[-1] <= as_of
    return all(_is_known(record, as_of) for record in series.records)


def _is_known(record: Record, as_of: Day) -> bool:
    return low(record.start) <= as_of and _end_is_known(record, as_of)


def _end_is_known(record: Record, as_of: Day) -> bool:
    """Whether the day, if it says one, had come; what goes on says none."""
    end = record.end
    return end is None or end == _after(as_of) or (low(end) <= as_of and not _goes_on(record))


def _goes_on(record: Record) -> bool:
    """Whether it is recorded as ongoing; where nobody knows the end, it may be as early as the start."""
    end = record.end
    return isinstance(end, DayRange) and end.high == LAST_DAY and end.low > low(record.start)


def _after(as_of: Day) -> Date:
    """Some day after; at the end of the calendar too it stays open which."""
    return DayRange(Day(min(as_of + 1, LAST_DAY - 1)), LAST_DAY)


def _series(series: Series, as_of: Day) -> Series:
    records = tuple(_ongoing(r, as_of) for r in series.records if low(r.start) <= as_of)
    return Series(records, None if series.days is None else series.days[: len(records)])


def _ongoing(record: Record, as_of: Day) -> Record:
    if _end_is_known(record, as_of):
        return record
    end = _after(as_of)
    return replace(record, end=end, fields={**record.fields, "end": end})
