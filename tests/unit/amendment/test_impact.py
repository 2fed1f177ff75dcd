"""Whose answers a change of rules touches: from what, to what, and why."""

from engine.amendment.impact import Impact, Only
from engine.language.core import VisitDay
from tests.unit.amendment.conftest import Affected, Grounded

PARAMETERS, RULES = "protocol/parameters.yaml", "rules/eligibility.yaml"
E2 = "    exclude_when: tablets_unsuitable\n"
E3 = f"""{E2}  E3:
    title: Too high a pressure
    text: Systolic blood pressure above 160 mmHg.
    source: protocol, Exclusion 3
    exclude_when: pressure_at_screening > 160 mmHg
"""


def said(found: Impact, *kinds: str) -> list[tuple[str, str, str, str, str]]:
    """Patient, rule, what about, before and after; of some kinds or of all."""
    return [
        (one.patient, one.rule, one.about, one.before, one.after)
        for one in found.effects
        if not kinds or one.kind in kinds
    ]


def test_two_copies_of_one_study_affect_nobody(affected: Affected) -> None:
    found = affected()
    assert (found.effects, found.own, found.only, found.resting) == ((), (), (), 0)
    assert dict(found.flow) == {
        ("eligible", "eligible"): 1,
        ("ineligible", "ineligible"): 1,
        ("undetermined", "undetermined"): 1,
    }


def test_other_words_and_places_say_the_same(grounded: Grounded) -> None:
    moved = (
        RULES,
        "    require: age at consent >= youngest_age",
        "    require: |\n      age at consent >= youngest_age",
    )
    reworded = (RULES, "text: Aged 18 years or older.", "text: Adults aged 18 years or older.")
    assert grounded(moved, reworded).own == ()


def test_a_figure_changes_what_reads_it_and_what_rests_on_that(grounded: Grounded) -> None:
    ground = grounded((PARAMETERS, "value: 140 mmHg", "value: 155 mmHg"))
    assert ground.own == ("I3",)
    assert ground.touched == {"I3", "eligible"}
    ground = grounded((PARAMETERS, "value: 7 days", "value: 6 days"))
    assert set(ground.own) == {
        VisitDay(visit, aspect) for visit in ("month_1", "month_3") for aspect in ("opens", "closes")
    }
    assert ground.names == ("month_1", "month_3")
    assert ground.touched == {"month_1", "month_3", "pressure_change", "controlled"}


def test_a_criterion_that_fails_now_names_the_value_that_decided(affected: Affected) -> None:
    found = affected((PARAMETERS, "value: 140 mmHg", "value: 155 mmHg"))
    assert said(found) == [
        ("P001", "", "patient", "eligible", "ineligible"),
        ("P001", "I3", "patient", "passes", "fails"),
    ]
    why = (
        "`pressure_at_screening` was 152 mmHg, from `systolic_pressure` was 152 mmHg on 2025-01-06 "
        "(records.csv line 3); it must be >= 155 mmHg"
    )
    assert [one.reason for one in found.effects] == [f"I3: {why}", why]
    assert (found.affected, found.redecided) == (("P001",), 1)
    assert found.flow["eligible", "ineligible"] == 1


def test_a_patient_who_passes_now_is_told_what_stood_against_them(affected: Affected) -> None:
    found = affected((PARAMETERS, "value: 140 mmHg", "value: 120 mmHg"))
    decision, criterion = found.effects
    assert (decision.before, decision.after) == ("ineligible", "eligible")
    assert (criterion.rule, criterion.before, criterion.after) == ("I3", "fails", "passes")
    assert criterion.reason.endswith("it is >= 120 mmHg")
    assert decision.reason == f"I3: {criterion.reason}"


def test_a_deviation_is_told_with_its_day_and_amount(affected: Affected) -> None:
    found = affected((PARAMETERS, "value: 10 mg/d", "value: 20 mg/d"))
    assert said(found) == [
        ("P001", "dose_as_planned", "study_drug of 2025-01-13", "kept", "broken (-10 mg/d)"),
        ("P001", "dose_as_planned", "study_drug of 2025-02-13", "broken (10 mg/d)", "kept"),
    ]
    assert found.redecided == 0


def test_a_narrower_window_loses_a_value_and_with_it_a_response(affected: Affected) -> None:
    found = affected((PARAMETERS, "value: 7 days", "value: 1 days"))
    assert said(found) == [
        ("P001", "controlled", "month_3", "yes", "unknown"),
        ("P001", "primary", "month_3", "response", "no response"),
    ]
    assert "nothing is recorded for `systolic_pressure` at `month_3`" in found.effects[0].reason


def test_a_window_that_holds_the_same_values_affects_nobody(affected: Affected) -> None:
    found = affected((PARAMETERS, "value: 7 days", "value: 5 days"))
    assert found.own == ("month_1", "month_3")
    assert found.effects == ()


def test_an_endpoint_counted_otherwise(affected: Affected) -> None:
    found = affected(("protocol/endpoints.yaml", "missing: non_response", "missing: left_out"))
    assert said(found) == [
        ("P002", "primary", "month_3", "no response", "left out"),
        ("P003", "primary", "month_3", "no response", "left out"),
    ]
    assert found.own == ()


def test_a_population_that_somebody_enters(affected: Affected) -> None:
    found = affected(
        ("protocol/study.yaml", "include_when: randomization is known", "include_when: consent is known")
    )
    assert said(found) == [
        ("P002", "FAS", "patient", "left out", "included"),
        ("P003", "FAS", "patient", "left out", "included"),
    ]


def test_a_new_criterion_shows_where_it_speaks(affected: Affected) -> None:
    found = affected((RULES, E2, E3))
    assert found.only == (Only("after", "exclusion", "E3", "Too high a pressure"),)
    assert said(found) == [
        ("P003", "", "patient", "undetermined", "ineligible"),
        ("P003", "E3", "patient", "not there", "fails"),
    ]


def test_a_criterion_that_is_gone(affected: Affected) -> None:
    found = affected((RULES, E2, E3), backwards=True)
    assert found.only == (Only("before", "exclusion", "E3", "Too high a pressure"),)
    assert said(found) == [
        ("P003", "", "patient", "ineligible", "undetermined"),
        ("P003", "E3", "patient", "fails", "not there"),
    ]
    decision, gone = found.effects
    assert "potassium" in decision.reason
    assert gone.reason == ""


def test_another_range_in_the_dictionary_is_another_reading_of_the_files(affected: Affected) -> None:
    edit = ("protocol/variables.yaml", "range: [1, 10]", "range: [1, 4.1]")
    found = affected(edit)
    assert set(found.own) == {"E1"}
    assert said(found, "decision") == [("P001", "", "patient", "eligible", "undetermined")]
    assert said(found, "criterion") == [("P001", "E1", "patient", "passes", "unknown")]
    assert said(affected(edit, backwards=True), "decision") == [
        ("P001", "", "patient", "undetermined", "eligible")
    ]


def test_shifts_count_answers_and_patients(affected: Affected) -> None:
    found = affected((PARAMETERS, "value: 10 mg/d", "value: 15 mg/d"))
    (broken, more) = found.shifts
    assert (broken.before, broken.after, broken.answers, broken.patients) == (
        "broken (10 mg/d)",
        "broken (5 mg/d)",
        1,
        1,
    )
    assert (more.before, more.after) == ("kept", "broken (-5 mg/d)")
