"""What is shipped: the cohort of the study, the patients beside it, and the typical patient."""

from pathlib import Path

import pytest

from engine import tasks
from engine.invention.cohort import typical_patient
from engine.language.days import day_of
from engine.language.values import Day
from engine.reference.judge import Judgement, judge
from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from engine.study.load import load

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples"
SEED = 152
"""As `examples/cohort/README.md` says."""


@pytest.fixture(scope="module")
def study() -> Study:
    found = Diagnostics()
    study = load(ROOT, found)
    assert study is not None, list(found)
    return study


def judgement(study: Study, name: str, as_of: Day | None = None) -> Judgement:
    cohort = tasks.read(study, EXAMPLES / "patients" / f"{name}.yaml")
    assert not cohort.findings
    (found,) = tasks.judged(study, cohort, as_of or cohort.last_day or Day(1))
    return found


def test_the_cohort_is_what_the_engine_invents(study: Study, tmp_path: Path) -> None:
    """If this fails because a rule has changed, invent the cohort again as its README says."""
    for path in tasks.invent(study, tmp_path, tasks.Invention(60, SEED)):
        assert path.read_bytes() == (EXAMPLES / "cohort" / path.name).read_bytes(), path.name


def test_every_row_of_the_cohort_is_used(study: Study) -> None:
    cohort = tasks.read(study, EXAMPLES / "cohort")
    assert not cohort.findings
    assert len(cohort.timelines) == 60


def test_an_eligible_patient(study: Study) -> None:
    assert judgement(study, "eligible").decision == "eligible"


def test_an_ineligible_patient_at_the_boundary(study: Study) -> None:
    found = judgement(study, "ineligible-at-the-boundary")
    assert found.decision == "ineligible"
    assert [v.rule.rule.id for v in found.of("inclusion", "exclusion") if v.passes is not True] == ["I6"]


def test_an_undetermined_patient(study: Study) -> None:
    found = judgement(study, "undetermined")
    assert found.decision == "undetermined"
    whole = (v for v in found.of("inclusion", "exclusion") if v.rule.rule.part_of is None)
    assert [v.rule.rule.id for v in whole if v.passes is not True] == ["E4", "E7"]


def test_a_switcher(study: Study) -> None:
    found = judgement(study, "switcher", day_of(2025, 10, 15))
    assert found.decision == "eligible"
    at_month_6 = {v.rule.rule.id: v.outcome for v in found.of("response") if v.visit == "month_6"}
    assert at_month_6["complete_response"] is False
    assert at_month_6["complete_response_treatment_policy"] is True
    deviations = [v.rule.rule.id for v in found.of("requirement") if v.applies and v.outcome is False]
    assert deviations == ["visit_not_missed"]


@pytest.mark.parametrize("arm", ["biologics", "soc", "triple"])
def test_the_typical_patient_is_eligible_and_without_deviation(study: Study, arm: str) -> None:
    timeline = typical_patient(study, day_of(2025, 1, 6), arm)
    assert timeline is not None
    found = judge(study, timeline, day_of(2026, 1, 6))
    assert found.decision == "eligible"
    assert not [v.rule.rule.id for v in found.of("requirement") if v.applies and v.outcome is False]


def test_the_second_study_has_a_typical_patient_too(tmp_path: Path) -> None:
    study = load(EXAMPLES / "streptomycin-1948", Diagnostics())
    assert study is not None
    tasks.invent(study, tmp_path, tasks.Invention(50, 1))
    cohort = tasks.read(study, tmp_path)
    assert not cohort.findings
    assert len(cohort.timelines) == 50
