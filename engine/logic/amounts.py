"""Rational amounts as an integer term over a fixed denominator, so that all arithmetic is on integers."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

from engine.logic import terms
from engine.logic.terms import Bool, Int


@dataclass(frozen=True, slots=True)
class Amount:
    """`term / per`."""

    term: Int
    per: int = 1

    @property
    def constant(self) -> Fraction | None:
        return Fraction(self.term, self.per) if isinstance(self.term, int) else None


ZERO = Amount(0)


def exactly(number: Decimal | float | Fraction | int) -> Amount:
    found = Fraction(number)
    return Amount(found.numerator, found.denominator)


def over_one(a: Amount, b: Amount) -> tuple[Int, Int, int]:
    """Two amounts over one denominator."""
    per = lcm(a.per, b.per)
    return terms.by(a.term, per // a.per), terms.by(b.term, per // b.per), per


def plus(a: Amount, b: Amount) -> Amount:
    x, y, per = over_one(a, b)
    return Amount(terms.plus(x, y), per)


def minus(a: Amount) -> Amount:
    return Amount(terms.minus(a.term), a.per)


def times(a: Amount, factor: Fraction) -> Amount:
    shared = Fraction(factor.numerator, a.per * factor.denominator)
    if isinstance(a.term, int):
        return exactly(a.term * shared)
    return Amount(terms.by(a.term, shared.numerator), shared.denominator)


def at_most(a: Amount, b: Amount) -> Bool:
    x, y, _ = over_one(a, b)
    return terms.at_most(x, y)


def below(a: Amount, b: Amount) -> Bool:
    x, y, _ = over_one(a, b)
    return terms.below(x, y)


def same(a: Amount, b: Amount) -> Bool:
    x, y, _ = over_one(a, b)
    return terms.same(x, y)


def choose(condition: Bool, a: Amount, b: Amount) -> Amount:
    if isinstance(condition, bool):
        return a if condition else b
    x, y, per = over_one(a, b)
    return Amount(terms.choose(condition, x, y), per)


def lesser(a: Amount, b: Amount) -> Amount:
    return choose(at_most(a, b), a, b)


def greater(a: Amount, b: Amount) -> Amount:
    return choose(at_most(a, b), b, a)


def to_nearest(a: Amount, step: Fraction) -> Amount:
    """To the nearest multiple, halves away from zero."""
    steps = times(a, 1 / step)
    up = _floor(plus(steps, Amount(1, 2)))
    down = terms.minus(_floor(plus(minus(steps), Amount(1, 2))))
    rounded = terms.choose(terms.at_most(0, steps.term), up, down)
    return times(Amount(rounded), step)


def _floor(a: Amount) -> Int:
    return terms.shared(a.term, a.per)
