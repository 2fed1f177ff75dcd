"""What a verdict says of itself: why, from which values, resting on what, and what it lacks."""

from collections.abc import Callable

from engine.reference.judge import Judgement, Verdict

Judge = Callable[[str], Judgement]

GOOD = """\
1961-04-12,female,tablet
informed_consent,2025-01-06,,,,,
systolic_pressure,2025-01-06,,152,mmHg,,
potassium,2025-01-06,,4.2,mmol/L,,
tablets_unsuitable,2025-01-08,,no,,,
random_assignment,2025-01-13,,,,,
"""


def verdict(judgement: Judgement, rule: str, visit: str | None = None) -> Verdict:
    return next(v for v in judgement.verdicts if v.rule.rule.id == rule and v.visit == visit)


def test_a_patient_who_meets_everything_is_eligible(judged: Judge) -> None:
    judgement = judged(GOOD)
    assert judgement.decision == "eligible"
    assert all(v.passes for v in judgement.of("inclusion", "exclusion"))


def test_a_failed_criterion_names_value_date_place_and_requirement(judged: Judge) -> None:
    judgement = judged(GOOD.replace("152", "139"))
    assert judgement.decision == "ineligible"
    assert judgement.reasons(verdict(judgement, "I3")) == (
        "`pressure_at_screening` was 139 mmHg, from `systolic_pressure` was 139 mmHg on 2025-01-06 "
        "(records.csv line 3); it must be >= 140 mmHg",
    )
    (read,) = judgement.reads(verdict(judgement, "I3"))
    assert (read.name, str(read.value), read.at[0].line) == ("systolic_pressure", "139", 3)


def test_an_exclusion_says_what_must_not_be(judged: Judge) -> None:
    judgement = judged(GOOD.replace("4.2", "5.4"))
    assert judgement.reasons(verdict(judgement, "E1")) == (
        "`potassium` was 5.4 mmol/L on 2025-01-06 (records.csv line 4); it must not be > 5.0 mmol/L",
    )


def test_an_unknown_criterion_leaves_undetermined_and_says_what_is_missing(judged: Judge) -> None:
    judgement = judged(GOOD.replace("potassium,2025-01-06,,4.2,mmol/L,,\n", ""))
    assert judgement.decision == "undetermined"
    (missing,) = judgement.missing(verdict(judgement, "E1"))
    assert missing.variables == ("potassium",)
    assert missing.words.startswith("nothing is recorded for the last `potassium` in the 28 days")


def test_a_known_verdict_lacks_nothing(judged: Judge) -> None:
    judgement = judged(GOOD)
    assert judgement.missing(verdict(judgement, "E1")) == ()


def test_a_censored_value_that_leaves_it_open_is_named(judged: Judge) -> None:
    judgement = judged(GOOD.replace("4.2", ">4.8"))
    assert judgement.decision == "undetermined"
    (missing,) = judgement.missing(verdict(judgement, "E1"))
    assert "leaves open" in missing.words
    assert "records.csv line 4" in missing.words


def test_a_refused_row_decides_nothing_but_is_never_left_out(judged: Judge) -> None:
    judgement = judged(GOOD + "potassium,2025-01-07,,much,mmol/L,,\n")
    assert judgement.timeline.refused == 1
    assert judgement.decision == "undetermined"


def test_unknown_never_passes(judged: Judge) -> None:
    judgement = judged("1970-09,female,\n")
    assert judgement.decision != "eligible"
    assert all(v.outcome is not None or v.passes is None for v in judgement.verdicts)


def test_a_deviation_has_its_record_its_day_and_its_amount(judged: Judge) -> None:
    judgement = judged(GOOD + "study_drug,2025-01-13,2025-02-12,,,10,\nstudy_drug,2025-02-13,ongoing,,,20,\n")
    kept, broken = judgement.of("requirement")
    assert (kept.outcome, broken.outcome) == (True, False)
    assert broken.day == broken.record.start  # type: ignore[union-attr]
    assert str(broken.amount) == "10"


def test_a_verdict_rests_on_the_parameters_that_were_read(judged: Judge) -> None:
    judgement = judged(GOOD)
    assert {p.name for p in judgement.unsettled(verdict(judgement, "E1"))} >= {"screening_window"}
    assert judgement.unsettled(verdict(judgement, "E2")) == ()
