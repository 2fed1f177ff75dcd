"""What cannot be meant, seen without reading an expression: the place, the words, the help."""

import re
from pathlib import Path

import pytest

from engine.language.units import UnitProblem, parse_unit
from engine.study.names import RESERVED
from tests.unit.study.small import SmallStudy

GRAMMAR = Path(__file__).parents[3] / "engine" / "language" / "grammar.lark"


def test_the_small_study_is_sound(study: SmallStudy) -> None:
    assert study.said() == []


# A file of the study, what is written there otherwise, and what is then said.
EDITS = {
    "a name used twice": (
        ("protocol/parameters.yaml", "  window:", "  weight:"),
        [
            "protocol/amendments/01.yaml:3 <parameters.window.value> amendment-target: "
            "there is no `parameters.window` in this study / there is `weight`",
            "protocol/parameters.yaml:2 <weight> name-used-twice: `weight` is the name of a variable already "
            "/ "
            "a name means one thing in every rule: give this one another [8 <weight> first used here]",
        ],
    ),
    "a rule named like an anchor": (
        ("rules/eligibility.yaml", "  E1a: {part_of: E1, ", "  day_1: {"),
        [
            "rules/eligibility.yaml:3 <day_1> name-used-twice: `day_1` is the name of an anchor already / "
            "a name means one thing in every rule: give this one another [5 <day_1> first used here]"
        ],
    ),
    "an attribute named like a variable": (
        ("protocol/variables.yaml", "{dose: ", "{weight: "),
        [
            "protocol/variables.yaml:9 <weight> attribute-name: "
            "the attribute `weight` of `drug` has the name of a variable / "
            "inside `where (..)` nobody could tell the two apart: give the attribute another name "
            "[8 <weight> first used here]"
        ],
    ),
    "a reserved name": (
        ("protocol/study.yaml", "  day_1:", "  start:"),
        [
            "protocol/schedule.yaml:3 <day_1> unknown-anchor: there is no anchor `day_1` / there is `start`",
            "protocol/study.yaml:5 <start> reserved-word: "
            "`start` is a word of the language and cannot be a name / choose another name",
        ],
    ),
    "a reserved attribute": (
        ("protocol/variables.yaml", "{dose: ", "{value: "),
        [
            "protocol/variables.yaml:9 <value> reserved-word: "
            "`value` is a word of the language and cannot be a name / choose another name",
        ],
    ),
    "no such codelist": (
        ("protocol/variables.yaml", "codelist: arm,", "codelist: arms,"),
        [
            "protocol/variables.yaml:6 <arms> unknown-codelist: there is no codelist `arms` / "
            "did you mean `arm`?"
        ],
    ),
    "no such codelist for an attribute": (
        ("protocol/variables.yaml", "codelist: visit}", "codelist: visits}"),
        [
            "protocol/variables.yaml:7 <visits> unknown-codelist: there is no codelist `visits` / "
            "did you mean `visit`?"
        ],
    ),
    "a range upside down": (
        ("protocol/variables.yaml", "[1, 300]", "[300, 1]"),
        [
            "protocol/variables.yaml:8 <300> range: "
            "the range of `weight` is upside down: 300 is above 1 / write `[1, 300]`"
        ],
    ),
    "a part of nothing": (
        ("rules/eligibility.yaml", "part_of: E1,", "part_of: E11,"),
        [
            "rules/eligibility.yaml:3 <E11> unknown-criterion: there is no exclusion criterion `E11` / "
            "there are `E1`, `E1a`"
        ],
    ),
    "a part of a part": (
        (
            "rules/eligibility.yaml",
            "  E1: {",
            "  E0: {title: t, text: t, source: s, exclude_when: true}\n  E1: {part_of: E0, ",
        ),
        [
            "rules/eligibility.yaml:4 <E1> part-of-a-part: `E1` is itself a part, of `E0` / "
            "write `part_of: E0`"
        ],
    ),
    "two dates of birth": (
        (
            "protocol/variables.yaml",
            "  arm_given",
            "  born: {title: t, kind: fact, content: date, role: birth}\n  arm_given",
        ),
        [
            "protocol/variables.yaml:6 <birth> role-used-twice: "
            "`born` is a second variable with `role: birth` / only one can have it "
            "[5 <birth_date> the first is here]"
        ],
    ),
    "an arm that is no code": (
        ("protocol/study.yaml", "  active:", "  activ:"),
        [
            "protocol/study.yaml:3 <activ> not-a-code: `activ` is not a code of the codelist `arm` / "
            "did you mean `active`? [2 <arm> the codelist is here]"
        ],
    ),
    "no variable for the arm": (
        ("protocol/variables.yaml", ", role: arm}", "}"),
        [
            "protocol/study.yaml:2 <arms> no-arm-variable: "
            "no variable says which arm a patient was allocated to / "
            "add a `fact` with `role: arm`, `content: code` and a codelist of the arms"
        ],
    ),
    "a visit that is no code": (
        ("protocol/variables.yaml", "{month_1: Month 1}", "{other: Other}"),
        [
            "protocol/schedule.yaml:3 <month_1> not-a-code: `month_1` is not a code of the codelist `visit` "
            "/ "
            "without it the data can never say so: add the code [3 <visit> the codelist is here]"
        ],
    ),
    "attendance by no variable": (
        ("protocol/schedule.yaml", "variable: study_visit", "variable: study_visits"),
        [
            "protocol/schedule.yaml:1 <study_visits> unknown-variable: there is no variable `study_visits` / "
            "did you mean `study_visit`?"
        ],
    ),
    "attendance by no event": (
        ("protocol/schedule.yaml", "variable: study_visit", "variable: drug"),
        [
            "protocol/schedule.yaml:1 <drug> attendance: `drug` is not an event, and attendance is recorded "
            "by one / name an event with an attribute that says which visit took place "
            "[9 <drug> it is defined here]"
        ],
    ),
    "attendance by no attribute": (
        ("protocol/schedule.yaml", "attribute: visit", "attribute: visits"),
        [
            "protocol/schedule.yaml:1 <visits> unknown-attribute: `study_visit` has no attribute `visits` / "
            "did you mean `visit`?"
        ],
    ),
    "attendance by no code": (
        ("protocol/variables.yaml", "{content: code, codelist: visit}", "{content: date}"),
        [
            "protocol/schedule.yaml:1 <visit> attendance: "
            "`visit` does not hold a code, and attendance needs the code of a visit / "
            "name an attribute with `content: code`, and a codelist of the visits "
            "[7 <visit> it is defined here]"
        ],
    ),
    "a visit from no anchor": (
        ("protocol/schedule.yaml", "anchor: day_1", "anchor: day1"),
        ["protocol/schedule.yaml:3 <day1> unknown-anchor: there is no anchor `day1` / did you mean `day_1`?"],
    ),
    "nothing that can be due": (
        ("protocol/schedule.yaml", "due: [weight]", "due: [wieght]"),
        [
            "protocol/schedule.yaml:3 <wieght> unknown-variable: there is no variable `wieght` / "
            "did you mean `weight`?"
        ],
    ),
    "a file off its schema": (
        ("rules/eligibility.yaml", "title: t, text: t", "titel: t, text: t"),
        [
            "rules/eligibility.yaml:2 <titel> unknown-key: `titel` is not a key of `E1` / "
            "did you mean `title`?"
        ],
    ),
}


