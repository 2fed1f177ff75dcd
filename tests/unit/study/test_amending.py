"""Changes put into a study's tree: what stands there afterwards, and where it says it stands."""

from collections.abc import Callable

import pytest

from engine.source.diagnostic import Diagnostics
from engine.study.editions import drafted
from engine.study.files import Written
from engine.study.fingerprint import fingerprint_of, names
from engine.study.making import Chain, chain_in
from engine.study.model import Protocol
from engine.study.read import protocol_as_amended
from tests.unit.study.small import SmallStudy

FILE = "protocol/amendments/01.yaml"
HEAD = "amendment: {id: wider, title: Wider, status: draft, reason: Holidays, amends: '1.0'}\nchanges:\n"

Amend = Callable[..., Protocol]


def chain(study: SmallStudy) -> Chain:
    findings = Diagnostics()
    found = chain_in(study.folder, findings)
    assert found is not None
    assert not list(findings)
    return found


def amended_files(study: SmallStudy, *changes: str) -> Written:
    study.edit("protocol/study.yaml", "version: 1.0", "version: '1.0'")
    study.write(FILE, HEAD + "".join(f"  - {{{change}}}\n" for change in changes))
    found = chain(study)
    return drafted(found.editions, found.protocol.amendments, Diagnostics()).written


@pytest.fixture
def amend(study: SmallStudy) -> Amend:
    """What the small study says once some changes are made in it."""

    def protocol(*changes: str) -> Protocol:
        findings = Diagnostics()
        found = protocol_as_amended(amended_files(study, *changes), findings)
        assert not list(findings)
        return found

    return protocol


def test_a_value_is_set_and_stands_in_the_amendment(amend: Amend) -> None:
    protocol = amend("set: parameters.window.value, was: 7 days, to: 10 days")
    value = protocol.parameters["window"].value
    assert not isinstance(value, tuple)
    assert (value.text, value.at.file, value.at.line) == ("10 days", FILE, 3)
    assert protocol.parameters["window"].at.file == "protocol/parameters.yaml"
    assert protocol.version == "1.0+wider"


def test_a_rule_is_added_and_one_is_replaced(amend: Amend) -> None:
    protocol = amend(
        "add: exclusion.E2, as: {title: t, text: t, source: s, exclude_when: false}",
        "replace: rules.E1a.exclude_when, with: window > 2 days",
    )
    assert list(protocol.rules)[-2:] == ["E1a", "E2"]
    assert protocol.rules["E2"].at.file == FILE
    assert protocol.rules["E1a"].expression.text == "window > 2 days"


def test_the_first_of_a_section(amend: Amend) -> None:
    protocol = amend("add: definitions.heavy, as: {title: t, source: s, is: window > 2 days}")
    assert protocol.rules["heavy"].role == "definition"


def test_arms_visits_and_the_dictionary(amend: Amend) -> None:
    protocol = amend(
        "add: arms.control, as: {title: Control, ratio: 1}",
        "set: arms.active.ratio, to: 3",
        "set: visits.month_1.offset, to: 4 weeks",
        "add: codelists.visit.month_2, as: Month 2",
        "add: visits.month_2, as: {title: M, anchor: day_1, offset: 2 months, before: 1 day, after: 1 day}",
        "set: 'variables.weight.range', to: [30, 200]",
        "remove: variables.drug.attributes.dose",
        "add: variables.drug.attributes.level, as: {content: number, unit: mg}",
    )
    assert [(arm.code, arm.ratio) for arm in protocol.arms] == [("active", 3), ("control", 1)]
    assert list(protocol.schedule.visits) == ["month_1", "month_2"]
    assert protocol.schedule.visits["month_1"].offset.text == "4 weeks"
    weight = protocol.variables["weight"].value
    assert weight is not None
    assert (str(weight.low), str(weight.high)) == ("30", "200")
    assert list(protocol.variables["drug"].attributes) == ["level"]


def test_what_is_removed_is_gone(amend: Amend) -> None:
    assert list(amend("remove: rules.E1a", "replace: rules.E1.exclude_when, with: 'false'").rules) == [
        "day_1",
        "E1",
    ]


# ------------------------------------------------------------------- fingerprints


def fingerprint(study: SmallStudy) -> str:
    findings = Diagnostics()
    found = chain_in(study.folder, findings)
    assert found is not None
    return found.editions[0].fingerprint


SAME = {
    "a comment": ("protocol/parameters.yaml", "parameters:\n", "parameters:  # all of them\n"),
    "a title in quotes": ("protocol/parameters.yaml", "title: Window", "title: 'Window'"),
    "a draft": (FILE, "to: 10 days", "to: 12 days"),
}
OTHER = {
    "a figure": ("protocol/parameters.yaml", "value: 7 days", "value: 8 days"),
    "a source": ("protocol/parameters.yaml", "source: section 5", "source: section 6"),
    "a truth for a word": ("rules/eligibility.yaml", "exclude_when: true", "exclude_when: 'true'"),
    "a name": ("protocol/parameters.yaml", "  window:", "  windows:"),
}


@pytest.mark.parametrize("edit", SAME.values(), ids=SAME.keys())
def test_what_changes_no_answer_changes_no_fingerprint(study: SmallStudy, edit: tuple[str, str, str]) -> None:
    before = fingerprint(study)
    study.edit(*edit)
    assert fingerprint(study) == before


@pytest.mark.parametrize("edit", OTHER.values(), ids=OTHER.keys())
def test_what_a_file_says_is_in_the_fingerprint(study: SmallStudy, edit: tuple[str, str, str]) -> None:
    before = fingerprint(study)
    study.edit(*edit)
    assert fingerprint(study) != before


def test_an_amended_study_is_known_by_what_it_says(study: SmallStudy) -> None:
    """The same words in the files themselves have the same fingerprint, but for the name of the version."""
    amended = amended_files(study, "set: parameters.window.value, to: 10 days")
    study.edit("protocol/parameters.yaml", "value: 7 days", "value: 10 days")
    study.edit("protocol/study.yaml", "version: '1.0'", "version: '1.0+wider'")
    (study.folder / FILE).unlink()
    assert fingerprint(study) == fingerprint_of(amended.sections.values())


def test_a_fingerprint_is_named_by_its_first_signs(study: SmallStudy) -> None:
    whole = fingerprint(study)
    assert names(whole, whole)
    assert names(whole[:12].upper(), whole)
    assert not names(whole[:11], whole)
    assert not names(whole[1:13], whole)


def test_approved_amendments_stand_one_upon_another(study: SmallStudy) -> None:
    study.edit("protocol/study.yaml", "version: 1.0}", "version: '1.0', judged_by: day_1}")
    (study.folder / FILE).unlink()
    for number, (amends, version) in enumerate((("1.0", "1.1"), ("1.1", "1.2")), 1):
        known = chain(study).editions[-1].fingerprint[:12]
        study.write(
            f"protocol/amendments/0{number}.yaml",
            f"amendment: {{id: a{number}, title: T, status: approved, reason: R, author_role: sponsor, "
            f"amends: '{amends}', fingerprint: {known}, version: '{version}', approved: 2025-01-0{number}, "
            f"effective: 2025-0{number}-01}}\n"
            f"changes:\n  - {{set: parameters.window.value, to: {7 + number} days}}\n",
        )
    found = chain(study)
    assert [edition.id for edition in found.editions] == ["1.0", "1.1", "1.2"]
    windows = [edition.written.entries("parameters")[0].text("value") for edition in found.editions]
    assert windows == ["7 days", "8 days", "9 days"]
