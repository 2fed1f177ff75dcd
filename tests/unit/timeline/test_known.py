"""A timeline as of a day: nothing that came later, and nothing that ended later."""

from decimal import Decimal

from engine.language.days import day_of
from engine.language.values import LAST_DAY, Day, DayRange
from engine.timeline.known import known_by
from engine.timeline.model import Record, Series, Timeline

JANUARY, FEBRUARY, MARCH = (day_of(2025, month, 1) for month in (1, 2, 3))


def pulse(day: Day) -> Record:
    return Record(day, None, None, {"value": Decimal(60), "start": day})


def treated(start: Day, end: Day | DayRange) -> Record:
    return Record(start, end, None, {"start": start, "end": end})


def timeline(**series: tuple[Record, ...]) -> Timeline:
    def days(records: tuple[Record, ...]) -> tuple[Day, ...] | None:
        starts = [record.start for record in records if record.end is None]
        return tuple(s for s in starts if not isinstance(s, DayRange)) if starts else None

    return Timeline("P1", {}, {name: Series(records, days(records)) for name, records in series.items()})


def test_a_timeline_that_ends_before_is_the_very_same() -> None:
    whole = timeline(pulse=(pulse(JANUARY), pulse(FEBRUARY)))
    assert known_by(whole, FEBRUARY) is whole


def test_records_that_began_later_are_not_there() -> None:
    known = known_by(timeline(pulse=(pulse(JANUARY), pulse(MARCH))), FEBRUARY)
    assert known.series["pulse"] == Series((pulse(JANUARY),), (JANUARY,))


def test_an_episode_that_ended_later_is_still_going_on() -> None:
    known = known_by(timeline(drug=(treated(JANUARY, MARCH),)), FEBRUARY)
    (record,) = known.series["drug"].records
    assert record.end == record.fields["end"] == DayRange(Day(FEBRUARY + 1), LAST_DAY)


def test_a_partial_date_that_may_be_later_stays() -> None:
    year = DayRange(JANUARY, day_of(2025, 12, 31))
    partial = Record(year, None, None, {"start": year})
    known = known_by(timeline(pulse=(partial, pulse(MARCH))), FEBRUARY)
    assert known.series["pulse"].records == (partial,)


def test_what_goes_on_goes_on_after_a_day_later_than_the_last_record() -> None:
    whole = timeline(drug=(treated(JANUARY, DayRange(Day(FEBRUARY + 1), LAST_DAY)),))
    (record,) = known_by(whole, MARCH).series["drug"].records
    assert record.end == record.fields["end"] == DayRange(Day(MARCH + 1), LAST_DAY)


def test_an_end_that_nobody_knows_may_still_be_any() -> None:
    whole = timeline(drug=(treated(JANUARY, DayRange(JANUARY, LAST_DAY)),))
    assert known_by(whole, MARCH) is whole


def test_at_the_end_of_the_calendar_it_stays_open_when_it_ends() -> None:
    whole = timeline(drug=(treated(JANUARY, DayRange(Day(FEBRUARY + 1), LAST_DAY)),))
    (record,) = known_by(whole, LAST_DAY).series["drug"].records
    assert record.end == DayRange(Day(LAST_DAY - 1), LAST_DAY)


def test_what_goes_on_is_known_as_it_is() -> None:
    whole = timeline(drug=(treated(JANUARY, DayRange(Day(FEBRUARY + 1), LAST_DAY)),))
    assert known_by(whole, FEBRUARY) is whole
