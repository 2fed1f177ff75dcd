"""Numbers as terms: exact where they are linear, and known by name alone where they are not.

A product of two recorded values, a quotient or a power is an unknown that equal
arguments share. That is enough to prove that two rules agree, and never more
than is so; `lemmas` says more about single points.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from math import isfinite
from typing import Any, Protocol

from engine.logic import amounts, terms
from engine.logic.amounts import Amount
from engine.logic.answers import Answer, Range, picked, point
from engine.logic.calendar import Calendar
from engine.logic.refusal import Refused
from engine.logic.terms import Bool, Int, every, no, some


@dataclass(frozen=True, slots=True)
class Opaque:
    """What is not linear, at one place: the operator, its two arguments, and the unknown it gives."""

    operator: str
    a: Range
    b: Range
    result: Range


class Solving(Protocol):
    """Where a term is made: the calendar, what is to hold of its unknowns, and what is not linear."""

    calendar: Calendar
    opaques: list[Opaque]

    def state(self, fact: Bool) -> None: ...


Args = tuple[Any, ...]
Operate = Callable[[Args, Solving], Answer]


def constant(number: Any, operator: str) -> Fraction:
    """The one value that a number has in every patient."""
    assert isinstance(number, Range)
    found = number.low.constant
    if found is None or not is_constant(number):
        raise Refused(operator, "its figure is not the same for everybody")
    return found


def is_constant(number: Range) -> bool:
    bounded = number.no_low is False and number.no_high is False
    value = number.low.constant
    return number.known is True and bounded and value is not None and number.high.constant == value


def plus(a: Range, b: Range) -> Range:
    low, high = amounts.plus(a.low, b.low), amounts.plus(a.high, b.high)
    return Range(every(a.known, b.known), low, high, some(a.no_low, b.no_low), some(a.no_high, b.no_high))


def minus(a: Range) -> Range:
    return Range(a.known, amounts.minus(a.high), amounts.minus(a.low), a.no_high, a.no_low)


def negative(args: Args, _: Solving) -> Range:
    return minus(args[0])


def unchanged(args: Args, _: Solving) -> Range:
    """Binary rounding is far below what is compared."""
    found: Range = args[0]
    return found


def scaled(a: Range, factor: Fraction) -> Range:
    if factor < 0:
        return scaled(minus(a), -factor)
    if factor == 0:
        return point(amounts.ZERO, a.known)
    return replace(a, low=amounts.times(a.low, factor), high=amounts.times(a.high, factor))


def product(args: Args, solving: Solving) -> Range:
    """Exact where all factors but one are figures of the protocol; a zero among them settles it."""
    figures = [one for one in args if is_constant(one)]
    others = [one for one in args if not is_constant(one)]
    factor = reduce(lambda a, b: a * b, (constant(one, "mul") for one in figures), Fraction(1))
    if not others:
        return point(amounts.exactly(factor))
    whole: Range = reduce(lambda a, b: opaque("mul", (a, b), solving), others)
    return scaled(whole, factor)


def quotient(args: Args, solving: Solving) -> Range:
    a: Range = args[0]
    b: Range = args[1]
    if is_constant(b):
        by = constant(b, "div")
        return replace(a, known=False) if by == 0 else scaled(a, 1 / by)
    found = opaque("div", (a, b), solving)
    return replace(found, known=every(found.known, no(_may_be_zero(b))))


def _may_be_zero(a: Range) -> Bool:
    low = some(a.no_low, amounts.at_most(a.low, amounts.ZERO))
    return every(low, some(a.no_high, amounts.at_most(amounts.ZERO, a.high)))


def power(args: Args, solving: Solving) -> Range:
    """Of a positive base it is known; of any other it may be."""
    base, exponent = args
    if is_constant(base) and is_constant(exponent):
        return _raised(constant(base, "pow"), constant(exponent, "pow"))
    found = opaque("pow", args, solving)
    once = every(positive("pow", *args), exponent.is_point, amounts.same(exponent.low, amounts.ZERO))
    solving.state(terms.implies(once, amounts.same(found.low, amounts.exactly(1))))
    bounded = every(no(base.no_high), no(exponent.no_low), no(exponent.no_high))
    perhaps = terms.same(applied("pow known", args), 1)
    return replace(
        found, known=every(found.known, some(every(positive("pow", base, exponent), bounded), perhaps))
    )


def _raised(base: Fraction, exponent: Fraction) -> Range:
    found = power_of(base, exponent)
    return point(amounts.ZERO, known=False) if found is None else point(amounts.exactly(found))


def power_of(base: Fraction, exponent: Fraction) -> Decimal | None:
    """The power as it is compared, to 12 significant digits; None where there is no real one."""
    try:
        found = float(base) ** float(exponent)
    except (OverflowError, ZeroDivisionError):
        return None
    return None if isinstance(found, complex) or not isfinite(found) else Decimal(f"{found:.11e}")


SCALE = 10**9
"""What is not linear is taken as so many parts of one."""


def opaque(operator: str, args: Args, solving: Solving) -> Range:
    """An unknown result that equal arguments share; of two points it is one."""
    low, high = (Amount(applied(f"{operator} {end}", args), SCALE) for end in ("low", "high"))
    solving.state(amounts.at_most(low, high))
    solving.state(terms.implies(every(*(a.is_point for a in args)), amounts.same(low, high)))
    solving.state(terms.implies(positive(operator, *args), amounts.at_most(amounts.ZERO, low)))
    result = Range(every(*(a.known for a in args)), low, high)
    solving.opaques.append(Opaque(operator, args[0], args[1], result))
    return result


def positive(operator: str, a: Range, b: Range) -> Bool:
    """Whether the arguments are where the operator is monotone, and never negative."""
    not_negative = every(no(a.no_low), amounts.at_most(amounts.ZERO, a.low))
    match operator:
        case "mul":
            return every(not_negative, no(b.no_low), amounts.at_most(amounts.ZERO, b.low))
        case "div":
            return every(not_negative, no(b.no_low), amounts.below(amounts.ZERO, b.low))
        case _:
            return every(no(a.no_low), amounts.below(amounts.ZERO, a.low))


def applied(name: str, args: Args) -> Int:
    """A function of the ends of ranges; their denominators are part of its name."""
    ends = [end for a in args for end in ((a.low, a.no_low), (a.high, a.no_high))]
    found = [term for end, none in ends for term in (end.term, terms.choose(none, 1, 0))]
    return terms.applied(" ".join([name, *(str(end.per) for end, _ in ends)]), found)


def lower(a: Range, b: Range) -> Range:
    return minus(higher(minus(a), minus(b)))


def higher(a: Range, b: Range) -> Range:
    low = _greater_end((a.low, a.no_low), (b.low, b.no_low))
    no_high = some(a.no_high, b.no_high)
    return Range(
        every(a.known, b.known), low, amounts.greater(a.high, b.high), every(a.no_low, b.no_low), no_high
    )


def _greater_end(a: tuple[Amount, Bool], b: tuple[Amount, Bool]) -> Amount:
    """The greater of two lower ends, where one that is not there is below all."""
    both = amounts.greater(a[0], b[0])
    return amounts.choose(a[1], b[0], amounts.choose(b[1], a[0], both))


def size(args: Args, _: Solving) -> Range:
    a = args[0]
    negative = minus(a)
    positive = every(no(a.no_low), amounts.at_most(amounts.ZERO, a.low))
    below = every(no(a.no_high), amounts.at_most(a.high, amounts.ZERO))
    open_end = some(a.no_low, a.no_high)
    across = Range(a.known, amounts.ZERO, amounts.greater(a.high, negative.high), False, open_end)
    found = picked(positive, a, picked(below, negative, across))
    assert isinstance(found, Range)
    return found


def to_nearest(args: Args, _: Solving) -> Range:
    a: Range = args[0]
    by = constant(args[1], "round")
    if by <= 0:
        return replace(a, known=False)
    low, high = amounts.to_nearest(a.low, by), amounts.to_nearest(a.high, by)
    return Range(a.known, low, high, a.no_low, a.no_high)


def unless_zero(args: Args, _: Solving) -> Range:
    a: Range = args[0]
    return replace(a, known=every(a.known, no(_may_be_zero(a))))
