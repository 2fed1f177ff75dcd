"""Whatever is asked of whom: the shortest form answers alike, and every mutant can be asked."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.assurance.mutation.kinds import CHANGING
from engine.assurance.mutation.model import Ground, Spot
from engine.assurance.mutation.wording import in_words
from engine.assurance.paths import along, rewritten, spots
from engine.assurance.simplify import simplified
from engine.language.core import Records, Select
from engine.language.phrase import canonical
from engine.language.slots import Slot
from engine.reference.view import View
from engine.study.resting import resting
from tests.generative.asked import answer, core_of, scope_of
from tests.generative.expressions import expressions, selected
from tests.generative.namespace import STUDY, VISITS
from tests.generative.patients import AS_OF, patients, texts, timeline_of

WRITTEN = st.one_of(expressions(is_at_visit=True), selected(is_at_visit=True))
ANCHORS = tuple(linked.rule.id for linked in STUDY.of("anchor"))
GROUND = Ground(STUDY, ANCHORS, tuple(STUDY.program.visits), resting(STUDY))


@given(WRITTEN, patients(), st.sampled_from(AS_OF), st.sampled_from(VISITS), st.booleans())
def test_the_shortest_form_answers_alike(
    syntax: Any, rows: Any, as_of: Any, visit: str, figures: bool
) -> None:
    core, timeline = core_of(syntax, scope_of(is_at_visit=True)), timeline_of(texts(rows))
    short = simplified(core, figures)
    said = [answer(one, timeline, as_of, View(visit)) for one in (core, short)]
    assert said[0] == said[1], (canonical(syntax), short)


@given(WRITTEN, patients(), st.sampled_from(AS_OF), st.sampled_from(VISITS))
def test_every_mutant_can_be_asked_and_told(syntax: Any, rows: Any, as_of: Any, visit: str) -> None:
    core, timeline = core_of(syntax, scope_of(is_at_visit=True)), timeline_of(texts(rows))
    for path, node in spots(core):
        *around, _ = along(core, path)
        sources = [one.source for one in reversed(around) if isinstance(one, Select)]
        record = next((one.variable for one in sources if isinstance(one, Records)), None)
        spot = Spot(node, Slot("asked"), GROUND, tuple(around), record, None, VISITS)
        for kind, changing in CHANGING.items():
            for change in changing(spot):
                answer(rewritten(core, node, change.node), timeline, as_of, View(visit))
                before, after = in_words(spot, change)
                assert before != after, (kind, canonical(syntax), before)
