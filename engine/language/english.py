"""Typed core in plain English, by the templates of the operator table.

For explanations: what was asked, in words that a reader of the rule recognises.
Names stay as they are written; parameters show their value.
"""

from decimal import Decimal

from engine.language.core import (
    BASELINE,
    TRUE,
    Bound,
    Call,
    Const,
    Core,
    Fact,
    Field,
    Parameter,
    Period,
    Records,
    Ref,
    Select,
    VisitDay,
    Visits,
)
from engine.language.operators import OPERATORS, SELECTORS
from engine.language.show import show

NEGATED = {
    "eq": "{} is not {}",
    "lt": "{} is not below {}",
    "le": "{} is not at most {}",
    "gt": "{} is not above {}",
    "ge": "{} is not at least {}",
    "in": "{} is not one of {}",
    "known": "{} is unknown",
}

ASPECTS = {
    "day": "{}",
    "target": "the target of {}",
    "opens": "the opening of {}",
    "closes": "the closing of {}",
    "attended": "the attendance of {}",
}


def english(core: Core) -> str:
    """What an expression asks, on one line."""
    match core:
        case Const(value, type_):
            return show(value, type_)
        case Parameter(name, value, type_):
            return f"{show(value, type_)} ({name})"
        case Fact(name):
            return name
        case Field(of, name):
            return name if of == "record" else f"{of}.{name}"
        case Ref(rule, visit):
            return rule if visit is None else f"{rule} at {visit}"
        case VisitDay(visit, aspect):
            return ASPECTS[aspect].format(visit)
        case Call():
            return _call(core)
        case Select():
            return _select(core)


def _call(call: Call) -> str:
    args = [_inner(arg) for arg in call.args]
    match call.operator:
        case "not":
            return _negated(call.args[0])
        case "and" | "or":
            return f" {call.operator} ".join(args)
        case "at_least":
            return f"at least {args[0]} of ({', '.join(args[1:])})"
        case "add":
            return _sum(call)
        case "add_days" | "add_months":
            return _moved(call)
        case "min" | "max":
            return OPERATORS[call.operator].english.format(f"({', '.join(args)})")
        case "mul":
            return " times ".join(args)
        case _:
            return OPERATORS[call.operator].english.format(*args)


def _inner(core: Core) -> str:
    """A part of a whole, in brackets where it would run into its neighbours."""
    text = english(core)
    return f"({text})" if isinstance(core, Call) and core.operator in ("and", "or", "if", "add") else text


def _negated(core: Core) -> str:
    if isinstance(core, Call) and core.operator in NEGATED:
        return NEGATED[core.operator].format(*map(_inner, core.args))
    if isinstance(core, Select) and core.selector == "any":
        return f"no {english(core).removeprefix('any ')}"
    return f"not {_inner(core)}"


def _sum(call: Call) -> str:
    first, *rest = call.args
    return _inner(first) + "".join(f" {_signed(term)}" for term in rest)


def _signed(term: Core) -> str:
    match term:
        case Call("neg", (inner,)):
            return f"minus {_inner(inner)}"
        case Const(Decimal() as value) if value < 0:
            return f"minus {show(-value, term.type)}"
        case _:
            return f"plus {_inner(term)}"


def _moved(call: Call) -> str:
    day, length = call.args
    return f"{_inner(day)} {_signed(length)}"


def _select(select: Select) -> str:
    words = SELECTORS[select.selector].english.format(_thing(select))
    source = select.source
    if isinstance(source, Records) and source.where is not None:
        words += f" where ({english(source.where)})"
    words += _when(source)
    return words if _is_plain(select) else f"{words} has ({english(select.element)})"


def _thing(select: Select) -> str:
    match select.source, select.element:
        case Visits(where=where), element:
            return next((node.rule for node in (element, where) if isinstance(node, Ref)), "visit")
        case Records(variable=variable), Field(of="record", name=name) if name not in ("value", "start"):
            return f"{variable}.{name}"
        case Records(variable=variable), _:
            return variable


def _is_plain(select: Select) -> bool:
    """Whether the thing says all that is taken of each record."""
    return select.element == TRUE or isinstance(select.element, Field | Ref | VisitDay)


def _when(source: Records | Visits) -> str:
    if isinstance(source, Records) and source.visit is not None:
        return f" at {source.visit}" if source.visit != BASELINE else " at baseline"
    return "" if source.period is None else f" {_period(source.period)}"


def _period(period: Period) -> str:
    start, end = period.start, period.end
    if start is None:
        return "" if end is None else f"{'up to' if end.inclusive else 'before'} {_inner(end.day)}"
    if end is None:
        return f"{'from' if start.inclusive else 'after'} {_inner(start.day)}"
    if start.day == end.day:
        return f"on {_inner(start.day)}"
    return _measured(start, end) or f"from {_inner(start.day)} to {_inner(end.day)}"


def _measured(start: Bound, end: Bound) -> str | None:
    """`in the 14 days up to D`, where one bound is counted from the other."""
    match start.day, end.day:
        case Call("add_days" | "add_months", (day, length)), last if day == last:
            return f"in the {_length(length)} {'up to' if end.inclusive else 'before'} {_inner(last)}"
        case first, Call("add_days" | "add_months", (day, length)) if day == first:
            return f"in the {_length(length)} {'from' if start.inclusive else 'after'} {_inner(first)}"
    return None


def _length(length: Core) -> str:
    match length:
        case Call("neg", (inner,)):
            return english(inner)
        case Const(Decimal() as value):
            return show(abs(value), length.type)
        case _:
            return english(length)
