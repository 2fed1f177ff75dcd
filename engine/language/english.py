"""Core in plain English, for those who must check what a rule means.

The words come from the templates of the operator table. Names stand in
backticks, codes in quotes, and a parameter is its value with its name in
brackets. What is denied is said the other way round: "is at most", "no".
"""

from decimal import Decimal

from engine.language.core import (
    BASELINE,
    CURRENT,
    Call,
    Const,
    Core,
    Fact,
    Field,
    Holder,
    Parameter,
    Ref,
    Select,
    VisitDay,
)
from engine.language.operators import OPERATORS, OPPOSITE
from engine.language.selection_english import bare, said_of_none, selection
from engine.language.show import show
from engine.language.types import Code, CodeSet, Day, Number, Type
from engine.language.values import Value

THIS_VISIT = "this visit"
"""What a rule of visits calls the visit that it is asked about."""

OF_DAYS = {
    "lt": "{} is before {}",
    "le": "{} is on or before {}",
    "gt": "{} is after {}",
    "ge": "{} is on or after {}",
}
"""How the comparisons are said of dates."""

DENIED = {"eq": "{} is not {}", "in": "{} is not one of {}", "known": "{} is not known", "or": "none of ({})"}

LEVELS = {
    "if": 0, "and": 1, "or": 1, "not": 2, "eq": 2, "lt": 2, "le": 2, "gt": 2, "ge": 2, "in": 2, "known": 2,
    "if_known": 3, "add": 4, "neg": 4, "mul": 4, "div": 4, "pow": 4, "min": 4, "max": 4, "abs": 4, "round": 4,
    "add_days": 4, "add_months": 4, "days_between": 4, "months_between": 4, "years_between": 4,
}  # fmt: skip
"""How loosely a phrase holds together: inside one that holds as tight it gets brackets."""

ATOM = 9
SEVERAL = frozenset({"days", "weeks", "months", "years", "hours"})

FIELDS = {"record": "its {}", "this": "{} of this record", "previous": "{} of the record before"}
OWN = {"value", "start", "end"}
ASPECTS = {
    "day": "{}",
    "target": "the target day of {}",
    "opens": "the first day of the window of {}",
    "closes": "the last day of the window of {}",
    "attended": "the recorded day of {}",
}


def english(core: Core) -> str:
    """An expression in words."""
    match core:
        case Const(value, type_):
            return _literal(value, type_)
        case Parameter(name, value, type_):
            return f"{_literal(value, type_)} (`{name}`)"
        case Fact(name):
            return f"`{name}`"
        case Field(of, name):
            return _field(of, name)
        case Ref(rule, visit):
            return f"`{rule}`" if visit is None else f"`{rule}` at {_visit(visit)}"
        case VisitDay(visit, aspect):
            return ASPECTS[aspect].format(_visit(visit))
        case Select():
            return selection(core, english)
        case Call():
            return _call(core)


# ------------------------------------------------------------------- literals


def _literal(value: Value | frozenset[str], type_: Type) -> str:
    match type_:
        case Code():
            return f"'{value}'"
        case CodeSet(of=code) if isinstance(value, frozenset):
            return _either([f"'{one}'" for one in code.codes if one in value])
        case Number(unit=unit) if value == 1 and unit.symbol in SEVERAL:
            return show(value, type_).removesuffix("s")
        case _:
            return show(value, type_)


def _either(words: list[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def _field(of: Holder, name: str) -> str:
    if name in OWN:
        return FIELDS[of].format(name if of == "record" else f"the {name}")
    return FIELDS[of].format(f"`{name}`")


def _visit(visit: str) -> str:
    return {CURRENT: THIS_VISIT, BASELINE: "baseline"}.get(visit, f"`{visit}`")


# ------------------------------------------------------------------ operators


def _call(core: Call) -> str:
    match core:
        case Call("convert" | "approximate", (part, *_)):
            return english(part)
        case Call("not", (part,)):
            return _denied(part)
        case Call("and", (Call("ge", (a, low)), Call("le", (b, high)))) if a == b:
            return _between(core, (a, low, high), "is between")
        case Call("add" | "add_days" | "add_months", (first, *rest)):
            return _inside(core, first) + "".join(_added(core, part) for part in rest)
        case Call("at_least", (count, *parts)):
            listed = "; ".join(map(english, parts))
            return OPERATORS["at_least"].english.format(english(count), f"({listed})")
        case Call(operator, args):
            return _said(_template(operator, args), core, args)


def _template(operator: str, args: tuple[Core, ...]) -> str:
    if operator in OF_DAYS and isinstance(args[0].type, Day):
        return OF_DAYS[operator]
    return OPERATORS[operator].english


def _between(core: Call, parts: tuple[Core, Core, Core], words: str) -> str:
    value, low, high = (_inside(core, part) for part in parts)
    return f"{value} {words} {low} and {high}"


def _said(template: str, core: Call, args: tuple[Core, ...]) -> str:
    """The template filled in; of many arguments those it has no place for are joined by its words."""
    words = [_inside(core, arg) for arg in args]
    before, *between = template.split("{}")
    if not OPERATORS[core.operator].many:
        return template.format(*words)
    return before + (between[0] or " and ").join(words)


def _inside(core: Call, part: Core) -> str:
    """A part of a phrase, in brackets where it would not hold together."""
    shown = bare(part)
    if _level(shown) > _level(core) or (isinstance(shown, Call) and _goes_on(core, shown)):
        return english(part)
    return f"({english(part)})"


def _goes_on(core: Call, part: Call) -> bool:
    """Whether a part with the same operator reads on without brackets."""
    if part.operator != core.operator:
        return False
    return core.operator in ("and", "or") or (core.operator in ("if", "if_known") and part is core.args[-1])


def _level(core: Core) -> int:
    return LEVELS.get(core.operator, ATOM) if isinstance(core, Call) else ATOM


def _added(core: Call, part: Core) -> str:
    match bare(part):
        case Call("neg", (inner,)):
            return f" minus {_inside(core, inner)}"
        case Const(Decimal() as value) if value < 0:
            return f" minus {_literal(-value, part.type)}"
        case _:
            return f" plus {_inside(core, part)}"


def _denied(part: Core) -> str:
    match part:
        case Select():
            return said_of_none(part, english)
        case Call("and", (Call("ge", (a, low)), Call("le", (b, high)))) if a == b:
            return _between(part, (a, low, high), "is not between")
        case Call("or", parts):
            return DENIED["or"].format("; ".join(map(english, parts)))
        case Call(operator, args) if operator in OPPOSITE:
            return _said(_template(OPPOSITE[operator], args), part, args)
        case Call("eq" | "in" | "known", args):
            return _said(DENIED[part.operator], part, args)
        case Call():
            return OPERATORS["not"].english.format(f"({english(part)})")
        case _:
            return OPERATORS["not"].english.format(english(part))
