"""What is true of products, quotients and powers about one point, for a solver that only knows them by name.

Each lemma says what the operator gives at a point and, where it is monotone there,
on which side of that it lies on either side of the point. All of them are facts:
adding them takes away what no patient can have, and nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import z3

from engine.logic import amounts
from engine.logic.amounts import Amount
from engine.logic.answers import Range
from engine.logic.operators import SCALE, Opaque, positive, power_of
from engine.logic.terms import Bool, Whole, every, implies, no

Ends = tuple[Fraction, Fraction]
"""The two ends of a number; of a point they are one."""


@dataclass(slots=True)
class Course:
    """A model followed through what is not linear, each result put right before the next is looked at."""

    model: z3.ModelRef
    put_right: list[tuple[z3.ExprRef, z3.ExprRef]] = field(default_factory=list)

    def lemmas(self, opaques: Sequence[Opaque]) -> Iterator[Bool]:
        """What holds at the points it passes; nothing where the model is right everywhere."""
        for one in opaques:
            a, b = self.ends(one.a), self.ends(one.b)
            found = None if a is None or b is None else _result(one.operator, a, b)
            if a is None or b is None or found is None:
                continue
            if found != self.ends(one.result):
                yield from _about(one, (a, b), found)
            self._put_right(one.result, found)

    def _put_right(self, result: Range, found: Ends) -> None:
        for end, value in zip((result.low, result.high), found, strict=True):
            assert isinstance(end.term, Whole)
            self.put_right.append((end.term.term, z3.IntVal(int(value * SCALE))))

    def ends(self, side: Range) -> Ends | None:
        """Between which values a number lies; None where it is missing or has no bound."""
        bounded = every(side.known, no(side.no_low), no(side.no_high))
        if not (bounded if isinstance(bounded, bool) else z3.is_true(self.value(bounded))):
            return None
        return self.amount(side.low), self.amount(side.high)

    def amount(self, end: Amount) -> Fraction:
        number = end.term if isinstance(end.term, int) else self.value(end.term.term).as_long()
        return Fraction(number, end.per)

    def value(self, term: Any) -> Any:
        return self.model.eval(z3.substitute(term, *self.put_right), True)


def _result(operator: str, a: Ends, b: Ends) -> Ends | None:
    """What the operator gives, in whole parts of one as the solver has it: the outermost of its corners."""
    corners = [_at(operator, x, y) for x in a for y in b]
    found = [Fraction(round(one * SCALE), SCALE) for one in corners if one is not None]
    return (min(found), max(found)) if len(found) == len(corners) else None


def _at(operator: str, a: Fraction, b: Fraction) -> Fraction | None:
    match operator:
        case "mul":
            return a * b
        case "div":
            return a / b if b else None
        case _:
            power = power_of(a, b)
            return None if power is None else Fraction(power)


def _about(one: Opaque, at: tuple[Ends, Ends], found: Ends) -> Iterator[Bool]:
    """The result there, and which side of it others are."""
    (low, high), (a, b) = (map(amounts.exactly, ends) for ends in (found, (at[0][0], at[1][0])))
    there = every(one.a.known, one.b.known, _is(one.a, at[0]), _is(one.b, at[1]))
    yield implies(there, every(amounts.same(one.result.low, low), amounts.same(one.result.high, high)))
    if at[0][0] == at[0][1] and at[1][0] == at[1][1]:
        for rising in _rising(one.operator, (at[0][0], at[1][0])):
            yield from _on_either_side(one, (a, b), rising, low)


def _is(side: Range, at: Ends) -> Bool:
    low, high = map(amounts.exactly, at)
    ends = every(amounts.same(side.low, low), amounts.same(side.high, high))
    return every(no(side.no_low), no(side.no_high), ends)


def _on_either_side(
    one: Opaque, at: tuple[Amount, Amount], rising: tuple[int, int], found: Amount
) -> Iterator[Bool]:
    points = every(one.a.is_point, one.b.is_point, positive(one.operator, one.a, one.b))
    less = every(_side(one.a, at[0], rising[0]), _side(one.b, at[1], rising[1]))
    more = every(_side(one.a, at[0], -rising[0]), _side(one.b, at[1], -rising[1]))
    yield implies(every(points, less), amounts.at_most(one.result.low, found))
    yield implies(every(points, more), amounts.at_most(found, one.result.low))


def _rising(operator: str, at: tuple[Fraction, Fraction]) -> Iterator[tuple[int, int]]:
    """How the result moves with each argument: 1 with it, -1 against it, 0 where that one must stay."""
    a, b = at
    if a <= 0 or (b <= 0 and operator != "pow"):
        return
    match operator:
        case "mul":
            yield 1, 1
        case "div":
            yield 1, -1
        case _:
            yield (1 if b >= 0 else -1), 0
            yield 0, (1 if a >= 1 else -1)


def _side(side: Range, at: Amount, rising: int) -> Bool:
    """On the side where the result is no more."""
    if rising == 0:
        return amounts.same(side.low, at)
    return amounts.at_most(side.low, at) if rising > 0 else amounts.at_most(at, side.low)
