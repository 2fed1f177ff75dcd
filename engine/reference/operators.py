"""What each operator means: the names of the language's table, one function each.

Every operator gets its arguments and asks for the values it needs. Most ask for
all; an `and` stops at the first `false`, since that decides it.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from typing import Any

from engine.language.core import Core
from engine.language.days import high, low, months_between, plus_days, plus_months, years_between
from engine.language.values import LAST_DAY, Date, Number, NumberRange, Value
from engine.reference import numbers
from engine.reference.compare import Truth, at_most, equal, less, member
from engine.reference.possible import join
from engine.reference.view import View

Ask = Callable[[Core, View], Any]
Args = tuple[Core, ...]
Operator = Callable[[Ask, Args, View], Value]


def conjunction(ask: Ask, parts: Args, view: View) -> Truth:
    result: Truth = True
    for part in parts:
        truth = ask(part, view)
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def disjunction(ask: Ask, parts: Args, view: View) -> Truth:
    result: Truth = False
    for part in parts:
        truth = ask(part, view)
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def at_least(ask: Ask, args: Args, view: View) -> Truth:
    """True when enough are true, false when too few still can be."""
    needed = int(ask(args[0], view))
    parts = [ask(part, view) for part in args[1:]]
    if sum(part is True for part in parts) >= needed:
        return True
    return False if sum(part is not False for part in parts) < needed else None


def choose(ask: Ask, args: Args, view: View) -> Value:
    """`if C then A else B`; where C is unknown, what A and B agree on."""
    condition = ask(args[0], view)
    if condition is None:
        return join((ask(args[1], view), ask(args[2], view)))
    return ask(args[1] if condition else args[2], view)  # type: ignore[no-any-return]


def if_known(ask: Ask, args: Args, view: View) -> Value:
    value = ask(args[0], view)
    return ask(args[1], view) if value is None else value  # type: ignore[no-any-return]


def known(ask: Ask, args: Args, view: View) -> Truth:
    return ask(args[0], view) is not None


# ------------------------------------------------- missing where an argument is missing


def _one(operation: Callable[[Any], Value]) -> Operator:
    def of(ask: Ask, args: Args, view: View) -> Value:
        a = ask(args[0], view)
        return None if a is None else operation(a)

    return of


def _two(operation: Callable[[Any, Any], Value]) -> Operator:
    def of(ask: Ask, args: Args, view: View) -> Value:
        a, b = ask(args[0], view), ask(args[1], view)
        return None if a is None or b is None else operation(a, b)

    return of


def _all(operation: Callable[[Any, Any], Value]) -> Operator:
    """One after another, from the first on."""

    def of(ask: Ask, args: Args, view: View) -> Value:
        values = [ask(arg, view) for arg in args]
        return None if any(value is None for value in values) else reduce(operation, values)

    return of


def _elapsed(count: Callable[[Any, Any], int]) -> Operator:
    """A count from one day to another; both may be partial, and an open end leaves the count open."""

    def between(a: Date, b: Date) -> Number:
        least, most = count(high(a), low(b)), count(low(a), high(b))
        if least == most:
            return Decimal(least)
        no_least, no_most = high(a) == LAST_DAY, high(b) == LAST_DAY
        return NumberRange(None if no_least else Decimal(least), None if no_most else Decimal(most))

    return _two(between)


OPERATE: dict[str, Operator] = {
    "and": conjunction,
    "or": disjunction,
    "not": _one(lambda truth: not truth),
    "at_least": at_least,
    "if": choose,
    "if_known": if_known,
    "known": known,
    "eq": _two(equal),
    "lt": _two(less),
    "le": _two(at_most),
    "gt": _two(lambda a, b: less(b, a)),
    "ge": _two(lambda a, b: at_most(b, a)),
    "in": _two(member),
    "add": _all(numbers.plus),
    "neg": _one(numbers.minus),
    "mul": _all(numbers.times),
    "div": _two(numbers.over),
    "pow": _two(numbers.power),
    "min": _all(numbers.lower),
    "max": _all(numbers.higher),
    "abs": _one(numbers.size),
    "round": _two(numbers.to_nearest),
    "nonzero": _one(numbers.unless_zero),
    "convert": _two(numbers.times),
    "approximate": _one(numbers.approximate),
    "days_between": _elapsed(lambda a, b: b - a),
    "months_between": _elapsed(months_between),
    "years_between": _elapsed(years_between),
    "add_days": _two(lambda day, n: plus_days(day, int(n))),
    "add_months": _two(lambda day, n: plus_months(day, int(n))),
}
