"""`protocol/typical.yaml`: what is wrong in it is said where it stands."""

from pathlib import Path

import pytest

from engine import tasks
from engine.source.diagnostic import Diagnostics
from engine.study.load import load
from engine.study.typical import Monthly, Spread
from tests.unit.invention.small import FILES, small, sound

TYPICAL = FILES["protocol/typical.yaml"]

WRONG = {
    "a variable": (
        "  sex: {typical",
        "  sexx: {typical",
        "there is no variable `sexx`",
        "did you mean `sex`?",
    ),
    "another kind": (
        "judgements:\n  fit:",
        "judgements:\n  weight:",
        "`weight` is a measurement, and a judgement must stand here",
        None,
    ),
    "a code": (
        "{typical: female",
        "{typical: femal",
        "`femal` is not a code of `sex`",
        "did you mean `female`?",
    ),
    "a visit": (
        "    screening: {when",
        "    screning: {when",
        "there is no visit `screning`",
        "did you mean `screening`?",
    ),
    "an arm": ("  active: {falls", "  activ: {falls", "there is no arm `activ`", "did you mean `active`?"),
    "a course": ("{falls: -10 %", "{fals: -10 %", "there is no course `fals`", "did you mean `falls`?"),
    "an attribute": (
        "{scale: 0.1 kg}",
        "{scales: 0.1 kg}",
        "`weight` has no attribute `scales`",
        "did you mean `scale`?",
    ),
    "a unit": (
        "typical: 160 mmHg",
        "typical: 160 kg",
        "this must be a number in mmHg (pressure), and is a number in kg (mass)",
        None,
    ),
    "no unit": (
        "typical: 160 mmHg",
        "typical: 160",
        "this must be a number in mmHg (pressure), and is a plain number",
        "give the number its unit, as in `160 mmHg`",
    ),
    "a second unit": (
        "{unit: g, step",
        "{unit: mL, step",
        "`weight` is in `kg`, and `mL` cannot be converted to it",
        "`mL` is volume, `kg` is mass",
    ),
    "an implausible value": (
        "typical: 160 mmHg",
        "typical: 400 mmHg",
        "`400 mmHg` is outside the plausible range, 40 to 300",
        "the dictionary says what is plausible; a value beyond it would not be used",
    ),
    "a date": (
        "on: consent + 2 days",
        "on: 2 days",
        "this must be a date, and is a number in days (time)",
        None,
    ),
    "a name in a date": ("on: consent + 2 days", "on: consnt + 2 days", "there is no name `consnt`", None),
    "a share": (
        "chance: 20 %",
        "chance: 120 %",
        "`120 %` is not a share",
        "write it as in `15 %`, from 0 % to 100 %",
    ),
    "shares of courses": (
        "{falls: 100 %}",
        "{falls: 60 %, stays: 30 %}",
        "the shares of `active` add up to 90 %, and not to 100 %",
        None,
    ),
    "shares of others": (
        "{20 mg/d: 30 %}",
        "{20 mg/d: 80 %, 30 mg/d: 40 %}",
        "these shares are more than 100 % in all",
        "the rest have the typical value",
    ),
    "no day": (
        "assignment: {on: consent + 2 days, after",
        "assignment: {after",
        "nothing says when `assignment` happens",
        "say `on:` which day, or `at:` which visits",
    ),
    "no end": (
        "    until: day_1 + 56 days\n",
        "",
        "nothing says up to when `infusion` happens again and again",
        "say `until:` which day",
    ),
    "the arm": (
        "  sex: {typical: female",
        "  arm: active\n  sex: {typical: female",
        "`arm` is the arm, which is given by allocation",
        "name the event at which it is given: `allocation: {with: ..}`",
    ),
    "a spread of a code": (
        "{typical: female, others",
        "{typical: female, spread: 3 days, others",
        "a code of `sex` has no spread",
        "say what `others` have",
    ),
}


@pytest.mark.parametrize(("written", "instead", "message", "help"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_where_it_stands(
    written: str, instead: str, message: str, help: str | None, tmp_path: Path
) -> None:
    assert written in TYPICAL
    findings = small(tmp_path, typical=TYPICAL.replace(written, instead, 1))
    assert isinstance(findings, Diagnostics)
    first = next(iter(findings))
    assert first.at.file == "protocol/typical.yaml"
    assert first.message == message
    assert help is None or first.help == help


def test_an_error_in_a_variant_is_found_there(tmp_path: Path) -> None:
    findings = small(tmp_path, typical=TYPICAL.replace("consent - 19 years", "consent - 19 kg"))
    assert isinstance(findings, Diagnostics)
    line = next(number for number, text in enumerate(TYPICAL.split("\n"), 1) if "young:" in text)
    assert {one.at.line for one in findings} == {line}


def test_a_study_needs_no_typical_patient(tmp_path: Path) -> None:
    assert sound(tmp_path).typical is not None
    (tmp_path / "protocol" / "typical.yaml").unlink()
    study = load(tmp_path, Diagnostics())
    assert study is not None
    assert study.typical is None
    assert tasks.invent(study, tmp_path / "out", tasks.Invention(3, 1)) == ()


def test_values_are_in_the_units_of_the_dictionary(tmp_path: Path) -> None:
    typical = sound(tmp_path).typical
    assert typical is not None
    pressure, weight = (typical.content.measurements[name] for name in ("pressure", "weight"))
    assert pressure.amount.spread == Spread(8.0, relative=False)
    assert pressure.noise == Spread(0.02, relative=True)
    assert pressure.each_month == {"falls": Monthly(-0.1, True), "stays": Monthly(0.0, True)}
    assert weight.other_unit is not None
    assert str(weight.other_unit.factor) == "1/1000"


def test_a_measurement_that_is_due_nowhere_must_say_where_it_is_taken(tmp_path: Path) -> None:
    schedule = FILES["protocol/schedule.yaml"].replace("[pressure, weight, fit]", "[pressure, weight]")
    findings = small(tmp_path, schedule=schedule)
    assert isinstance(findings, Diagnostics)
    first = next(iter(findings))
    assert (first.message, first.help) == (
        "the schedule has `fit` due at no visit",
        "name the visits: `at: [..]`",
    )


def test_a_measurement_is_taken_where_the_schedule_has_it_due(tmp_path: Path) -> None:
    typical = sound(tmp_path).typical
    assert typical is not None
    assert typical.content.measurements["pressure"].visits == ("screening", "month_1", "month_2")


def test_a_variant_keeps_what_it_does_not_change(tmp_path: Path) -> None:
    typical = sound(tmp_path).typical
    assert typical is not None
    low, usual = typical.reasons[0].content.measurements["pressure"], typical.content.measurements["pressure"]
    assert low.noise == usual.noise
    assert low.each_month == usual.each_month
    assert low.amount.spread == Spread(5.0, relative=False)
    assert typical.variants[0].content.facts["birth_date"].spread is None