@pytest.mark.parametrize(("edit", "expected"), EDITS.values(), ids=EDITS.keys())
def test_what_is_wrong_is_said(study: SmallStudy, edit: tuple[str, str, str], expected: list[str]) -> None:
    study.edit(*edit)
    assert study.said() == expected


SWITCH = "switches:\n  s: {title: t, text: t, source: s, from: [activ], to: triple, allow_when: true}\n"
DOSING = (
    "requirements:\n  r: {title: t, text: t, source: s, severity: minor, for_each: drugs, require: true}\n"
)
RESPONSE = "responses:\n  r: {title: t, text: t, source: s, at_each_visit: [month_2], achieved_when: true}\n"
ENDPOINT = "endpoints:\n  e: {title: t, text: t, source: s, response: respose, visit: month_2}\n"

# A further file, and what is said of it.
MORE = {
    "arms of a switch": (
        ("rules/switching.yaml", SWITCH),
        [
            "rules/switching.yaml:2 <activ> unknown-arm: there is no arm `activ` / did you mean `active`?",
            "rules/switching.yaml:2 <triple> unknown-arm: there is no arm `triple` / there is `active`",
        ],
    ),
    "records of nothing": (
        ("rules/dosing.yaml", DOSING),
        ["rules/dosing.yaml:2 <drugs> unknown-variable: there is no variable `drugs` / did you mean `drug`?"],
    ),
    "a response at no visit": (
        ("rules/response.yaml", RESPONSE),
        [
            "rules/response.yaml:2 <month_2> unknown-visit: there is no visit `month_2` / "
            "did you mean `month_1`?"
        ],
    ),
    "an endpoint of nothing": (
        ("protocol/endpoints.yaml", ENDPOINT),
        [
            "protocol/endpoints.yaml:2 <respose> unknown-response: there is no response `respose`",
            "protocol/endpoints.yaml:2 <month_2> unknown-visit: there is no visit `month_2` / "
            "did you mean `month_1`?",
        ],
    ),
}


@pytest.mark.parametrize(("file", "expected"), MORE.values(), ids=MORE.keys())
def test_names_of_nothing_are_said(study: SmallStudy, file: tuple[str, str], expected: list[str]) -> None:
    study.write(*file)
    assert study.said() == expected


@pytest.mark.parametrize("written", ["unit: kg", "unit: mg/d"])
def test_a_unit_that_is_none_is_said_as_units_say_it(study: SmallStudy, written: str) -> None:
    study.edit("protocol/variables.yaml", written, "unit: furlong")
    problem = parse_unit("furlong")
    assert isinstance(problem, UnitProblem)
    (line,) = study.said()
    assert re.fullmatch(rf"protocol/variables.yaml:[89] <furlong> unit: {problem.message} / .*", line)


def test_every_word_of_the_grammar_is_reserved() -> None:
    words = set(re.findall(r'"([a-z]+)"', GRAMMAR.read_text("utf-8")))
    assert words <= RESERVED
