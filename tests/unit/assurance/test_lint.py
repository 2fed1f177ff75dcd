"""The lints on whole studies: what they accept, and that what they hold impossible never happens."""

from pathlib import Path

import pytest

from engine.assurance.lint.could import Outcomes
from engine.assurance.lint.possible import Possibilities
from engine.assurance.lint.run import lint
from engine.reference.judge import judge
from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from engine.study.load import load
from engine.tasks import last_day, read

ROOT = Path(__file__).parents[3]
STUDIES = {
    ".": "examples/cohort",
    "examples/streptomycin-1948": "examples/streptomycin-1948/data",
    "engine/skeleton/study": "engine/skeleton/study/data",
}
SOME = 12


@pytest.fixture(params=STUDIES, scope="module")
def study(request: pytest.FixtureRequest) -> tuple[Study, Path]:
    findings = Diagnostics()
    found = load(ROOT / request.param, findings)
    assert found is not None, list(findings)
    return found, ROOT / STUDIES[request.param]


def test_the_studies_hold_nothing_that_is_not_accepted(study: tuple[Study, Path]) -> None:
    remarks = [one for one in lint(study[0]) if one.lint.severity == "warning" and one.accepted is None]
    assert [(one.lint.code, one.found.of) for one in remarks] == []


def test_each_answer_of_the_reference_is_possible(study: tuple[Study, Path]) -> None:
    found, data = study
    possible, cohort = Possibilities(found), read(found, data)
    as_of = last_day(cohort, None)
    assert as_of is not None
    for timeline in cohort.timelines[:SOME]:
        for verdict in judge(found, timeline, as_of, traced=False).verdicts:
            could = possible.rule(verdict.rule.rule.id)
            assert isinstance(could, Outcomes)
            assert verdict.outcome in could.all, verdict.rule.rule.id


def test_remarks_of_one_rule_are_those_of_its_parts_and_of_what_they_read(study: tuple[Study, Path]) -> None:
    whole = set(lint(study[0]))
    for rule in study[0].rules:
        assert set(lint(study[0], rule)) <= whole


def test_a_lint_says_the_same_each_time(study: tuple[Study, Path]) -> None:
    assert lint(study[0]) == lint(study[0])
