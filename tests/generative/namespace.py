"""The study that generated rules speak of, and what its names can be asked for.

It is linked from `study/` by the real loader, so generated rules meet real
visits, windows and rules of visits.
"""

from dataclasses import dataclass
from pathlib import Path

from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from engine.study.load import load
from engine.timeline.dictionary import Dictionary, dictionary_of


def _linked() -> Study:
    findings = Diagnostics()
    study = load(Path(__file__).parent / "study", findings)
    assert study is not None, [finding.message for finding in findings]
    return study


STUDY = _linked()
DICTIONARY: Dictionary = dictionary_of(STUDY.protocol.variables, STUDY.protocol.codelists)


@dataclass(frozen=True, slots=True)
class Series:
    """A variable that selectors take: what its value and its attributes are measured in.

    A measure is a dimension of `LITERALS`, a codelist, `yes/no` or `day`.
    """

    kind: str
    value: str | None
    attributes: dict[str, str]


SERIES = {
    "protein": Series("measurement", "mass per time", {"hours": "time"}),
    "cells": Series("measurement", "count", {}),
    "weight": Series("measurement", "mass", {}),
    "score": Series("measurement", "plain", {}),
    "titre": Series("measurement", "concentration", {}),
    "attended": Series("event", None, {}),
    "biopsy": Series("event", None, {"class": "class", "size": "length"}),
    "infection": Series("event", None, {"severe": "yes/no"}),
    "steroid": Series("episode", None, {"dose": "mass per time", "seen": "day"}),
    "rest": Series("episode", None, {}),
    "fit": Series("judgement", "yes/no", {}),
    "unfit": Series("judgement", "yes/no", {}),
}

LITERALS: dict[str, tuple[tuple[str, str | None], ...]] = {
    "mass per time": (("1.0", "g/d"), ("0.5", "g/d"), ("0", "g/d"), ("40", "mg/d"), ("500", "mg/d")),
    "count": (("4.0", "10^9/L"), ("3000", "/uL"), ("0", "10^9/L")),
    "mass": (("70", "kg"), ("65000", "g")),
    "plain": (("0", None), ("1", None), ("2", None), ("0.5", None), ("150", "%")),
    "concentration": (("10", "g/L"), ("0.9", "g/dL")),
    "time": (("24", "h"), ("14", "days"), ("2", "weeks"), ("1", "day")),
    "calendar time": (("1", "month"), ("18", "years"), ("0", "months")),
    "length": (("8", "mm"), ("170", "cm")),
}
"""Numbers of each dimension, near what patients are given."""

PARAMETERS = {
    "mass per time": ("enough", "ceiling"),
    "time": ("look_back",),
    "calendar time": ("season",),
    "plain": ("needed",),
}
SPANS = ("14 days", "0 days", "1 day", "1 month", "2 months", "3 weeks", "1 year")
VISITS = ("week_2", "month_1", "month_2")
CODES = {"sex": ("female", "male"), "class": ("I", "III", "III+V"), "visit": VISITS}
TRUTH_RULES = ("improved", "quiet")
NUMBER_RULES = {"ratio": "plain", "fall": "mass per time"}
AT_VISITS = {"improved": VISITS, "quiet": VISITS[1:], "ratio": VISITS, "fall": VISITS}
