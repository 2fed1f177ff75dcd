"""The figures that rules compare variables with: where a value decides, it should be tried.

Found in the typed core: a value of a variable on one side of a comparison and,
on the other, literals and parameters, perhaps times an attribute of the same
record. Ages are found likewise, by the fact they are counted from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from engine.language.core import Call, Const, Core, Fact, Field, Parameter, Program, Records, Ref, Select
from engine.language.types import Number
from engine.language.units import YEAR_UNIT, parse_unit
from engine.language.walk import nodes, parts
from engine.study.linked import LinkedRule, Study

COMPARISONS = ("eq", "lt", "le", "gt", "ge")
TRANSPARENT = ("approximate", "if", "if_known")
"""Operators whose result is the value of one of their arguments."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A variable's values are compared with `value`; `decides` says that on it depends who enters."""

    variable: str
    value: Core
    decides: bool


@dataclass(frozen=True, slots=True)
class Age:
    """The years since a date of the patient are compared with a number, on a day."""

    variable: str
    day: Core
    years: int


def figures_of(study: Study) -> tuple[Figure, ...]:
    """Each figure once, in the order of the rules."""
    found = [
        Figure(variable, value, rule.rule.role in ("inclusion", "exclusion"))
        for rule in study.rules.values()
        for core in (rule.core, *rule.extra.values())
        for variable, value in _in_core(core, None, study.program)
        if _fits(study, variable, value)
    ]
    entering = {(one.variable, one.value) for one in found if one.decides}
    return tuple(dict.fromkeys(Figure(f.variable, f.value, (f.variable, f.value) in entering) for f in found))


def ages_of(study: Study) -> tuple[Age, ...]:
    """Those on a day that is one day for the patient, not another at each visit."""
    asked_once = (rule for rule in study.rules.values() if rule.scope == "patient")
    compared = (call for rule in asked_once for call in _comparisons(rule))
    return tuple(dict.fromkeys(age for call in compared for age in _age(call)))


def _fits(study: Study, variable: str, value: Core) -> bool:
    """A figure in the variable's own unit; another would need a conversion that rules already did."""
    own = study.protocol.variables[variable].value
    unit = None if own is None else parse_unit(own.unit or "1")
    return isinstance(value.type, Number) and value.type.unit == unit


# ----------------------------------------------------------------------- figures


def _in_core(core: Core, holder: str | None, program: Program) -> Iterator[tuple[str, Core]]:
    """Variables and what they are compared with; `holder` is the variable whose record is in view."""
    if isinstance(core, Call) and core.operator in COMPARISONS:
        for own, other in (core.args, core.args[::-1]):
            if _is_figure(other):
                yield from ((variable, other) for variable in _valued(own, holder, program))
    inner = _held(core, holder)
    for part in parts(core):
        yield from _in_core(part, inner, program)


def _held(core: Core, holder: str | None) -> str | None:
    return core.source.variable if isinstance(core, Select) and isinstance(core.source, Records) else holder


def _valued(core: Core, holder: str | None, program: Program) -> Iterator[str]:
    """The variables of which this is a value."""
    match core:
        case Select(source=Records(variable, "measurement"), element=Field("record", "value")):
            yield variable
        case Field("record", "value") if holder is not None:
            yield holder
        case Ref(rule) if rule in program.rules:
            yield from _valued(program.rules[rule], None, program)
        case Call(operator, args) if operator in TRANSPARENT:
            for arg in args:
                yield from _valued(arg, holder, program)
        case _:
            pass


def _is_figure(core: Core) -> bool:
    """Literals and parameters, and attributes of the record in view."""
    return all(
        isinstance(node, Const | Parameter | Call)
        or (isinstance(node, Field) and node.of == "record" and node.name not in ("value", "start", "end"))
        for node in nodes(core)
    )


# -------------------------------------------------------------------------- ages


def _comparisons(rule: LinkedRule) -> Iterator[Call]:
    for core in (rule.core, *rule.extra.values()):
        for node in nodes(core):
            if isinstance(node, Call) and node.operator in COMPARISONS:
                yield node


def _age(call: Call) -> Iterator[Age]:
    for own, other in (call.args, call.args[::-1]):
        match own, other:
            case (
                Call("years_between", (Fact(variable), day)),
                Const(Decimal() as value, Number(unit)) | Parameter(_, Decimal() as value, Number(unit)),
            ):
                yield Age(variable, day, int(Fraction(value) * unit.scale / YEAR_UNIT.scale))
            case _:
                pass
