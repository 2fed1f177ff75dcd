"""Expressions of CQL on whose answers two of its engines agree, asked of the rule language.

`cql_settled_cases.json` is from the conformance tests of HL7, repository cqframework/cql-tests on GitHub.
Each case agrees, or differs on purpose (`cql_differences.yaml` says how and why), or is outside the language
for a reason.
"""

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest

from engine.handbook.answer import plain, worded
from engine.handbook.chapters import KNOWN_UP_TO, Case, Chapter, read_chapter
from engine.handbook.example import Refusal, example_of
from engine.language.days import parse_when
from engine.language.types import DAY
from engine.language.units import Unit, parse_unit
from engine.source.diagnostic import Diagnostics
from engine.source.place import NOWHERE
from engine.source.read import read_yaml
from engine.source.tree import Scalar
from engine.study.entry import entries_of
from tests.spec.cql import OUTSIDE, Outside, Question
from tests.spec.reading import answered

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = json.loads((HERE / "cql_settled_cases.json").read_text("utf-8"))


@cache
def study() -> Chapter:
    findings = Diagnostics()
    chapter = read_chapter((HERE / "cql_study.yaml").read_text("utf-8"), "cql_study.yaml", findings)
    assert chapter
    assert not list(findings)
    return chapter


@cache
def differences() -> dict[str, dict[str, str]]:
    findings = Diagnostics()
    name = "cql_differences.yaml"
    tree = read_yaml((HERE / name).read_text("utf-8"), name, findings)
    assert not findings.failed
    return {entry.name: entry.table() for entry in entries_of(tree)}


def scalar(text: str) -> Scalar:
    return Scalar(text, text, NOWHERE, (1, 1), 1, False)


def case_of(name: str, question: Question) -> Case:
    when = parse_when(KNOWN_UP_TO)
    assert when
    assert isinstance(when.date, int)
    asked, given = scalar(question.asked()), scalar("\n".join(question.given))
    return Case(name, asked, given, None, None, when.date, None, "", "", {}, NOWHERE)


Verdict = Literal["agrees", "differs", "outside"]


@dataclass(frozen=True, slots=True)
class Found:
    verdict: Verdict
    answer: str
    reason: str


def found(case: dict[str, Any]) -> Found:
    """Which of the three a case is; neither agreeing nor listed is a failure."""
    question = Question(case["cql"])
    try:
        answer = answer_of(case["name"], question)
    except Outside as outside:
        return Found("outside", "", str(outside))
    if agrees(answer, case["expected"]):
        return Found("agrees", answer, "")
    listed = differences().get(case["name"], {"reason": "", "answer": ""})
    assert answer == listed["answer"], f"{question.cql}: {answer} and not {case['expected']}"
    return Found("differs", answer, listed["reason"])


def answer_of(name: str, question: Question) -> str:
    example = example_of(study(), case_of(name, question))
    return example.verb if isinstance(example, Refusal) else answered(example)


def agrees(answer: str, expected: Any) -> bool:
    """Whether an answer in our words is the one expected of CQL."""
    match expected:
        case None:
            return answer in ("unknown", "missing")
        case bool():
            return answer == str(expected).lower()
        case int() | float():
            return answer == plain(Decimal(str(expected)))
        case {"error": True}:
            return answer == "does not load"
        case {"string": str(text)}:
            return answer == text
        case {"date": str(text)}:
            when = parse_when(text)
            return when is not None and answer == worded(when.date, DAY)
        case {"quantity": {"value": value, "unit": str(unit)}}:
            return is_quantity(answer, Decimal(str(value)), unit)
        case _:
            return False


def is_quantity(answer: str, value: Decimal, unit: str) -> bool:
    """The same number in the same unit, however the unit is spelled; a note such as `{score}` is none."""
    number, _, shown = answer.partition(" ")
    wanted, ours = parse_unit(unit), parse_unit(shown or "1")
    return isinstance(wanted, Unit) and wanted == ours and number == plain(value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_agrees_or_says_why_not(case: dict[str, Any]) -> None:
    verdict = found(case)
    assert verdict.verdict == "agrees" or verdict.reason
    assert (verdict.verdict == "differs") == (case["name"] in differences())


def test_the_counts() -> None:
    assert Counter(found(case).verdict for case in CASES) == {"agrees": 230, "differs": 11, "outside": 63}


def test_each_reason_to_be_outside_is_needed() -> None:
    assert {found(case).reason for case in CASES if found(case).verdict == "outside"} == set(OUTSIDE.values())


def test_every_listed_difference_is_one() -> None:
    assert differences().keys() <= {case["name"] for case in CASES}
