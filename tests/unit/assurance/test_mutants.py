"""The mutants of one expression, kind by kind, on a small study: none twice, and none that means the same."""

from pathlib import Path

import pytest

from engine import tasks
from engine.assurance.mutation.kinds import KINDS
from engine.assurance.mutation.model import Mutant
from engine.assurance.mutation.mutants import about, mutants_of
from engine.language.slots import expressions
from engine.language.walk import nodes
from tests.functional.conftest import ROOT
from tests.unit.invention.small import FILES, sound

DEFINED = "definitions:\n  asked:\n    title: T\n    source: s\n    is: |\n      {}\n"
AT_VISITS = (
    "definitions:\n  asked:\n    title: T\n    source: s\n    at_each_visit: all\n    is: |\n      {}\n"
)
OTHERWISE = """\
  chosen:
    {title: C, value: true, source: s, status: assumed, why: w, alternatives: [{value: false, source: s}]}
  lookback:
    title: L
    value: 2 months
    source: s
    status: assumed
    why: w
    alternatives: [{value: 2 months, source: t}, {value: 60 days, source: t}]
"""


def mutants(folder: Path, expression: str, form: str = DEFINED) -> tuple[Mutant, ...]:
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "definitions.yaml").write_text(form.format(expression), "utf-8")
    study = sound(folder, parameters=FILES["protocol/parameters.yaml"] + OTHERWISE)
    return tuple(one for one in mutants_of(study) if one.of == "asked")


def words(found: tuple[Mutant, ...], kind: str) -> list[str]:
    return [one.after for one in found if one.kind == kind]


