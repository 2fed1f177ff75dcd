"""A folder to a `Protocol`: what is read."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from engine.source.diagnostic import Diagnostics
from engine.source.tree import Scalar
from engine.study.model import Protocol
from engine.study.read import read_protocol
from engine.study.rulebook import FORMS

STUDY = {
    "protocol/study.yaml": """\
study: {id: small, title: A small study, version: 1.0}
design: {masking: open label}
objectives:
  O1: {rank: primary, text: To learn., source: section 2}
arms:
  active: {title: Active, ratio: 2, planned: 20}
  control: {title: Control, ratio: 1}
anchors:
  consent: {title: Consent, is: first informed_consent}
  day_1: {title: Day 1, is: first study_drug}
populations:
  FAS: {title: Full set, text: All., source: section 9, include_when: day_1 is known}
""",
    "protocol/schedule.yaml": """\
baseline: {day: day_1, look_back: 28 days}
attendance: {variable: study_visit, attribute: visit}
visits:
  month_1: {title: M1, anchor: day_1, offset: 1 month, before: visit_window, after: 3 days, due: [weight]}
  month_2: {title: Month 2, anchor: day_1, offset: 2 months, before: visit_window, after: 7 days}
""",
    "protocol/variables.yaml": """\
codelists:
  arm: {active: Active, control: Control}
  visit: {month_1: Month 1, month_2: Month 2, extra: Unscheduled}
variables:
  birth_date: {title: Born, kind: fact, content: date, role: birth}
  arm_given: {title: Arm, kind: fact, content: code, codelist: arm, role: arm}
  informed_consent: {title: Consent, kind: event, absent: unknown}
  study_visit:
    {title: Visit, kind: event, absent: no, attributes: {visit: {content: code, codelist: visit}}}
  weight:
    title: Weight
    kind: measurement
    unit: kg
    range: [1, 300]
    step: 0.1
    same_day: last recorded
    molar_mass: 18.02
    names: {sdtm: VS.WEIGHT, loinc: [29463-7], omop: [3025315], redcap: wt}
  study_drug:
    {title: Drug, kind: episode, absent: no, attributes: {dose: {content: number, unit: mg/d, range: [0, 9]}}}
  unsuitable: {title: Unsuitable, kind: judgement, by: investigator, absent: unknown}
""",
    "protocol/parameters.yaml": """\
parameters:
  visit_window: {title: Window, value: 7 days, source: section 5, status: registered}
  arms_meant:
    title: Arms
    value: [active, control]
    codelist: arm
    source: none
    status: assumed
    why: usual
    alternatives: [{value: [active], source: a letter}, {value: control, source: another}]
""",
    "rules/eligibility.yaml": """\
inclusion:
  I1: {title: Adults, text: Adults., source: section 4, note: read so, require: age at consent >= 18 years}
exclusion:
  E1: {title: Blood, text: Blood., source: section 4, exclude_when: any of (E1a)}
  E1a: {part_of: E1, title: Low, text: Low., source: section 4, exclude_when: true}
""",
    "rules/definitions.yaml": """\
definitions:
  bmi: {title: Body mass index, at_each_visit: all, unit: kg/m2, is: weight at visit / 3 m2}
""",
    "rules/dosing.yaml": """\
requirements:
  dose_kept:
    title: Dose
    text: 5 mg.
    source: section 6
    severity: minor
    for_each: study_drug
    applies_when: arm_given = active
    require: dose = 5 mg/d
    amount: 5 mg/d
""",
    "rules/switching.yaml": """\
switches:
  to_active: {title: S, text: May., source: s, from: [control], to: active, allow_when: true, since: day_1}
""",
    "rules/response.yaml": """\
responses:
  response:
    {title: R, text: Lighter., source: s, at_each_visit: [month_1], achieved_when: weight at visit < 80 kg}
""",
    "rules/safety.yaml": """\
events:
  visits_made: {title: Visits, text: Visits., source: section 8, for_each: study_visit, count_when: true}
""",
    "protocol/endpoints.yaml": """\
endpoints:
  primary:
    title: Response at Month 1
    text: Response.
    source: section 7
    response: response
    visit: month_1
    missing: non_response
    analysis: Chi-square test
""",
    "protocol/amendments/01-window.yaml": """\
amendment: {id: wider, title: Wider, status: draft, reason: Holidays, author_role: sponsor, amends: 1.0}
changes:
  - {set: parameters.visit_window.value, to: 10 days}
  - {replace: rules.E1.exclude_when, with: unsuitable}
  - {remove: exclusion.E1a}
  - {add: exclusion.E2, as: {title: New}}
