"""What belongs to a statement, and which statements lack something."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.authoring.matrix import Row, belongs, matrix, without_statement
from engine.skeleton.files import skeleton
from engine.source.diagnostic import Diagnostics
from engine.source.place import NOWHERE
from engine.study.linked import Study
from engine.study.load import load
from engine.study.model import Statement

CONSENT = Statement(
    "consent", "rule", "Adults who have given written consent; none other.", "plan, 1", (), (), None, NOWHERE
)


@pytest.mark.parametrize(
    ("text", "source", "held"),
    [
        ("Adults who have given written consent", "plan, 1", True),
        ("written\n consent", "plan, 1, second line", True),
        ("Only: Adults who have given written consent; none other. Nobody else.", "plan, 1; assumed", True),
        ("written consent", "plan, 10", False),
        ("written consent", "plan", False),
        ("Written consent", "plan, 1", False),
        ("ritten con", "plan, 1", False),
        ("one", "plan, 1", False),
        ("Adults who gave consent", "plan, 1", False),
        (None, "plan, 1", False),
        ("written consent", None, False),
    ],
)
def test_words_and_section_say_what_belongs(text: str | None, source: str | None, held: bool) -> None:
    assert belongs(text, source, CONSENT) == held


STATEMENTS = """\
statements:
  pressure: {kind: rule, text: Systolic blood pressure of 140 mmHg or above at screening.,
    source: "protocol, Inclusion 3"}
  adults: {kind: rule, text: Only grown-ups., source: "protocol, Inclusion 2", held_by: [I2]}
  lost: {kind: rule, text: Nobody wrote this down., source: "protocol, section 9"}
  visits: {kind: design, text: Visits are monthly., source: "protocol, section 5", held_by: [month_1]}
  purpose: {kind: endpoint, text: To learn something., source: "protocol, section 3"}
  remark: {kind: note, text: It may rain., source: "protocol, section 10"}
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("study")
    for name, text in [*skeleton(), ("protocol/statements.yaml", STATEMENTS)]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        Path(folder / name).write_text(text, "utf-8")
    findings = Diagnostics()
    found = load(folder, findings)
    assert found is not None, [finding.message for finding in findings]
    return found


def row(study: Study, statement: str, cases: dict[str, list[str]] | None = None) -> Row:
    return next(row for row in matrix(study, cases) if row.statement.id == statement)


def test_a_rule_is_found_by_its_words_and_a_parameter_by_its_rule(study: Study) -> None:
    found = row(study, "pressure")
    assert found.rules == ("I3",)
    assert found.uses[0] == "pressure_at_screening"
    assert "pressure_at_entry" in found.parameters
    assert "screening_window" in found.further
    assert found.lacking is None


def test_what_is_said_in_other_words_is_named(study: Study) -> None:
    assert row(study, "adults").rules == ("I2",)


def test_a_visit_brings_what_plans_it(study: Study) -> None:
    found = row(study, "visits")
    assert found.others == ("month_1",)
    assert found.parameters


@pytest.mark.parametrize(
    ("statement", "lacking"),
    [("lost", "rule"), ("purpose", "endpoint"), ("remark", None), ("adults", None)],
)
def test_what_nothing_holds_is_said(study: Study, statement: str, lacking: str | None) -> None:
    assert row(study, statement).lacking == lacking


def test_where_there_are_cases_a_rule_needs_one(study: Study) -> None:
    cases = {"I3": ["at the limit", "below it"]}
    assert row(study, "pressure", cases).cases == ("at the limit", "below it")
    assert row(study, "pressure", cases).lacking is None
    assert row(study, "adults", cases).lacking == "case"
    assert row(study, "visits", cases).lacking is None


def test_words_of_no_statement_are_found(study: Study) -> None:
    assert "E1" in without_statement(study)
    assert "I3" not in without_statement(study)
    none = replace(study, protocol=replace(study.protocol, statements=()))
    assert matrix(none, None) == ()
