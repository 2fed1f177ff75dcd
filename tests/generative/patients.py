"""Patients, worked backwards: first what was so, then how little of it was written down.

A `Cell` holds both texts, so that every vague patient comes with some of the
patients it stands for. Days are few and lie about the ends of months, so that
records meet on one day, at the edges of periods, and on 29 February.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from hypothesis import strategies as st

from engine.language.values import Day
from engine.source.place import Span
from engine.timeline.build import Intake
from engine.timeline.findings import Findings
from engine.timeline.model import Timeline
from engine.timeline.rows import Row, Sheet
from engine.timeline.series import Finish
from tests.generative.namespace import CODES, DICTIONARY, SERIES

COLUMNS = DICTIONARY.record_columns
DAYS = [
    *(date(2024, 1, day) for day in (17, 30, 31)),
    *(date(2024, 2, day) for day in (1, 13, 14, 15, 28, 29)),
    *(date(2024, 3, 1), date(2024, 3, 31), date(2023, 12, 31)),
]
AS_OF = [Day(date(*day).toordinal()) for day in ((2032, 1, 1), (2024, 12, 31), (2024, 3, 1), (2024, 2, 14))]
NOT_YET = date(2032, 5, 1)
"""An end after any day up to which data are known, for what is ongoing."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What was so, and what was written of it."""

    exact: str
    vague: str

    def text(self, is_exact: bool) -> str:
        return self.exact if is_exact else self.vague


NOTHING = Cell("", "")
Cells = dict[str, Cell]
"""One row, by column."""

Texts = tuple[tuple[str, str], ...]
"""A row as it would stand in a file: the cells that are filled, by column."""


# --------------------------------------------------------------------- cells

NUMBERS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "protein": (
        *(("0.4", ("<0.5", "<=1.0", "")), ("0.5", ("<=0.5", "<1.0"))),
        *(("1.0", (">=1.0", "<=1.0")), ("1.2", (">1.0", ""))),
    ),
    "cells": (("2.9", ("<3.0", "<4.0", "")), ("4.0", ("<=4.0", ">=4.0")), ("5.5", (">4.0", ">=4.0"))),
    "weight": (("69", ("<70", "")), ("70", ("<=70",)), ("71.5", (">70", ""))),
    "score": (("-3", ("<0", "")), ("0", ("<=0",)), ("2", (">1", "")), ("7", (">=5",))),
    "titre": (("9", ("<10", "")), ("10", ("<=10",)), ("11", (">10", ""))),
    "hours": (("22", ("<23", "")), ("24", (">=24", "")), ("26", (">25",))),
    "size": (("4", ("<8", "")), ("8", ("<=8", "")), ("12", (">10",))),
    "dose": (("5", ("<10", "")), ("40", ("<=40", "")), ("60", (">50",))),
    "height": (("150", ("<160", "")), ("170", (">=170", "")), ("180", (">175",))),
}
"""What was so, with ways to have written it down.

Of variables where two values of a day are in conflict, and of attributes, no
two numbers are written alike: what was recorded alike is taken to agree, and
to be the same when it becomes known.
"""


def _number(name: str) -> st.SearchStrategy[Cell]:
    choices = [Cell(exact, vague) for exact, ways in NUMBERS[name] for vague in (exact, exact, *ways)]
    return st.sampled_from(choices)


def _one_of(texts: Sequence[str]) -> st.SearchStrategy[Cell]:
    return st.sampled_from([Cell(text, vague) for text in texts for vague in (text, text, "")])


def _day(day: date, draw: st.DrawFn, is_timed: bool = False) -> Cell:
    iso = day.isoformat()
    exact = iso + (draw(st.sampled_from(["", "T08:00", "T16:00"])) if is_timed else "")
    return Cell(exact, draw(st.sampled_from([exact, exact, exact, exact, iso[:7], iso[:4]])))


def _attribute(name: str, draw: st.DrawFn) -> Cell:
    match name:
        case "class" | "visit":
            return draw(_one_of(CODES[name]))
        case "severe":
            return draw(_one_of(["yes", "no"]))
        case "seen":
            return _day(draw(st.sampled_from(DAYS)), draw)
        case _:
            return draw(_number(name))


def _blank_or(cell: Cell, draw: st.DrawFn) -> Cell:
    return Cell(cell.exact, "") if draw(st.integers(0, 7)) == 7 else cell


# ---------------------------------------------------------------------- rows


