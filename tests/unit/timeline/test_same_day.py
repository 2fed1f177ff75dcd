"""Several values of one variable on one day, or maybe on one day."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import permutations

import pytest

from engine.language.values import NumberRange, Value
from engine.timeline.model import Record
from engine.timeline.read import Cohort

ReadText = Callable[..., Cohort]
D = Decimal


def records(read: ReadText, variable: str, rows: tuple[str, ...]) -> Iterator[tuple[Record, ...]]:
    """The records that rows of `start,value,collection` give, in every order of the rows."""
    for order in permutations(rows):
        text = ""
        for row in order:
            start, value, collection = row.split(",")
            unit = "g/d" if value[:1] not in ("y", "n") else ""
            text += f"P1,{variable},{start},,{value},{unit},,,,{collection}\n"
        yield read(text).timelines[0].series[variable].records


CASES: list[tuple[str, tuple[str, ...], Value, Value]] = [
    ("highest", ("1,24", "3,12", "2,6"), D(3), D(12)),
    ("lowest", ("1,24", "3,12", "2,6"), D(1), D(24)),
    ("highest", ("3,24", "3,12", "2,6"), D(3), None),
    ("highest", ("3,24", "<5,12"), NumberRange(D(3), D(5), high_open=True), None),
    ("highest", ("3,24", "<2,12"), D(3), D(24)),
    ("highest", ("3,24", ">5,12"), NumberRange(D(5), D(60), low_open=True), D(12)),
    ("highest", ("3,24", ",12"), NumberRange(D(3), None), None),
    ("lowest", ("3,24", ",24"), NumberRange(None, D(3)), D(24)),
    ("lowest", ("3,24", "<2,12"), NumberRange(D(0), D(2), high_open=True), D(12)),
    ("mean", ("1,24", "3,24", "3.5,24"), D("2.5"), D(24)),
    ("mean", ("1,24", "<3,12"), NumberRange(0.5, 2.0, high_open=True), None),
    ("mean", ("1,24", ",12"), None, None),
    ("conflict", ("1,24", "2,24"), None, D(24)),
    ("conflict", ("1,24", "1.0,12"), D(1), None),
    ("conflict", ("1,24", ",24"), None, D(24)),
]


@pytest.mark.parametrize(("rule", "rows", "value", "collection"), CASES)
def test_values_of_one_day(
    read: ReadText, rule: str, rows: tuple[str, ...], value: Value, collection: Value
) -> None:
    for found in records(read, f"protein_{rule}", tuple("2025-01-01," + row for row in rows)):
        assert [(one.fields["value"], one.fields["collection"]) for one in found] == [(value, collection)]
        assert type(found[0].fields["value"]) is type(value)
        assert not found[0].doubtful


LAST = [
    (("2025-01-01T08:00,1,24", "2025-01-01T09:30,2,12"), D(2), D(12), 570),
    (("2025-01-01T08:00,1,24", "2025-01-01T09:30,,12"), None, D(12), 570),
    (("2025-01-01T08:00,1,24", "2025-01-01,2,24"), None, D(24), None),
    (("2025-01-01T08:00,1,24", "2025-01-01,1,12"), D(1), None, None),
    (("2025-01-01T08:00,1,24", "2025-01-01T09:30,2,12", "2025-01-01T09:30,3,6"), None, None, 570),
    (("2025-01-01T08:00,1,24", "2025-01-01T09:30,2,12", "2025-01-01T09:30,2,6"), D(2), None, 570),
]


@pytest.mark.parametrize(("rows", "value", "collection", "minute"), LAST)
def test_the_last_recorded_of_a_day(
    read: ReadText, rows: tuple[str, ...], value: Value, collection: Value, minute: int | None
) -> None:
    for (one,) in records(read, "protein", rows):
        assert (one.fields["value"], one.fields["collection"], one.minute) == (value, collection, minute)


def test_the_winning_row_is_where_it_stands_else_all_rows(read: ReadText) -> None:
    rows = "P1,{0},2025-01-01T08:00,,1,g/d,,,,\nP1,{0},2025-01-01T09:00,,2,g/d,,,,\n"
    lines = {
        rule: [at.line for at in read(rows.format(rule)).timelines[0].series[rule].records[0].at]
        for rule in ("protein", "protein_highest", "protein_lowest", "protein_mean", "protein_conflict")
    }
    assert lines == {
        "protein": [3],
        "protein_highest": [3],
        "protein_lowest": [2],
        "protein_mean": [2, 3],
        "protein_conflict": [2, 3],
    }


def test_a_conflict_is_said(read: ReadText) -> None:
    cohort = read("P1,fit,2025-01-01,,yes,,,,,\nP1,fit,2025-01-01,,no,,,,,\n")
    assert cohort.timelines[0].series["fit"].records[0].fields["value"] is None
    (finding,) = cohort.findings
    assert (finding.code, finding.severity) == ("same-day-conflict", "warning")
    assert (finding.at.line, [label.at.line for label in finding.labels]) == (2, [3])


def test_answers_that_agree_are_one(read: ReadText) -> None:
    cohort = read("P1,fit,2025-01-01T08:00,,yes,,,,,\nP1,fit,2025-01-01,,yes,,,,,\n")
    (record,) = cohort.timelines[0].series["fit"].records
    assert (record.fields["value"], cohort.findings) == (True, ())


DOUBTFUL: list[tuple[str, tuple[str, ...], list[tuple[Value, Value, bool]]]] = [
    (
        "protein",
        ("2025-01-05,1,24", "2025-01,3,12", "2025-02-01,9,24"),
        [
            (None, None, True),
            (None, None, False),
            (D(9), D(24), False),
        ],
    ),
    ("protein", ("2025-01,2,24", "2025,2,24"), [(D(2), D(24), True)] * 2),
    (
        "protein_highest",
        ("2025-01-05,2,24", "2025,<2,24"),
        [(NumberRange(D(0), D(2)), D(24), True), (NumberRange(D(0), D(2)), D(24), False)],
    ),
    ("protein_highest", ("2025-01-05,2,24", "2025,,24"), [(None, D(24), True), (None, D(24), False)]),
    ("protein_conflict", ("2025-01-05,1,24", "2025-01,3,24"), [(None, D(24), True), (None, D(24), False)]),
    ("protein", ("2025-01,3,12", "2025-02-01,9,24"), [(D(3), D(12), False), (D(9), D(24), False)]),
    ("fit", ("2025-01-05,yes,", "2025-01,no,"), [(None, None, True), (None, None, False)]),
    ("fit", ("2025-01-05,yes,", "2025-01,yes,"), [(True, None, True), (True, None, False)]),
]


@pytest.mark.parametrize(("variable", "rows", "expected"), DOUBTFUL)
def test_records_that_may_share_a_day(
    read: ReadText, variable: str, rows: tuple[str, ...], expected: list[tuple[Value, Value, bool]]
) -> None:
    for found in records(read, variable, rows):
        assert [
            (one.fields["value"], one.fields.get("collection"), one.doubtful) for one in found
        ] == expected


def test_a_doubtful_record_keeps_its_own_day_and_names_the_others(read: ReadText) -> None:
    cohort = read("P1,protein,2025-01,,3,g/d,,,,\nP1,protein,2025-01-05,,1,g/d,,,,\n")
    series = cohort.timelines[0].series["protein"]
    assert series.days is None
    assert [[at.line for at in record.at] for record in series.records] == [[2, 3], [3, 2]]
    assert all(record.start == record.fields["start"] for record in series.records)


def test_events_of_one_day_stay_apart(read: ReadText) -> None:
    rows = (
        "P1,infection,2025-01-01,,,,,,yes,\nP1,infection,2025-01-01,,,,,,no,\nP1,infection,2025-01,,,,,,no,\n"
    )
    found = read(rows).timelines[0].series["infection"].records
    assert len(found) == 3
    assert not any(record.doubtful for record in found)
