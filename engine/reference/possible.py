"""What a value could be, when it could be one of several."""

from collections.abc import Iterable
from functools import reduce

from engine.language.days import high, low, spanning
from engine.language.values import DayRange, OneOf, Value
from engine.reference.compare import codes
from engine.reference.numbers import hull


def join(values: Iterable[Value]) -> Value:
    """One value that stands for all of these; missing if any of them is."""
    return reduce(_join, values)


def _join(a: Value, b: Value) -> Value:
    if a is None or b is None:
        return None
    if a == b and type(a) is type(b):
        return a
    if isinstance(a, bool) or isinstance(b, bool):
        return None
    if isinstance(a, int | DayRange) and isinstance(b, int | DayRange):
        return spanning(min(low(a), low(b)), max(high(a), high(b)))
    if isinstance(a, str | OneOf):
        return OneOf(codes(a) | codes(b))
    return hull(a, b)  # type: ignore[arg-type]
