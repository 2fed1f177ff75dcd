"""Arithmetic on intervals: whatever two numbers in them come to lies in what is said to be possible."""

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.assurance.lint import intervals
from engine.assurance.lint.intervals import INFINITE, Interval
from engine.language.values import NumberRange
from engine.reference import numbers

Two = Callable[[Interval, Interval], Interval]

TWO: dict[str, tuple[Two, Callable[[Decimal, Decimal], object]]] = {
    "plus": (intervals.plus, numbers.plus),
    "times": (intervals.times, numbers.times),
    "over": (intervals.over, numbers.over),
    "power": (intervals.power, numbers.power),
    "lower": (intervals.lower, numbers.lower),
    "higher": (intervals.higher, numbers.higher),
}

figures = st.decimals(-50, 50, places=2)


@st.composite
def inside(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    """An interval, at times without an end, and a number in it."""
    low, number, high = sorted(draw(st.tuples(figures, figures, figures)))
    open_low, open_high = draw(st.booleans()), draw(st.booleans())
    bounds = (-INFINITE if open_low else Fraction(low), INFINITE if open_high else Fraction(high))
    return Interval(*bounds, unknown=False), number


@pytest.mark.parametrize("name", TWO)
@given(inside(), inside())
def test_two_numbers_come_to_something_possible(
    name: str, one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]
) -> None:
    of_intervals, of_numbers = TWO[name]
    found = of_intervals(one[0], other[0])
    result = of_numbers(one[1], other[1])
    if isinstance(result, Decimal | float):
        assert found.low <= Fraction(result) <= found.high
    elif not isinstance(result, NumberRange):
        assert found.unknown


@given(inside())
def test_one_number_comes_to_something_possible(one: tuple[Interval, Decimal]) -> None:
    interval, number = one
    assert intervals.minus(interval).low <= -number <= intervals.minus(interval).high
    assert intervals.size(interval).low <= abs(number) <= intervals.size(interval).high


@given(inside(), st.decimals("0.1", 5, places=1))
def test_a_rounded_number_is_possible(one: tuple[Interval, Decimal], step: Decimal) -> None:
    interval, number = one
    by = Interval(Fraction(step), Fraction(step), unknown=False)
    rounded = numbers.to_nearest(number, step)
    assert isinstance(rounded, Decimal | float)
    found = intervals.to_nearest(interval, by)
    assert found.low <= Fraction(rounded) <= found.high


def test_nothing_is_lost_at_an_end_that_is_none() -> None:
    whole = Interval(unknown=False)
    assert intervals.times(whole, Interval(Fraction(0), Fraction(0), unknown=False)) == Interval(
        Fraction(0), Fraction(0), unknown=False
    )
    assert intervals.size(whole).high == math.inf
