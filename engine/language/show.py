"""A value as it is shown to people: number with unit, date, code, or that it is not known."""

from decimal import Decimal

from engine.language.days import show as show_day
from engine.language.types import Code, CodeSet, Day, Number, Truth, Type
from engine.language.units import ONE
from engine.language.values import NumberRange, Numeric, OneOf, Value

TRUTHS = {True: "true", False: "false", None: "unknown"}


def show(value: Value | frozenset[str], type_: Type) -> str:
    match type_:
        case Truth():
            return TRUTHS[value]  # type: ignore[index]
        case _ if value is None:
            return "missing"
        case Day():
            return show_day(value)  # type: ignore[arg-type]
        case Code() | CodeSet():
            return _codes(value)
        case Number(unit=unit):
            text = _number(value)
            return text if unit == ONE else f"{text} {unit.symbol}"


def _codes(value: object) -> str:
    if isinstance(value, OneOf):
        return " or ".join(sorted(value.codes))
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(str, value)))
    return str(value)


def _number(value: object) -> str:
    if isinstance(value, NumberRange):
        return _range(value)
    assert isinstance(value, Decimal | float)
    return plain(value)


def _range(value: NumberRange) -> str:
    """`<0.15` where only that bound was recorded, else both."""
    if value.low is None or (value.low == 0 and value.high is not None):
        return (
            "any number" if value.high is None else f"{'<' if value.high_open else '<='}{plain(value.high)}"
        )
    if value.high is None:
        return f"{'>' if value.low_open else '>='}{plain(value.low)}"
    return f"{plain(value.low)} to {plain(value.high)}"


def plain(number: Numeric) -> str:
    """A decimal as recorded, a binary64 number to four decimals at most; no exponent."""
    if isinstance(number, float):
        text = f"{number:.4f}" if abs(number) >= 0.001 else f"{number:.6g}"
        return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text
    return format(number, "f")
