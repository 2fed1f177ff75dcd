"""Numbers known between bounds, with numbers that they could be."""

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import strategies as st

from engine.language.values import Number, NumberRange, Numeric
from engine.reference.numbers import bounds, comparable

FIGURES = tuple(map(Decimal, "-40 -3 -1.5 -1 -0.5 -0.01 0 0.01 0.15 0.5 1 1.5 2 3 10 59.5 3000".split()))
NEAR = Decimal("1e-6")


@st.composite
def points(draw: st.DrawFn, is_exact: bool = True) -> Numeric:
    figure = draw(st.sampled_from(FIGURES))
    return figure if is_exact else float(figure) / draw(st.sampled_from((1, 3)))


@st.composite
def numbers(draw: st.DrawFn, is_exact: bool = True) -> Number:
    """A number, or one between two bounds; either may be open, or missing."""
    one, other = draw(points(is_exact)), draw(points(is_exact))
    if one == other or draw(st.integers(0, 2)) == 0:
        return one
    low, high = draw(st.sampled_from(((min(one, other), max(one, other)), (None, one), (one, None))))
    return NumberRange(
        low, high, low is not None and draw(st.booleans()), high is not None and draw(st.booleans())
    )


def samples(number: Number) -> Sequence[Numeric]:
    """Some numbers that a bounded one could be: at and near its bounds, between them, and zero."""
    if not isinstance(number, NumberRange):
        return [number]
    low = number.low if number.low is not None else Decimal(-10_000)
    high = number.high if number.high is not None else Decimal(10_000)
    near = type(low)(NEAR), type(high)(NEAR)
    ends = [low] * (not number.low_open) + [high] * (not number.high_open)
    wide = isinstance(low, float) or isinstance(high, float)
    middle = (float(low) + float(high)) / 2 if wide else (Decimal(low) + Decimal(high)) / 2
    zero = 0.0 if wide else Decimal(0)
    inner = [low + near[0], high - near[1], middle, zero]  # type: ignore[operator]
    return ends + [each for each in inner if low < each < high]


def contains(number: Number, value: Numeric) -> bool:
    """Whether a number is one of those a bounded one stands for.

    Bounds in binary64 are compared as they are everywhere, rounded; there an
    open one may be met, as numbers that differ in the 17th digit fall together.
    """
    found, exact = bounds(number), comparable(value)
    low, high = comparable(found.low), comparable(found.high)
    if exact in (low, high) and not isinstance(value, float):
        return not (found.low_open and exact == low) and not (found.high_open and exact == high)
    return low <= exact <= high
