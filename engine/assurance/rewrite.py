"""Rules rewritten: a parameter that has another value in a whole program, a node that is another in a rule.

They are the same rules under another reading of the protocol, or asked what if.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from engine.language.core import (
    Bound,
    Call,
    Const,
    Core,
    Parameter,
    Period,
    Program,
    Records,
    Select,
    VisitPlan,
    Visits,
)
from engine.language.types import Number
from engine.language.units import DAY_UNIT, MONTH_UNIT, Unit, convert, factor
from engine.language.values import Value
from engine.language.walk import nodes

MOVES = ("add_days", "add_months")


def with_parameter(program: Program, name: str, other: Const) -> Program:
    """Every rule, visit and the baseline, with another value for the parameter wherever it is read."""
    put = Rewriting(name, other).core
    plans = program.visits.values()
    baseline = program.baseline
    return replace(
        program,
        rules={rule: put(core) for rule, core in program.rules.items()},
        visits={p.name: VisitPlan(p.name, put(p.target), put(p.opens), put(p.closes)) for p in plans},
        baseline=baseline and replace(baseline, day=put(baseline.day), opens=put(baseline.opens)),
    )


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Puts `other` where the parameter `name` is read."""

    name: str
    other: Const

    def reads(self, core: Core) -> bool:
        return any(isinstance(node, Parameter) and node.name == self.name for node in nodes(core))

    def core(self, core: Core) -> Core:
        """The same node where it reads nothing of the parameter."""
        return self._with_other(core) if self.reads(core) else core

    def _with_other(self, core: Core) -> Core:
        match core:
            case Parameter():
                return replace(core, value=_in_unit_of(core, self.other))
            case Call(operator, (day, length)) if operator in MOVES and self.reads(length):
                return self._moved(core, self.core(day), length)
            case _:
                return with_parts(core, self.core)

    def _moved(self, core: Call, day: Core, length: Core) -> Core:
        """A day moved by days instead of months, or the other way, where that is what the other value is."""
        kind, unit = self.other.type, getattr(length.type, "unit", None)
        assert isinstance(kind, Number)
        if unit is None or kind.unit.dimension == unit.dimension:
            return replace(core, args=(day, self.core(length)))
        operator = "add_days" if kind.unit.dimension == DAY_UNIT.dimension else "add_months"
        backwards = isinstance(length, Call) and length.operator == "neg"
        unit = DAY_UNIT if operator == "add_days" else MONTH_UNIT
        value = _converted(self.other, unit)
        step = Const(-value if backwards else value, Number(unit), self.other.at)
        return replace(core, operator=operator, args=(day, step))


def with_nodes(core: Core, nodes: frozenset[int], other: Core) -> Core:
    """An expression with `other` where the nodes of these identities stand."""
    if id(core) in nodes:
        return other
    return with_parts(core, lambda part: with_nodes(part, nodes, other))


Put = Callable[[Core], Core]


def with_parts(core: Core, put: Put) -> Core:
    """A node of the parts that are put where its own stand."""
    match core:
        case Call():
            return replace(core, args=tuple(map(put, core.args)))
        case Select():
            return replace(core, source=_source(core.source, put), element=put(core.element))
        case _:
            return core


def _source(source: Records | Visits, put: Put) -> Records | Visits:
    period, where = source.period, source.where
    if period is not None:
        period = Period(_bound(period.start, put), _bound(period.end, put))
    return replace(source, period=period, where=None if where is None else put(where))


def _bound(bound: Bound | None, put: Put) -> Bound | None:
    return None if bound is None else replace(bound, day=put(bound.day))


def _in_unit_of(read: Parameter, other: Const) -> Value | frozenset[str]:
    """Where a parameter is read it stands in the unit it is compared in."""
    if isinstance(read.type, Number) and isinstance(other.type, Number):
        return _converted(other, read.type.unit, read.type.molar_mass)
    return other.value


def _converted(other: Const, unit: Unit, molar_mass: Decimal | None = None) -> Decimal:
    assert isinstance(other.value, Decimal)
    assert isinstance(other.type, Number)
    scale = factor(other.type.unit, unit, molar_mass)
    assert scale is not None
    return convert(other.value, scale)
