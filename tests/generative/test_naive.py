"""The reference against a reading that looks at each day, and at each patient there could have been."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.language.values import NumberRange
from engine.reference.numbers import comparable
from tests.generative.asked import answer, core_of
from tests.generative.holding import holds
from tests.generative.naive import Happening, Stretch, inside, one_a_day, quantified, selected, stretches
from tests.generative.namespace import SERIES, STUDY
from tests.generative.patients import (
    AS_OF,
    DAYS,
    NOT_YET,
    NUMBERS,
    Cell,
    Cells,
    Texts,
    is_repetitive,
    patients,
    texts,
    timeline_of,
)
from tests.generative.questions import parsed

MEASURED = ("protein", "cells", "weight", "score", "titre", "biopsy", "infection", "steroid", "rest")
HELD = {"biopsy": "size", "steroid": "dose"}
SELECTORS = ("first", "last", "highest", "lowest", "mean", "median", "total")
LENGTHS = ("14 days", "1 day", "0 days", "1 month", "2 months", "2 weeks", "1 year")
FIGURES = {"protein": "1.0 g/d", "cells": "4.0 10^9/L", "weight": "70 kg", "score": "0", "titre": "10 g/L"}
FIGURES |= {"biopsy": "8 mm", "steroid": "40 mg/d"}


# ------------------------------------------------------------ what is recorded


def happenings(variable: str, rows: list[Texts]) -> list[Happening]:
    """The records of exact rows, each once, and of a measurement one a day."""
    found = [
        _happening(variable, cells)
        for row in dict.fromkeys(rows)
        if (cells := dict(row))["variable"] == variable
    ]
    return one_a_day(variable, found) if SERIES[variable].kind == "measurement" else found


def _happening(variable: str, cells: dict[str, str]) -> Happening:
    day, _, minute = cells["start"].partition("T")
    held = cells.get(HELD.get(variable, "value"))
    start = date.fromisoformat(day)
    end = date.fromisoformat(cells["end"]) if "end" in cells else start
    return Happening(start, end, minute, None if held is None else Decimal(held))


@st.composite
def periods(draw: st.DrawFn) -> list[Stretch]:
    """Every period phrase of two days and a length, in some order."""
    found = stretches(
        draw(st.sampled_from(DAYS)), draw(st.sampled_from(DAYS)), draw(st.sampled_from(LENGTHS))
    )
    return draw(st.permutations(found))


# ------------------------------------------------------------------- questions

Answers = Iterator[tuple[str, list[Any]]]
"""Questions, each with all the answers there are."""


def asked(variable: str, stretch: Stretch, rows: list[Texts]) -> Answers:
    entry = STUDY.names.entries[variable]
    is_absent_no = getattr(entry, "absent") == "no"  # noqa: B009
    found = [one for one in happenings(variable, rows) if inside(one, stretch)]
    thing = f"{variable}.{HELD[variable]}" if variable in HELD else variable
    yield f"number of {variable} {stretch.text}", selected("number of", found, is_absent_no)
    yield f"any {variable} {stretch.text}", [True if found else False if is_absent_no else None]
    if variable not in FIGURES:
        return
    for selector in SELECTORS:
        yield f"{selector} {thing} {stretch.text}", selected(selector, found, is_absent_no)
    limit = Decimal(FIGURES[variable].split()[0])
    for selector in ("any", "every"):
        means = (lambda value: value > limit), is_absent_no
        yield f"{selector} {thing} {stretch.text} > {FIGURES[variable]}", [quantified(selector, found, means)]


def counted(variable: str, periods: list[Stretch], rows: list[Texts]) -> Answers:
    """Of each period only how many records are in it."""
    for period in periods:
        yield next(asked(variable, period, rows))


def same(answer: Any, there_are: list[Any]) -> bool:
    """Whether an answer is the one there is, or stands for all there are."""
    if None in there_are or any(isinstance(one, bool) for one in there_are):
        return answer is (there_are[0] if len(set(there_are)) == 1 else None)
    if len(set(there_are)) == 1:
        known = answer is not None and not isinstance(answer, NumberRange)
        return known and comparable(answer) == comparable(there_are[0])
    return answer is not None and all(holds(answer, one) for one in there_are)


@pytest.mark.parametrize("variable", MEASURED)
@given(st.data())
def test_what_is_known_for_sure_is_read_alike(variable: str, data: st.DataObject) -> None:
    rows = texts(data.draw(patients(variables=(variable,), most=5)), exact=True)
    timeline, (stretch, *others) = timeline_of(rows), data.draw(periods())
    for text, there_are in [*asked(variable, stretch, rows), *counted(variable, others, rows)]:
        found = answer(core_of(parsed(text)), timeline, AS_OF[0])
        assert same(found, there_are), (text, found, there_are)


# ----------------------------------------------------- every patient there is


def completions(rows: list[Cells]) -> Iterator[list[Texts]]:
    """Every exact patient that a vague one could be, as far as its days and figures are among ours."""
    cells = [(row["variable"].exact, name, cell) for row in rows for name, cell in row.items()]
    for told in product(*(_possible(*cell) for cell in cells)):
        told_cells = iter(told)
        filled = [[(name, next(told_cells)) for name in row] for row in rows]
        yield [tuple((name, text) for name, text in row if text) for row in filled]


def _possible(variable: str, name: str, cell: Cell) -> list[str]:
    if cell.vague in (cell.exact, "ongoing"):
        return [cell.exact]
    if name in ("start", "end"):
        days = [day.isoformat() for day in DAYS if day.isoformat().startswith(cell.vague)]
        far = [] if cell.vague else [NOT_YET.isoformat()]
        return list(dict.fromkeys([cell.exact, *days[:3], *far]))
    figures = NUMBERS.get(variable if name == "value" else name, ())
    return [number for number, ways in figures if cell.vague in ways] or [cell.exact]


@pytest.mark.parametrize("variable", MEASURED)
@given(st.data())
@settings(max_examples=settings().max_examples // 2)
def test_a_known_answer_is_that_of_every_patient_there_could_be(variable: str, data: st.DataObject) -> None:
    rows = [row for row in data.draw(patients(variables=(variable,), most=3)) if "start" in row]
    vague, (stretch, *_) = texts(rows), data.draw(periods())
    assume(not is_repetitive(vague))
    timeline = timeline_of(vague)
    known = {
        text: answer(core_of(parsed(text)), timeline, AS_OF[0]) for text, _ in asked(variable, stretch, [])
    }
    for exact in completions(rows):
        if len(set(exact)) < len(exact) or any(backwards(dict(row)) for row in exact):
            continue
        for text, there_are in asked(variable, stretch, exact):
            assert all(holds(known[text], one) for one in there_are), (text, known[text], there_are, exact)


def backwards(row: dict[str, str]) -> bool:
    return row.get("end", row["start"]) < row["start"][:10]
