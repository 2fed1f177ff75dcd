"""Truth of three values, and comparing numbers that may only be known to lie in a range."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from engine.language.values import NumberRange

Truth = bool | None


def all_of(*truths: Truth) -> Truth:
    if False in truths:
        return False
    return None if None in truths else True


def any_of(*truths: Truth) -> Truth:
    if True in truths:
        return True
    return None if None in truths else False


def negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def at_least(needed: int, truths: Iterable[Truth]) -> Truth:
    yes = unknown = 0
    for truth in truths:
        yes += truth is True
        unknown += truth is None
    if yes >= needed:
        return True
    return None if yes + unknown >= needed else False


def less(a: Any, b: Any) -> Truth:
    """Whether a < b."""
    if a is None or b is None:
        return None
    if type(a) is not NumberRange and type(b) is not NumberRange:
        return bool(a < b)
    (a_low, a_high), (b_low, b_high) = _ends(a), _ends(b)
    if a_high < b_low:
        return True
    return False if a_low >= b_high else None


def at_most(a: Any, b: Any) -> Truth:
    """Whether a <= b."""
    return negated(less(b, a))


def times(factor: Decimal, a: Any) -> Any:
    """A multiple of a number that may be a range."""
    if a is None:
        return None
    if type(a) is not NumberRange:
        return factor * a
    low, high = (None if end is None else factor * Decimal(end) for end in (a.low, a.high))
    return NumberRange(low, high, a.low_open, a.high_open)


def _ends(a: Any) -> tuple[Any, Any]:
    if type(a) is not NumberRange:
        return a, a
    low = Decimal("-Infinity") if a.low is None else a.low
    return low, Decimal("Infinity") if a.high is None else a.high