# A kind, an expression, and all that this kind makes of it, in words.
MADE = {
    "above": ("strictness", "last weight > 60 kg", ["the last `weight` is at least 60 kg"]),
    "at most": ("strictness", "last weight <= 60 kg", ["the last `weight` is below 60 kg"]),
    "equal": ("strictness", "last weight = 60 kg", []),
    "by the variable's step": (
        "threshold",
        "last weight > 60 kg",
        ["the last `weight` is above 60.1 kg", "the last `weight` is above 59.9 kg"],
    ),
    "by the step in the unit compared in": (
        "threshold",
        "60000 g < lowest weight",
        ["60.1 kg is below the lowest `weight`", "59.9 kg is below the lowest `weight`"],
    ),
    "of each record": (
        "threshold",
        "any weight > 60 kg",
        ["its value is above 60.1 kg", "its value is above 59.9 kg"],
    ),
    "by the last digit of what has no step": (
        "threshold",
        "any infusion.dose = 0.50 mg",
        ["its `dose` is 0.51 mg", "its `dose` is 0.49 mg"],
    ),
    "of a parameter": (
        "threshold",
        "total infusion.dose / 1 mg * 1 mmHg >= lowest_pressure",
        [
            "(the total `infusion.dose` divided by 1 mg) times 1 mmHg is at least 141 mmHg",
            "(the total `infusion.dose` divided by 1 mg) times 1 mmHg is at least 139 mmHg",
        ],
    ),
    "of a share": (
        "threshold",
        "last weight > 50 % of first weight",
        [
            "the last `weight` is above 0.6 times the first `weight`",
            "the last `weight` is above 0.4 times the first `weight`",
        ],
    ),
    "of a day": (
        "threshold",
        "day_1 > 2025-03-01",
        ["`day_1` is after 2025-03-02", "`day_1` is after 2025-02-28"],
    ),
    "of what only figures are in": ("threshold", "lowest_pressure > 100 mmHg", []),
    "of a limit in a figure": (
        "threshold",
        "min(last weight, 90 kg)",
        ["the lower of the last `weight` and 90.1 kg", "the lower of the last `weight` and 89.9 kg"],
    ),
    "and": ("junction", "fit and sex = female", ["the last `fit` or `sex` is 'female'"]),
    "unless": ("junction", "fit unless sex = female", ["the last `fit` or `sex` is not 'female'"]),
    "any of": ("junction", "any of (fit, sex = female)", ["the last `fit` and `sex` is 'female'"]),
    "a part": ("clause", "fit and sex = female", ["left out", "left out"]),
    "an exception": ("clause", "fit unless sex = female", ["left out", "left out", "`sex` is 'female'"]),
    "a filter": ("clause", "number of infusion where (dose > 1 mg)", ["the number of `infusion`"]),
    "a part of a count": (
        "clause",
        "at least 2 of (fit, sex = female, sex is known)",
        ["left out", "left out", "left out"],
    ),
    "no part of what would be too few": ("clause", "at least 2 of (fit, sex = female)", []),
    "one fewer": (
        "count",
        "at least 2 of (fit, sex = female)",
        ["at least 1 of (the last `fit`; `sex` is 'female')"],
    ),
    "one more or fewer": (
        "count",
        "at least 2 of (fit, sex = female, arm = active, sex is known)",
        [
            "at least 1 of (the last `fit`; `sex` is 'female'; `arm` is 'active'; `sex` is known)",
            "at least 3 of (the last `fit`; `sex` is 'female'; `arm` is 'active'; `sex` is known)",
        ],
    ),
    "the day before": (
        "window",
        "last pressure before day_1",
        [
            "the last `pressure` up to `day_1`",
            "the last `pressure` before (`day_1` minus 1 day)",
            "the last `pressure`",
        ],
    ),
    "some days": (
        "window",
        "last pressure in the 14 days up to day_1",
        [
            "the last `pressure` in the 13 days up to `day_1`",
            "the last `pressure` in the 15 days up to `day_1`",
            "the last `pressure` up to `day_1`",
            "the last `pressure` in the 14 days before `day_1`",
            "the last `pressure` from (`day_1` minus 14 days) to (`day_1` plus 1 day)",
            "the last `pressure` from (`day_1` minus 14 days) on",
        ],
    ),
    "some months": (
        "window",
        "last pressure in the lookback before day_1",
        [
            "the last `pressure` in the 1 month before `day_1`",
            "the last `pressure` in the 3 months before `day_1`",
            "the last `pressure` after (`day_1` minus 2 months (`lookback`)) and before `day_1`",
            "the last `pressure` from ((`day_1` minus 2 months (`lookback`)) minus 1 day) and before `day_1`",
            "the last `pressure` before `day_1`",
            "the last `pressure` in the 2 months (`lookback`) up to `day_1`",
            "the last `pressure` from (`day_1` minus 2 months (`lookback`)) and before (`day_1` minus 1 day)",
            "the last `pressure` from (`day_1` minus 2 months (`lookback`)) on",
        ],
    ),
    "a day that is moved": ("window", "day_1 + 4 weeks", ["`day_1` plus 29 days", "`day_1` plus 27 days"]),
    "no period": ("window", "last pressure > 100 mmHg", []),
    "first": ("outermost", "first weight", ["the last `weight`"]),
    "any": ("outermost", "any infusion.dose > 1 mg", ["every `infusion.dose` is above 1 mg"]),
    "the middle": ("outermost", "median weight", []),
    "the anchor beside": ("anchor", "last pressure up to consent", ["the last `pressure` up to `day_1`"]),
    "both bounds of a period at once": (
        "anchor",
        "last pressure in the 14 days up to day_1",
        ["the last `pressure` in the 14 days up to `consent`"],
    ),
    "the visits beside": (
        "anchor",
        "pressure at month_1",
        ["`pressure` at `screening`", "`pressure` at `month_2`"],
    ),
    "baseline": ("anchor", "pressure at baseline", ["`pressure` at `screening`"]),
    "the visits at which a rule is asked": ("anchor", "better at month_1", ["`better` at `month_2`"]),
    "days of visits": ("anchor", "target of month_2", ["the target day of `month_1`"]),
    "an event": ("absence", "any infusion", ["any `infusion`; no record means unknown"]),
    "a judgement": ("absence", "fit", ["the last `fit`; no record means no"]),
    "where it does not matter": ("absence", "last infusion.dose > 1 mg", []),
}


@pytest.mark.parametrize("name", MADE)
def test_a_kind_makes_of_an_expression(name: str, tmp_path: Path) -> None:
    kind, expression, made = MADE[name]
    assert sorted(words(mutants(tmp_path, expression), kind)) == sorted(made)


