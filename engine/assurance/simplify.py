"""The shortest way to say an expression, so that two that cannot differ are equal.

What is folded holds in three values: junctions are flat, each part stands in
them once, denials stand at the conditions, and what is said of figures alone
is their answer. It is for comparing, not for showing.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from engine.assurance.paths import with_parts
from engine.language.core import FALSE, TRUE, Bound, Call, Const, Core, Parameter, Period, Select
from engine.language.operators import OPPOSITE
from engine.language.types import DAY, TRUTH, Number
from engine.language.units import DAY_UNIT, ONE
from engine.language.walk import parts
from engine.reference.operators import OPERATE
from engine.reference.view import View

MOVES = ("add_days", "add_months")
DUAL = {"and": "or", "or": "and"}
SETTLED = {"and": (TRUE, FALSE), "or": (FALSE, TRUE)}
"""Of a junction, the part that says nothing and the one that says all."""


def simplified(core: Core, figures: bool = False) -> Core:
    """With `figures`, parameters are what they are in this version; else they could be anything."""
    if isinstance(core, Parameter):
        return Const(core.value, core.type, core.at) if figures else core
    inside = [simplified(part, figures) for part in parts(core)]
    node = with_parts(core, inside) if inside else core
    if isinstance(node, Select):
        return _selected(node)
    return _folded(node) if isinstance(node, Call) else node


def _folded(call: Call) -> Core:
    fold = FOLD.get(call.operator)
    if fold is not None:
        return fold(call)
    return _answered(call) if all(isinstance(arg, Const) for arg in call.args) else call


def _answered(call: Call) -> Core:
    """What is said of figures alone."""

    def ask(core: Core, view: View) -> object:
        assert isinstance(core, Const)
        return core.value

    return Const(OPERATE[call.operator](ask, call.args, View()), call.type, call.at)


# ------------------------------------------------------------------ conditions


def _junction(call: Call) -> Core:
    nothing, all_of_it = SETTLED[call.operator]
    found: dict[Core, None] = {}
    for part in call.args:
        same = isinstance(part, Call) and part.operator == call.operator
        found.update(dict.fromkeys(part.args if same and isinstance(part, Call) else (part,)))
    if all_of_it in found:
        return all_of_it
    found.pop(nothing, None)
    left = tuple(found)
    return nothing if not left else left[0] if len(left) == 1 else replace(call, args=left)


def _denied(call: Call) -> Core:
    (part,) = call.args
    match part:
        case Const(bool() as value):
            return FALSE if value else TRUE
        case Call("not", (inner,)):
            return inner
        case Call("and" | "or" as operator, inside):
            denied = tuple(_denied(Call("not", (one,), TRUTH, call.at)) for one in inside)
            return _junction(Call(DUAL[operator], denied, TRUTH, part.at))
        case Call(operator) if operator in OPPOSITE:
            return replace(part, operator=OPPOSITE[operator])
        case _:
            return call


def _enough(call: Call) -> Core:
    """`at least n of` without the parts that are settled; a junction where it is one."""
    count, *inside = call.args
    if not isinstance(count, Const) or not isinstance(count.value, Decimal):
        return call
    needed = int(count.value) - sum(part == TRUE for part in inside)
    left = tuple(part for part in inside if part not in (TRUE, FALSE))
    if needed <= 0 or needed > len(left):
        return TRUE if needed <= 0 else FALSE
    if needed in (1, len(left)):
        return _junction(Call("or" if needed == 1 else "and", left, TRUTH, call.at))
    return replace(call, args=(Const(Decimal(needed), Number(ONE)), *left))


def _chosen(call: Call) -> Core:
    condition, then, otherwise = call.args
    if then == otherwise or condition == TRUE:
        return then
    return otherwise if condition == FALSE else call


def _filled(call: Call) -> Core:
    value, otherwise = call.args
    return value if value == otherwise or (isinstance(value, Const) and value.value is not None) else call


# ------------------------------------------------------------------------ days


def _moved(call: Call) -> Core:
    """Moves of one kind are one move, and a move by nothing is none."""
    day, length = call.args
    steps = _steps(length)
    if steps is None:
        return call
    if call.operator == "add_days" and isinstance(day, Call) and day.operator == "add_days":
        before = _steps(day.args[1])
        day, steps = (day.args[0], steps + before) if before is not None else (day, steps)
    if not steps:
        return day
    moved = replace(call, args=(day, Const(steps, length.type, length.at)))
    return _answered(moved) if isinstance(day, Const) else moved


def _steps(length: Core) -> Decimal | None:
    match length:
        case Const(Decimal() as value) | Parameter(_, Decimal() as value):
            return value
        case Call("neg", (inner,)):
            steps = _steps(inner)
            return None if steps is None else -steps
        case _:
            return None


def _selected(select: Select) -> Core:
    """Days are whole: after a day is from the next one on."""
    source = select.source
    if source.where == TRUE:
        source = replace(source, where=None)
    period = source.period
    if period is not None:
        source = replace(source, period=Period(_closed(period.start, 1), _closed(period.end, -1)))
    return replace(select, source=source)


def _closed(bound: Bound | None, inwards: int) -> Bound | None:
    if bound is None or bound.inclusive:
        return bound
    return Bound(_moved(moved_by_days(bound.day, inwards)))


def moved_by_days(day: Core, days: int) -> Call:
    """A day so many days later."""
    return Call("add_days", (day, Const(Decimal(days), Number(DAY_UNIT), day.at)), DAY, day.at)


FOLD: dict[str, Callable[[Call], Core]] = {
    "and": _junction,
    "or": _junction,
    "not": _denied,
    "at_least": _enough,
    "if": _chosen,
    "if_known": _filled,
    "add_days": _moved,
    "add_months": _moved,
}
