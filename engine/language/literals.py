"""Literals to constants, and numbers from one unit to another."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from engine.language.core import Call, Const, Core, Parameter
from engine.language.types import Number
from engine.language.units import ONE, Unit, UnitProblem, exactly, factor, parse_unit


def quantity(number: str, unit: str | None) -> tuple[Decimal, Number] | UnitProblem:
    """The value and type of `1.0 g/d` or of a plain number."""
    if unit is None:
        return Decimal(number), Number(ONE)
    read = parse_unit(unit)
    return read if isinstance(read, UnitProblem) else (Decimal(number), Number(read))


def converted(core: Core, unit: Unit, molar_mass: Decimal | None = None) -> Core | None:
    """A number in another unit of its dimension; None where no exact factor leads there.

    Literals and parameters are converted here and now, other values by an
    operator; either way the factor is a finite decimal.
    """
    assert isinstance(core.type, Number)
    multiplier = factor(core.type.unit, unit, molar_mass)
    if multiplier is None:
        return None
    target = replace(core.type, unit=unit)
    if multiplier == 1:
        return replace(core, type=target)
    if isinstance(core, Const | Parameter) and isinstance(core.value, Decimal):
        value = exactly(Fraction(core.value) * multiplier)
        return None if value is None else replace(core, value=value, type=target)
    exact = exactly(multiplier)
    if exact is None:
        return None
    return Call("convert", (core, Const(exact, Number(ONE), core.at)), target, core.at)


def whole(core: Core) -> int | None:
    """The integer a literal or parameter stands for, if it is one."""
    if isinstance(core, Const | Parameter) and isinstance(core.value, Decimal):
        return int(core.value) if core.value == int(core.value) else None
    return None
