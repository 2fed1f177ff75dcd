"""The reference reading against the same rules by hand, over the same timelines in memory."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.by_hand.judge import Answers, judged
from benchmarks.cohort import invent
from benchmarks.measure import Measured, ratio, side_by_side, timed
from engine import tasks
from engine.language.values import Day
from engine.reference.interpret import Reading
from engine.study.linked import Study
from engine.timeline.known import known_by
from engine.timeline.model import Timeline

PATIENTS = 200
CUT = 100
"""So many days before the last record the data end: for some patients the study still runs then."""

BY_HAND, UNTRACED, TRACED = "by hand", "untraced", "traced"


def bench(root: Path) -> Iterator[Measured]:
    """Every criterion with its parts, and each response at each month, of each patient."""
    study = tasks.opened(root).study
    assert study is not None, "the study has errors: see `trial check`"
    timelines, as_of = cohort(study)
    by_hand = judged(timelines, as_of)
    assert_equal(by_hand, read(study, timelines, as_of, traced=False))
    seconds = side_by_side(
        {
            BY_HAND: timed(lambda: judged(timelines, as_of)),
            UNTRACED: timed(lambda: read(study, timelines, as_of, traced=False)),
            TRACED: timed(lambda: read(study, timelines, as_of, traced=True)),
        }
    )
    answers = f"{len(by_hand[0])} answers of each of {len(timelines)} patients"
    yield Measured(f"by hand, {answers}", each(seconds[BY_HAND], timelines), "ms a patient")
    yield Measured("reference, traces off", each(seconds[UNTRACED], timelines), "ms a patient")
    yield Measured(
        "reference, traces off / by hand", ratio(seconds[UNTRACED], seconds[BY_HAND]), "times", goal=10
    )
    yield Measured("traces on / traces off", ratio(seconds[TRACED], seconds[UNTRACED]), "times", goal=1.5)


def each(seconds: list[float], timelines: tuple[Timeline, ...]) -> float:
    return median(seconds) / len(timelines) * 1000


def cohort(study: Study) -> tuple[tuple[Timeline, ...], Day]:
    """What was known of everybody when the data were cut, and that day."""
    with tempfile.TemporaryDirectory() as folder:
        found = invent(study, Path(folder), PATIENTS)
    assert found.last_day is not None
    as_of = Day(found.last_day - CUT)
    return tuple(known_by(timeline, as_of) for timeline in found.timelines), as_of


def read(study: Study, timelines: tuple[Timeline, ...], as_of: Day, traced: bool) -> list[Answers]:
    """The same answers from the reference."""
    asked = questions(study)
    readings = (Reading(study.program, timeline, as_of, [] if traced else None) for timeline in timelines)
    return [{key: reading.rule(*key) for key in asked} for reading in readings]


def questions(study: Study) -> list[tuple[str, str | None]]:
    """The criteria, the decision, and the three responses at each month."""
    criteria = [rule.rule.id for rule in study.of("inclusion", "exclusion")]
    responses = [f"{kind}_response" for kind in ("complete", "partial", "overall")]
    asked = [(name, visit) for name in responses for visit in study.rules[name].visits]
    return [*((name, None) for name in (*criteria, "eligible")), *asked]


def assert_equal(by_hand: list[Answers], reference: list[Answers]) -> None:
    """Both must say the same of everybody, or there is nothing to compare."""
    for number, (hand, read) in enumerate(zip(by_hand, reference, strict=True)):
        assert hand.keys() == read.keys(), hand.keys() ^ read.keys()
        differing = {key: (hand[key], read[key]) for key in hand if hand[key] is not read[key]}
        assert not differing, f"patient {number}, by hand and by the reference: {differing}"
