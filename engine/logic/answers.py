"""What an expression gives of every patient at once: the shapes of values as terms.

They mirror what the language computes with. A truth that is neither certainly
yes nor certainly no is unknown; what is partly known lies between two ends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from engine.language.values import FIRST_DAY, LAST_DAY
from engine.logic import amounts
from engine.logic.amounts import Amount
from engine.logic.terms import Bool, alike, every, no, some, whether


@dataclass(frozen=True, slots=True)
class Truth:
    yes: Bool
    no: Bool

    @property
    def known(self) -> Bool:
        return some(self.yes, self.no)


@dataclass(frozen=True, slots=True)
class Range:
    """A number, or a day, from `low` to `high`, both possible, where it is `known`.

    `no_low` and `no_high` say that there is no bound on that side. Days have
    none of these: their calendar ends.
    """

    known: Bool
    low: Amount
    high: Amount
    no_low: Bool = False
    no_high: Bool = False

    @property
    def is_point(self) -> Bool:
        return every(no(self.no_low), no(self.no_high), amounts.same(self.low, self.high))


@dataclass(frozen=True, slots=True)
class Codes:
    """One of the codes that `could` be, where it is known at all."""

    known: Bool
    could: Mapping[str, Bool]


@dataclass(frozen=True, slots=True)
class Among:
    """Written codes: what stands behind `in`."""

    codes: frozenset[str]


Answer = Truth | Range | Codes

YES, NO, UNKNOWN = Truth(True, False), Truth(False, True), Truth(False, False)
ANY_DAY = Range(True, Amount(FIRST_DAY), Amount(LAST_DAY))


def point(amount: Amount, known: Bool = True) -> Range:
    return Range(known, amount, amount)


def nothing_like(answer: Answer) -> Answer:
    """A missing value of the same kind."""
    match answer:
        case Truth():
            return UNKNOWN
        case Range() | Codes():
            return replace(answer, known=False)


def picked(condition: Bool, a: Answer, b: Answer) -> Answer:
    """`a` where the condition holds, else `b`; they are of one kind, as the types were checked."""
    if isinstance(condition, bool):
        return a if condition else b
    match a, b:
        case Truth(), Truth():
            return Truth(whether(condition, a.yes, b.yes), whether(condition, a.no, b.no))
        case Range(), Range():
            return _picked_range(condition, a, b)
        case Codes(), Codes():
            could = {code: whether(condition, a.could[code], b.could[code]) for code in a.could}
            return Codes(whether(condition, a.known, b.known), could)
        case _:
            raise AssertionError(a, b)


def _picked_range(condition: Bool, a: Range, b: Range) -> Range:
    """Where one of the two is missing its ends do not matter, and the other's stand."""
    known = whether(condition, a.known, b.known)
    if a.known is False or b.known is False:
        return replace(b if a.known is False else a, known=known)
    return Range(
        known,
        amounts.choose(condition, a.low, b.low),
        amounts.choose(condition, a.high, b.high),
        whether(condition, a.no_low, b.no_low),
        whether(condition, a.no_high, b.no_high),
    )


def joined(answers: Sequence[Answer]) -> Answer:
    """What stands for all of these; missing if any of them is."""
    return reduce(_join, answers)


def _join(a: Answer, b: Answer) -> Answer:
    match a, b:
        case Truth(), Truth():
            return Truth(every(a.yes, b.yes), every(a.no, b.no))
        case Range(), Range():
            return Range(
                every(a.known, b.known),
                amounts.lesser(a.low, b.low),
                amounts.greater(a.high, b.high),
                some(a.no_low, b.no_low),
                some(a.no_high, b.no_high),
            )
        case Codes(), Codes():
            could = {code: some(a.could[code], b.could[code]) for code in a.could}
            return Codes(every(a.known, b.known), could)
        case _:
            raise AssertionError(a, b)


def known(answer: Answer) -> Bool:
    return answer.known


def agree(a: Answer, b: Answer) -> Bool:
    """Whether two answers are one: both missing, or known and the same."""
    match a, b:
        case Truth(), Truth():
            return every(alike(a.yes, b.yes), alike(a.no, b.no))
        case Range(), Range():
            ends = every(
                alike(a.no_low, b.no_low),
                alike(a.no_high, b.no_high),
                some(a.no_low, amounts.same(a.low, b.low)),
                some(a.no_high, amounts.same(a.high, b.high)),
            )
            return every(alike(a.known, b.known), some(no(a.known), ends))
        case Codes(), Codes():
            codes = every(*(alike(a.could[code], b.could[code]) for code in a.could))
            return every(alike(a.known, b.known), some(no(a.known), codes))
        case _:
            raise AssertionError(a, b)
