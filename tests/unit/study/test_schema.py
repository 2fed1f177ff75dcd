"""Every way of not fitting a schema: the place, the words and the help."""

import pytest

from engine.source.diagnostic import Diagnostics
from engine.source.place import Span
from engine.source.read import read_yaml
from engine.study.misfit import advice
from engine.study.schema import validate


def said(schema: str, text: str) -> list[str]:
    """What is said of a file, as `line <what is underlined> code: message / help`."""
    findings = Diagnostics()
    tree = read_yaml(text, "file.yaml", findings)
    assert tree is not None
    validate(tree, schema, findings)
    return [f"{d.at.line} <{underlined(text, d.at)}> {d.code}: {d.message} / {d.help}" for d in findings]


def underlined(text: str, at: Span) -> str:
    line = text.split("\n")[at.line - 1]
    return line[at.column - 1 : at.end_column - 1 if at.end_line == at.line else None]


RULE = "inclusion:\n  I1: {title: t, text: t, source: s, require: %s}\n"


def test_a_file_that_fits_is_passed_in_silence() -> None:
    assert said("eligibility", RULE % "age at consent >= 18 years") == []


@pytest.mark.parametrize("expression", ["true", "5", "'III'", "|\n    a and\n    b"])
def test_an_expression_may_be_any_leaf(expression: str) -> None:
    assert said("definitions", f"definitions:\n  d:\n   title: t\n   is: {expression}\n") == []


def test_a_part_may_do_without_words_of_its_own() -> None:
    assert said("eligibility", "inclusion:\n  I1a: {part_of: I1, title: t, source: s, require: x}") == []


MISFITS = {
    "unknown key, near a known one": (
        "eligibility",
        "inclusion:\n  I1: {titel: t, text: t, source: s, require: x}",
        ["2 <titel> unknown-key: `titel` is not a key of `I1` / did you mean `title`?"],
    ),
    "unknown key, near none": (
        "eligibility",
        "foo: 1\n",
        [
            "1 <foo> unknown-key: `foo` is not a key of this file / "
            "the keys here are `inclusion` and `exclusion`"
        ],
    ),
    "missing key": (
        "eligibility",
        "inclusion:\n  I1: {title: t, source: s, require: x}",
        ["2 <I1> missing-key: `I1` has no `text` / the protocol's own words, copied exactly"],
    ),
    "missing key of the file": (
        "definitions",
        "{}\n",
        ["1 <> missing-key: the file has no `definitions` / the definitions, by name"],
    ),
    "missing key of an item": (
        "parameters",
        "parameters:\n  p: {title: t, value: 1, source: s, status: registered, alternatives: [{value: 2}]}",
        [
            "2 <value> missing-key: item 1 of `alternatives` has no `source` / "
            "where it is said: the section of the protocol, or the publication"
        ],
    ),
    "a mapping for an expression": (
        "eligibility",
        "inclusion:\n  I1:\n    title: t\n    text: t\n    source: s\n    require:\n      a: b\n",
        [
            "6 <require> wrong-value: `require` must be an expression, and this is a mapping of keys to "
            "values / "
            "a `: ` made a key of the words before it: if this is an expression, put it in quotes, or in a "
            "`|` block"
        ],
    ),
    "a list for an expression": (
        "eligibility",
        RULE % "[a]",
        [
            "2 <require> wrong-value: `require` must be an expression, and this is a list / "
            "a `[` or `- ` at the start made a list: if this is an expression, put it in quotes, or in a `|` "
            "block"
        ],
    ),
    "nothing for an expression": (
        "eligibility",
        "inclusion:\n  I1:\n    title: t\n    text: t\n    source: s\n    require:\n",
        ["6 <require> wrong-value: `require` is empty / what must be true of a patient who takes part"],
    ),
    "a number for text": (
        "eligibility",
        "inclusion:\n  I1: {title: 5, text: t, source: s, require: x}",
        [
            "2 <5> wrong-value: `title` must be text, and this is `5` / "
            "to have it as text, put it in quotes: `'5'`"
        ],
    ),
    "text for a number": (
        "study",
        "study: {id: s, title: t, version: 1.0}\narms:\n  a: {title: a, ratio: two}",
        [
            "3 <two> wrong-value: `ratio` must be a whole number, and this is `two` / "
            "the arm's share in the allocation: 2, 2 and 1 for a 2:2:1 ratio"
        ],
    ),
    "text for a list": (
        "switching",
        "switches:\n  s: {title: t, text: t, source: s, from: a, to: b, allow_when: x}",
        ["2 <a> wrong-value: `from` must be a list of arms, and this is `a` / the arms a patient may leave"],
    ),
    "a list for a file": (
        "definitions",
        "- a\n",
        [
            "1 <> wrong-value: the file must be a mapping of keys to values, and this is a list / "
            "what the other rules speak of: formulas, counts and conditions, each said once and named"
        ],
    ),
    "text in a range": (
        "variables",
        "variables:\n  v: {title: t, kind: measurement, unit: g, same_day: mean, range: [1, many]}",
        [
            "2 <many> wrong-value: item 2 of `range` must be a number, and this is `many` / "
            "a plain number, without a unit"
        ],
    ),
    "none of the words": (
        "variables",
        "variables:\n  v: {title: t, kind: measurment}",
        [
            "2 <measurment> wrong-value: `kind` must be `fact`, `measurement`, `event`, `episode` or "
            "`judgement`, "
            "and this is `measurment` / did you mean `measurement`?"
        ],
    ),
    "not the one word": (
        "variables",
        "variables:\n  v: {title: t, kind: measurement, unit: g, same_day: mean, absent: no}",
        [
            "2 <no> wrong-value: `absent` must be `unknown`, and this is `no` / "
            "what was not measured is never known"
        ],
    ),
    "a visit where `all` or a list belongs": (
        "response",
        "responses:\n  r: {title: t, text: t, source: s, at_each_visit: month_1, achieved_when: x}",
        [
            "2 <month_1> wrong-value: `at_each_visit` must be `all`, and this is `month_1` / "
            "write `all` for every visit of the schedule, or a list of visit names such as `[month_1, "
            "month_2]`"
        ],
    ),
    "a key that this kind does not have": (
        "variables",
        "variables:\n  v: {title: t, kind: event, absent: no, unit: g}",
        [
            "2 <unit> out-of-place: `unit` has no place in `v` / "
            "an event or episode has no value of its own; give it an attribute with a unit"
        ],
    ),
    "asked in two ways": (
        "safety",
        "events:\n  e: {title: t, text: t, source: s, for_each: a, at_each_visit: all, count_when: x}",
        [
            "2 <at_each_visit> out-of-place: `at_each_visit` has no place in `e` / "
            "a rule is asked at each visit or for each record, not both"
        ],
    ),
    "no name": (
        "eligibility",
        "inclusion:\n  1st: {title: t, text: t, source: s, require: x}",
        [
            "2 <1st> bad-name: `1st` cannot be a name / "
            "a name starts with a letter or `_` and goes on with letters, digits and `_`"
        ],
    ),
    "no id": (
        "study",
        "study: {id: my study, title: t, version: 1.0}",
        [
            "1 <my study> bad-name: `my study` cannot be an id / "
            "an id is made of letters, digits, `.`, `_` and `-`, and starts with a letter or digit"
        ],
    ),
    "too small": (
        "variables",
        "variables:\n  v: {title: t, kind: measurement, unit: g, same_day: mean, step: 0}",
        [
            "2 <0> wrong-value: `step` must be more than 0, and this is `0` / "
            "the smallest difference the method reports, in the variable's unit"
        ],
    ),
    "too few": (
        "variables",
        "variables:\n  v: {title: t, kind: measurement, unit: g, same_day: mean, range: [1]}",
        [
            "2 <range> wrong-count: `range` must hold at least 2, and this holds 1 / "
            "the lowest and the highest plausible value, both in: `[2, 25]`"
        ],
    ),
    "none at all": (
        "amendment",
        "amendment: {id: a, title: t, status: draft, reason: r}\nchanges: []",
        ["2 <changes> wrong-count: `changes` is empty / the changes, applied in order"],
    ),
    "half a change": (
        "amendment",
        "amendment: {id: a, title: t, status: draft, reason: r}\nchanges:\n  - set: parameters.x.value",
        ["3 <set> missing-key: item 1 of `changes` has no `to` / the new value"],
    ),
    "two changes in one": (
        "amendment",
        "amendment: {id: a, title: t, status: draft, reason: r}\nchanges:\n  - {remove: a.b, set: a.c, to: "
        "1}",
        [
            "3 <remove> out-of-place: `remove` has no place in item 1 of `changes` / "
            "write each change as an item of its own"
        ],
    ),
    "a patient": (
        "patient",
        "patient: P1\nfacts: {sex: [f]}\nrecords: [{variable: weight, dose: 5}]",
        [
            "2 <sex> wrong-value: `sex` must be a recorded value, and this is a list / a value as recorded: "
            "`yes` or `no`, a number, a censored number such as `<0.15`, a code or a date",
            "3 <variable> missing-key: item 1 of `records` has no `start` / "
            "the day it was measured or happened, or on which it began",
        ],
    ),
}


