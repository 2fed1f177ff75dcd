"""Boundaries of a small study: where they are, what cases have tried, and patients for what is missing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.assurance.boundary.model import Goal, Standing
from engine.assurance.boundary.suggested import standing, suggest
from engine.assurance.boundary.words import boundary_words, short_words, side_words
from engine.assurance.cases import Case
from engine.assurance.read import read_cases
from engine.assurance.run import run_cases
from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from tests.unit.invention.small import sound

EACH = "title: T, text: t, source: s, severity: minor"
RULES = f"""\
  R1: {{{EACH}, for_each: drug, require: dose <= 20 mg/d}}
  R2: {{{EACH}, require: last pressure up to day_1 / last weight up to day_1 >= 2 mmHg/kg}}
  R3: {{{EACH}, require: no illness in the 30 days up to consent}}
  R4: {{{EACH}, require: lowest_pressure > 100 mmHg or fit}}
  R5: {{{EACH}, for_each: infusion, require: days from previous.start to start <= 7 days}}
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "dosing.yaml").write_text(f"requirements:\n{RULES}", encoding="utf-8")
    return sound(tmp_path)


@pytest.fixture
def read(study: Study, tmp_path: Path) -> Callable[[str], tuple[Case, ...]]:
    def reading(text: str) -> tuple[Case, ...]:
        (tmp_path / "rules" / "cases").mkdir(parents=True, exist_ok=True)
        (tmp_path / "rules" / "cases" / "mine.yaml").write_text(f"cases:\n{text}", encoding="utf-8")
        findings = Diagnostics()
        found = read_cases(study, tmp_path, findings)
        assert not list(findings)
        return found

    return reading


def limits(standings: tuple[Standing, ...]) -> dict[str, Standing]:
    return {one.boundary.rule: one for one in standings if one.boundary.end == "limit"}


def case(rule: str, but: str) -> str:
    return f"  - {{name: {rule}, rule: {rule}, day: day_1, but: {{{but}}}, expect: unknown}}\n"


# -------------------------------------------------------------------- where they are


def test_a_comparison_with_a_recorded_value_is_a_boundary_with_three_sides(study: Study) -> None:
    found = limits(standing(study, ()))
    assert found["I2"].boundary.sides == ("at", "below", "above")
    assert found["I2"].missing == ("at", "below", "above")
    assert found["I2"].boundary.at.file == "rules/eligibility.yaml"


def test_a_quotient_is_tried_on_either_side_only(study: Study) -> None:
    assert limits(standing(study, ()))["R2"].boundary.sides == ("below", "above")


def test_figures_of_the_protocol_alone_have_no_boundary(study: Study) -> None:
    assert "R4" not in limits(standing(study, ()))


def test_each_end_of_a_period_is_a_boundary(study: Study) -> None:
    ends = [one.boundary.end for one in standing(study, (), "R3")]
    assert ends == ["start", "end"]


def test_those_of_one_rule(study: Study) -> None:
    assert {one.boundary.rule for one in standing(study, (), "I1")} == {"I1"}


# ----------------------------------------------------------------- what has been tried


@pytest.mark.parametrize(
    ("rule", "but", "sides"),
    [
        ("I2", "pressure: 140 mmHg", {"at"}),
        ("I2", "pressure: 139 mmHg", {"below"}),
        ("I2", "pressure: 141 mmHg", {"above"}),
        ("I2", "pressure: 142 mmHg", set()),
        ("I2", "pressure: unknown", set()),
        ("I1", "birth_date: consent - 18 years + 1 day", {"below"}),
        ("I1", "birth_date: consent - 18 years", {"at"}),
        ("I1", "birth_date: consent - 17 years", set()),
        ("I1", "birth_date: consent - 19 years", {"above"}),
        ("R1", "drug.dose: 19 mg/d", {"below"}),
        ("R1", "drug.dose: 18 mg/d", set()),
        ("R2", "pressure: 120 mmHg, weight: 60.1 kg", {"below"}),
        ("R2", "pressure: 122 mmHg, weight: 60 kg", set()),
    ],
)
def test_a_case_tries_the_side_it_is_next_to(
    study: Study, read: Callable[[str], tuple[Case, ...]], rule: str, but: str, sides: set[str]
) -> None:
    assert limits(standing(study, read(case(rule, but))))[rule].tried == sides


@pytest.mark.parametrize(
    ("illness", "tried"),
    [
        ("{start: consent - 60 days, end: consent - 30 days}", [{"in"}, set()]),
        ("{start: consent - 60 days, end: consent - 31 days}", [{"out"}, set()]),
        ("{start: consent}", [set(), {"in"}]),
        ("{start: consent + 1 day}", [set(), {"out"}]),
        ("{start: consent - 3 days}", [set(), set()]),
    ],
)
def test_an_episode_tries_a_period_by_its_last_day_and_its_first(
    study: Study, read: Callable[[str], tuple[Case, ...]], illness: str, tried: list[set[str]]
) -> None:
    found = standing(study, read(case("R3", f"illness: [{illness}]")), "R3")
    assert [one.tried for one in found] == tried


# ------------------------------------------------------------------------ suggestions


def goals(standings: tuple[Standing, ...]) -> set[Goal]:
    return {(one.boundary, side) for one in standings for side in one.missing}


def test_a_patient_is_found_for_every_side(
    study: Study, read: Callable[[str], tuple[Case, ...]], tmp_path: Path
) -> None:
    found = suggest(study, ())
    missing = {boundary.rule for boundary, _ in found.missing}
    assert missing <= {"R5"}, "nobody of this study has an infusion"
    cases = read("".join(one.text for one in found.suggestions))
    assert all(result.passed for result in run_cases(study, cases))
    assert goals(standing(study, cases)) == set(found.missing)


def test_what_is_tried_is_not_suggested_again(study: Study, read: Callable[[str], tuple[Case, ...]]) -> None:
    cases = read(case("I2", "pressure: 141 mmHg"))
    found = suggest(study, cases, ["I2"])
    sides = [one.side for one in found.suggestions if one.boundary.end == "limit"]
    assert sides == ["at", "below"]
    assert "but: {pressure: " in found.suggestions[0].text


def test_no_more_than_asked_for(study: Study) -> None:
    assert len(suggest(study, (), most=2).suggestions) == 2


def test_no_two_cases_have_the_same_name(study: Study) -> None:
    names = [one.case.name for one in suggest(study, ()).suggestions]
    assert len(names) == len(set(names))


def test_words(study: Study) -> None:
    boundary = limits(standing(study, ()))["I2"].boundary
    assert "above 140 mmHg (`lowest_pressure`)" in boundary_words(boundary)
    assert short_words(boundary, "above") == "pressure just above lowest_pressure"
    start, end = (one.boundary for one in standing(study, (), "R3"))
    assert side_words(start, "out") == "a day before the period"
    assert side_words(end, "in") == "on the last day of the period"
