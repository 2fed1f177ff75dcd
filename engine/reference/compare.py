"""Comparisons in three values: known when every possibility agrees."""

from decimal import Decimal

from engine.language.values import DayRange, NumberRange, OneOf, Value
from engine.reference.numbers import Bounds, bounds, comparable

Truth = bool | None

PLAIN = (Decimal, int)
"""Exact numbers and days compare as they are."""


def equal(a: Value, b: Value) -> Truth:
    if a is None or b is None:
        return None
    if type(a) is str and type(b) is str:
        return a == b
    if isinstance(a, str | OneOf):
        return _equal_codes(codes(a), codes(b))
    if isinstance(a, bool):
        return a is b
    x, y = _bounds(a), _bounds(b)
    if x.low == x.high == y.low == y.high:
        return True
    return None if _may_meet(x, y) else False


def _equal_codes(a: frozenset[str], b: frozenset[str]) -> Truth:
    if not a & b:
        return False
    return True if len(a) == len(b) == 1 else None


def codes(value: Value) -> frozenset[str]:
    """The codes a value could be."""
    if isinstance(value, OneOf):
        return value.codes
    assert isinstance(value, str)
    return frozenset((value,))


def member(a: Value, among: frozenset[str]) -> Truth:
    if a is None:
        return None
    if type(a) is str:
        return a in among
    possible = codes(a)
    if possible <= among:
        return True
    return None if possible & among else False


def _may_meet(x: Bounds, y: Bounds) -> bool:
    return below(x, y) is not True and below(y, x) is not True


def less(a: Value, b: Value) -> Truth:
    if a is None or b is None:
        return None
    if type(a) is type(b) and type(a) in PLAIN:
        return a < b  # type: ignore[operator]
    return below(_bounds(a), _bounds(b))


def at_most(a: Value, b: Value) -> Truth:
    if a is None or b is None:
        return None
    if type(a) is type(b) and type(a) in PLAIN:
        return a <= b  # type: ignore[operator]
    above = below(_bounds(b), _bounds(a))
    return None if above is None else not above


def below(x: Bounds, y: Bounds) -> Truth:
    """Whether the first is less than the second, for all, none or some of what they could be."""
    if x.high < y.low or (x.high == y.low and (x.high_open or y.low_open)):
        return True
    return False if x.low >= y.high else None


def _bounds(value: Value) -> Bounds:
    match value:
        case DayRange(low, high):
            return Bounds(Decimal(low), Decimal(high), False, False)
        case NumberRange() | Decimal() | float():
            found = bounds(value)
            return Bounds(comparable(found.low), comparable(found.high), found.low_open, found.high_open)
        case int():
            return Bounds(Decimal(value), Decimal(value), False, False)
        case _:
            raise AssertionError(value)
