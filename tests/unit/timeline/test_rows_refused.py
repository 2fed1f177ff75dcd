"""Every way a row can be wrong: what is said, and where."""

from collections.abc import Callable

import pytest

from engine.language.values import FIRST_DAY, LAST_DAY, DayRange
from engine.timeline.model import Record
from engine.timeline.read import Cohort

ReadText = Callable[..., Cohort]

WRONG = {
    "unknown variable": (
        "P1,proteine,2025-01-01,,1,g/d,,,,",
        "2:4 unknown-variable: `proteine` is not in the data dictionary (did you mean `protein`?)",
    ),
    "no variable": ("P1,,2025-01-01,,1,g/d,,,,", "2:4 missing-variable: this row names no variable"),
    "bad date": (
        "P1,protein,01.02.2025,,1,g/d,,,,",
        "2:12 bad-date: `start` is `01.02.2025`, which is no date (write it as `2024-03-01`, "
        "`2024-03-01T08:30`, or `2024-03` or `2024` if that is all that is known)",
    ),
    "no such day": (
        "P1,consent,2025-02-30,,,,,,,",
        "2:12 bad-date: `start` is `2025-02-30`, which is no date (w",
    ),
    "no start": ("P1,consent,,,,,,,,", "2:12 missing-start: `consent` has no day here (write it as"),
    "end before start": (
        "P1,steroid,2025-03-02,2025-02,,,5,,,",
        "2:23 end-before-start: this ends on 2025-02, before it starts on 2025-03-02",
    ),
    "bad end": (
        "P1,steroid,2025-03-02,never,,,5,,,",
        "2:23 bad-date: `end` is `never`, which is no date (write",
    ),
    "comma": (
        'P1,protein,2025-01-01,,"0,82",g/d,,,,',
        "2:24 bad-number: `protein` is `0,82`, which is no number "
        "(write `0.82`: the decimal sign is a point)",
    ),
    "comma of thousands": (
        'P1,protein,2025-01-01,,"1,234",mg/d,,,,',
        "2:24 bad-number: `protein` is `1,234`, which is no number "
        "(write `1.234` or `1234`: a comma may mean either)",
    ),
    "not a number": (
        "P1,protein,2025-01-01,,NaN,g/d,,,,",
        "2:24 bad-number: `protein` is `NaN`, which is no",
    ),
    "infinite": (
        "P1,protein,2025-01-01,,inf,g/d,,,,",
        "2:24 bad-number: `protein` is `inf`, which is no number",
    ),
    "spaced": ("P1,protein,2025-01-01,,1 234,g/d,,,,", "2:24 bad-number: `protein` is `1 234`, which is no"),
    "typographic": (
        "P1,protein,2025-01-01,,≤3,g/d,,,,",
        "2:24 bad-number: `protein` is `≤3`, which is no number (write `<=`)",
    ),
    "no unit": (
        "P1,protein,2025-01-01,,1,,,,,",
        "2:26 missing-unit: `protein` has no unit (write the unit it was measured in, such as `g/d`)",
    ),
    "unknown unit": (
        "P1,protein,2025-01-01,,1,grams/d,,,,",
        "2:26 unknown-unit: unit of `protein`: unknown unit `grams` in `grams/d` (did you mean `g/d`?)",
    ),
    "other dimension": (
        "P1,protein,2025-01-01,,1,g/L,,,,",
        "2:26 wrong-dimension: `protein` is in `g/d`, and `g/L` cannot be converted to it "
        "(`g/L` is mass per volume, `g/d` is mass per time)",
    ),
    "unit twice": (
        "P1,protein,2025-01-01,,1 g/d,g/d,,,,",
        "2:30 unit-twice: `protein` is `1 g/d`, which has a unit, and `g/d` stands beside it "
        "(write the unit once)",
    ),
    "unit of an answer": (
        "P1,fit,2025-01-01,,yes,g,,,,",
        "2:24 unit-not-expected: `fit` is no number, and has the unit `g`",
    ),
    "yes otherwise": (
        "P1,fit,2025-01-01,,Y,,,,,",
        "2:20 bad-yes-no: `fit` is `Y`, and must be `yes` or `no` (write `yes`)",
    ),
    "no otherwise": (
        "P1,infection,2025-01-01,,,,,,0,",
        "2:30 bad-yes-no: `infection.severe` is `0`, and must be `yes` or `no` (write `no`)",
    ),
    "unknown code": (
        "P1,sex,,,femal,,,,,",
        "2:10 unknown-code: `femal` is not a code of `sex` (did you mean `female`?)",
    ),
    "code of another": (
        "P1,sex,,,x,,,,,",
        "2:10 unknown-code: `x` is not a code of `sex` (its codes are `female`, `male`)",
    ),
    "day of a fact": (
        "P1,sex,2025-01-01,,male,,,,,",
        "2:8 not-of-kind: `sex` is a fact, which has no `start` (leave this cell empty)",
    ),
    "value of an event": (
        "P1,consent,2025-01-01,,yes,,,,,",
        "2:24 not-of-kind: `consent` is an event, which has no `value`",
    ),
    "end of an event": (
        "P1,consent,2025-01-01,2025-01-02,,,,,,",
        "2:23 not-of-kind: `consent` is an event, which has no `end`",
    ),
    "attribute of another": (
        "P1,infection,2025-01-01,,,,5,,,",
        "2:28 not-an-attribute: `dose` is not an attribute of `infection` (its attributes are `severe`)",
    ),
    "attribute in another unit": (
        "P1,steroid,2025-01-01,,,,5 mg/kg,,,",
        "2:26 wrong-dimension: `steroid.dose` is in `mg/d`, and `mg/kg` cannot be converted",
    ),
    "too few cells": (
        "P1,consent,2025-01-01",
        "2:1 wrong-width: this row has 3 cells, and the header has 10",
    ),
    "too many cells": (
        "P1,protein,2025-01-01,,0,82,g/d,,,,",
        "2:1 wrong-width: this row has 11 cells, and the header has 10 (put quotes around text that holds",
    ),
    "text after a quote": (
        'P1,consent,"2025"-01-01,,,,,,,',
        "2:1 bad-quotes: there is text after a closing quote",
    ),
}


