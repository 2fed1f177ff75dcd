"""A row that could not be read takes nothing as known that it could undo."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.generative.asked import answer
from tests.generative.holding import holds
from tests.generative.patients import AS_OF, is_repetitive, patients, texts, timeline_of
from tests.generative.questions import questions

SPOILT = {
    "protein": ("value", "hours", "start"),
    "weight": ("value",),
    "score": ("value",),
    "biopsy": ("size", "class"),
    "infection": ("severe", "start"),
    "steroid": ("dose", "start"),
    "fit": ("value",),
    "unfit": ("value",),
}
"""Cells that make a row refused when what they hold cannot be read."""


@pytest.mark.parametrize("variable", SPOILT)
@given(st.data())
@settings(max_examples=settings().max_examples // 4)
def test_a_refused_row_counts_as_it_may_have_been_or_not_at_all(variable: str, data: st.DataObject) -> None:
    rows = texts(data.draw(patients(variables=(variable,), most=4)))
    places = [place for place, row in enumerate(rows) if ("variable", variable) in row]
    assume(places and not is_repetitive(rows))
    place, name = data.draw(st.sampled_from(places)), data.draw(st.sampled_from(SPOILT[variable]))
    spoilt = tuple({**dict(rows[place]), name: "?"}.items())
    refused = timeline_of([*rows[:place], spoilt, *rows[place + 1 :]], refused=1)
    whole, without = timeline_of(rows), timeline_of([*rows[:place], *rows[place + 1 :]])
    for text, core in questions(variable):
        found = answer(core, refused, AS_OF[0])
        assert holds(found, answer(core, whole, AS_OF[0])), (text, found, "as it was")
        assert holds(found, answer(core, without, AS_OF[0])), (text, found, "not at all")