@st.composite
def records(draw: st.DrawFn, variable: str, days: Sequence[date] = DAYS) -> Cells:
    """A record of a variable, on one of these days."""
    series, day = SERIES[variable], draw(st.sampled_from(days))
    cells = {"variable": Cell(variable, variable)}
    cells["start"] = _day(day, draw, is_timed=series.kind != "episode")
    if series.kind == "episode":
        cells["end"] = _end(day, draw)
    if series.kind == "measurement":
        cells["value"] = draw(_number(variable))
        cells["unit"] = Cell(*[DICTIONARY.entries[variable].value.unit.symbol] * 2)  # type: ignore[union-attr]
    if series.kind == "judgement":
        cells["value"] = draw(_one_of(["yes", "no"]))
    names = ["visit"] if variable == "attended" else sorted(series.attributes)
    return cells | {name: _attribute(name, draw) for name in names}


def _end(start: date, draw: st.DrawFn) -> Cell:
    """The end of an episode; what was `ongoing` ended after all that is known."""
    if draw(st.integers(0, 3)) == 0:
        return Cell((NOT_YET + timedelta(draw(st.integers(0, 2)))).isoformat(), "ongoing")
    end = _day(start + timedelta(draw(st.sampled_from([0, 1, 14, 29, 60]))), draw)
    return Cell(end.exact, "") if draw(st.integers(0, 3)) == 0 else end


@st.composite
def facts(draw: st.DrawFn) -> list[Cells]:
    """Some of the facts; what is not recorded of others is what their `absent` says."""
    chosen = {
        "enrolled": _blank_or(_day(draw(st.sampled_from(DAYS[1:7])), draw), draw),
        "born": _day(draw(st.sampled_from([date(2004, 2, 29), date(2006, 1, 31), date(1960, 7, 1)])), draw),
        "sex": draw(_one_of(["female", "male"])),
        "smoker": draw(_one_of(["yes", "no"])),
        "allergic": draw(_one_of(["yes", "no"])),
        "height": draw(_number("height")),
    }
    units = {"height": {"unit": Cell("cm", "cm")}}
    return [
        {"variable": Cell(name, name), "value": cell} | units.get(name, {})
        for name, cell in chosen.items()
        if draw(st.integers(0, 9))
    ]


@st.composite
def patients(draw: st.DrawFn, variables: Sequence[str] = tuple(SERIES), most: int = 8) -> list[Cells]:
    """The rows of a patient: few days, so that records of a day meet."""
    named = draw(st.lists(st.sampled_from(variables), max_size=most))
    days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=4))
    rows = [draw(records(variable, days)) for variable in named]
    return [*draw(facts()), *rows]


def texts(rows: Sequence[Cells], exact: Sequence[bool] | bool = False) -> list[Texts]:
    """The rows as written; `exact` says of each cell, in order, whether it is said as it was."""
    told = iter(exact) if not isinstance(exact, bool) else (exact for _ in count())
    filled = [[(name, cell.text(next(told))) for name, cell in row.items()] for row in rows]
    return [tuple((name, text) for name, text in row if text) for row in filled]


# ----------------------------------------------------------------- timelines


def timeline_of(rows: Sequence[Texts], refused: int = 0) -> Timeline:
    """The patient that the real reader makes of these rows, of which it must refuse so many."""
    timeline, findings = _read(rows)
    assert timeline.refused == refused, [finding.message for finding in findings.kept]
    return timeline


def is_repetitive(rows: Sequence[Texts]) -> bool:
    """Whether two of the rows say the same, perhaps in other words."""
    _, findings = _read(rows)
    return "duplicate-row" in findings.counted


def _read(rows: Sequence[Texts]) -> tuple[Timeline, Findings]:
    findings = Findings()
    intake = Intake(DICTIONARY, findings)
    intake.take_records(Sheet("made", COLUMNS, lambda _: Span("made", 1, 1, 1, 1), map(_row, count(1), rows)))
    draft = intake.drafts.get("P1")
    if draft is None:
        return Timeline("P1", {}, {}), findings
    return Finish(DICTIONARY, findings, intake.last_day).timeline("P1", draft), findings


def _row(line: int, row: Texts) -> Row:
    cells = {"patient": "P1", **dict(row)}
    at = Span("made", line, 1, line, 2)
    return Row([cells.get(column, "") for column in COLUMNS], at, lambda _: at)