def said(cohort: Cohort) -> list[str]:
    return [
        f"{one.at.line}:{one.at.column} {one.code}: {one.message}" + (f" ({one.help})" if one.help else "")
        for one in cohort.findings
    ]


@pytest.mark.parametrize(("row", "expected"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_row_is_refused_with_its_place(read: ReadText, row: str, expected: str) -> None:
    cohort = read(row + "\n")
    assert [one[: len(expected)] for one in said(cohort)] == [expected]
    assert cohort.findings[0].severity == "error"
    if "bad-quotes" in expected:
        assert cohort.unattributed == 1
    else:
        (timeline,) = cohort.timelines
        assert (timeline.patient, timeline.refused) == ("P1", 1)
        assert all(nothing_known(record) for series in timeline.series.values() for record in series.records)


def nothing_known(record: Record) -> bool:
    """A refused row is a record that may or may not count, of which at most the day is known."""
    known = {name for name, value in record.fields.items() if value is not None}
    return record.doubtful and known <= {"start", "end"}


def test_a_refused_row_keeps_its_variable_from_being_absent(read: ReadText) -> None:
    (timeline,) = read("P1,consent,soon,,,,,,,\n").timelines
    (record,) = timeline.series["consent"].records
    assert nothing_known(record)
    assert record.start == DayRange(FIRST_DAY, LAST_DAY)


def test_everything_wrong_with_a_row_is_said(read: ReadText) -> None:
    cohort = read(",steroid,gestern,morgen,1,,x,y,yes,\n")
    assert sorted(cohort.counted) == [
        "bad-date",
        "bad-number",
        "missing-patient",
        "not-an-attribute",
        "not-of-kind",
        "unknown-code",
    ]
    assert (cohort.unattributed, cohort.timelines) == (1, ())


def test_good_rows_beside_refused_ones_are_read(read: ReadText) -> None:
    cohort = read("P1,consent,2025-01-01,,,,,,,\nP1,consent,soon,,,,,,,\nP2,consent,2025-01-02,,,,,,,\n")
    assert [(one.patient, one.refused, len(one.series)) for one in cohort.timelines] == [
        ("P1", 1, 1),
        ("P2", 0, 1),
    ]


def test_an_empty_row_is_not_skipped_silently(read: ReadText) -> None:
    cohort = read(",,,,,,,,,\n\nP1,consent,2025-01-01,,,,,,,\n")
    assert said(cohort) == ["2:1 empty-row: every cell of this row is empty"]
    assert cohort.timelines[0].refused == 0


def test_findings_are_counted_past_those_kept(read: ReadText) -> None:
    cohort = read("P1,consent,soon,,,,,,,\n" * 1000)
    assert cohort.counted["bad-date"] == 1000
    assert len(cohort.findings) == 201
    assert cohort.findings[-1].message == "800 more findings `bad-date` are not shown: the first 200 are"
    assert cohort.timelines[0].refused == 1000


def test_a_cell_of_several_lines_moves_no_line(read: ReadText) -> None:
    text = 'P1,consent,2025-01-01,,"\n\n",,,,,\nP1,"con\r\nsent",2025-01-01,,,,,,,\nP1,consent,x,,,,,,,\n'
    assert [one.split(":", 2)[:2] for one in said(read(text))] == [
        ["5", "4 unknown-variable"],
        ["7", "12 bad-date"],
    ]


def test_a_place_is_the_whole_cell(read: ReadText) -> None:
    cohort = read('"P1",consent,"20\n25",,,,,,,\n')
    at = cohort.findings[0].at
    assert (at.line, at.column, at.end_line, at.end_column) == (2, 14, 3, 4)


def test_a_quote_never_closed(read: ReadText) -> None:
    cohort = read(
        'P1,consent,2025-01-01,,,,,,,\nP1,consent,"2025-01-02,,,,,,,\nP2,consent,2025-01-01,,,,,,,\n'
    )
    assert said(cohort)[0].startswith("3:1 bad-quotes: a cell is opened here by a quote and never closed")
    assert cohort.unattributed == 1
