"""What the conditions of a rule are, and where they stand."""

from pathlib import Path

import pytest

from engine.assurance.coverage.text import lines_of
from engine.language.english import english
from engine.source.lines import Sources
from tests.unit.assurance.coverage.ruled import Ruled, named, ruled
from tests.unit.invention.small import sound

NOBODY = "  - {name: one, rule: E1, expect: false}\n"

CONDITIONS = {
    "a comparison": ("last pressure up to day_1 > 90 mmHg", ["last"]),
    "a junction is none": (
        "not (strict and sex = female) or fit",
        ["false (`strict`)", "`sex` is", "the last `fit`"],
    ),
    "of a range each side": (
        "last pressure up to day_1 between 90 mmHg and 99 mmHg",
        ["last at least 90", "last at most 99"],
    ),
    "a count": (
        "at least 2 of (strict, fit, sex = male)",
        ["false (`strict`)", "the last `fit`", "`sex` is"],
    ),
    "a filter and what is selected": (
        "any drug where (dose > 5 mg/d) has (start < day_1)",
        ["any `drug.start`", "its `dose`", "its start"],
    ),
    "in a number": (
        "last pressure up to day_1 > (if sex = female then 90 mmHg else 99 mmHg)",
        ["last", "`sex` is"],
    ),
    "in a range a condition is written once": (
        "(if fit then 1 else 2) between 1 and 2",
        ["(if the last `fit`", "the last `fit`", "(if the last `fit`"],
    ),
    "another rule": ("better at month_1", ["`better` at"]),
    "whether it is known, and it": ("fit is known", ["the last `fit` is known", "the last `fit`"]),
    "a yes or no of a record": ("any fit up to day_1", ["any `fit`", "its value"]),
    "what last takes of a record": ("last fit up to day_1", ["the last `fit`"]),
    "nothing that is written down": ("true", []),
}


@pytest.mark.parametrize(("rule", "wanted"), CONDITIONS.values(), ids=CONDITIONS)
def test_the_conditions_of_a_rule(rule: str, wanted: list[str], tmp_path: Path) -> None:
    found = ruled(tmp_path, E1=rule).shown_by(NOBODY)
    said = [english(one.core) for one in found.expressions["E1"].conditions]
    assert len(said) == len(wanted), said
    for english_text, words in zip(said, wanted, strict=True):
        assert all(word in english_text for word in words.split(" ")), said


def test_the_same_words_at_two_places_are_two_conditions(tmp_path: Path) -> None:
    found = ruled(tmp_path, E1="(sex = male and fit) or (sex = male and strict)").shown_by(NOBODY)
    first, _, second, _ = found.expressions["E1"].conditions
    assert first.core == second.core
    assert first != second


DOSING = """\
requirements:
  kept:
    title: T
    text: t
    source: s
    severity: minor
    applies_when: sex = male and strict
    require: fit
    amount: last weight up to day_1
"""
SWITCHING = """\
switches:
  move: {title: T, text: t, source: s, from: [active], to: control, allow_when: fit, since: day_1}
"""


@pytest.fixture
def more(tmp_path: Path) -> Ruled:
    return ruled(tmp_path, E1="fit", dosing=DOSING, switching=SWITCHING)


def test_whether_a_rule_applies_is_one_condition_of_it_and_its_own_expression(more: Ruled) -> None:
    found = more.shown_by(NOBODY)
    assert list(named(found, "kept")) == ["`sex` is 'male' and false (`strict`)", "the last `fit`"]
    assert list(named(found, "kept.applies_when")) == ["`sex` is 'male'", "false (`strict`)"]
    assert [one.wanted for one in found.expressions["kept.amount"].goals] == ["known", "unknown"]


def test_the_arms_that_a_switch_is_open_to_are_a_condition(more: Ruled) -> None:
    found = more.shown_by(NOBODY)
    assert list(named(found, "move")) == ["`arm` is one of 'active'", "the last `fit`"]


def test_nobody_wrote_the_decision(more: Ruled) -> None:
    assert "eligible" not in more.shown_by(NOBODY).expressions


# ------------------------------------------------------------------------ their places


def test_conditions_are_marked_on_their_lines(tmp_path: Path) -> None:
    rule = "\n      any drug where (dose > 5 mg/d)\n        has (start < day_1)\n      or fit\n"
    text = f"exclusion:\n  E1:\n    title: T\n    text: t\n    source: s\n    exclude_when: |{rule}"
    found = Ruled(sound(tmp_path, eligibility=text), tmp_path).shown_by(NOBODY)
    lines = lines_of(found.expressions["E1"], Sources(tmp_path))
    assert [line.text for line in lines] == [
        "any drug where (dose > 5 mg/d)",
        "  has (start < day_1)",
        "or fit",
    ]
    marked = [
        (line.number, line.text[mark.start : mark.end], mark.numbers, mark.opens)
        for line in lines
        for mark in line.marks
    ]
    assert marked == [
        (7, "any drug where (dose > 5 mg/d)", (1,), True),
        (7, "dose > 5 mg/d", (2,), True),
        (8, "has (start < day_1)", (1,), False),
        (8, "start < day_1", (3,), True),
        (9, "fit", (4,), True),
    ]


def test_two_conditions_of_one_place_share_a_mark(tmp_path: Path) -> None:
    rule = "last pressure up to day_1 between 90 mmHg and 99 mmHg"
    found = ruled(tmp_path, E1=rule).shown_by(NOBODY)
    (line,) = lines_of(found.expressions["E1"], Sources(tmp_path))
    assert [(line.text[mark.start : mark.end], mark.numbers) for mark in line.marks] == [(rule, (1, 2))]


@pytest.mark.parametrize(
    "written", ["fit", '"fit"', "'fit'   # a comment", "fit  # a comment", "|\n      fit"]
)
def test_only_the_words_of_an_expression_are_shown(written: str, tmp_path: Path) -> None:
    text = f"exclusion:\n  E1:\n    title: T\n    text: t\n    source: s\n    exclude_when: {written}\n"
    found = Ruled(sound(tmp_path, eligibility=text), tmp_path).shown_by(NOBODY)
    (line,) = lines_of(found.expressions["E1"], Sources(tmp_path))
    assert line.text == "fit"
    assert [mark[:2] for mark in line.marks] == [(0, 3)]
