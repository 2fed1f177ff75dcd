"""A value in the words that the chapters give answers in: `between 2 g/d and 5 g/d`, `missing`.

Nothing is rounded away here: two values that differ are worded differently.
"""

from datetime import date
from decimal import Decimal

from engine.language.days import high, low
from engine.language.types import Code, CodeSet, Day, Number, Truth, Type
from engine.language.units import ONE, Unit
from engine.language.values import FIRST_DAY, LAST_DAY, Date, NumberRange, Numeric, OneOf, Value
from engine.language.values import Number as AnyNumber

TRUTHS = {True: "true", False: "false", None: "unknown"}
DIGITS = 12


def worded(value: Value | frozenset[str], type_: Type) -> str:
    """The answer, as a chapter would state it."""
    match type_, value:
        case Truth(), bool() | None:
            return TRUTHS[value]
        case _, None:
            return "missing"
        case Day(), _:
            return _date(value)  # type: ignore[arg-type]
        case Number(unit=unit), Decimal() | float() | NumberRange():
            return _number(value, unit)
        case Code(), OneOf(codes):
            return " or ".join(sorted(codes))
        case CodeSet(), frozenset():
            return ", ".join(sorted(value))
        case _:
            return str(value)


def _date(value: Date) -> str:
    first, last = low(value), high(value)
    if first == last:
        return _iso(first)
    if last == LAST_DAY:
        return f"{_iso(first)} or later"
    return f"{_iso(last)} or earlier" if first == FIRST_DAY else f"between {_iso(first)} and {_iso(last)}"


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _number(value: AnyNumber, unit: Unit) -> str:
    if not isinstance(value, NumberRange):
        return _quantity(value, unit)
    if value.low is not None and value.high is not None and not (value.low_open or value.high_open):
        return f"between {_quantity(value.low, unit)} and {_quantity(value.high, unit)}"
    ends = []
    if value.low is not None:
        ends.append(f"{'above' if value.low_open else 'at least'} {_quantity(value.low, unit)}")
    if value.high is not None:
        ends.append(f"{'below' if value.high_open else 'at most'} {_quantity(value.high, unit)}")
    return " and ".join(ends) or "any number"


def _quantity(number: Numeric, unit: Unit) -> str:
    return plain(number) if unit == ONE else f"{plain(number)} {unit.symbol}"


def plain(number: Numeric) -> str:
    """Without exponent or closing zeros; a binary64 number to the digits it is compared by."""
    exact = Decimal(f"{number:.{DIGITS - 1}e}") if isinstance(number, float) else number
    text = f"{exact:f}"
    shown = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if shown == "-0" else shown
