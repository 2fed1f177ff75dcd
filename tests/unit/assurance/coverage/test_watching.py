"""What cases show: the answers that conditions gave, and whether they decided."""

from pathlib import Path

import pytest

from engine.assurance.coverage.result import Tally
from tests.unit.assurance.coverage.ruled import answers, named, ruled, shown

MALE, FEMALE, SEXLESS = "but: {sex: male}", "but: {sex: female}", "but: {sex: unknown}"
FIT, UNFIT = "{sex: male, fit: yes}", "{sex: male, fit: no}"


def case(name: str, more: str, expect: str) -> str:
    return f"  - {{name: {name}, rule: E1, {more}, expect: {expect}}}\n"


def test_each_answer_is_seen_by_its_cases(tmp_path: Path) -> None:
    study = ruled(tmp_path, E1="sex = male")
    found = study.shown_by(case("m", MALE, "true") + case("f", FEMALE, "false"))
    (condition,) = found.expressions["E1"].conditions
    assert answers(found, "E1") == {"true": "shown", "false": "shown", "unknown": "not shown"}
    assert shown(found, condition) == ["true", "false", "decisive"]
    assert [one.name for one in found.shown[condition.goals[1]]] == ["f"]
    found = study.shown_by(case("u", SEXLESS, "unknown"))
    assert shown(found, condition) == ["unknown"]


def test_what_was_never_looked_at_is_not_seen(tmp_path: Path) -> None:
    found = ruled(tmp_path, E1="sex = female and fit").shown_by(case("m", MALE, "false"))
    conditions = named(found, "E1")
    assert shown(found, conditions["`sex` is 'female'"]) == ["false", "decisive"]
    assert shown(found, conditions["the last `fit`"]) == []


DECISIVE = {
    "both of an or": ("sex = male or fit", FIT, "true", []),
    "one of an or": ("sex = female or fit", FIT, "true", ["the last `fit`"]),
    "neither of an or": ("sex = female or fit", UNFIT, "false", ["`sex` is 'female'", "the last `fit`"]),
    "under a not": ("not (sex = male)", FIT, "false", ["`sex` is 'male'"]),
    "where the answer is unknown": ("sex = male and fit", "{sex: male, fit: none}", "unknown", []),
    "a filter": (
        "any drug where (dose > 900 mg/d)",
        FIT,
        "false",
        ["any `drug` (where its `dose` is above 900 mg/d)", "its `dose` is above 900 mg/d"],
    ),
    "the condition of an if": (
        "last pressure up to day_1 > (if sex = male then 1 mmHg else 999 mmHg)",
        FIT,
        "true",
        2,
    ),
}


@pytest.mark.parametrize(("rule", "but", "expect", "wanted"), DECISIVE.values(), ids=DECISIVE)
def test_what_decides_is_what_turns_the_answer(
    rule: str, but: str, expect: str, wanted: list[str] | int, tmp_path: Path
) -> None:
    found = ruled(tmp_path, E1=rule).shown_by(case("a", f"but: {but}", expect))
    decided = [said for said, one in named(found, "E1").items() if "decisive" in shown(found, one)]
    assert decided == wanted or len(decided) == wanted


def test_a_condition_is_asked_of_the_rule_it_stands_in(tmp_path: Path) -> None:
    """E2 is false whatever E1 says, and E1 is decided by its condition all the same."""
    rules = {"E1": "sex = male", "E2": "E1 and strict"}
    found = ruled(tmp_path, **rules).shown_by("  - {name: a, rule: E2, but: {sex: male}, expect: false}\n")
    (inner,) = found.expressions["E1"].conditions
    assert shown(found, inner) == ["true", "decisive"]
    assert shown(found, named(found, "E2")["`E1`"]) == ["true"]


def test_a_rule_of_visits_is_asked_again_at_its_visit(tmp_path: Path) -> None:
    cases = "  - {name: a, rule: better, visit: month_2, but: {pressure: 99 mmHg}, expect: true}\n"
    found = ruled(tmp_path, E1="fit").shown_by(cases)
    (condition,) = found.expressions["better"].conditions
    assert shown(found, condition) == ["true", "decisive"]


DOSING = """\
requirements:
  kept: {title: T, text: t, source: s, severity: minor, for_each: infusion, require: dose < 500 mg}
"""


def test_a_rule_of_records_is_asked_again_of_its_record(tmp_path: Path) -> None:
    infusion = "infusion: [{start: day_1, dose: 9 mg}]"
    cases = f"  - {{name: a, rule: kept, record: first, but: {{{infusion}}}, expect: true}}\n"
    found = ruled(tmp_path, E1="fit", dosing=DOSING).shown_by(cases)
    (condition,) = found.expressions["kept"].conditions
    assert shown(found, condition) == ["true", "decisive"]


def test_a_case_with_other_parameters_shows_the_same_conditions(tmp_path: Path) -> None:
    study = ruled(tmp_path, E1="strict and sex = male")
    given = "given: {strict: true}"
    found = study.shown_by(case("a", f"{MALE}, {given}", "true") + case("b", MALE, "false"))
    conditions = named(found, "E1")
    assert shown(found, conditions["false (`strict`)"]) == ["true", "false", "decisive"]
    assert shown(found, conditions["`sex` is 'male'"]) == ["true", "decisive"]


def test_a_condition_in_a_range_counts_for_both_of_its_places(tmp_path: Path) -> None:
    study = ruled(tmp_path, E1="(if fit then 1 else 2) between (if strict then 2 else 1) and 1")
    found = study.shown_by(case("a", f"but: {FIT}, given: {{strict: true}}", "false"))
    conditions = named(found, "E1")
    assert shown(found, conditions["the last `fit`"]) == ["true"]
    assert shown(found, conditions["false (`strict`)"]) == ["true", "decisive"]


def test_a_case_that_fails_is_named(tmp_path: Path) -> None:
    found = ruled(tmp_path, E1="sex = male").shown_by(case("a", MALE, "false") + case("b", MALE, "true"))
    assert found.failed == ("a",)
    assert found.cases == 2


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(1999, 2000, 0), "99.9 %"),
        (Tally(9999, 10000, 0), "99.9 %"),
        (Tally(2, 2, 1), "100.0 %"),
        (Tally(0, 0, 4), "100.0 %"),
        (Tally(0, 3, 0), "0.0 %"),
    ],
)
def test_a_share_is_never_said_to_be_more_than_it_is(tally: Tally, words: str) -> None:
    assert tally.words == words
    assert tally.is_full == (words == "100.0 %")
