"""What becomes of mutants: killed by an answer or a reason, equivalent, or alive; and no case is missed."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine import tasks
from engine.assurance.cases import Case
from engine.assurance.mutation.model import Equivalent, Killed, Mutant, Outcome, Survived
from engine.assurance.mutation.mutants import about, mutants_of
from engine.assurance.mutation.run import Proof, trials
from engine.assurance.read import read_cases
from engine.assurance.run import run_cases
from engine.assurance.simplify import simplified
from engine.language.core import Core
from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from tests.functional.conftest import ROOT
from tests.unit.invention.small import FILES, sound

STUDIES = ("engine/skeleton/study", "examples/streptomycin-1948")


def with_rule(folder: Path, expression: str) -> Study:
    """The small study with one more definition, `asked`."""
    (folder / "rules" / "cases").mkdir(parents=True, exist_ok=True)
    text = f"definitions:\n  asked:\n    title: T\n    source: s\n    is: |\n      {expression}\n"
    (folder / "rules" / "definitions.yaml").write_text(text, "utf-8")
    choice = "  chosen: {title: C, value: false, source: s, status: assumed, why: w}\n"
    return sound(folder, parameters=FILES["protocol/parameters.yaml"] + choice)


def asked(folder: Path, expression: str, cases: str) -> tuple[Study, tuple[Case, ...]]:
    """It, and cases about it, which hold."""
    study, found = with_rule(folder, expression), Diagnostics()
    text = f"usual: {{rule: asked, day: day_1}}\n{cases}"
    (folder / "rules" / "cases" / "all.yaml").write_text(text, "utf-8")
    read = read_cases(study, folder, found)
    assert not found.found, [one.message for one in found]
    assert not [one.problems for one in run_cases(study, read) if not one.passed]
    return study, read


def outcomes(folder: Path, expression: str, cases: str, proof: Proof | None = None) -> dict[str, Outcome]:
    """By how the mutant would read."""
    study, read = asked(folder, expression, cases)
    found = trials(study, read, about(mutants_of(study), "asked"), proof)
    return {one.mutant.after: one.outcome for one in found}


LIMIT = """\
cases:
  - {name: above, because: b, but: {weight: 60.1 kg}, expect: true}
  - {name: at, because: b, but: {weight: 60 kg}, expect: false}
"""


def test_an_answer_kills(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "last weight up to day_1 > 60 kg", LIMIT)
    killed = found["the last `weight` up to `day_1` is at least 60 kg"]
    assert isinstance(killed, Killed)
    assert (killed.by.name, killed.problem) == ("at", "found true, expected false")
    assert isinstance(found["the last `weight` up to `day_1` is above 60.1 kg"], Killed)


def test_what_no_case_looks_for_survives(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "last weight up to day_1 > 60 kg", LIMIT)
    assert found["the first `weight` up to `day_1`"] == Survived()


BOTH = """\
cases:
  - name: both say no
    because: b
    but: {weight: 50 kg, pressure: 100 mmHg}
    decided_by: [weight, pressure]
    expect: false
"""


def test_a_reason_kills_where_the_answer_is_the_same(tmp_path: Path) -> None:
    expression = "last weight up to day_1 > 60 kg or last pressure up to day_1 > 120 mmHg"
    found = outcomes(tmp_path, expression, BOTH)
    killed = found["left out"]
    assert isinstance(killed, Killed)
    assert "did not decide" in killed.problem


def test_an_answer_alone_does_not_notice_a_reason(tmp_path: Path) -> None:
    expression = "last weight up to day_1 > 60 kg or last pressure up to day_1 > 120 mmHg"
    found = outcomes(tmp_path, expression, BOTH.replace("    decided_by: [weight, pressure]\n", ""))
    assert found["left out"] == Survived()


TWO_FAIL = """\
cases:
  - name: too young, and of too low a pressure
    because: b
    rule: eligible
    but: {birth_date: consent - 9 years, pressure: 140 mmHg}
    decided_by: [I1, I2]
    expect: ineligible
