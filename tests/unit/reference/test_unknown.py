"""What an unknown answer lacks: whoever asked first, and the same for a coordinator and for a case."""

from collections.abc import Callable

import pytest

from engine.assurance.reasons import Reasons
from engine.reference.interpret import Reading
from engine.reference.judge import Judgement
from engine.reference.trace import trace_of
from engine.reference.unknown import unknowns

Judge = Callable[[str], Judgement]

PLANNED = """\
1961-04-12,female,tablet
informed_consent,2025-01-06,,,,,
systolic_pressure,2025-01-06,,152,mmHg,,
potassium,2025-01-06,,4.2,mmol/L,,
tablets_unsuitable,2025-01-08,,no,,,
random_assignment,{randomized},,,,,
systolic_pressure,2025-02-20,,120,mmHg,,
systolic_pressure,2025-04-15,,120,mmHg,,
"""


def lacking(judgement: Judgement, rule: str, visit: str | None = None) -> tuple[str, ...]:
    (found,) = (v for v in judgement.verdicts if v.rule.rule.id == rule and v.visit == visit)
    return tuple(dict.fromkeys(name for one in judgement.missing(found) for name in one.variables))


def asked(judgement: Judgement, first: str | None) -> Reading:
    """A reading of the same patient of which a day of the schedule was asked before all else."""
    reading = Reading(judgement.study.program, judgement.timeline, judgement.reading.as_of, [])
    if first is not None:
        reading.visit_day(first, "closes")
    return reading


def test_a_window_that_hangs_on_a_month_lacks_the_day_of_randomization(judged: Judge) -> None:
    judgement = judged(PLANNED.format(randomized="2025-01"))
    assert lacking(judgement, "controlled", "month_1") == ("random_assignment",)


def test_a_value_that_is_in_no_window_is_lacking_itself(judged: Judge) -> None:
    judgement = judged(PLANNED.format(randomized="2025-01-13").replace("2025-02-20", "2025-03-10"))
    assert lacking(judgement, "controlled", "month_1") == ("systolic_pressure",)


def test_a_value_that_is_in_no_window_there_could_be_is_lacking_too(judged: Judge) -> None:
    judgement = judged(PLANNED.format(randomized="2025-01").replace("2025-02-20", "2025-06-10"))
    assert lacking(judgement, "controlled", "month_1") == ("systolic_pressure", "random_assignment")


@pytest.mark.parametrize("randomized", ["2025-01", "2025-01-13"])
@pytest.mark.parametrize("first", [None, "month_1", "month_3"])
def test_it_is_the_same_whoever_asked_for_a_day_first(judged: Judge, randomized: str, first: str) -> None:
    judgement = judged(PLANNED.format(randomized=randomized).replace("2025-02-20", "2025-06-10"))
    whole = trace_of(asked(judgement, first), "controlled", "month_1")
    variables = [name for one in unknowns(whole) for name in one.variables]
    assert tuple(dict.fromkeys(variables)) == lacking(judgement, "controlled", "month_1")


def test_a_case_and_a_coordinator_are_told_the_same(judged: Judge) -> None:
    judgement = judged("1961,,\nsystolic_pressure,2025-01,,>130,mmHg,,\nrandom_assignment,2025-01,,,,,\n")
    unknown = [v for v in judgement.verdicts if v.outcome is None]
    assert len(unknown) > 3
    for verdict in unknown:
        told = tuple(dict.fromkeys(n for one in judgement.missing(verdict) for n in one.variables))
        assert told == Reasons(judgement.study, judgement.reading, verdict.end).missing() != ()


def test_words_name_the_visit_and_the_month_that_leaves_it_open(judged: Judge) -> None:
    judgement = judged(PLANNED.format(randomized="2025-01"))
    (found,) = (v for v in judgement.verdicts if v.rule.rule.id == "controlled" and v.visit == "month_1")
    (missing,) = judgement.missing(found)
    assert missing.words == (
        "the first `random_assignment` was 2025-01 leaves open `systolic_pressure` at `month_1`"
    )
