"""To know more never takes an answer back.

A vague patient stands for every exact one it could be. So where a day of a
partial date, a number behind a censored one, an end that was open or a value
that was missing becomes known, a known answer stays, and bounds only narrow.

Left out, because their answers must be free to change:
- `is known` and `if known else`, which ask how much is known;
- numbers of rules of visits as a series, of which the visits with a known value are the records;
- rows that become the same as another row: rows that say the same count once;
- partial dates that become days after `as_of`: what is recorded by then had happened by then.
"""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.language.core import Core
from engine.language.phrase import canonical
from engine.language.values import Day
from engine.reference.previous import with_previous
from engine.reference.view import View
from engine.timeline.model import Timeline
from tests.generative.asked import answer, core_of, scope_of
from tests.generative.author import WITH_RECORDS
from tests.generative.expressions import expressions, selected
from tests.generative.holding import holds
from tests.generative.namespace import SERIES, VISITS
from tests.generative.patients import AS_OF, Cell, Texts, is_repetitive, patients, texts, timeline_of
from tests.generative.questions import parsed, questions

BOUNDED = ("protein", "cells", "weight")
"""Measurements of which two values of a day are never in conflict."""

Patient = tuple[list[Texts], list[Texts]]
"""The rows as written, and as they would be with more known."""

SINGLES = [(name,) for name in WITH_RECORDS]
PAIRS = list(pairwise(WITH_RECORDS))


@st.composite
def known_better(draw: st.DrawFn, /, **what: Any) -> Patient:
    """A patient as written, and as it would be with some of its cells said exactly."""
    rows = draw(patients(**what))
    cells = [(row["variable"].exact, name, cell) for row in rows for name, cell in row.items()]
    told = draw(st.one_of(st.just([True] * len(cells)), several_booleans(len(cells))))
    exact = [together(cells, told, place) for place in range(len(cells))]
    vague, better = texts(rows), texts(rows, exact)
    assume(not is_repetitive(vague) and not is_repetitive(better))
    return vague, better


def several_booleans(many: int) -> st.SearchStrategy[list[bool]]:
    return st.lists(st.booleans(), min_size=many, max_size=many)


def had_come(patient: Patient, as_of: Day) -> bool:
    """Whether every day that becomes known had come by then."""
    told = [
        text
        for vague, better in zip(*patient, strict=True)
        for name, text in set(better) - set(vague)
        if name in ("start", "end") and dict(vague).get(name, "ongoing") != "ongoing"
    ]
    return all(date.fromisoformat(text[:10]).toordinal() <= as_of for text in told)


def together(cells: list[tuple[str, str, Cell]], told: list[bool], place: int) -> bool:
    """Whether a cell is told; of the numbers that are recorded alike all are, or none."""
    variable, name, cell = cells[place]
    if cell.vague[:1] not in ("<", ">") or (name == "value" and variable in BOUNDED):
        return told[place]
    alike = [each == (variable, name, cell) for each in cells]
    return told[alike.index(True)]


@st.composite
def asked_of_few(draw: st.DrawFn, /, **where: Any) -> tuple[Any, Patient]:
    """An expression about one or two variables, and a patient of whom much is recorded of just these."""
    about = draw(st.sampled_from([*SINGLES, *SINGLES, *PAIRS]))
    kind = draw(st.sampled_from((expressions, selected, selected)))
    syntax = draw(kind(is_steady=True, about=about, **where))
    variables = (*about, "attended") if draw(st.integers(0, 3)) == 0 else about
    return syntax, draw(known_better(variables=variables, most=5))


@given(asked_of_few(), st.sampled_from(AS_OF))
def test_a_known_answer_of_a_patient_stays(asked: Any, as_of: Day) -> None:
    syntax, patient = asked
    assume(had_come(patient, as_of))
    core = core_of(syntax)
    before, after = (answer(core, timeline_of(rows), as_of) for rows in patient)
    assert holds(before, after), (canonical(syntax), before, after)


@given(asked_of_few(is_at_visit=True), st.sampled_from(VISITS), st.sampled_from(AS_OF))
def test_a_known_answer_at_a_visit_stays(asked: Any, visit: str, as_of: Day) -> None:
    syntax, patient = asked
    assume(had_come(patient, as_of))
    core = core_of(syntax, scope_of(is_at_visit=True))
    before, after = (answer(core, timeline_of(rows), as_of, View(visit)) for rows in patient)
    assert holds(before, after), (canonical(syntax), before, after)


@pytest.mark.parametrize("variable", SERIES)
@given(st.data())
@settings(max_examples=settings().max_examples // 2)
def test_every_known_answer_about_a_variable_stays(variable: str, data: st.DataObject) -> None:
    patient = data.draw(known_better(variables=(variable,), most=4))
    vague, better = map(timeline_of, patient)
    for as_of in {AS_OF[0], data.draw(st.sampled_from([day for day in AS_OF if had_come(patient, day)]))}:
        for text, core in questions(variable):
            before, after = answer(core, vague, as_of), answer(core, better, as_of)
            assert holds(before, after), (text, before, after)


PREVIOUS = {
    "steroid": ("days from previous.start to start", "dose >= previous.dose", "previous.end"),
    "infection": ("previous.start", "previous.severe", "any infection from previous.start to start"),
}


@pytest.mark.parametrize("variable", PREVIOUS)
@given(st.data())
def test_what_is_known_of_the_record_before_stays(variable: str, data: st.DataObject) -> None:
    patient = data.draw(known_better(variables=(variable,), most=4))
    for text in PREVIOUS[variable]:
        core = core_of(parsed(text), scope_of(this=variable))
        before, after = (of_each(variable, core, timeline_of(rows)) for rows in patient)
        assert before.keys() == after.keys()
        assert all(holds(before[line], after[line]) for line in before), (text, before, after)


def of_each(variable: str, core: Core, timeline: Timeline) -> dict[int, Any]:
    """What is said of each record, by the line it stands on."""
    records = timeline.series[variable].records if variable in timeline.series else ()
    return {
        record.at[0].line: answer(core, timeline, AS_OF[0], View(this=record, previous=previous))
        for record, previous in with_previous(records)
    }
