"""Terms of the solver, folded where they are settled: a plain `bool` or `int` is a constant.

Most of a rule about one patient is settled before the solver is asked. Whoever
builds terms uses these functions and never the solver's own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from math import inf
from typing import Any, TypeAlias

import z3

INFINITE = inf


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """A whole number that is not settled, and the least and the most that it can be."""

    term: z3.ArithRef
    low: float
    high: float

    @property
    def number(self) -> int:
        """What the solver knows it by."""
        return int(self.term.get_id())


Bool: TypeAlias = bool | z3.BoolRef
Int: TypeAlias = int | Whole


def settled(term: Any) -> bool:
    """Whether a term is a constant."""
    return isinstance(term, int)


# --------------------------------------------------------------------- truth


def every(*parts: Bool) -> Bool:
    if any(part is False for part in parts):
        return False
    found = [part for part in parts if part is not True]
    return _joined(z3.And, found, True)


def some(*parts: Bool) -> Bool:
    if any(part is True for part in parts):
        return True
    found = [part for part in parts if part is not False]
    return _joined(z3.Or, found, False)


def _joined(join: Any, parts: list[Bool], of_none: bool) -> Bool:
    if len(parts) < 2:
        return parts[0] if parts else of_none
    return join(*parts)


def no(a: Bool) -> Bool:
    return not a if isinstance(a, bool) else z3.Not(a)


def implies(a: Bool, b: Bool) -> Bool:
    return some(no(a), b)


def alike(a: Bool, b: Bool) -> Bool:
    """Whether both hold or neither does."""
    if isinstance(a, bool):
        return b if a else no(b)
    if isinstance(b, bool):
        return a if b else no(a)
    return a == b


def whether(condition: Bool, a: Bool, b: Bool) -> Bool:
    """`a` where the condition holds, else `b`."""
    if isinstance(condition, bool):
        return a if condition else b
    if a is b:
        return a
    if isinstance(a, bool) or isinstance(b, bool):
        return every(some(no(condition), a), some(condition, b))
    return z3.If(condition, a, b)


# ------------------------------------------------------------------- integers


def span(a: Int) -> tuple[float, float]:
    """The least and the most it can be."""
    return (a, a) if isinstance(a, int) else (a.low, a.high)


def choose(condition: Bool, a: Int, b: Int) -> Int:
    if isinstance(condition, bool):
        return a if condition else b
    if a is b or (settled(a) and settled(b) and a == b):
        return a
    (low, high), (other_low, other_high) = span(a), span(b)
    return Whole(z3.If(condition, _term(a), _term(b)), min(low, other_low), max(high, other_high))


def at_most(a: Int, b: Int) -> Bool:
    (low, high), (other_low, other_high) = span(a), span(b)
    if high <= other_low or a is b:
        return True
    return False if low > other_high else _term(a) <= _term(b)


def below(a: Int, b: Int) -> Bool:
    return no(at_most(b, a))


def same(a: Int, b: Int) -> Bool:
    (low, high), (other_low, other_high) = span(a), span(b)
    if a is b or low == high == other_low == other_high:
        return True
    return False if high < other_low or other_high < low else _term(a) == _term(b)


def plus(*parts: Int) -> Int:
    constant = sum(part for part in parts if isinstance(part, int))
    terms = [part for part in parts if isinstance(part, Whole)]
    if not terms:
        return constant
    if len(terms) == 1 and not constant:
        return terms[0]
    whole = reduce(lambda a, b: a + b, [part.term for part in terms])
    low, high = (sum(ends) + constant for ends in zip(*(span(part) for part in terms), strict=True))
    return Whole(whole + constant if constant else whole, low, high)


def minus(a: Int) -> Int:
    return by(a, -1)


def by(a: Int, factor: int) -> Int:
    """So many times a term."""
    if isinstance(a, int) or factor == 0:
        return a * factor if isinstance(a, int) else 0
    low, high = sorted((a.low * factor, a.high * factor))
    return a if factor == 1 else Whole(a.term * factor, low, high)


def shared(a: Int, n: int) -> Int:
    """How many times `n`, which is positive, goes into it; of what is negative one more, as in floor."""
    if isinstance(a, int):
        return a // n
    return a if n == 1 else Whole(a.term / n, a.low // n, a.high // n)


def lesser(a: Int, b: Int) -> Int:
    found = choose(at_most(a, b), a, b)
    return found if isinstance(found, int) else Whole(found.term, *map(min, span(a), span(b)))


def greater(a: Int, b: Int) -> Int:
    return minus(lesser(minus(a), minus(b)))


def size(a: Int) -> Int:
    return choose(at_most(0, a), a, minus(a))


def counted(parts: Iterable[Bool]) -> Int:
    """How many of them hold."""
    return plus(*(choose(part, 1, 0) for part in parts))


# ---------------------------------------------------------------------- names


def flag(name: str) -> Bool:
    return z3.Bool(name)


def whole(name: str, low: float = -INFINITE, high: float = INFINITE) -> Int:
    """An unknown; that it lies between the two is taken here, and must be stated by whoever makes it."""
    return Whole(z3.Int(name), low, high)


def within(term: Int) -> Bool:
    """That an unknown lies where it was made to lie."""
    if isinstance(term, int):
        return True
    bounds = ((z3.IntVal(int(term.low)) <= term.term) if term.low > -INFINITE else True,)
    return every(*bounds, (term.term <= z3.IntVal(int(term.high))) if term.high < INFINITE else True)


def applied(name: str, args: Sequence[Int]) -> Int:
    """A function of which nothing is said but that equal arguments give equal results."""
    kinds = [z3.IntSort() for _ in args]
    return Whole(z3.Function(name, *kinds, z3.IntSort())(*map(_term, args)), -INFINITE, INFINITE)


def _term(a: Int) -> Any:
    return z3.IntVal(a) if isinstance(a, int) else a.term


def different(terms: Sequence[Int]) -> Bool:
    """No two are the same."""
    return every(*(no(same(a, b)) for a, b in combinations(terms, 2)))
