"""The order of the rows of a file says nothing."""

from hypothesis import given
from hypothesis import strategies as st

from engine.reference.view import View
from engine.timeline.model import Timeline
from tests.generative.asked import answer, core_of, scope_of
from tests.generative.expressions import expressions
from tests.generative.namespace import VISITS
from tests.generative.patients import AS_OF, Texts, patients, texts, timeline_of


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[list[Texts], list[Texts]]:
    """The rows of a patient, some of them twice, in two orders."""
    rows = texts(draw(patients()))
    again = draw(st.lists(st.sampled_from(rows), max_size=2)) if rows else []
    return [*rows, *again], draw(st.permutations([*rows, *again]))


def said(timeline: Timeline) -> object:
    """What a timeline says, without where it was said."""
    return {name: fact.value for name, fact in timeline.facts.items()}, timeline.series


@given(shuffled())
def test_the_timeline_is_the_same(rows: tuple[list[Texts], list[Texts]]) -> None:
    one, other = map(timeline_of, rows)
    assert said(one) == said(other)


@given(expressions(is_at_visit=True), shuffled(), st.sampled_from(AS_OF), st.sampled_from(VISITS))
def test_every_answer_is_the_same(
    syntax: object, rows: tuple[list[Texts], list[Texts]], as_of: int, visit: str
) -> None:
    core = core_of(syntax, scope_of(is_at_visit=True))  # type: ignore[arg-type]
    one, other = (answer(core, timeline_of(each), as_of, View(visit)) for each in rows)  # type: ignore[arg-type]
    assert one == other
