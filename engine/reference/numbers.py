"""Arithmetic on numbers that may only be known to lie between bounds.

Decimals add, subtract and multiply exactly. Quotients, means and powers are
binary64, and whatever a binary64 number touches is binary64 too; such numbers
are rounded to 12 significant digits when they are compared.
"""

import math
from collections.abc import Callable, Iterable
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import NamedTuple

from engine.language.values import Number, NumberRange, Numeric

EXACT = Context(prec=400, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Room for every sum and product a rule can write; nothing is rounded in it."""

DIGITS = 12
INFINITE = Decimal("Infinity")

Pair = Callable[[Numeric, Numeric], Numeric]
End = tuple[Numeric, bool]
"""A bound, and whether it is open."""

Ends = tuple[End, End]


class Bounds(NamedTuple):
    low: Numeric
    high: Numeric
    low_open: bool
    high_open: bool


def bounds(number: Number) -> Bounds:
    """A number's bounds; none is minus or plus infinity."""
    if not isinstance(number, NumberRange):
        return Bounds(number, number, False, False)
    low = -INFINITE if number.low is None else number.low
    high = INFINITE if number.high is None else number.high
    return Bounds(low, high, number.low_open, number.high_open)


def between(low: Numeric, high: Numeric, low_open: bool = False, high_open: bool = False) -> Number:
    """The number between two bounds; a point where they meet."""
    if low == high and not low_open and not high_open:
        return low
    has_low, has_high = math.isfinite(low), math.isfinite(high)
    return NumberRange(
        low if has_low else None, high if has_high else None, low_open and has_low, high_open and has_high
    )


def rounded(number: float) -> Decimal:
    """A binary64 number to 12 significant digits, as it is compared and shown."""
    return Decimal(f"{number:.{DIGITS - 1}e}")


def comparable(number: Numeric) -> Decimal:
    return rounded(number) if isinstance(number, float) else number


def add(a: Numeric, b: Numeric) -> Numeric:
    if isinstance(a, float) or isinstance(b, float):
        return float(a) + float(b)
    return EXACT.add(a, b)


def negate(a: Numeric) -> Numeric:
    return -a if isinstance(a, float) else EXACT.minus(a)


def multiply(a: Numeric, b: Numeric) -> Numeric:
    """The product; nothing times no bound is nothing."""
    if not a or not b:
        return a if not a else b
    if isinstance(a, float) or isinstance(b, float):
        return float(a) * float(b)
    return EXACT.multiply(a, b)


def divide(a: Numeric, b: Numeric) -> Numeric:
    return float(a) / float(b) if math.isfinite(b) else 0.0


def plus(a: Number, b: Number) -> Number:
    if type(a) is Decimal and type(b) is Decimal:
        return EXACT.add(a, b)
    x, y = bounds(a), bounds(b)
    return between(
        add(x.low, y.low), add(x.high, y.high), x.low_open or y.low_open, x.high_open or y.high_open
    )


def minus(a: Number) -> Number:
    if not isinstance(a, NumberRange):
        return negate(a)
    x = bounds(a)
    return between(negate(x.high), negate(x.low), x.high_open, x.low_open)


def times(a: Number, b: Number) -> Number:
    if type(a) is Decimal and type(b) is Decimal:
        return EXACT.multiply(a, b)
    if not isinstance(a, NumberRange) and not isinstance(b, NumberRange):
        return multiply(a, b)
    return by_corners(multiply, a, b)


def over(a: Number, b: Number) -> Number | None:
    """The quotient, binary64; None where the divisor can be zero."""
    if not isinstance(a, NumberRange) and not isinstance(b, NumberRange):
        return _finite(float(a) / float(b)) if float(b) else None
    y = bounds(b)
    if float(y.low) <= 0 <= float(y.high):
        return None
    return by_corners(divide, a, b)


def power(a: Number, b: Number) -> Number | None:
    """`a ^ b`, binary64; None where there is no real result, or bounds do not carry over."""
    if not isinstance(a, NumberRange) and not isinstance(b, NumberRange):
        return _power(a, b)
    x, y = bounds(a), bounds(b)
    if x.low <= 0 or not all(math.isfinite(v) for v in (x.low, x.high, y.low, y.high)):
        return None
    try:
        return by_corners(lambda u, v: float(u) ** float(v), a, b)
    except (OverflowError, ZeroDivisionError):
        return None


def _power(a: Numeric, b: Numeric) -> float | None:
    try:
        result = float(a) ** float(b)
    except (OverflowError, ZeroDivisionError):
        return None
    return None if isinstance(result, complex) else _finite(result)


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None


def by_corners(operation: Pair, a: Number, b: Number) -> Number:
    """An operation that is monotone in each argument, over all four corners of two ranges."""
    x, y = bounds(a), bounds(b)
    corners = [
        (operation(u[0], v[0]), not _is_met(u, v))
        for u in ((x.low, x.low_open), (x.high, x.high_open))
        for v in ((y.low, y.low_open), (y.high, y.high_open))
    ]
    low = min(value for value, _ in corners)
    high = max(value for value, _ in corners)
    low_open = all(is_open for value, is_open in corners if value == low)
    high_open = all(is_open for value, is_open in corners if value == high)
    return between(low, high, low_open, high_open)


def _is_met(u: End, v: End) -> bool:
    """Whether a corner is itself a result: both ends are in, or one is a zero that settles it alone."""
    ends_in = [math.isfinite(end) and not is_open for end, is_open in (u, v)]
    return all(ends_in) or (ends_in[0] and u[0] == 0) or (ends_in[1] and v[0] == 0)


def lower(a: Number, b: Number) -> Number:
    """The lower of two: its upper end is out as soon as that of either is."""
    if not isinstance(a, NumberRange) and not isinstance(b, NumberRange):
        return min(a, b)
    x, y = bounds(a), bounds(b)
    low, high = _furthest(_lows(x, y), min, all), _furthest(_highs(x, y), min, any)
    return between(low[0], high[0], low[1], high[1])


def higher(a: Number, b: Number) -> Number:
    """The higher of two: its lower end is out as soon as that of either is."""
    if not isinstance(a, NumberRange) and not isinstance(b, NumberRange):
        return max(a, b)
    x, y = bounds(a), bounds(b)
    low, high = _furthest(_lows(x, y), max, any), _furthest(_highs(x, y), max, all)
    return between(low[0], high[0], low[1], high[1])


def _lows(x: Bounds, y: Bounds) -> Ends:
    return (x.low, x.low_open), (y.low, y.low_open)


def _highs(x: Bounds, y: Bounds) -> Ends:
    return (x.high, x.high_open), (y.high, y.high_open)


def _furthest(ends: Ends, pick: Callable[..., Numeric], opens: Callable[[Iterable[bool]], bool]) -> End:
    """The end that is picked; where both are it, `opens` says whether it takes one or all to leave it out."""
    end = pick(value for value, _ in ends)
    return end, opens(is_open for value, is_open in ends if value == end)


def size(a: Number) -> Number:
    """The absolute value."""
    x = bounds(a)
    if x.low >= 0:
        return a
    if x.high <= 0:
        return minus(a)
    high = _furthest(((negate(x.low), x.low_open), (x.high, x.high_open)), max, all)
    return between(Decimal(0), high[0], False, high[1])


def to_nearest(a: Number, step: Number) -> Number | None:
    """`a` to the nearest multiple of `step`, halves away from zero."""
    if isinstance(step, NumberRange) or step <= 0:
        return None
    x = bounds(a)
    return between(_to_nearest(x.low, step), _to_nearest(x.high, step))


def _to_nearest(a: Numeric, step: Numeric) -> Decimal:
    exact, by = comparable(a), comparable(step)
    if not exact.is_finite():
        return exact
    try:
        steps = EXACT.divide(exact, by).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return exact
    return EXACT.multiply(steps, by)


def unless_zero(a: Number) -> Number | None:
    """The number, if it cannot be zero."""
    x = bounds(a)
    return None if x.low <= 0 <= x.high else a


def approximate(a: Number) -> Number:
    """The number as binary64."""
    if not isinstance(a, NumberRange):
        return float(a)
    x = bounds(a)
    return between(float(x.low), float(x.high), x.low_open, x.high_open)


def hull(a: Number, b: Number) -> Number:
    """Whatever either could be."""
    x, y = bounds(a), bounds(b)
    low, high = _furthest(_lows(x, y), min, all), _furthest(_highs(x, y), max, all)
    return between(low[0], high[0], low[1], high[1])
