"""Who is affected, against both studies asked everything of everybody: no answer that changes goes unseen.

Every way in which a rule, a visit or a figure of the first study can be wrong by one small step
makes an amended study of it; a few patients of the shipped cohort are judged by both.
"""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from engine import tasks
from engine.amendment.effects import Effect, fate_of
from engine.amendment.ground import ground_of
from engine.amendment.words import KINDS, WORDS, numbered, word
from engine.assurance.mutation.model import Mutant
from engine.assurance.mutation.mutants import mutants_of
from engine.language.values import Day
from engine.reference.judge import Judgement, judge
from engine.study.linked import Study
from engine.timeline.model import Timeline
from engine.timeline.read import Cohort

ROOT = Path(__file__).parents[2]
SHARES = 3
MUTANTS = 40
PATIENTS = 3
Said = dict[tuple[str, str, str, int], str]


@pytest.fixture(scope="module")
def study() -> Study:
    study = tasks.opened(ROOT).study
    assert study is not None
    return study


@pytest.fixture(scope="module")
def cohort(study: Study) -> Cohort:
    return tasks.read(study, ROOT / "examples" / "cohort")


@pytest.fixture(scope="module")
def mutants(study: Study) -> tuple[Mutant, ...]:
    return mutants_of(study)


def everything(judgement: Judgement) -> Said:
    """Every answer of a study, in the words of an effect."""
    said: Said = {("decision", "", "patient", 1): judgement.decision}
    for name, linked in judgement.study.rules.items():
        if linked.rule.role in KINDS:
            verdicts = numbered(v for v in judgement.verdicts if v.rule.rule.id == name)
            said |= {(KINDS[linked.rule.role], name, *key): word(v) for key, v in verdicts.items()}
    yes, no = WORDS["endpoint"]
    for endpoint in judgement.study.protocol.endpoints.values():
        for verdict in judgement.verdicts:
            if verdict.rule.rule.id == endpoint.response and endpoint.visit in (None, verdict.visit):
                left_out = verdict.outcome is None and endpoint.missing == "left_out"
                counted = "left out" if left_out else yes if verdict.outcome else no
                said["endpoint", endpoint.id, verdict.visit or "patient", 1] = counted
    return said


def changes(was: Said, now: Said) -> set[tuple[str, ...]]:
    return {(*key[:3], was[key], now[key]) for key in was if was[key] != now[key]}


def seen(effects: tuple[Effect, ...]) -> set[tuple[str, ...]]:
    return {(one.kind, one.rule, one.about, one.before, one.after) for one in effects}


@pytest.mark.parametrize("share", range(SHARES))
def test_what_changes_is_what_differs(
    study: Study, cohort: Cohort, mutants: tuple[Mutant, ...], share: int
) -> None:
    random, as_of = Random(share), cohort.last_day
    assert as_of is not None
    patients = random.sample(cohort.timelines, PATIENTS)
    was = {one.patient: everything(judge(study, one, as_of, traced=False)) for one in patients}
    changed = 0
    for mutant in random.sample(mutants, MUTANTS):
        changed += compared(study, mutant, patients, (was, as_of))
    assert changed > 10, "hardly anything changed, and little was tried"


def compared(
    study: Study, mutant: Mutant, patients: list[Timeline], known: tuple[dict[str, Said], Day]
) -> int:
    """How many answers a mutant changes; the same as when both are asked everything."""
    was, as_of = known
    amended = replace(study, program=mutant.program(study.program))
    ground = ground_of(study, amended)
    changed = 0
    for timeline in patients:
        now = everything(judge(amended, timeline, as_of, traced=False))
        found = seen(fate_of(ground, (timeline, timeline), as_of).effects)
        assert found == changes(was[timeline.patient], now), f"{mutant} of {timeline.patient}"
        changed += len(found)
    return changed
