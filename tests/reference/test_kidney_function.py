"""The study's kidney function against values computed elsewhere, by the equation its age group has."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.reference.interpret import Reading
from engine.source.diagnostic import Diagnostics
from engine.source.read import read_yaml
from engine.study.linked import Study
from engine.study.load import load
from engine.timeline.dictionary import dictionary_of
from engine.timeline.read import read_patients

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

Point = dict[str, Any]


@cache
def study() -> Study:
    found = load(ROOT, Diagnostics())
    assert found is not None
    return found


def points() -> list[Point]:
    """Those at whole years of age: the study counts completed years (parameter `egfr_age`)."""
    rows: list[Point] = json.loads((HERE / "egfr_points.json").read_text())["rows"]
    return [row for row in rows if row["age"] == int(row["age"])]


def patient(point: Point) -> str:
    """A person of that age, sex, height and creatinine, consented and reviewed on one day."""
    return f"""
patient: P1
facts: {{birth_date: {2025 - point["age"]}-01-10, sex: {"female" if point["sex"] == "F" else "male"}}}
records:
  - {{variable: informed_consent, start: 2025-03-01}}
  - {{variable: eligibility_review, start: 2025-03-01}}
  - {{variable: height, start: 2025-03-01, value: {point["ht"]}, unit: cm}}
  - {{variable: creatinine, start: 2025-03-01, value: {point["scr"]}, unit: mg/dL}}
"""


@pytest.mark.parametrize("point", points(), ids=lambda p: f"{p['sex']}{p['age']}-{p['scr']}")
def test_the_rules_give_the_reference_value(point: Point) -> None:
    tree = read_yaml(patient(point), "patient.yaml", Diagnostics())
    assert tree is not None
    dictionary = dictionary_of(study().protocol.variables, study().protocol.codelists)
    (timeline,) = read_patients([tree], dictionary).timelines
    value = Reading(study().program, timeline, timeline.series["creatinine"].records[0].start).rule(  # type: ignore[arg-type]
        "egfr_at_enrolment"
    )
    expected = point["ckdepi2021"] if point["age"] >= 18 else point["ckid_u25"]
    assert value == pytest.approx(expected, rel=1e-9)
