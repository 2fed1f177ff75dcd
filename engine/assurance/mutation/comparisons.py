"""Comparisons that let in one value too many or too few."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from engine.assurance.mutation.model import Change, Spot
from engine.assurance.paths import ROOT, Path, replaced
from engine.language.core import Call, Const, Core, Field, Parameter, Records, Select
from engine.language.operators import COMPARISONS
from engine.language.types import Day, Number
from engine.language.units import ONE, Unit, UnitProblem, convert, factor, parse_unit
from engine.language.walk import nodes
from engine.source.tree import Scalar

STRICTNESS = {"lt": "le", "le": "lt", "gt": "ge", "ge": "gt"}
LIMITS = (*COMPARISONS, "min", "max")
"""What asks which of two is the greater."""

ARITHMETIC = {"add", "neg", "mul", "div", "min", "max", "abs", "nonzero", "convert", "approximate", "round"}
HELD = {"convert", "approximate", "round"}
"""Of these only the first argument is a figure of the protocol."""

SCALING = ("mul", "div")
"""Here a literal 1 is none: `x / 1 m` says the unit."""


def strictness(spot: Spot) -> Iterator[Change]:
    node = spot.node
    if isinstance(node, Call) and node.operator in STRICTNESS:
        yield Change(replace(node, operator=STRICTNESS[node.operator]), node.at)


def threshold(spot: Spot) -> Iterator[Change]:
    """Each figure of a comparison with something recorded, a step up and a step down."""
    node = spot.node
    if not isinstance(node, Call) or node.operator not in LIMITS or not _asks_the_patient(node):
        return
    for place, arg in enumerate(node.args):
        other = node.args[1 - place] if len(node.args) == 2 else None
        for path, figure in _figures(arg):
            step = _step(spot, figure, other if path == ROOT else None)
            for moved in (step, -step):
                yield Change(replaced(node, (place, *path), _moved(figure, moved)), figure.at)


Figure = Const | Parameter


def _asks_the_patient(core: Core) -> bool:
    return any(not isinstance(node, Const | Parameter | Call) for node in nodes(core))


def _figures(core: Core, path: Path = ROOT) -> Iterator[tuple[Path, Figure]]:
    """The figures that a side of a comparison is computed from."""
    match core:
        case Const() | Parameter() if isinstance(core.type, Number | Day) and core.value is not None:
            yield path, core
        case Call(operator, args) if operator in ARITHMETIC:
            for place, arg in enumerate(args[:1] if operator in HELD else args):
                if not (operator in SCALING and isinstance(arg, Const) and arg.value == 1):
                    yield from _figures(arg, (*path, place))
        case _:
            pass


def _moved(figure: Figure, step: Decimal) -> Const:
    value = figure.value
    if isinstance(value, Decimal):
        return Const(value + step, figure.type, figure.at)
    assert isinstance(value, int)
    return Const(value + int(step), figure.type, figure.at)


def _step(spot: Spot, figure: Figure, other: Core | None) -> Decimal:
    """The resolution of what it is compared with, else one of its own last digit."""
    if not isinstance(figure.type, Number):
        return Decimal(1)
    declared = None if other is None else _resolution(spot, other, figure.type)
    return declared or _last_digit(spot, figure, figure.type)


def _resolution(spot: Spot, other: Core, wanted: Number) -> Decimal | None:
    variable = spot.ground.study.protocol.variables.get(_measured(spot, other) or "")
    if variable is None or variable.step is None or variable.value is None:
        return None
    return _in_unit(variable.step, variable.value.unit, wanted)


def _measured(spot: Spot, core: Core) -> str | None:
    """The variable whose own value this is."""
    match core:
        case Call("convert" | "approximate", (inner, *_)):
            return _measured(spot, inner)
        case Select(source=Records(variable=variable), element=Field("record", "value")):
            return variable
        case Field(of, "value"):
            return spot.record if of == "record" else spot.this
        case _:
            return None


def _in_unit(step: Decimal, unit: str | None, wanted: Number) -> Decimal | None:
    read: Unit | UnitProblem = ONE if unit is None else parse_unit(unit)
    scale = None if isinstance(read, UnitProblem) else factor(read, wanted.unit, wanted.molar_mass)
    return None if scale is None else convert(step, scale)


def _last_digit(spot: Spot, figure: Figure, wanted: Number) -> Decimal:
    """Of a parameter as it was written, in the unit it stands in here."""
    if isinstance(figure, Parameter):
        written = spot.ground.study.protocol.parameters[figure.name].value
        number, _, unit = written.text.strip().partition(" ") if isinstance(written, Scalar) else ("", "", "")
        try:
            step = _in_unit(_digit(Decimal(number)), unit.strip() or None, wanted)
        except ArithmeticError:
            step = None
        if step is not None:
            return step
    assert isinstance(figure.value, Decimal)
    return _digit(figure.value)


def _digit(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(min(exponent, 0))