""",
    "rules/cases/unread.yaml": "*",
    "protocol/sources/registry.txt": "The protocol.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, STUDY)
    return tmp_path


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def read(folder: Path) -> Protocol:
    findings = Diagnostics()
    protocol = read_protocol(folder, findings)
    assert not list(findings)
    assert protocol is not None
    return protocol


# --------------------------------------------------------------------- what is read


def test_the_study_itself(folder: Path) -> None:
    protocol = read(folder)
    assert (protocol.id, protocol.title, protocol.version) == ("small", "A small study", "1.0")
    assert protocol.design == {"masking": "open label"}
    assert [(arm.code, arm.ratio, arm.planned) for arm in protocol.arms] == [
        ("active", 2, 20),
        ("control", 1, None),
    ]
    assert [(aim.id, aim.rank, aim.text) for aim in protocol.objectives] == [("O1", "primary", "To learn.")]


def test_a_measurement(folder: Path) -> None:
    weight = read(folder).variables["weight"]
    assert (weight.kind, weight.absent, weight.same_day) == ("measurement", "unknown", "last recorded")
    assert (weight.step, weight.molar_mass) == (Decimal("0.1"), Decimal("18.02"))
    assert weight.value
    assert (weight.value.content, weight.value.unit) == ("number", "kg")
    assert (weight.value.low, weight.value.high) == (Decimal(1), Decimal(300))
    assert weight.names.sdtm == "VS.WEIGHT"
    assert weight.names.loinc == ("29463-7",)
    assert weight.names.omop == ("3025315",)
    assert str(weight.at) == "protocol/variables.yaml:10:3"


def test_variables_of_the_other_kinds(folder: Path) -> None:
    variables = read(folder).variables
    birth, drug, judged = variables["birth_date"], variables["study_drug"], variables["unsuitable"]
    assert birth.value
    assert (birth.role, birth.value.content, birth.absent) == ("birth", "date", "unknown")
    assert drug.value is None
    assert (drug.attributes["dose"].unit, drug.attributes["dose"].high) == ("mg/d", Decimal(9))
    assert judged.value
    assert (judged.value.content, judged.same_day, judged.by) == ("yes_no", "conflict", "investigator")


def test_codelists_keep_their_order(folder: Path) -> None:
    codes = read(folder).codelists["visit"]
    assert list(codes.items()) == [("month_1", "Month 1"), ("month_2", "Month 2"), ("extra", "Unscheduled")]


def test_parameters(folder: Path) -> None:
    parameters = read(folder).parameters
    window, arms = parameters["visit_window"], parameters["arms_meant"]
    assert isinstance(window.value, Scalar)
    assert (window.value.text, window.status) == ("7 days", "registered")
    assert isinstance(arms.value, tuple)
    assert [code.text for code in arms.value] == ["active", "control"]
    listed, single = (other.value for other in arms.alternatives)
    assert isinstance(listed, tuple)
    assert [code.text for code in listed] == ["active"]
    assert isinstance(single, Scalar)
    assert single.text == "control"


def test_the_schedule(folder: Path) -> None:
    schedule = read(folder).schedule
    assert schedule.baseline_day
    assert schedule.baseline_day.text == "day_1"
    assert schedule.attendance
    assert [name.text for name in schedule.attendance] == ["study_visit", "visit"]
    month_1 = schedule.visits["month_1"]
    assert (month_1.anchor.text, month_1.offset.text, month_1.before.text) == (
        "day_1",
        "1 month",
        "visit_window",
    )
    assert [name.text for name in month_1.due] == ["weight"]


def test_every_section_of_rules_is_read(folder: Path) -> None:
    rules = read(folder).rules
    assert {rule.role for rule in rules.values()} == {form.role for form in FORMS}
    assert rules["I1"].expression.text == "age at consent >= 18 years"
    assert rules["I1"].note == "read so"
    assert rules["E1a"].part_of == "E1"
    assert rules["to_active"].moves == (("control",), "active")
    assert rules["to_active"].extra.keys() == {"since"}
    assert rules["dose_kept"].extra.keys() == {"applies_when", "amount"}
    assert rules["dose_kept"].for_each
    assert (rules["dose_kept"].for_each.text, rules["dose_kept"].severity) == ("study_drug", "minor")
    assert str(rules["FAS"].at) == "protocol/study.yaml:12:3"


def test_all_visits_are_each_of_the_schedule(folder: Path) -> None:
    rules = read(folder).rules
    assert [visit.text for visit in rules["bmi"].visits] == ["month_1", "month_2"]
    assert {str(visit.at) for visit in rules["bmi"].visits} == {"rules/definitions.yaml:2:48"}
    assert [visit.text for visit in rules["response"].visits] == ["month_1"]


def test_an_endpoint(folder: Path) -> None:
    endpoint = read(folder).endpoints["primary"]
    assert (endpoint.response, endpoint.visit, endpoint.missing) == ("response", "month_1", "non_response")


def test_an_amendment(folder: Path) -> None:
    (amendment,) = read(folder).amendments
    assert (amendment.id, amendment.status, amendment.amends) == ("wider", "draft", "1.0")
    kinds = [(change.kind, change.target) for change in amendment.changes]
    assert kinds == [
        ("set", "parameters.visit_window.value"),
        ("replace", "rules.E1.exclude_when"),
        ("remove", "exclusion.E1a"),
        ("add", "exclusion.E2"),
    ]
    assert isinstance(amendment.changes[0].value, Scalar)
    assert amendment.changes[2].value is None


def test_files_of_rules_are_optional(folder: Path) -> None:
    for name in (
        "rules/switching.yaml",
        "rules/dosing.yaml",
        "rules/safety.yaml",
        "protocol/amendments/01-window.yaml",
    ):
        (folder / name).unlink()
    assert "to_active" not in read(folder).rules
