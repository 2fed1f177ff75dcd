"""`trial missing`: which blanks could still decide a patient, with values that the reference judges so."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import tasks
from engine.assurance.proving.missing import Filled, missing
from engine.source.diagnostic import Diagnostics
from engine.study.load import load
from tests.functional.conftest import ROOT, Ran

Trial = Callable[..., Ran]

PATIENT = """\
patient: P1
facts: {birth_date: 1975-06-01}
records:
  - {variable: informed_consent, start: 2025-01-06}
  - {variable: random_assignment, start: 2025-01-20}
"""
HIGH = "  - {variable: systolic_pressure, start: 2025-01-17, value: 152 mmHg}\n"
FIT = "  - {variable: tablets_unsuitable, start: 2025-01-17, value: no}\n"
POTASSIUM = "  - {variable: potassium, start: 2025-01-17, value: 4.1 mmol/L}\n"


@pytest.fixture
def told(trial: Trial, study: Path, tmp_path: Path) -> Callable[..., dict[str, object]]:
    def run(*records: str) -> dict[str, object]:
        (tmp_path / "p.yaml").write_text(PATIENT + "".join(records), "utf-8")
        words = ("missing", tmp_path / "p.yaml", "--patient", "P1", "--study", study, "--format", "json")
        found = trial(*words)
        assert found.code == 0, found.err
        told: dict[str, object] = json.loads(found.out)
        return told

    return run


def names(way: object) -> list[str]:
    assert isinstance(way, dict)
    return [fact["variable"] for fact in way.get("facts", ())]


def test_all_that_is_needed_together_and_each_that_could_exclude(
    told: Callable[..., dict[str, object]],
) -> None:
    found = told(FIT)
    assert sorted(names(found["eligible"])) == ["potassium", "systolic_pressure"]
    assert isinstance(found["ineligible"], list)
    assert sorted(map(names, found["ineligible"])) == [["potassium"], ["systolic_pressure"]]
    assert found["blank"] == found["cannot_matter"] + ["systolic_pressure", "potassium"]  # type: ignore[operator]


def test_what_is_known_is_not_asked_again(told: Callable[..., dict[str, object]]) -> None:
    found = told(FIT, HIGH)
    assert names(found["eligible"]) == ["potassium"]
    assert isinstance(found["ineligible"], list)
    assert list(map(names, found["ineligible"])) == [["potassium"]]


def test_what_is_known_in_part_stays_within_that(told: Callable[..., dict[str, object]]) -> None:
    part = POTASSIUM.replace("4.1 mmol/L", "'>4.5 mmol/L'")
    found = told(FIT, HIGH, part)
    eligible = found["eligible"]
    assert names(eligible) == ["potassium"]
    assert isinstance(eligible, dict)
    value = float(eligible["facts"][0]["words"].split("value: ")[1].split()[0])
    assert 4.5 < value <= 5.0


def test_of_a_patient_who_is_decided_nothing_is_missing(trial: Trial, study: Path, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(PATIENT + HIGH + FIT + POTASSIUM, "utf-8")
    found = trial("missing", tmp_path / "p.yaml", "--patient", "P1", "--study", study)
    assert (found.code, found.out) == (0, "P1 is eligible, and nothing is missing for that\n")


def test_the_two_open_facts_of_the_example_are_found(trial: Trial) -> None:
    patient = ROOT / "examples" / "patients" / "undetermined.yaml"
    found = trial("missing", patient, "--patient", "undetermined", "--study", ROOT)
    assert found.code == 0
    together, excluding = found.out.split("could exclude")
    assert "these 2 together" in together
    for name in ("active_infection", "low_platelets_due_to_sle"):
        assert f"`{name}`" in together
        assert f"`{name}`" in excluding
    assert "start: 2025-02" in excluding


def test_an_unknown_patient_is_refused(trial: Trial, study: Path, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(PATIENT, "utf-8")
    found = trial("missing", tmp_path / "p.yaml", "--patient", "P2", "--study", study)
    assert (found.code, found.out) == (2, "")
    assert "there is no patient `P2`" in found.err


def test_fewer_facts_than_those_decide_nobody() -> None:
    """What would make the open patients of the cohort eligible is needed, each fact of it."""
    study = load(ROOT, Diagnostics())
    assert study is not None
    cohort = tasks.read(study, ROOT / "examples" / "cohort")
    as_of = tasks.last_day(cohort, None)
    assert as_of is not None
    judged = [one for one in tasks.judged(study, cohort, as_of) if one.decision == "undetermined"]
    assert judged
    for judgement in judged:
        found = missing(judgement)
        assert isinstance(found.eligible, tuple)
        assert all(isinstance(one, Filled) for one in found.eligible)
        excluding = [one for one in found.ineligible if isinstance(one, tuple)]
        assert excluding
