"""The data dictionary made ready for reading: units parsed, codes at hand.

A million rows ask the same few questions of it, so what a cell must hold is
worked out once, when the dictionary is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from engine.language.units import ONE, Unit, UnitProblem, parse_unit
from engine.study.model import Attribute, Content, Variable

BASE_COLUMNS = ("patient", "variable", "start", "end", "value", "unit")
"""The columns of every long table; one for each attribute may follow."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a cell must hold; `name` is what it is called in messages."""

    name: str
    content: Content
    unit: Unit
    low: Decimal | None
    high: Decimal | None
    codes: Mapping[str, str]
    molar_mass: Decimal | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A variable, what its value must be (None: it has none), and its attributes likewise."""

    variable: Variable
    value: Expected | None
    attributes: Mapping[str, Expected]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Every variable by name, and the columns that facts and records may have."""

    entries: Mapping[str, Entry] = field(repr=False)
    fact_columns: tuple[str, ...]
    record_columns: tuple[str, ...]


def dictionary_of(
    variables: Mapping[str, Variable], codelists: Mapping[str, Mapping[str, str]]
) -> Dictionary:
    """The dictionary of a study that has been checked: its units and codelists exist."""
    entries = {name: _entry(variable, codelists) for name, variable in variables.items()}
    facts = (name for name, variable in variables.items() if variable.kind == "fact")
    attributes = sorted({name for variable in variables.values() for name in variable.attributes})
    return Dictionary(entries, ("patient", *facts), (*BASE_COLUMNS, *attributes))


def _entry(variable: Variable, codelists: Mapping[str, Mapping[str, str]]) -> Entry:
    def expected(attribute: Attribute, name: str) -> Expected:
        codes = codelists[attribute.codelist] if attribute.codelist else {}
        unit = _unit(attribute)
        return Expected(
            name, attribute.content, unit, attribute.low, attribute.high, codes, variable.molar_mass
        )

    value = expected(variable.value, variable.name) if variable.value else None
    attributes = {
        name: expected(attribute, f"{variable.name}.{name}")
        for name, attribute in variable.attributes.items()
    }
    return Entry(variable, value, attributes)


def _unit(attribute: Attribute) -> Unit:
    unit = ONE if attribute.unit is None else parse_unit(attribute.unit)
    if isinstance(unit, UnitProblem):
        raise ValueError(f"unit of {attribute.name}: {unit.message}")
    return unit