"""


def test_what_is_asked_only_for_its_reasons_is_noticed_too(tmp_path: Path) -> None:
    """The first criterion decides; that the second fails as well is looked at because the case says so."""
    study, read = asked(tmp_path, "fit", TWO_FAIL)
    found = {one.mutant.kind: one.outcome for one in trials(study, read, about(mutants_of(study), "I2"))}
    killed = found["strictness"]
    assert isinstance(killed, Killed)
    assert killed.problem == "`I2` did not decide"


SETTLED = "chosen and last weight up to day_1 > 60 kg"


def test_what_the_figures_settle_is_equivalent(tmp_path: Path) -> None:
    found = outcomes(tmp_path, SETTLED, "cases:\n  - {name: no, because: b, expect: false}\n")
    assert isinstance(found["the last `weight` up to `day_1` is at least 60 kg"], Equivalent)


def test_a_case_with_other_figures_kills_it_all_the_same(tmp_path: Path) -> None:
    case = "cases:\n  - {name: at, because: b, given: {chosen: true}, but: {weight: 60 kg}, expect: false}\n"
    found = outcomes(tmp_path, SETTLED, case)
    assert isinstance(found["the last `weight` up to `day_1` is at least 60 kg"], Killed)


def test_a_proof_is_asked_of_what_survives(tmp_path: Path) -> None:
    tried: list[Mutant] = []

    def proof(mutant: Mutant) -> str | None:
        tried.append(mutant)
        return "proved" if mutant.kind == "outermost" else None

    found = outcomes(tmp_path, "last weight up to day_1 > 60 kg", LIMIT, proof)
    assert found["the first `weight` up to `day_1`"] == Equivalent("proved")
    assert all(not isinstance(found[one.after], Killed) for one in tried)


def test_a_schedule_is_noticed_by_what_is_asked_at_its_visits(tmp_path: Path) -> None:
    case = """\
cases:
  - name: late
    because: b
    but: {pressure: {at: month_1, start: target of month_1 + 7 days, value: 99 mmHg}}
    expect: 99
"""
    study, read = asked(tmp_path, "pressure at month_1 / 1 mmHg", case)
    found = {
        one.mutant.after: one.outcome for one in trials(study, read, about(mutants_of(study), "month_1"))
    }
    assert isinstance(found["(`day_1` plus 1 month) plus 6 days"], Killed)
    assert found["(`day_1` plus 1 month) plus 8 days"] == Survived()


@pytest.mark.parametrize("name", STUDIES)
def test_no_case_is_missed(name: str) -> None:
    """Every case asked of every mutant as a study of its own: the same are killed."""
    study = tasks.opened(ROOT / name).study
    assert study is not None
    cases = read_cases(study, ROOT / name, Diagnostics())
    for tried in trials(study, cases, mutants_of(study)):
        wrong = replace(study, program=tried.mutant.program(study.program))
        noticed = [result.case for result in run_cases(wrong, cases) if not result.passed]
        if isinstance(tried.outcome, Killed):
            assert tried.outcome.by in noticed
        else:
            assert not noticed


# An expression and another that says the same, or not quite.
SAME = {
    "fit and (sex = female and fit)": "fit and sex = female",
    "not (fit and not sex = female)": "not fit or sex = female",
    "not last weight > 60 kg": "last weight <= 60 kg",
    "fit or lowest_pressure > 100 mmHg": "true or fit",
    "at least 1 of (fit, sex = female)": "fit or sex = female",
    "at least 2 of (fit, sex = female)": "fit and sex = female",
    "if 1 < 2 then fit else sex = female": "fit",
    "any infusion where (true)": "any infusion",
    "any infusion after day_1": "any infusion from (day_1 + 1 day)",
    "any infusion before (day_1 + 2 days)": "any infusion up to (day_1 + 1 day)",
}
OTHER = {
    "fit and sex = female": "fit or sex = female",
    "fit or not fit": "true",
    "any infusion after day_1": "any infusion from day_1",
    "day_1 + 1 month": "day_1 + 30 days",
    "(fit) if known else (sex = female)": "fit",
}


def core(folder: Path, expression: str) -> Core:
    return simplified(with_rule(folder, expression).program.rules["asked"], figures=True)


@pytest.mark.parametrize("one", SAME)
def test_what_says_the_same_is_as_short(one: str, tmp_path: Path) -> None:
    assert core(tmp_path, one) == core(tmp_path, SAME[one])


@pytest.mark.parametrize("one", OTHER)
def test_what_may_differ_does(one: str, tmp_path: Path) -> None:
    assert core(tmp_path, one) != core(tmp_path, OTHER[one])