@pytest.mark.parametrize(("schema", "text", "expected"), MISFITS.values(), ids=MISFITS.keys())
def test_what_does_not_fit_is_said(schema: str, text: str, expected: list[str]) -> None:
    assert said(schema, text) == expected


NEEDED = {
    "fact": ["content"],
    "measurement": ["unit", "same_day"],
    "event": ["absent"],
    "episode": ["absent"],
    "judgement": ["absent", "by"],
}


@pytest.mark.parametrize(("kind", "keys"), NEEDED.items())
def test_each_kind_of_variable_needs_its_keys(kind: str, keys: list[str]) -> None:
    lines = said("variables", f"variables:\n  v: {{title: t, kind: {kind}}}")
    assert sorted(line.split(" / ")[0] for line in lines) == [
        f"2 <v> missing-key: `v` has no `{key}`" for key in sorted(keys)
    ]


@pytest.mark.parametrize(("status", "key"), [("assumed", "why"), ("query", "query")])
def test_each_status_needs_its_reason(status: str, key: str) -> None:
    lines = said("parameters", f"parameters:\n  p: {{title: t, value: 1 g, source: s, status: {status}}}")
    assert [line.split(" / ")[0] for line in lines] == [f"2 <p> missing-key: `p` has no `{key}`"]


def test_the_role_of_a_fact_decides_its_content() -> None:
    (line,) = said("variables", "variables:\n  v: {title: t, kind: fact, content: yes_no, role: birth}")
    assert line == (
        "2 <yes_no> wrong-value: `content` must be `date`, and this is `yes_no` / "
        "the fact with `role: birth` is the date of birth"
    )


def test_help_is_the_first_sentence_of_a_description() -> None:
    assert advice({"description": "The day. Not the hour."}) == "the day"
    assert advice({"description": "LOINC codes."}) == "LOINC codes"
    assert advice({}) is None
