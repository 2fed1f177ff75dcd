"""One patient explained: the decision, the rules, a rule's tree, and questions that cannot be put."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Trial = Callable[..., Any]


def test_a_patient_explained(trial: Trial, study: Path) -> None:
    ran = trial("explain", study / "data", "--study", study, "--patient", "P003")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "P003: undetermined"
    assert [line for line in lines if " - " in line and not line.startswith(" ")] == [
        "I1: passes - Written consent",
        "I2: passes - Adults",
        "I3: passes - High blood pressure",
        "E1: unknown - High potassium",
        "E2: unknown - Not suitable",
        "controlled (month_1): unknown - Blood pressure is controlled",
        "controlled (month_3): unknown - Blood pressure is controlled",
        "FAS: false - Full analysis set",
    ]
    assert "  rests on potassium_limit (query), screening_window (assumed)" in lines


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("E1", "E1: passes - High potassium"),
        ("eligible", "eligible = true"),
        ("enrolment", "enrolment = 2025-01-13"),
        ("pressure_change", "pressure_change (month_1) = -16 mmHg"),
        ("controlled", "controlled (month_1): false - Blood pressure is controlled"),
        (
            "dose_as_planned",
            "dose_as_planned (study_drug of 2025-01-13): passes - The dose is that of the protocol",
        ),
        ("FAS", "FAS: true - Full analysis set"),
    ],
)
def test_a_rule_with_its_tree(trial: Trial, study: Path, rule: str, first: str) -> None:
    words = ("explain", study / "data", "--study", study, "--patient", "P001", "--rule", rule)
    ran = trial(*words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == first
    assert re.search(r"^    .* \[records.csv line", ran.out, re.MULTILINE) or rule == "dose_as_planned"
    found = json.loads(trial(*words, "--format", "json").out)
    assert all(one["tree"] for one in (*found["verdicts"], *found["values"]))


def test_a_rule_is_taken_apart_once(trial: Trial, study: Path) -> None:
    ran = trial("explain", study / "data", "--study", study, "--patient", "P001", "--rule", "E1")
    assert len(re.findall(r"enrolment := 2025-01-13$", ran.out, re.MULTILINE)) == 1
    assert ran.out.count("enrolment := 2025-01-13 (as above)\n") == 1


def test_one_visit(trial: Trial, study: Path) -> None:
    words = ("explain", study / "data", "--study", study, "--patient", "P001", "--visit", "month_3")
    heads = [line for line in trial(*words).out.splitlines() if line and not line.startswith(" ")]
    assert heads == ["P001: eligible", "controlled (month_3): true - Blood pressure is controlled"]
    ran = trial(*words, "--rule", "pressure_change")
    assert ran.out.splitlines()[0] == "pressure_change (month_3) = -26 mmHg"


def test_a_rule_about_records_that_a_patient_has_none_of(trial: Trial, study: Path) -> None:
    ran = trial("explain", study / "data", "--study", study, "--patient", "P002", "--rule", "dose_as_planned")
    assert (ran.code, ran.out) == (
        0,
        "`dose_as_planned` is asked of each `study_drug`, and this patient has none\n",
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--patient P01", "there is no patient `P01`; did you mean `P001`?"),
        ("--patient X", "there is no patient `X`; there are P001, P002, P003"),
        ("--patient P001 --rule EE", "there is no rule `EE`; there are consent, randomization, enrolment, "
         "pressure_at_screening, pressure_change, I1, I2, I3, E1, E2, dose_as_planned, controlled, FAS, "
         "eligible"),
        ("--patient P001 --rule contrled", "there is no rule `contrled`; did you mean `controlled`?"),
        ("--patient P001 --rule potassium", "`potassium` is no rule but a variable, of kind measurement"),
        ("--patient P001 --rule visit_window", "`visit_window` is no rule but a parameter"),
        ("--patient P001 --visit month1", "there is no visit `month1`; did you mean `month_1`?"),
        ("--patient P001 --rule E1 --visit month_1", "`E1` is not asked at `month_1` or any visit"),
        ("--patient P001 --rule eligible --visit month_1",
         "`eligible` is not asked at `month_1` or any visit"),
    ],
)  # fmt: skip
def test_questions_that_cannot_be_put(trial: Trial, study: Path, words: str, said: str) -> None:
    ran = trial("explain", study / "data", "--study", study, *words.split())
    assert (ran.code, ran.out, ran.err) == (2, "", f"error: {said}\n")
