"""Calendar days: reading them, adding to them, counting between them.

A day is its ordinal, so days add as integers. Months and years are counted in
whole calendar months and clamp to the month's last day: 31 January and one
month is 28 or 29 February. A partly known day is a `DayRange`; adding to it
moves both ends, and what falls off the calendar (years 1 to 9999) is cut.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date as CalendarDate
from functools import lru_cache

from engine.language.values import FIRST_DAY, LAST_DAY, Date, Day, DayRange

_FIRST_YEAR, _LAST_YEAR = 1, 9999
_EVERY_MONTH_HAS = 28
_YEAR, _YEAR_AND_MONTH = len("2024"), len("2024-03")

_WHEN = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?"
    r"(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class When:
    """A day as it was recorded; `minute` is the minute of that day, if a time was."""

    date: Date
    minute: int | None


@lru_cache(maxsize=1 << 16)
def parse_when(text: str) -> When | None:
    """The day that an ISO 8601 text names, None if it names none.

    `2024-03` and `2024` stand for each of their days. A time zone is accepted
    and changes nothing: the day is the one on the local calendar where it was
    recorded, as the clinic wrote it down.
    """
    found = _WHEN.fullmatch(text)
    if found is None:
        return None
    year, month, day = (_number(part) for part in found.group("year", "month", "day"))
    named = _days_of(year or 0, month, day)
    if named is None:
        return None
    hour, minute = (_number(part) for part in found.group("hour", "minute"))
    return When(named, None if hour is None or minute is None else hour * 60 + minute)


def _number(part: str | None) -> int | None:
    return None if part is None else int(part)


def _days_of(year: int, month: int | None, day: int | None) -> Date | None:
    """Every day of a year, of a month, or the one day; None where there is no such day."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if month is None:
        return spanning(day_of(year, 1, 1), day_of(year, 12, 31))
    if not 1 <= month <= 12:
        return None
    length = _month_length(year, month)
    if day is None:
        return spanning(day_of(year, month, 1), day_of(year, month, length))
    return day_of(year, month, day) if 1 <= day <= length else None


def day_of(year: int, month: int, day: int) -> Day:
    """The day with this date, which must exist."""
    return Day(CalendarDate(year, month, day).toordinal())


def spanning(low: Day, high: Day) -> Date:
    """Some day from `low` to `high`; the day itself when they are the same."""
    return low if low == high else DayRange(low, high)


def low(date: Date) -> Day:
    """The earliest day it could be."""
    return date.low if isinstance(date, DayRange) else date


def high(date: Date) -> Day:
    """The latest day it could be."""
    return date.high if isinstance(date, DayRange) else date


def plus_days(date: Date, n: int) -> Date | None:
    """The date `n` days later; None outside the calendar."""
    if not isinstance(date, DayRange):
        return Day(date + n) if FIRST_DAY <= date + n <= LAST_DAY else None
    return _within(date.low + n, date.high + n)


def plus_months(date: Date, n: int) -> Date | None:
    """The date `n` months later, clamped to the month's end; None outside the calendar."""
    if isinstance(date, DayRange):
        return _within(_months_on(date.low, n), _months_on(date.high, n))
    moved = _months_on(date, n)
    return Day(moved) if FIRST_DAY <= moved <= LAST_DAY else None


def _months_on(day: Day, n: int) -> int:
    """The ordinal `n` months later; one before the first or after the last if off the calendar."""
    start = CalendarDate.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    if year < _FIRST_YEAR:
        return FIRST_DAY - 1
    if year > _LAST_YEAR:
        return LAST_DAY + 1
    kept = start.day if start.day <= _EVERY_MONTH_HAS else min(start.day, _month_length(year, month + 1))
    return CalendarDate(year, month + 1, kept).toordinal()


def _within(first: int, last: int) -> Date | None:
    """The days from `first` to `last` that are on the calendar, None if none is."""
    if last < FIRST_DAY or first > LAST_DAY:
        return None
    return spanning(Day(max(first, FIRST_DAY)), Day(min(last, LAST_DAY)))


def _month_length(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def months_between(a: Day, b: Day) -> int:
    """The largest n, negative if b is earlier, such that a and n months is not after b."""
    start, end = CalendarDate.fromordinal(a), CalendarDate.fromordinal(b)
    months = (end.year - start.year) * 12 + end.month - start.month
    if start.day <= end.day or end.day == _month_length(end.year, end.month):
        return months
    return months - 1


def years_between(a: Day, b: Day) -> int:
    """The largest n such that a and 12 n months is not after b: completed years."""
    return months_between(a, b) // 12


def show(date: Date) -> str:
    """As it would be written down: a day, a month, a year, or from when to when."""
    if not isinstance(date, DayRange):
        return _iso(date)
    start, end = _iso(date.low), _iso(date.high)
    for named in (start[:_YEAR], start[:_YEAR_AND_MONTH]):
        if parse_when(named) == When(date, None):
            return named
    if end.startswith(str(_LAST_YEAR)):  # an open end, perhaps moved by some months
        return f"from {start} on"
    return f"up to {end}" if date.low == FIRST_DAY else f"{start} to {end}"


def _iso(day: Day) -> str:
    return CalendarDate.fromordinal(day).isoformat()
