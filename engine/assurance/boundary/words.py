"""A boundary and its sides in words: for a list, and for the name of a case."""

from engine.assurance.boundary.model import Boundary, Side
from engine.language.core import (
    CURRENT,
    Call,
    Const,
    Core,
    Fact,
    Field,
    Parameter,
    Records,
    Ref,
    Select,
    VisitDay,
)
from engine.language.english import english
from engine.language.show import show
from engine.language.types import Day
from engine.language.walk import nodes

LONGEST = 40

SIDES: dict[Side, str] = {"at": "at the limit", "below": "just below", "above": "just above"}
OF_DAYS: dict[Side, str] = {"at": "on the same day", "below": "a day before", "above": "a day after"}
DATED = {
    ("start", "in"): "on the first day of the period",
    ("start", "out"): "a day before the period",
    ("end", "in"): "on the last day of the period",
    ("end", "out"): "a day after the period",
}


def side_words(boundary: Boundary, side: Side) -> str:
    """Where a patient would have to be."""
    if boundary.end != "limit":
        return DATED[boundary.end, side]
    is_of_days = any(isinstance(arg.type, Day) for arg in boundary.comparison.args)
    return (OF_DAYS if is_of_days else SIDES)[side]


def boundary_words(boundary: Boundary) -> str:
    """What turns there, in plain English."""
    if boundary.end == "limit":
        return english(boundary.node)
    source = boundary.selection.source
    assert isinstance(source, Records)
    if source.visit is not None:
        return f"`{source.variable}` in the window of {_visit(source.visit)}"
    return english(boundary.node)


def _visit(name: str) -> str:
    return "a visit" if name == CURRENT else f"`{name}`"


def short_words(boundary: Boundary, side: Side) -> str:
    """`urine, just above minimum`: enough for the name of a case."""
    if boundary.end != "limit":
        source = boundary.selection.source
        assert isinstance(source, Records)
        window = "window" if source.visit is not None else "period"
        return f"{source.variable} {side_words(boundary, side).replace('period', window)}"
    one, other = boundary.comparison.args
    between = {"at": "at", "below": "just below", "above": "just above"}[side]
    return f"{_subject(one, boundary)} {between} {_subject(other, boundary)}"


def _subject(core: Core, boundary: Boundary) -> str:
    """What one side of a comparison is about: its figure or the first thing it reads, and what with."""
    match core:
        case Parameter(name) | Ref(rule=name) | Fact(name) | VisitDay(visit=name):
            return "the visit" if name == CURRENT else name
        case Const(value, type_):
            return show(value, type_)
        case Field(of, name):
            holder = boundary.about.record if of == "record" else boundary.about.this
            shown = str(holder) if name == "value" else f"{holder}.{name}" if holder else name
            return f"previous {shown}" if of == "previous" else shown
        case Select(source=Records(variable), element=element):
            read = [node.name for node in nodes(element) if isinstance(node, Field)]
            return f"{variable}.{read[0]}" if read and read[0] not in ("value", "start") else variable
        case Call(args=args):
            return _combined(dict.fromkeys(_subject(arg, boundary) for arg in args))
        case _:
            return english(core)


def _combined(names: dict[str, None]) -> str:
    words = " and ".join(names)
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} .."
