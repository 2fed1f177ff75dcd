"""A small data dictionary with one variable of every kind, and cohorts read from text."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from engine.source.place import NOWHERE
from engine.study.model import Absent, Attribute, Content, Kind, Names, SameDay, Variable
from engine.timeline.dictionary import Dictionary, dictionary_of
from engine.timeline.read import Cohort, read_cohort

ReadText = Callable[..., Cohort]
HEADER = "patient,variable,start,end,value,unit,dose,route,severe,collection\n"


def attribute(name: str, content: Content, unit: str | None = None, codelist: str | None = None) -> Attribute:
    return Attribute(name, content, NOWHERE, unit, codelist=codelist)


def ranged(name: str, unit: str, low: str, high: str) -> Attribute:
    return Attribute(name, "number", NOWHERE, unit, Decimal(low), Decimal(high))


def variable(
    name: str,
    kind: Kind,
    *attributes: Attribute,
    value: Attribute | None = None,
    same_day: SameDay | None = None,
    absent: Absent = "unknown",
    molar_mass: str | None = None,
) -> Variable:
    mass = Decimal(molar_mass) if molar_mass else None
    by_name = {one.name: one for one in attributes}
    return Variable(
        name, name, kind, NOWHERE, value, by_name, absent, same_day, None, mass, None, None, Names()
    )


def measurement(name: str, same_day: SameDay) -> Variable:
    value = ranged(name, "g/d", "0", "60")
    return variable(name, "measurement", ranged("collection", "h", "0", "72"), value=value, same_day=same_day)


VARIABLES = [
    variable("birth_date", "fact", value=attribute("birth_date", "date")),
    variable("sex", "fact", value=attribute("sex", "code", codelist="sex")),
    variable("smoker", "fact", value=attribute("smoker", "yes_no")),
    variable("height", "fact", value=ranged("height", "cm", "40", "250")),
    measurement("protein", "last recorded"),
    *(measurement(f"protein_{rule}", rule) for rule in ("highest", "lowest", "mean", "conflict")),
    variable(
        "creatine",
        "measurement",
        value=ranged("creatine", "umol/L", "5", "3000"),
        same_day="conflict",
        molar_mass="113.12",
    ),
    variable("score", "measurement", value=attribute("score", "number"), same_day="conflict"),
    variable("consent", "event"),
    variable("infection", "event", attribute("severe", "yes_no"), absent="no"),
    variable(
        "steroid",
        "episode",
        ranged("dose", "mg/d", "0", "1000"),
        attribute("route", "code", codelist="route"),
    ),
    variable("fit", "judgement", value=attribute("fit", "yes_no"), same_day="conflict"),
]
CODELISTS = {
    "sex": {"female": "Female", "male": "Male"},
    "route": {"oral": "By mouth", "iv": "Into a vein"},
}


@pytest.fixture(scope="session")
def dictionary() -> Dictionary:
    return dictionary_of({one.name: one for one in VARIABLES}, CODELISTS)


@pytest.fixture
def read(tmp_path: Path, dictionary: Dictionary) -> ReadText:
    """Reads a file with this text; rows alone get the header of a long table."""

    def read_text(text: str, name: str = "data.csv") -> Cohort:
        has_header = not name.endswith(".csv") or text.lstrip(chr(34)).startswith("patient")
        (tmp_path / name).write_text(text if has_header else HEADER + text, "utf-8")
        return read_cohort(tmp_path / name, dictionary)

    return read_text