@pytest.mark.parametrize("name", [".", "examples/streptomycin-1948", "engine/skeleton/study"])
def test_no_two_mutants_of_a_study_are_told_alike(name: str) -> None:
    study = tasks.opened(ROOT / name).study
    assert study is not None
    made = mutants_of(study)
    told = [(one.at, one.kind, one.before, one.after) for one in made]
    assert len(set(told)) == len(told)
    assert not [one for one in made if one.before == one.after or not one.at.file or not one.touched]


def test_every_kind_is_tried_here() -> None:
    assert {kind for kind, _, _ in MADE.values()} | {"parameter"} == KINDS.keys()


def test_what_a_visit_asks_stands_beside_baseline(tmp_path: Path) -> None:
    found = mutants(tmp_path, "pressure at visit > pressure at baseline", AT_VISITS)
    assert words(found, "anchor") == ["`pressure` at baseline", "`pressure` at this visit"]


def test_what_a_series_asks_of_each_visit_is_left_alone(tmp_path: Path) -> None:
    found = mutants(tmp_path, "any better from month_1 to month_2")
    assert all("this visit" not in one.before for one in found if one.kind == "anchor")
    assert [one.touched for one in found if one.kind == "anchor"]


def test_no_mutant_goes_round_in_a_circle(tmp_path: Path) -> None:
    study = sound(tmp_path)
    made = [one for one in mutants_of(study) if one.kind == "anchor" and one.of in ("consent", "day_1")]
    assert not [one for one in made if "`day_1`" in one.after]


def test_parts_of_parts_are_one_mutant(tmp_path: Path) -> None:
    found = mutants(tmp_path, "fit and (fit and sex = female)")
    assert words(found, "clause") == ["left out"]


def test_the_days_of_a_visit_move_with_its_target(tmp_path: Path) -> None:
    found = [one for one in mutants_of(sound(tmp_path)) if one.of == "month_1"]
    moved = {one.after: {slot.part for slot, _ in one.changes} for one in found}
    assert moved["`day_1` plus 2 months"] == {"target", "opens", "closes"}
    assert moved["(`day_1` plus 1 month) minus 8 days"] == {"opens"}


def test_where_a_rule_applies_is_wrong_in_the_rule_too(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "dosing.yaml").write_text(
        "requirements:\n  asked: {title: T, text: t, source: s, severity: minor,\n"
        "    applies_when: sex = female and fit, require: last weight > 60 kg}\n",
        "utf-8",
    )
    found = [one for one in mutants_of(sound(tmp_path)) if one.of == "asked"]
    joined = [one for one in found if one.kind == "junction"]
    assert [sorted(slot.name for slot, _ in one.changes) for one in joined] == [
        ["asked", "asked.applies_when"]
    ]
    assert not [one for one in found if one.kind == "clause" and "not" in one.before]


def test_a_parameter_has_its_alternatives_that_differ(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    expression = "chosen and any illness in the lookback up to day_1"
    (tmp_path / "rules" / "definitions.yaml").write_text(DEFINED.format(expression), "utf-8")
    study = sound(tmp_path, parameters=FILES["protocol/parameters.yaml"] + OTHERWISE)
    found = [one for one in mutants_of(study) if one.kind == "parameter"]
    assert [(one.of, one.before, one.after) for one in found] == [
        ("chosen", "`chosen` is true", "`chosen` is false"),
        ("lookback", "`lookback` is 2 months", "`lookback` is 60 days"),
    ]
    assert set(found) <= set(about(mutants_of(study), "asked"))


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"parameter"}))
def test_a_mutant_differs_only_where_it_says(kind: str, tmp_path: Path) -> None:
    study = sound(tmp_path)
    said = expressions(study.program)
    for one in mutants_of(study):
        other = expressions(one.program(study.program))
        assert {slot for slot in said if other[slot] is not said[slot]} == {slot for slot, _ in one.changes}
        assert all(any(node is own for core in said.values() for own in nodes(core)) for node in one.touched)
        if one.kind == kind:
            assert one.before != one.after
