"""What a rule is to what it was, by proof or by a patient whom the reference has judged by both."""

from pathlib import Path

import pytest

from engine.amendment.comparing import Comparing
from engine.amendment.model import Relation, Somebody, Unsettled
from engine.amendment.relation import Relating
from engine.assurance.run import ask
from engine.assurance.told.case import Teller
from engine.source.diagnostic import Diagnostics
from engine.study.linked import ELIGIBLE
from engine.study.load import load
from tests.unit.amendment.pairs import compared, versions
from tests.unit.invention.small import sound

PRESSURE = "last pressure up to day_1 > lowest_pressure"


@pytest.mark.parametrize(
    ("instead", "relation"),
    [
        ("not last pressure up to day_1 <= lowest_pressure", "equal"),
        ("last pressure up to day_1 >= lowest_pressure", "widens"),
        ("last pressure up to day_1 > 150 mmHg", "narrows"),
        ("last pressure up to day_1 < lowest_pressure", "both"),
        ("first pressure up to day_1 > lowest_pressure", "both"),
        ("any pressure up to day_1 > lowest_pressure", "widens"),
        ("last pressure up to day_1 > lowest_pressure and pressure at month_2 is known", "narrows"),
        ("last pressure up to day_1 >= 141 mmHg", "equal"),
        ("(last pressure up to day_1 if known else 40 mmHg) > lowest_pressure", "otherwise"),
    ],
)
def test_a_criterion_is_related_to_what_it_was(tmp_path: Path, instead: str, relation: Relation) -> None:
    found = compared(tmp_path, "I2", ("eligibility", PRESSURE, instead))
    assert found.relation == relation, found
    assert bool(found.patients) is (relation != "equal")


def test_the_least_patient_is_on_the_limit(tmp_path: Path) -> None:
    found = compared(tmp_path, "I2", ("eligibility", PRESSURE, PRESSURE.replace(">", ">=")))
    ((way, patient),) = found.patients
    assert (way, patient.changed, patient.before, patient.after) == ("gains", ("pressure",), "false", "true")
    assert patient.text is not None
    assert "value: 140 mmHg" in patient.text


def test_whoever_the_typical_patient_shows_is_not_changed(tmp_path: Path) -> None:
    found = compared(tmp_path, "I2", ("eligibility", PRESSURE, "last pressure up to day_1 < lowest_pressure"))
    assert dict(found.patients)["loses"].changed == ()


def test_a_changed_definition_shows_in_the_criteria_that_use_it(tmp_path: Path) -> None:
    edit = (
        "study",
        "day_1: {title: Day 1, is: first drug if known else consent}",
        "day_1: {title: Day 1, is: consent}",
    )
    comparing = versions(tmp_path, edit)
    found = {one.now: one.relation for one in comparing.relations(["I1", "I2", "day_1"])}
    assert (found["I1"], found["day_1"]) == ("equal", "otherwise")
    assert found["I2"] in ("both", "not decided")


def test_the_decision_is_all_criteria(tmp_path: Path) -> None:
    comparing = versions(tmp_path, ("eligibility", "18 years", "16 years"))
    relating = Relating(comparing.pair)
    decision = relating.compared(ELIGIBLE)
    assert decision.relation == "widens"
    assert [(patient.before, patient.after) for _, patient in decision.patients] == [
        ("ineligible", "eligible")
    ]


def test_a_new_criterion_narrows_the_decision(tmp_path: Path) -> None:
    new = "inclusion:\n  I4: {title: Old, text: t, source: s, require: age at consent < 70 years}\n"
    found = compared(tmp_path, ELIGIBLE, ("eligibility", "inclusion:\n", new))
    assert found.relation == "narrows"


def test_a_criterion_that_another_makes_idle_changes_nobody(tmp_path: Path) -> None:
    """Both halves of the change are seen one by one, and neither is by the decision."""
    new = "inclusion:\n  I4: {title: O, text: t, source: s, require: age at consent >= 17 years}\n"
    found = compared(tmp_path, ELIGIBLE, ("eligibility", "inclusion:\n", new))
    assert found.relation in ("equal", "otherwise")


def test_what_is_recorded_otherwise_is_not_compared(tmp_path: Path) -> None:
    found = compared(tmp_path, "I2", ("variables", "same_day: last recorded", "same_day: highest"))
    assert found.relation == "not decided"
    assert found.reason == "two records of `pressure` on one day mean something else"


def test_what_the_solver_cannot_take_is_said_by_name(tmp_path: Path) -> None:
    found = compared(tmp_path, "I2", ("eligibility", PRESSURE, PRESSURE.replace("last", "median")))
    assert found.relation == "not decided"
    assert "`median`" in (found.reason or "")


def test_a_rule_of_visits_is_asked_at_those_of_both(tmp_path: Path) -> None:
    found = compared(tmp_path, "better", ("response", "< 140 mmHg", "< 150 mmHg"))
    assert found.relation == "widens"
    assert found.patients[0][1].case.visit == "month_1"


def test_a_rule_of_records_is_asked_of_one_and_the_next(tmp_path: Path) -> None:
    """The typical patient has no dose yet, and the narrow search no room for a second one."""
    head = "requirements:\n  low: {title: L, text: t, source: s, severity: major, for_each: drug, "
    rule = head + "require: dose <= 20 mg/d}\n"
    studies = []
    for sign in ("<=", "<"):
        folder = tmp_path / sign
        sound(folder)
        (folder / "rules" / "dosing.yaml").write_text(rule.replace("<=", sign), "utf-8")
        study = load(folder, Diagnostics())
        assert study is not None
        studies.append(study)
    (found,) = Comparing(*studies).relations(["low"])
    assert found.relation == "narrows"
    assert "20 mg/d" in (found.patients[0][1].text or "")


def test_every_patient_is_judged_so_again_as_a_case(tmp_path: Path) -> None:
    comparing = versions(tmp_path, ("eligibility", PRESSURE, "last pressure up to day_1 < 150 mmHg"))
    found = [patient for one in comparing.relations(comparing.proved()) for _, patient in one.patients]
    assert len(found) >= 4
    for patient in found:
        assert answers(comparing, patient) == (patient.before, patient.after)


def answers(comparing: Comparing, patient: Somebody) -> tuple[str, str]:
    """What both versions say of a case, read back from its text."""
    assert patient.text is not None
    case = Teller(comparing.after).read(patient.text)
    assert case is not None
    words: dict[object, str] = {True: "true", False: "false", None: "unknown"}
    if case.rule == ELIGIBLE:
        words = {True: "eligible", False: "ineligible", None: "undetermined"}
    before, after = (ask(study.program, case).value for study in (comparing.before, comparing.after))
    return words[before], words[after]


def test_without_a_solver_nothing_is_said_to_be_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.amendment.comparing.has_solver", lambda: False)
    found = compared(tmp_path, "I2", ("eligibility", PRESSURE, "last pressure up to day_1 < 150 mmHg"))
    assert [type(one) for _, one in found.ways] == [Unsettled]
