"""Case files that cannot be read: what is said of each, and where."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.functional.conftest import Ran
from tests.functional.small_cases import home, write

Trial = Callable[..., Ran]
__all__ = ["home"]


def bad(case: str) -> str:
    return f"  - {{name: one, because: Said so., {case}}}\n"


ERRORS = {
    "no rule": (bad("expect: true"), "missing-key", "the case `one` asks no rule"),
    "no answer": (bad("rule: I3"), "missing-key", "the case `one` expects nothing"),
    "a misspelt key": (
        bad("rul: I3, expect: true"),
        "unknown-key",
        "`rul` is not a key of item 1 of `cases`",
    ),
    "a misspelt rule": (bad("rule: I33, expect: true"), "unknown-rule", "there is no rule `I33`"),
    "a variable for a rule": (bad("rule: potassium, expect: true"), "unknown-rule", "no rule `potassium`"),
    "a misspelt variable": (
        bad("rule: I3, but: {systolic_presure: 1 mmHg}, expect: true"),
        "unknown-variable",
        "there is no variable `systolic_presure`",
    ),
    "a misspelt attribute": (
        bad("rule: dose_as_planned, also: {study_drug: {start: 2025-01-20, dos: 9}}, expect: true"),
        "unknown-attribute",
        "a record of `study_drug` has no `dos`",
    ),
    "a misspelt code": (
        bad("rule: I3, but: {sex: femal}, expect: true"),
        "unknown-code",
        "`femal` is not a code",
    ),
    "no unit": (bad("rule: I3, but: {systolic_pressure: 140}, expect: true"), "missing-unit", "has no unit"),
    "another unit": (
        bad("rule: I3, but: {systolic_pressure: 140 kg}, expect: true"),
        "wrong-dimension",
        "cannot be converted to it",
    ),
    "a misspelt day": (
        bad("rule: I3, but: {systolic_pressure: {start: enrollment - 3 days}}, expect: true"),
        "unknown-name",
        "there is no name `enrollment`",
    ),
    "a day not known": (
        bad("rule: I3, but: {systolic_pressure: {start: attendance of month_1}}, expect: true"),
        "no-day",
        "`attendance of month_1` is not known of this patient",
    ),
    "no visit": (bad("rule: controlled, expect: true"), "no-visit", "`controlled` is asked at visits"),
    "a misspelt visit": (
        bad("rule: controlled, visit: moth_1, expect: true"),
        "unknown-visit",
        "no visit `moth_1`",
    ),
    "a misspelt word for a day": (
        bad("rule: I3, but: {systolic_pressure: {at: bseline, value: 150 mmHg}}, expect: true"),
        "unknown-day",
        "there is no day `bseline`",
    ),
    "a misspelt word for a record": (
        bad("rule: dose_as_planned, record: frist, expect: true"),
        "unknown-day",
        "there is no day `frist`",
    ),
    "a record where none is asked of": (
        bad("rule: I3, record: first, expect: true"),
        "not-of-records",
        "`I3` is not asked of a record",
    ),
    "no record": (bad("rule: dose_as_planned, expect: true"), "no-record", "no record of `study_drug`"),
    "a word that is no answer": (
        bad("rule: I3, expect: maybe"),
        "no-answer",
        "`maybe` is no answer that `I3` can",
    ),
    "exempt from what is about everybody": (
        bad("rule: I3, expect: does not apply"),
        "no-answer",
        "`does not apply` is no answer",
    ),
    "a misspelt reason": (
        bad("rule: I3, expect: true, decided_by: sistolic_pressure"),
        "unknown-name",
        "`sistolic_pressure` is no rule, variable or visit",
    ),
    "a misspelt parameter": (
        bad("rule: I3, expect: true, shows: screening_windo"),
        "unknown-parameter",
        "there is no parameter `screening_windo`",
    ),
    "another value of another unit": (
        bad("rule: I3, expect: true, shows: {pressure_at_entry: {9 kg: false}}"),
        "type",
        "this must be a number in mmHg (pressure), and is a number in kg (mass)",
    ),
    "no typical patient": (
        bad("rule: I3, patient: typical, expect: true"),
        "no-typical-patient",
        "this study has no typical patient",
    ),
    "a short row": (
        bad("rule: I3, table: {set: [sex, systolic_pressure], rows: [[female, true]]}"),
        "bad-row",
        "this row must hold 3 values, and holds 2",
    ),
    "a key that is none of a row": (
        bad("rule: I3, table: {set: sex, rows: [[female, true, {rule: I2}]]}"),
        "unknown-key",
        "`rule` is not a key of a row",
    ),
    "two answers": (
        bad("rule: I3, expect: true, table: {set: sex, rows: [[female, true]]}"),
        "expect-twice",
        "a case with a table has no `expect`",
    ),
    "two of one name": (bad("rule: I3, expect: true") * 2, "name-twice", "there are two cases named `one`"),
    "no list": ("  name: one\n", "wrong-value", "`cases` must be a list of cases"),
}


@pytest.mark.parametrize("which", ERRORS)
def test_a_bad_case_is_refused_with_its_place(which: str, home: Path, trial: Trial) -> None:
    text, code, message = ERRORS[which]
    write(home, text)
    found = trial("test", "--study", home)
    assert (found.code, found.out) == (2, "")
    assert f"error[{code}]: " in found.err
    assert message in found.err
    assert "--> rules/cases/mine.yaml:" in found.err
    assert found.err.endswith("\n\n1 error\nerror: the cases have errors, and none was run\n")
