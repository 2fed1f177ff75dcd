"""Days: what is read, and the laws that adding and counting months must keep."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.language.days import (
    When,
    day_of,
    high,
    low,
    months_between,
    parse_when,
    plus_days,
    plus_months,
    show,
    spanning,
    years_between,
)
from engine.language.values import FIRST_DAY, LAST_DAY, Date, Day, DayRange

days = st.integers(FIRST_DAY, LAST_DAY).map(Day)
ranges = st.builds(lambda a, b: spanning(min(a, b), max(a, b)), days, days)
months = st.integers(-200, 200)
MONTH_END = day_of(2024, 1, 31)


def exactly_one(text: str) -> Day:
    """The one day that a text in a test names."""
    year, month, day = map(int, text.split("-"))
    return day_of(year, month, day)


@pytest.mark.parametrize(
    ("text", "first", "last", "minute"),
    [
        ("2024-03-01", "2024-03-01", "2024-03-01", None),
        ("2024-02", "2024-02-01", "2024-02-29", None),
        ("2023-02", "2023-02-01", "2023-02-28", None),
        ("2024", "2024-01-01", "2024-12-31", None),
        ("2024-03-01T08:30", "2024-03-01", "2024-03-01", 510),
        ("2024-03-01 08:30", "2024-03-01", "2024-03-01", 510),
        ("2024-03-01T08:30:15", "2024-03-01", "2024-03-01", 510),
        ("2024-03-01T08:30:15.250Z", "2024-03-01", "2024-03-01", 510),
        ("2024-03-01T23:59:59+14:00", "2024-03-01", "2024-03-01", 1439),
        ("2024-03-01T00:00-05:30", "2024-03-01", "2024-03-01", 0),
        ("0001-01-01", "0001-01-01", "0001-01-01", None),
        ("9999-12", "9999-12-01", "9999-12-31", None),
    ],
)
def test_what_a_text_names(text: str, first: str, last: str, minute: int | None) -> None:
    when = parse_when(text)
    assert when == When(spanning(exactly_one(first), exactly_one(last)), minute)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2023-02-29", "1900-02-29", "2024-13", "2024-00", "2024-00-10", "2024-04-31", "2024-01-00"),
        *("0000", "0000-01-01", "24-03-01", "2024-3-1", "20240301", "2024/03/01", "01-03-2024", "2024---15"),
        *("2024-03-01T", "2024-03-01T8:30", "2024-03-01T24:00", "2024-03-01T08:60", "2024-03T08:30"),
        *("2024-03-01T08:30+2", "2024-03-01Z", " 2024-03-01", "2024-03-01\n", "٢٠٢٤-03-01", "ongoing"),
    ],
)
def test_what_names_no_day(text: str) -> None:
    assert parse_when(text) is None


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 2, "2024-03-31"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-05-31", -3, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-01-15", -1, "2023-12-15"),
        ("2024-03-15", 0, "2024-03-15"),
    ],
)
def test_months_clamp_to_the_months_end(start: str, n: int, end: str) -> None:
    assert plus_months(exactly_one(start), n) == exactly_one(end)


@pytest.mark.parametrize(
    ("a", "b", "whole_months", "years"),
    [
        ("2024-01-31", "2024-02-29", 1, 0),
        ("2024-01-31", "2024-02-28", 0, 0),
        ("2024-02-29", "2025-02-28", 12, 1),
        ("2010-03-01", "2024-02-29", 167, 13),
        ("2010-03-01", "2024-03-01", 168, 14),
        ("2024-03-15", "2024-03-15", 0, 0),
        ("2024-03-15", "2024-03-14", -1, -1),
        ("2024-03-15", "2024-02-15", -1, -1),
        ("2024-03-15", "2024-02-14", -2, -1),
        ("2024-03-31", "2024-02-29", -1, -1),
        ("2024-03-15", "2023-03-15", -12, -1),
        ("2024-03-15", "2023-03-14", -13, -2),
    ],
)
def test_whole_months_and_completed_years(a: str, b: str, whole_months: int, years: int) -> None:
    assert months_between(exactly_one(a), exactly_one(b)) == whole_months
    assert years_between(exactly_one(a), exactly_one(b)) == years


def reached(a: Day, n: int, b: Day) -> bool:
    """Whether a and n months is not after b; what falls off the calendar is before or after all of it."""
    moved = plus_months(a, n)
    return n < 0 if moved is None else low(moved) <= b


@given(days, days)
@example(FIRST_DAY, LAST_DAY)
@example(day_of(1, 1, 20), day_of(1, 1, 15))
def test_months_between_is_the_largest_number_that_adds_up(a: Day, b: Day) -> None:
    n = months_between(a, b)
    assert reached(a, n, b)
    assert not reached(a, n + 1, b)


@given(days, days)
@example(day_of(2, 1, 20), day_of(1, 1, 15))
def test_years_between_is_the_largest_number_that_adds_up(a: Day, b: Day) -> None:
    n = years_between(a, b)
    assert reached(a, 12 * n, b)
    assert not reached(a, 12 * (n + 1), b)


@given(days, st.integers(0, 60), months)
@example(MONTH_END, 0, 1)
def test_adding_months_keeps_order(a: Day, later: int, n: int) -> None:
    b = min(Day(a + later), LAST_DAY)
    first, second = plus_months(a, n), plus_months(b, n)
    assert first is None or second is None or low(first) <= low(second)


@given(days, st.integers(-120_000, 120_000))
def test_months_off_the_calendar_are_no_day(a: Day, n: int) -> None:
    moved = plus_months(a, n)
    if moved is None:
        assert (n < 0 and reached(a, n, FIRST_DAY)) or (n > 0 and not reached(a, n, LAST_DAY))
    else:
        assert FIRST_DAY <= low(moved) == high(moved) <= LAST_DAY


@given(ranges, months, st.data())
def test_a_range_moves_to_where_its_days_move(date: Date, n: int, data: st.DataObject) -> None:
    within = Day(data.draw(st.integers(low(date), high(date))))
    for plus in (plus_days, plus_months):
        moved, day = plus(date, n), plus(within, n)
        if day is not None:
            assert moved is not None
            assert low(moved) <= low(day) <= high(moved)


def test_a_range_is_cut_at_the_ends_of_the_calendar() -> None:
    open_end = DayRange(day_of(2024, 3, 5), LAST_DAY)
    assert plus_days(open_end, 10) == DayRange(day_of(2024, 3, 15), LAST_DAY)
    assert plus_months(open_end, 1) == DayRange(day_of(2024, 4, 5), LAST_DAY)
    assert plus_months(open_end, 12 * 9000) is None
    assert plus_days(DayRange(FIRST_DAY, Day(5)), -4) == FIRST_DAY
    assert plus_days(LAST_DAY, 1) is None


def test_days_that_clamp_to_one_are_one_day() -> None:
    last_days = DayRange(day_of(2023, 3, 29), day_of(2023, 3, 31))
    assert plus_months(last_days, -1) == day_of(2023, 2, 28)


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        (day_of(2024, 3, 1), "2024-03-01"),
        (day_of(33, 3, 1), "0033-03-01"),
        (DayRange(day_of(2024, 2, 1), day_of(2024, 2, 29)), "2024-02"),
        (DayRange(day_of(2024, 1, 1), day_of(2024, 12, 31)), "2024"),
        (DayRange(day_of(2024, 3, 5), day_of(2024, 3, 9)), "2024-03-05 to 2024-03-09"),
        (DayRange(day_of(2024, 2, 1), day_of(2024, 2, 28)), "2024-02-01 to 2024-02-28"),
        (DayRange(day_of(2024, 3, 5), LAST_DAY), "from 2024-03-05 on"),
        (DayRange(day_of(2024, 3, 5), Day(LAST_DAY - 60)), "from 2024-03-05 on"),
        (DayRange(FIRST_DAY, day_of(2024, 3, 5)), "up to 2024-03-05"),
    ],
)
def test_how_a_date_is_shown(date: Date, shown: str) -> None:
    assert show(date) == shown


@given(days)
def test_a_day_is_read_as_it_is_shown(day: Day) -> None:
    assert parse_when(show(day)) == When(day, None)
