"""What each operator means to the solver: the names of the language's table, one function each."""

from collections.abc import Callable
from functools import reduce
from typing import Any

from engine.language.values import FIRST_DAY, LAST_DAY
from engine.logic import amounts, terms
from engine.logic.amounts import Amount
from engine.logic.answers import Among, Answer, Codes, Range, Truth, joined, known, picked
from engine.logic.arithmetic import (
    Args,
    Operate,
    Solving,
    constant,
    higher,
    lower,
    negative,
    plus,
    power,
    product,
    quotient,
    size,
    to_nearest,
    unchanged,
    unless_zero,
)
from engine.logic.terms import Bool, every, no, some

# --------------------------------------------------------------------- truth


def conjunction(args: Args, _: Solving) -> Truth:
    return Truth(every(*(a.yes for a in args)), some(*(a.no for a in args)))


def disjunction(args: Args, _: Solving) -> Truth:
    return Truth(some(*(a.yes for a in args)), every(*(a.no for a in args)))


def negation(args: Args, _: Solving) -> Truth:
    return Truth(args[0].no, args[0].yes)


def at_least(args: Args, _: Solving) -> Truth:
    needed, parts = int(constant(args[0], "at least")), args[1:]
    enough = terms.at_most(needed, terms.counted(a.yes for a in parts))
    too_few = terms.below(terms.counted(no(a.no) for a in parts), needed)
    return Truth(enough, too_few)


def choice(args: Args, _: Solving) -> Answer:
    condition, then, otherwise = args
    unsure = joined((then, otherwise))
    return picked(condition.yes, then, picked(condition.no, otherwise, unsure))


def if_known(args: Args, _: Solving) -> Answer:
    return picked(known(args[0]), args[0], args[1])


def is_known(args: Args, _: Solving) -> Truth:
    return Truth(known(args[0]), no(known(args[0])))


# --------------------------------------------------------------- comparisons


def equal(args: Args, _: Solving) -> Truth:
    a, b = args
    both = every(known(a), known(b))
    match a, b:
        case Truth(), Truth():
            return Truth(
                some(every(a.yes, b.yes), every(a.no, b.no)), some(every(a.yes, b.no), every(a.no, b.yes))
            )
        case Codes(), Codes():
            return Truth(every(both, _one_code(a, b)), every(both, _no_code(a, b)))
        case _:
            same = every(a.is_point, b.is_point, amounts.same(a.low, b.low))
            return Truth(every(both, same), every(both, some(_below(a, b), _below(b, a))))


def _one_code(a: Codes, b: Codes) -> Bool:
    """Whether both are the same one code."""
    return some(*(every(_only(a, code), _only(b, code)) for code in a.could))


def _only(a: Codes, code: str) -> Bool:
    return every(a.could[code], *(no(could) for other, could in a.could.items() if other != code))


def _no_code(a: Codes, b: Codes) -> Bool:
    return no(some(*(every(a.could[code], b.could[code]) for code in a.could)))


def _below(a: Range, b: Range) -> Bool:
    """Whether all that the first could be is below all that the second could be."""
    return every(no(a.no_high), no(b.no_low), amounts.below(a.high, b.low))


def _at_most(a: Range, b: Range) -> Bool:
    return every(no(a.no_high), no(b.no_low), amounts.at_most(a.high, b.low))


def less(a: Range, b: Range) -> Truth:
    both = every(a.known, b.known)
    return Truth(every(both, _below(a, b)), every(both, _at_most(b, a)))


def no_more(a: Range, b: Range) -> Truth:
    both = every(a.known, b.known)
    return Truth(every(both, _at_most(a, b)), every(both, _below(b, a)))


def member(args: Args, _: Solving) -> Truth:
    a, among = args
    assert isinstance(a, Codes)
    assert isinstance(among, Among)
    within = every(*(no(could) for code, could in a.could.items() if code not in among.codes))
    without = every(*(no(could) for code, could in a.could.items() if code in among.codes))
    return Truth(every(a.known, within), every(a.known, without))


# ------------------------------------------------------------------------ days

LAST = Amount(LAST_DAY)


def moved(move: Callable[[Any, int, Solving], Any]) -> Operate:
    """A day moved by a figure of the protocol; both ends, held at the ends of the calendar."""

    def of(args: Args, solving: Solving) -> Range:
        day, n = args[0], int(constant(args[1], "the length of time"))
        first, last = (move(end.term, n, solving) for end in (day.low, day.high))
        on_calendar = every(terms.at_most(FIRST_DAY, last), terms.at_most(first, LAST_DAY))
        low, high = (terms.lesser(terms.greater(end, FIRST_DAY), LAST_DAY) for end in (first, last))
        return Range(every(day.known, on_calendar), Amount(low), Amount(high))

    return of


def elapsed(count: Callable[[Any, Any, Solving], Any]) -> Operate:
    """A count from one day to another; an open end leaves the count open."""

    def of(args: Args, solving: Solving) -> Range:
        a, b = args
        least = Amount(count(a.high.term, b.low.term, solving))
        most = Amount(count(a.low.term, b.high.term, solving))
        open_ends = [
            every(amounts.same(end, LAST), no(amounts.same(least, most))) for end in (a.high, b.high)
        ]
        return Range(every(a.known, b.known), least, most, *open_ends)

    return of


def _two(operation: Callable[[Range, Range], Truth]) -> Operate:
    return lambda args, _: operation(args[0], args[1])


def _all(operation: Callable[[Range, Range], Range]) -> Operate:
    def of(args: Args, _: Solving) -> Range:
        found: Range = reduce(operation, args)
        return found

    return of


OPERATE: dict[str, Operate] = {
    "and": conjunction,
    "or": disjunction,
    "not": negation,
    "at_least": at_least,
    "if": choice,
    "if_known": if_known,
    "known": is_known,
    "eq": equal,
    "lt": _two(less),
    "le": _two(no_more),
    "gt": _two(lambda a, b: less(b, a)),
    "ge": _two(lambda a, b: no_more(b, a)),
    "in": member,
    "add": _all(plus),
    "neg": negative,
    "mul": product,
    "div": quotient,
    "pow": power,
    "min": _all(lower),
    "max": _all(higher),
    "abs": size,
    "round": to_nearest,
    "nonzero": unless_zero,
    "convert": product,
    "approximate": unchanged,
    "days_between": elapsed(lambda a, b, _: terms.plus(b, terms.minus(a))),
    "months_between": elapsed(lambda a, b, solving: solving.calendar.months_between(a, b)),
    "years_between": elapsed(lambda a, b, solving: solving.calendar.years_between(a, b)),
    "add_days": moved(lambda day, n, _: terms.plus(day, n)),
    "add_months": moved(lambda day, n, solving: solving.calendar.plus_months(day, n)),
}
