"""What a rule computes with: known, bounded or missing values.

A value that is only partly known stands for every value it could be: a
censored `<0.15` is a `NumberRange`, a partial `2024-03` a `DayRange`, a code
that is one of several a `OneOf`. `None` is a missing value, and the third
truth value. Exact numbers are `Decimal`; quotients, means and powers are
`float` (binary64) and are rounded to 12 significant digits when compared.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NewType

Day = NewType("Day", int)
"""A calendar day, as its proleptic Gregorian ordinal (1 is 0001-01-01)."""

FIRST_DAY = Day(date.min.toordinal())
LAST_DAY = Day(date.max.toordinal())

Numeric = Decimal | float


@dataclass(frozen=True, slots=True)
class DayRange:
    """Some day from `low` to `high`, both possible."""

    low: Day
    high: Day


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Some number between two bounds; None is no bound on that side."""

    low: Numeric | None
    high: Numeric | None
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these codes, it is not known which."""

    codes: frozenset[str]


Number = Numeric | NumberRange
Date = Day | DayRange
Code = str | OneOf
Value = bool | Number | Date | Code | None
