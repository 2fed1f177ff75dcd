"""Two versions of any rule: what is said of one to the other agrees with every generated patient."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.amendment.model import Compared, Nobody, Somebody, Way
from engine.amendment.relation import Relating
from engine.amendment.sides import pair_of
from engine.assurance.run import ask
from engine.assurance.told.case import Teller
from engine.language.core import FALSE, Call, Core
from engine.language.types import TRUTH
from engine.study.linked import Study
from engine.timeline.known import known_by
from engine.timeline.model import Timeline
from tests.generative.asked import answer, core_of
from tests.generative.expressions import phrases
from tests.generative.namespace import STUDY
from tests.generative.patients import AS_OF, patients, texts, timeline_of
from tests.generative.test_logic import has_a_day_twice

ASKED = "asked"
MOST_RECORDS = 3
STEPS = 300_000
WORDS: dict[object, str] = {True: "true", False: "false", None: "unknown"}


def study_with(core: Core) -> Study:
    """The study with one more rule, of no role."""
    return replace(STUDY, program=replace(STUDY.program, rules={**STUDY.program.rules, ASKED: core}))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Core, Core]:
    """A rule and another: with one more part, one part fewer, any other, or the same said otherwise."""
    one, other = core_of(draw(phrases("truth"))), core_of(draw(phrases("truth")))
    both, either = (Call(operator, (one, other), TRUTH) for operator in ("and", "or"))
    twice = Call("not", (Call("not", (one,), TRUTH),), TRUTH)
    return draw(
        st.sampled_from(((one, both), (both, one), (one, either), (one, other), (one, twice), (one, FALSE)))
    )


def differ(way: Way, before: Any, after: Any) -> bool:
    """Whether two answers differ in this way: written out once more, from what the ways are said to be."""
    passes = before is True, after is True
    return {
        "gains": passes == (False, True),
        "loses": passes == (True, False),
        "otherwise": passes == (False, False) and before is not after,
    }[way]


@given(pairs(), st.lists(patients(most=4), min_size=1, max_size=6), st.sampled_from(AS_OF))
def test_what_is_said_of_two_versions_holds_of_every_patient(
    cores: tuple[Core, Core], rows: Any, as_of: Any
) -> None:
    before, after = map(study_with, cores)
    found = Relating(pair_of(before, after), STEPS).compared(ASKED)
    for timeline in (known_by(timeline_of(texts(one, exact=True)), as_of) for one in rows):
        if is_within_bounds(timeline):
            answers = [answer(core, timeline, as_of) for core in cores]
            assert not denied(found, answers), (found, answers)
    for way, patient in found.patients:
        assert shown(way, patient, (before, after)), patient


def is_within_bounds(timeline: Timeline) -> bool:
    few = all(len(one.records) <= MOST_RECORDS for one in timeline.series.values())
    return few and not has_a_day_twice(timeline)


def denied(found: Compared, answers: list[Any]) -> list[Way]:
    """The ways in which a patient is answered otherwise of whom it was proved that there is none."""
    if found.relation == "equal":
        return ["otherwise"] if answers[0] is not answers[1] else []
    return [way for way, one in found.ways if isinstance(one, Nobody) and differ(way, *answers)]


def shown(way: Way, patient: Somebody, studies: tuple[Study, Study]) -> bool:
    """Whether the patient is answered as was said, and is so again as read back from the case."""
    case = patient.case if patient.text is None else Teller(studies[1]).read(patient.text)
    assert case is not None
    answers = [ask(study.program, case).value for study in studies]
    words = [WORDS[answer] for answer in answers]
    return words == [patient.before, patient.after] and differ(way, *answers)


def test_generated_pairs_come_to_every_relation() -> None:
    """The test above would hold of a comparison that decides nothing."""
    seen = set[str]()

    @given(pairs())
    @settings(max_examples=120, database=None)
    def gather(cores: tuple[Core, Core]) -> None:
        seen.add(Relating(pair_of(*map(study_with, cores)), STEPS).compared(ASKED).relation)

    gather()
    assert {"equal", "widens", "narrows", "otherwise"} <= seen
