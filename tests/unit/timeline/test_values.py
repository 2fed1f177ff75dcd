"""What good cells become: numbers in the dictionary's unit, ranges, days, codes, yes and no."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from engine.language.days import day_of
from engine.language.values import LAST_DAY, Day, DayRange, NumberRange, Value
from engine.timeline.model import Record
from engine.timeline.read import Cohort

ReadText = Callable[..., Cohort]


def only(cohort: Cohort, variable: str) -> Record:
    (record,) = cohort.timelines[0].series[variable].records
    return record


NUMBERS = {
    ("0.82", "g/d"): Decimal("0.82"),
    ("820", "mg/d"): Decimal("0.82"),
    ("820 mg/d", ""): Decimal("0.82"),
    ("820mg/24h", ""): Decimal("0.82"),
    ("8.2e-1", "g/d"): Decimal("0.82"),
    ("", ""): None,
    ("", "g/d"): None,
    ("<0.15", "g/d"): NumberRange(Decimal(0), Decimal("0.15"), high_open=True),
    ("<= 150", "mg/d"): NumberRange(Decimal(0), Decimal("0.15")),
    (">20", "g/d"): NumberRange(Decimal(20), Decimal(60), low_open=True),
    (">=20 g/d", ""): NumberRange(Decimal(20), Decimal(60)),
    (">=60", "g/d"): Decimal(60),
    ("<=0", "g/d"): Decimal(0),
}


@pytest.mark.parametrize(("text", "unit", "value"), [(*cell, value) for cell, value in NUMBERS.items()])
def test_a_number(read: ReadText, text: str, unit: str, value: Value) -> None:
    cohort = read(f"P1,protein,2025-01-01,,{text},{unit},,,,\n")
    assert cohort.findings == ()
    record = only(cohort, "protein")
    start = day_of(2025, 1, 1)
    assert record.fields == {"value": value, "start": start, "end": None, "collection": None}


@pytest.mark.parametrize("text", ["61", "-1", ">60", "<0", ">61", "<61", "1e31"])
def test_an_implausible_number_was_taken_but_is_not_used(read: ReadText, text: str) -> None:
    cohort = read(f"P1,protein,2025-01-01,,{text},g/d,,,,\n")
    (finding,) = cohort.findings
    assert finding.message == f"`protein` is `{text}`; from 0 to 60 g/d is plausible"
    assert (finding.code, finding.severity, finding.at.column) == ("out-of-range", "warning", 24)
    assert only(cohort, "protein").fields["value"] is None
    assert cohort.timelines[0].refused == 0


def test_an_implausible_attribute_is_not_used(read: ReadText) -> None:
    cohort = read("P1,protein,2025-01-01,,1,g/d,,,,100\n")
    assert cohort.counted == {"out-of-range": 1}
    assert only(cohort, "protein").fields["value"] == 1
    assert only(cohort, "protein").fields["collection"] is None


def test_mass_becomes_amount_by_the_molar_mass(read: ReadText) -> None:
    cohort = read("P1,creatine,2025-01-01,,1.1312,mg/dL,,,,\n")
    assert only(cohort, "creatine").fields["value"] == 100


def test_a_plain_number_needs_no_unit_and_has_no_bounds(read: ReadText) -> None:
    assert only(read("P1,score,2025-01-01,,<4,,,,,\n"), "score").fields["value"] == NumberRange(
        None, Decimal(4), high_open=True
    )


DAYS = {
    "2025-03-01": (day_of(2025, 3, 1), None),
    "2025-03-01T08:30": (day_of(2025, 3, 1), 510),
    "2024-02": (DayRange(day_of(2024, 2, 1), day_of(2024, 2, 29)), None),
    "2024": (DayRange(day_of(2024, 1, 1), day_of(2024, 12, 31)), None),
}


@pytest.mark.parametrize("text", DAYS)
def test_a_start(read: ReadText, text: str) -> None:
    cohort = read(f"P1,consent,{text},,,,,,,\n")
    record, (day, minute) = only(cohort, "consent"), DAYS[text]
    assert (record.start, record.minute, record.fields["start"]) == (day, minute, day)
    exact = None if isinstance(day, DayRange) else (day,)
    assert cohort.timelines[0].series["consent"].days == exact
    assert cohort.last_day == (day.low if isinstance(day, DayRange) else day)


ENDS = {
    "2025-03-10": day_of(2025, 3, 10),
    "2025-03": DayRange(day_of(2025, 3, 4), day_of(2025, 3, 31)),
    "": DayRange(day_of(2025, 3, 4), LAST_DAY),
    "ongoing": DayRange(Day(day_of(2025, 6, 1) + 1), LAST_DAY),
}


@pytest.mark.parametrize("text", ENDS)
def test_the_end_of_an_episode(read: ReadText, text: str) -> None:
    cohort = read(f"P1,steroid,2025-03-04,{text},,,0.04 g/d,oral,,\nP2,consent,2025-06-01,,,,,,,\n")
    record = only(cohort, "steroid")
    assert record.end == record.fields["end"] == ENDS[text]
    assert (record.fields["dose"], record.fields["route"]) == (40, "oral")
    assert cohort.timelines[0].series["steroid"].days is None


def test_facts_in_a_long_table(read: ReadText) -> None:
    cohort = read(
        "P1,sex,,,female,,,,,\nP1,smoker,,,no,,,,,\nP1,height,,,1.7,m,,,,\nP1,birth_date,,,1990,,,,,\n"
    )
    born = DayRange(day_of(1990, 1, 1), day_of(1990, 12, 31))
    facts = {name: fact.value for name, fact in cohort.timelines[0].facts.items()}
    assert facts == {"birth_date": born, "height": 170, "sex": "female", "smoker": False}
    assert str(cohort.timelines[0].facts["sex"].at) == "data.csv:2:10"
    assert cohort.findings == ()


def test_a_fact_given_twice_alike_is_one_and_a_blank_adds_nothing(read: ReadText) -> None:
    cohort = read("P1,sex,,,,,,,,\nP1,sex,,,female,,,,,\nP1,sex,,,female,,,,,\n")
    assert cohort.timelines[0].facts["sex"].value == "female"
    assert cohort.counted == {"duplicate-row": 1}


def test_a_fact_given_twice_and_differing_is_not_known(read: ReadText) -> None:
    cohort = read("P1,sex,,,female,,,,,\nP1,sex,,,male,,,,,\n")
    assert cohort.timelines[0].facts["sex"].value is None
    assert cohort.timelines[0].refused == 2
    (finding,) = cohort.findings
    assert (finding.code, finding.severity, finding.at.line) == ("fact-twice", "error", 3)
    assert [label.at.line for label in finding.labels] == [2]


def test_a_fact_whose_row_is_refused_is_not_known_rather_than_absent(read: ReadText) -> None:
    cohort = read("P1,smoker,,,Y,,,,,\n")
    assert cohort.timelines[0].facts["smoker"].value is None
    assert cohort.timelines[0].refused == 1


def test_a_row_said_twice_counts_once(read: ReadText) -> None:
    cohort = read("P1,infection,2025-01-01,,,,,,yes,\nP1,infection,2025-01-01,,,,,,no,\n" * 2)
    assert len(cohort.timelines[0].series["infection"].records) == 2
    assert [(one.message, one.at.line) for one in cohort.findings] == [
        ("this says the same as line 2, and is counted once", 4),
        ("this says the same as line 3, and is counted once", 5),
    ]
    assert cohort.timelines[0].refused == 0
