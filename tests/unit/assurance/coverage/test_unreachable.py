"""What is proved to be out of reach, and that no case and no patient reaches it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from engine import tasks
from engine.assurance.coverage.expressions import Expression, expressions_of
from engine.assurance.coverage.result import Proofs, coverage
from engine.assurance.coverage.unreachable import unreachable
from engine.assurance.coverage.watching import Watcher
from engine.assurance.read import read_cases
from engine.assurance.run import Runner
from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from tests.functional.conftest import ROOT
from tests.unit.assurance.coverage.ruled import answers, cannot, goal, named, ruled

EVERYTHING = ["true", "false", "unknown", "decisive"]

UNREACHABLE = {
    "is known is never unknown": ("fit is known", "the last `fit` is known", ["unknown"]),
    "what is only asked whether it is known never decides": (
        "not fit is known",
        "the last `fit`",
        ["decisive"],
    ),
    "a parameter has one value": ("strict or fit", "false (`strict`)", ["true", "unknown"]),
    "behind a false part of an and": ("strict and fit", "the last `fit`", EVERYTHING),
    "behind a true part of an or": ("not strict or fit", "the last `fit`", EVERYTHING),
    "a part before it is looked at": ("fit and strict", "the last `fit`", ["decisive"]),
    "the way that is not taken": (
        "if strict then fit else sex = male",
        "the last `fit`",
        EVERYTHING,
    ),
    "the way that is taken": ("if strict then fit else sex = male", "`sex` is 'male'", []),
    "a fill-in for what is known": (
        "(fit is known) if known else (sex = male)",
        "`sex` is 'male'",
        EVERYTHING,
    ),
    "outside of the range": (
        "last pressure up to day_1 > 301 mmHg",
        "the last `pressure` up to `day_1` is above 301 mmHg",
        ["true"],
    ),
}


@pytest.mark.parametrize(("rule", "condition", "wanted"), UNREACHABLE.values(), ids=UNREACHABLE)
def test_what_cannot_be(rule: str, condition: str, wanted: list[str], tmp_path: Path) -> None:
    study = ruled(tmp_path, I1="true", E1=rule)
    found = study.shown_by("  - {name: a, rule: I1, expect: true}\n")
    assert cannot(found, named(found, "E1")[condition]) == wanted


def test_the_answer_of_a_rule(tmp_path: Path) -> None:
    study = ruled(tmp_path, E1="fit", E2="strict and E1", E3="fit is known or E1")
    found = study.shown_by("  - {name: a, rule: E1, but: {fit: no}, expect: false}\n")
    assert answers(found, "E2") == {"true": "cannot be", "false": "not shown", "unknown": "cannot be"}
    assert answers(found, "E3") == {"true": "not shown", "false": "not shown", "unknown": "not shown"}


def test_what_a_rule_never_is_it_is_not_where_it_is_named(tmp_path: Path) -> None:
    study = ruled(tmp_path, E1="fit is known", E2="E1 or sex = male")
    found = study.shown_by("  - {name: a, rule: E1, but: {fit: no}, expect: true}\n")
    assert cannot(found, named(found, "E2")["`E1`"]) == ["unknown"]


def test_what_a_case_has_shown_is_shown_whatever_is_proved(tmp_path: Path) -> None:
    study = ruled(tmp_path, E1="strict and fit")
    found = study.shown_by("  - {name: a, rule: E1, but: {fit: yes}, given: {strict: true}, expect: true}\n")
    assert cannot(found, named(found, "E1")["the last `fit`"]) == ["false", "unknown"]
    assert found.tally(found.expressions["E1"].goals) == (5, 7, 4)


def test_proofs_from_elsewhere_are_counted(tmp_path: Path) -> None:
    study = ruled(tmp_path, E1="fit").study
    found = coverage(study, ()).with_proofs({goal("E1", "false"): "said so"})
    assert answers(found, "E1") == {"true": "not shown", "false": "cannot be", "unknown": "not shown"}
    assert found.unreachable[goal("E1", "false")] == "said so"


# ------------------------------------------------------------------------- they hold

STUDIES = {
    "the repository": ROOT,
    "the second": ROOT / "examples" / "streptomycin-1948",
    "a new one": ROOT / "engine" / "skeleton" / "study",
}


@pytest.fixture(params=list(STUDIES.values()), ids=list(STUDIES), scope="module")
def proved(request: pytest.FixtureRequest) -> tuple[Study, Path, Mapping[str, Expression], Proofs]:
    """A study with all that is proved of it, shown or not."""
    study = tasks.opened(request.param).study
    assert study is not None
    expressions = expressions_of(study)
    goals = (each for one in expressions.values() for each in one.goals)
    return study, request.param, expressions, unreachable(study, expressions, goals)


def test_no_case_reaches_what_is_out_of_reach(
    proved: tuple[Study, Path, Mapping[str, Expression], Proofs],
) -> None:
    study, folder, expressions, proofs = proved
    watcher, runner = Watcher(expressions), Runner(study, reasons=True, watched=True)
    for case in read_cases(study, folder, Diagnostics()):
        if not case.given:
            watcher.watch(case, runner.run(case).found)
    assert proofs
    assert watcher.shown
    assert watcher.shown.keys().isdisjoint(proofs)
