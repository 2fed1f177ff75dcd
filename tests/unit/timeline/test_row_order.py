"""The order of the rows never shows: not in values, not in what is found."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.timeline.dictionary import Dictionary
from engine.timeline.model import Timeline
from engine.timeline.read import Cohort, read_cohort

HEADER = "patient,variable,start,end,value,unit,dose,route,severe,collection"
PATIENTS = st.sampled_from(["P1", "P2"])
DAYS = st.sampled_from(
    ["2025-01-01", "2025-01-02", "2025-01-01T08:00", "2025-01-01T09:00", "2025-01", "2025"]
)
AMOUNTS = st.sampled_from(
    ["1,g/d", "2,g/d", "2000,mg/d", "<2,g/d", ">1,g/d", ">=3,g/d", "99,g/d", ",", "soon,g/d"]
)
PROTEINS = st.sampled_from(
    ["protein", *(f"protein_{rule}" for rule in ("highest", "lowest", "mean", "conflict"))]
)


def joined(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    """A row of these cells."""
    return st.tuples(*(st.just(one) if isinstance(one, str) else one for one in parts)).map(",".join)


ROWS = st.one_of(
    joined(PATIENTS, PROTEINS, DAYS, "", AMOUNTS, "", "", "", st.sampled_from(["", "12", "24"])),
    joined(PATIENTS, "fit", DAYS, "", st.sampled_from(["yes", "no", ""]), "", "", "", "", ""),
    joined(PATIENTS, "infection", DAYS, "", "", "", "", "", st.sampled_from(["yes", "no", ""]), ""),
    joined(PATIENTS, "steroid", DAYS, st.sampled_from(["", "ongoing", "2025-01-02"]), ",,5,oral,,"),
    joined(PATIENTS, "sex", "", "", st.sampled_from(["male", "female", "", "x"]), "", "", "", "", ""),
)


def without_places(timeline: Timeline) -> tuple[Any, ...]:
    facts = {name: fact.value for name, fact in timeline.facts.items()}
    series = {
        name: [replace(record, fields=dict(record.fields), at=()) for record in series.records]
        for name, series in timeline.series.items()
    }
    return timeline.patient, facts, series, {k: v.days for k, v in timeline.series.items()}, timeline.refused


def cohort_of(rows: list[str], dictionary: Dictionary) -> Cohort:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.csv"
        path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
        return read_cohort(path, dictionary)


@given(st.data())
def test_shuffled_rows_give_the_same_timelines(dictionary: Dictionary, data: st.DataObject) -> None:
    rows = data.draw(st.lists(ROWS, max_size=12))
    shuffled = data.draw(st.permutations(rows))
    one, other = cohort_of(rows, dictionary), cohort_of(shuffled, dictionary)
    assert [*map(without_places, one.timelines)] == [*map(without_places, other.timelines)]
    assert (one.counted, one.last_day, one.rows) == (other.counted, other.last_day, other.rows)


@given(st.lists(ROWS, max_size=12))
def test_every_row_is_in_a_timeline_or_in_a_finding(dictionary: Dictionary, rows: list[str]) -> None:
    cohort = cohort_of(rows, dictionary)
    places = {fact.at for one in cohort.timelines for fact in one.facts.values()}
    places |= {
        at
        for one in cohort.timelines
        for series in one.series.values()
        for record in series.records
        for at in record.at
    }
    places |= {label.at for finding in cohort.findings for label in finding.labels}
    lines = {at.line for at in places} | {finding.at.line for finding in cohort.findings}
    by_rule = {"protein", "protein_highest", "protein_lowest"}
    for number, row in enumerate(rows, 2):
        merged_or_blank = row.split(",")[1] in by_rule or row.split(",")[1:5] == ["sex", "", "", ""]
        assert number in lines or merged_or_blank
