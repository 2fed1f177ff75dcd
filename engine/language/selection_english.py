"""A selection in plain English: "the last `wbc` in the 14 days up to `enrolment`".

What is asked of each record stands behind the series where it is a comparison
("any `steroid.dose` up to `consent` is above 5 mg/d"), else in brackets.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from engine.language.core import (
    CURRENT,
    Bound,
    Call,
    Const,
    Core,
    Field,
    Period,
    Records,
    Ref,
    Select,
    VisitDay,
    Visits,
)
from engine.language.operators import SELECTORS
from engine.language.types import Day

Say = Callable[[Core], str]

COMPARISONS = frozenset({"eq", "lt", "le", "gt", "ge", "in"})
QUANTIFIERS = frozenset({"any", "every"})


def selection(core: Select, say: Say) -> str:
    return _said(core, SELECTORS[core.selector].english, say)


def said_of_none(core: Select, say: Say) -> str:
    """The selection denied: `no` for not any."""
    template = SELECTORS[core.selector].english
    return _said(core, "no {}" if core.selector == "any" else f"not {template}", say)


def _said(core: Select, template: str, say: Say) -> str:
    element = core.element
    held = _held(core.source, element) if core.selector in QUANTIFIERS else None
    thing = _thing(core, element if held is None else held)
    series = template.format(thing) + _narrowed(core, say)
    if held is not None:
        return series + say(element).removeprefix(say(held))
    if not _is_plain(core.source, element):
        return f"{series} has ({say(element)})"
    return series


def _held(source: Records | Visits, element: Core) -> Core | None:
    """What of each record a comparison is about; None where it is more than that."""
    match element:
        case Call("not", (inner,)):
            return _held(source, inner)
        case Call("and", (Call("ge", (a, _)), Call("le", (b, _)))) if a == b:
            return _held(source, element.args[0])
        case Call(operator, (held, *_)) if operator in COMPARISONS:
            held = bare(held)
            return held if _is_of_element(source, held) else None
        case _:
            return None


def bare(core: Core) -> Core:
    """Without what is done to units, of which nothing is said."""
    while isinstance(core, Call) and core.operator in ("convert", "approximate"):
        core = core.args[0]
    return core


def _is_of_element(source: Records | Visits, core: Core) -> bool:
    match core:
        case Field(of="record"):
            return True
        case Ref(visit=visit):
            return visit == CURRENT and isinstance(source, Visits)
        case _:
            return False


def _thing(core: Select, element: Core) -> str:
    """`steroid.dose`, or `steroid` where its value or the record as such is meant."""
    name = _name(core.source, element)
    own = element.name if isinstance(element, Field) and element.of == "record" else "value"
    is_day = isinstance(core.type, Day) and own == "start" and core.selector in ("first", "last")
    return name if own == "value" or is_day else f"{name[:-1]}.{own}`"


def _name(source: object, element: Core) -> str:
    """The variable's name, or that of the rule asked at each visit."""
    if isinstance(source, Records):
        return f"`{source.variable}`"
    asked = getattr(source, "where", None) or element
    return f"`{_rule(asked)}`"


def _rule(core: Core) -> str:
    match core:
        case Ref(rule):
            return rule
        case Call(args=(first, *_)):
            return _rule(first)
        case _:
            return "visit"


def _is_plain(source: Records | Visits, element: Core) -> bool:
    """Whether nothing more need be said of the element than what the series is called."""
    match element:
        case Const() | Field(of="record"):
            return True
        case VisitDay() | Ref():
            return isinstance(source, Visits)
        case _:
            return False


# -------------------------------------------------------------------- narrowed


def _narrowed(core: Select, say: Say) -> str:
    """The filter and the period."""
    source = core.source
    if not isinstance(source, Records):
        return _period(source.period, say)
    if source.visit is not None:
        return f" at {say(VisitDay(source.visit))}"
    where = "" if source.where is None else f" (where {say(source.where)})"
    return where + _period(source.period, say)


def _period(period: Period | None, say: Say) -> str:
    start, end = (None, None) if period is None else (period.start, period.end)
    if start is not None and end is not None:
        return f" {_between(start, end, say)}"
    if start is not None:
        day = _day(start.day, say)
        return f" from {day} on" if start.inclusive else f" after {day}"
    if end is not None:
        return f" {'up to' if end.inclusive else 'before'} {_day(end.day, say)}"
    return ""


def _between(start: Bound, end: Bound, say: Say) -> str:
    if start == end and start.inclusive:
        return f"on {_day(start.day, say)}"
    back, ahead = _length(start.day, end.day), _length(end.day, start.day)
    if back is not None and _is_back(back) and start.inclusive:
        form = "up to" if end.inclusive else "before"
        return f"in the {_said_back(back, say)} {form} {_day(end.day, say)}"
    if ahead is not None and not _is_back(ahead) and end.inclusive:
        form = "from" if start.inclusive else "after"
        return f"in the {say(ahead)} {form} {_day(start.day, say)}"
    opening = "from" if start.inclusive else "after"
    closing = "to" if end.inclusive and start.inclusive else "and up to" if end.inclusive else "and before"
    return f"{opening} {_day(start.day, say)} {closing} {_day(end.day, say)}"


def _day(day: Core, say: Say) -> str:
    return f"({say(day)})" if isinstance(day, Call) else say(day)


def _length(day: Core, origin: Core) -> Core | None:
    """How far a day is moved from another, if it is."""
    match day:
        case Call("add_days" | "add_months", (moved, length)) if moved == origin:
            return length
        case _:
            return None


def _is_back(length: Core) -> bool:
    match length:
        case Call("neg"):
            return True
        case Const(Decimal() as value):
            return value < 0 or value.is_signed()
        case _:
            return False


def _said_back(length: Core, say: Say) -> str:
    match length:
        case Call("neg", (inner,)):
            return say(inner)
        case Const(Decimal() as value):
            return say(replace(length, value=-value))
        case _:
            return say(length)
