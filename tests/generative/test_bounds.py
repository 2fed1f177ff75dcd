"""Arithmetic on bounds holds every result that the numbers between them could give."""

import math
from collections.abc import Callable
from decimal import Decimal
from itertools import islice, product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.language.values import Number, NumberRange, Numeric
from engine.reference import numbers as n
from engine.reference.compare import at_most, equal, less
from engine.reference.possible import join
from tests.generative.bounded import contains, numbers, points, samples

ONE: dict[str, Callable[[Number], Number | None]] = {
    "neg": n.minus,
    "abs": n.size,
    "approximate": n.approximate,
    "nonzero": n.unless_zero,
}
TWO: dict[str, Callable[[Number, Number], Number | None]] = {
    "add": n.plus,
    "mul": n.times,
    "convert": n.times,
    "div": n.over,
    "pow": n.power,
    "min": n.lower,
    "max": n.higher,
    "round": n.to_nearest,
}
MOST = 60
"""Samples of two numbers that are put together, at most."""

either = st.booleans().flatmap(numbers)
alike = st.booleans().flatmap(lambda is_exact: st.tuples(numbers(is_exact), numbers(is_exact)))
"""Both exact or both binary64, as the arguments of an operator of one unit are."""

MIXING = ("mul", "div", "pow")


@pytest.mark.parametrize("operator", ONE)
@given(number=either)
def test_bounds_of_one(operator: str, number: Number) -> None:
    bounded = ONE[operator](number)
    for value in samples(number):
        result = ONE[operator](value)
        if bounded is not None:
            assert isinstance(result, Decimal | float)
            assert contains(bounded, result), (number, bounded, value, result)


@pytest.mark.parametrize("operator", TWO)
@given(data=st.data())
def test_bounds_of_two(operator: str, data: st.DataObject) -> None:
    a, b = data.draw(st.tuples(either, either) if operator in MIXING else alike)
    bounded = TWO[operator](a, b)
    if bounded is None:
        return
    for x, y in islice(product(samples(a), samples(b)), MOST):
        result = TWO[operator](x, y)
        assert isinstance(result, Decimal | float), (a, b, bounded, x, y)
        assert contains(bounded, result), (a, b, bounded, x, y, result)


@pytest.mark.parametrize("operator", ["add", "mul", "min", "max"])
@given(a=numbers(), b=numbers())
def test_bounds_are_no_wider_than_they_must_be(operator: str, a: Number, b: Number) -> None:
    """A closed bound is met by some pair of the numbers, at their own bounds."""
    bounded = TWO[operator](a, b)
    if not isinstance(bounded, NumberRange):
        return
    results = {TWO[operator](x, y) for x, y in product(samples(a), samples(b))}
    assert bounded.low is None or bounded.low_open or bounded.low in results
    assert bounded.high is None or bounded.high_open or bounded.high in results


@given(a=either, b=either)
def test_a_comparison_is_known_only_where_all_agree(a: Number, b: Number) -> None:
    exact = not any(isinstance(end, float) for each in (a, b) for end in ends(each))
    for compare, means in COMPARISONS:
        known = compare(a, b)
        truths = {means(n.comparable(x), n.comparable(y)) for x in samples(a) for y in samples(b)}
        if known is not None and exact:
            assert truths == {known}, (a, b, known)
        assert known is None or truths != {not known}


COMPARISONS: tuple[tuple[Callable[[Any, Any], bool | None], Callable[[Any, Any], bool]], ...] = (
    (less, lambda x, y: x < y),
    (at_most, lambda x, y: x <= y),
    (equal, lambda x, y: x == y),
)


def ends(number: Number) -> tuple[Numeric | None, ...]:
    return (number.low, number.high) if isinstance(number, NumberRange) else (number,)


@given(a=numbers(), b=numbers())
def test_a_comparison_is_known_where_bounds_are_apart(a: Number, b: Number) -> None:
    """Numbers that never agree on an answer are not said to."""
    for compare, means in COMPARISONS:
        truths = {means(x, y) for x in samples(a) for y in samples(b)}
        assert compare(a, b) is None or truths == {compare(a, b)}
        if compare is not equal and len(truths) == 2:
            assert compare(a, b) is None


@given(alike)
def test_what_either_could_be_holds_both(pair: tuple[Number, Number]) -> None:
    a, b = pair
    joined = join((a, b))
    assert joined is not None
    for value in (*samples(a), *samples(b)):
        assert contains(joined, value)  # type: ignore[arg-type]


@given(points(False), points(False))
def test_a_quotient_is_nothing_it_should_not_be(a: float, b: float) -> None:
    quotient = n.over(a, b)
    assert (quotient is None) == (b == 0)
    assume(isinstance(quotient, float))
    assert math.isclose(quotient * b, a, abs_tol=1e-12)  # type: ignore[operator]


HUGE = [Decimal("1e300"), Decimal("1e-300"), Decimal("-1e300"), NumberRange(Decimal("1e300"), None)]
HUGE += [
    NumberRange(Decimal("1e200"), Decimal("1e300")),
    NumberRange(Decimal("1e-300"), Decimal("1e-200"), True),
]


@pytest.mark.parametrize("operator", TWO)
@pytest.mark.parametrize("a", HUGE, ids=str)
@pytest.mark.parametrize("b", [*HUGE, Decimal("1e-400")], ids=str)
def test_no_number_is_too_large(operator: str, a: Number, b: Number) -> None:
    TWO[operator](a, b)
