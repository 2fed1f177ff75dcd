"""Arithmetic on intervals: every number that could come out, and perhaps a few more.

Bounds are exact fractions, or an infinite float where there is none. A result
that the engine computes in binary is widened a little, far more than it rounds.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

Bound = Fraction | float
INFINITE = math.inf
_SLACK = Fraction(1, 10**9)


@dataclass(frozen=True, slots=True)
class Interval:
    """Some number from `low` to `high`; `unknown` where it may be missing."""

    low: Bound = -INFINITE
    high: Bound = INFINITE
    unknown: bool = True

    @property
    def point(self) -> Fraction | None:
        return self.low if isinstance(self.low, Fraction) and self.low == self.high else None


def _of(bounds: Iterable[Bound], *parts: Interval) -> Interval:
    found = list(bounds)
    return Interval(min(found), max(found), any(part.unknown for part in parts))


def hull(a: Interval, b: Interval) -> Interval:
    """Either of two."""
    return _of((a.low, b.low, a.high, b.high), a, b)


def plus(a: Interval, b: Interval) -> Interval:
    return Interval(a.low + b.low, a.high + b.high, a.unknown or b.unknown)


def minus(a: Interval) -> Interval:
    return Interval(-a.high, -a.low, a.unknown)


def times(a: Interval, b: Interval) -> Interval:
    return _of((_times(x, y) for x, y in _corners(a, b)), a, b)


def _times(x: Bound, y: Bound) -> Bound:
    """Nothing times a number without bound is nothing: the number itself is always finite."""
    return Fraction(0) if 0 in (x, y) else x * y


def _corners(a: Interval, b: Interval) -> Iterable[tuple[Bound, Bound]]:
    return product((a.low, a.high), (b.low, b.high))


def over(a: Interval, b: Interval) -> Interval:
    """A quotient; where the divisor may be zero only its sign is kept."""
    if b.low > 0 or b.high < 0:
        return widened(_of((_over(x, y) for x, y in _corners(a, b)), a, b))
    return Interval(Fraction(0)) if a.low >= 0 and b.low >= 0 else Interval()


def _over(x: Bound, y: Bound) -> Bound:
    if isinstance(y, float):
        return Fraction(0)  # the bound that is never reached; the other corners hold the rest
    return x / y


def power(a: Interval, b: Interval) -> Interval:
    """Of a positive base the outermost powers are at the corners; of others nothing is said."""
    if a.low < 0:
        return Interval()
    bounds = (*_both(a), *_both(b))
    if a.low == 0 or any(isinstance(bound, float) for bound in bounds):
        return Interval(Fraction(0), unknown=True)
    return widened(_of((_power(x, y) for x, y in _corners(a, b)), a, b))


def _both(a: Interval) -> tuple[Bound, Bound]:
    return a.low, a.high


def _power(x: Bound, y: Bound) -> Bound:
    try:
        found = float(x) ** float(y)
    except OverflowError:
        return INFINITE
    return Fraction(found) if math.isfinite(found) else found


def _each(choose: Callable[[Bound, Bound], Bound]) -> Callable[[Interval, Interval], Interval]:
    def of(a: Interval, b: Interval) -> Interval:
        return Interval(choose(a.low, b.low), choose(a.high, b.high), a.unknown or b.unknown)

    return of


lower = _each(min)
higher = _each(max)


def size(a: Interval) -> Interval:
    if a.low >= 0:
        return a
    return minus(a) if a.high <= 0 else Interval(Fraction(0), max(-a.low, a.high), a.unknown)


def to_nearest(a: Interval, step: Interval) -> Interval:
    """Rounded to the nearest multiple: no further than the multiples on either side."""
    by = step.point
    if by is None or by <= 0:
        return Interval()
    low = math.floor(a.low / by) * by if isinstance(a.low, Fraction) else a.low
    high = math.ceil(a.high / by) * by if isinstance(a.high, Fraction) else a.high
    return Interval(low, high, a.unknown or step.unknown)


def widened(a: Interval) -> Interval:
    """As far as rounding in binary may reach."""
    low, high = a.low, a.high
    if isinstance(low, Fraction):
        low -= abs(low) * _SLACK
    if isinstance(high, Fraction):
        high += abs(high) * _SLACK
    return Interval(low, high, a.unknown)


def summed(a: Interval) -> Interval:
    """The total of any number of such values, or of none."""
    low: Bound = Fraction(0) if a.low >= 0 else -INFINITE
    high: Bound = Fraction(0) if a.high <= 0 else INFINITE
    return Interval(low, high, True)
