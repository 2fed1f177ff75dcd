"""What each operator means: the names of the language's table, one function each.

A strict operator gets its arguments' values. A lazy one gets the arguments and
asks for the values it needs, because the first `false` decides an `and`.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from typing import Any

from engine.language.core import Core
from engine.language.days import high, low, months_between, plus_days, plus_months, years_between
from engine.language.values import Date, Number, NumberRange, Value
from engine.reference import numbers
from engine.reference.compare import Truth, at_most, equal, less, member
from engine.reference.possible import join

Ask = Callable[[Core], Any]
Lazy = Callable[[Ask, tuple[Core, ...]], Value]
Strict = Callable[..., Value]


def conjunction(ask: Ask, parts: tuple[Core, ...]) -> Truth:
    result: Truth = True
    for part in parts:
        truth = ask(part)
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def disjunction(ask: Ask, parts: tuple[Core, ...]) -> Truth:
    result: Truth = False
    for part in parts:
        truth = ask(part)
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def at_least(ask: Ask, args: tuple[Core, ...]) -> Truth:
    """True when enough are true, false when too few still can be."""
    needed = int(ask(args[0]))
    parts = [ask(part) for part in args[1:]]
    if sum(part is True for part in parts) >= needed:
        return True
    return False if sum(part is not False for part in parts) < needed else None


def choose(ask: Ask, args: tuple[Core, ...]) -> Value:
    """`if C then A else B`; where C is unknown, what A and B agree on."""
    condition = ask(args[0])
    if condition is None:
        return join((ask(args[1]), ask(args[2])))
    return ask(args[1] if condition else args[2])  # type: ignore[no-any-return]


def if_known(ask: Ask, args: tuple[Core, ...]) -> Value:
    value = ask(args[0])
    return ask(args[1]) if value is None else value  # type: ignore[no-any-return]


def _needing_all(operation: Callable[..., Value]) -> Strict:
    """Missing where any argument is missing."""
    return lambda *args: None if None in args else operation(*args)


def _folding(operation: Callable[[Number, Number], Number]) -> Strict:
    return _needing_all(lambda *args: reduce(operation, args))


def negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _elapsed(count: Callable[[Any, Any], int]) -> Strict:
    """A count from one day to another; both may be partial."""

    def between(a: Date, b: Date) -> Number:
        least, most = count(high(a), low(b)), count(low(a), high(b))
        return Decimal(least) if least == most else NumberRange(Decimal(least), Decimal(most))

    return _needing_all(between)


LAZY: dict[str, Lazy] = {
    "and": conjunction,
    "or": disjunction,
    "at_least": at_least,
    "if": choose,
    "if_known": if_known,
}

STRICT: dict[str, Strict] = {
    "not": negated,
    "eq": equal,
    "lt": less,
    "le": at_most,
    "gt": lambda a, b: less(b, a),
    "ge": lambda a, b: at_most(b, a),
    "in": member,
    "known": lambda value: value is not None,
    "add": _folding(numbers.plus),
    "neg": _needing_all(numbers.minus),
    "mul": _folding(numbers.times),
    "div": _needing_all(numbers.over),
    "pow": _needing_all(numbers.power),
    "min": _folding(numbers.lower),
    "max": _folding(numbers.higher),
    "abs": _needing_all(numbers.size),
    "round": _needing_all(numbers.to_nearest),
    "convert": _needing_all(numbers.times),
    "approximate": _needing_all(numbers.approximate),
    "days_between": _elapsed(lambda a, b: b - a),
    "months_between": _elapsed(months_between),
    "years_between": _elapsed(years_between),
    "add_days": _needing_all(lambda day, n: plus_days(day, int(n))),
    "add_months": _needing_all(lambda day, n: plus_months(day, int(n))),
}
