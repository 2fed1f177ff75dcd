"""The types of the language: truth, date, code, code set and number with a unit."""

from dataclasses import dataclass, field
from decimal import Decimal

from engine.language.units import Unit


@dataclass(frozen=True, slots=True)
class Truth:
    """true, false or unknown."""


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""


@dataclass(frozen=True, slots=True)
class Code:
    """One of the codes of a codelist; `codes` in the codelist's order."""

    codelist: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Several codes of one codelist: what stands behind `in`."""

    of: Code


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a unit; not exact once a quotient, mean or power is in it.

    `molar_mass` (g/mol) is known of an analyte's own values, and lets them meet
    amounts where they are masses; it is no part of the type.
    """

    unit: Unit
    exact: bool = True
    molar_mass: Decimal | None = field(default=None, compare=False)


Type = Truth | Day | Code | CodeSet | Number
TRUTH = Truth()
DAY = Day()
