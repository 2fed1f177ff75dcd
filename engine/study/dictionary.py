"""The data dictionary: variables with their attributes, and codelists."""

from collections.abc import Mapping
from decimal import Decimal
from typing import get_args

from engine.study.entry import Entry, number_in
from engine.study.files import Written
from engine.study.model import Absent, Attribute, Content, Kind, Names, SameDay, Variable

KINDS: tuple[Kind, ...] = get_args(Kind)
CONTENTS: tuple[Content, ...] = get_args(Content)
ABSENT: tuple[Absent, ...] = get_args(Absent)
SAME_DAY: tuple[SameDay, ...] = get_args(SameDay)

OWN_CONTENT: dict[Kind, Content] = {"measurement": "number", "judgement": "yes_no"}
"""What a kind always holds. A fact says it itself; an event or episode has no value of its own."""

VALUED: tuple[Kind, ...] = ("fact", "measurement", "judgement")


def read_codelists(written: Written) -> Mapping[str, Mapping[str, str]]:
    """The meaning of each code, by codelist."""
    return {codelist.name: codelist.table() for codelist in written.entries("codelists")}


def read_variables(written: Written) -> Mapping[str, Variable]:
    return {entry.name: _variable(entry) for entry in written.entries("variables")}


def _variable(entry: Entry) -> Variable:
    kind = entry.choice("kind", KINDS) or "fact"
    return Variable(
        name=entry.name,
        title=entry.words("title"),
        kind=kind,
        at=entry.at,
        value=_attribute(entry, OWN_CONTENT.get(kind)) if kind in VALUED else None,
        attributes={attribute.name: _attribute(attribute) for attribute in entry.entries("attributes")},
        absent=entry.choice("absent", ABSENT) or "unknown",
        same_day=entry.choice("same_day", SAME_DAY) or ("conflict" if kind == "judgement" else None),
        step=entry.number("step"),
        molar_mass=entry.number("molar_mass"),
        by=entry.text("by"),
        role=entry.choice("role", ("birth", "arm")),
        names=_names(entry),
    )


def _attribute(entry: Entry, content: Content | None = None) -> Attribute:
    low, high = range_of(entry)
    return Attribute(
        name=entry.name,
        content=content or entry.choice("content", CONTENTS) or "yes_no",
        at=entry.at,
        unit=entry.text("unit"),
        low=low,
        high=high,
        codelist=entry.text("codelist"),
        title=entry.text("title"),
    )


def range_of(entry: Entry) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and highest plausible value, where they are given."""
    match entry.items("range"):
        case (low, high):
            return number_in(low), number_in(high)
        case _:
            return None, None


def _names(entry: Entry) -> Names:
    names = entry.inner("names")
    if names is None:
        return Names()
    return Names(names.text("sdtm"), names.texts("loinc"), names.texts("omop"), names.text("redcap"))
