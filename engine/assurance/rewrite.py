"""A program with other expressions in some places: the same rules under another reading of the protocol."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from engine.assurance.paths import with_parts
from engine.language.core import BASELINE, Baseline, Call, Const, Core, Parameter, Program, VisitPlan
from engine.language.slots import Slot, expressions
from engine.language.types import Number
from engine.language.units import DAY_UNIT, MONTH_UNIT, Unit, convert, factor
from engine.language.values import Value
from engine.language.walk import nodes, parts

MOVES = ("add_days", "add_months")


def with_expressions(program: Program, changed: Mapping[Slot, Core]) -> Program:
    """The program with other expressions in the slots that are named."""
    rules = {slot.name: core for slot, core in changed.items() if slot.part == "rule"}
    planned = {slot.name for slot in changed if slot.part != "rule"}
    plans = {name: _plan(program.visits[name], changed) for name in planned & program.visits.keys()}
    baseline = program.baseline
    if baseline is not None and BASELINE in planned:
        day, opens = Slot(BASELINE, "day"), Slot(BASELINE, "opens")
        baseline = Baseline(changed.get(day, baseline.day), changed.get(opens, baseline.opens))
    return replace(
        program, rules={**program.rules, **rules}, visits={**program.visits, **plans}, baseline=baseline
    )


def _plan(plan: VisitPlan, changed: Mapping[Slot, Core]) -> VisitPlan:
    return VisitPlan(
        plan.name,
        changed.get(Slot(plan.name, "target"), plan.target),
        changed.get(Slot(plan.name, "opens"), plan.opens),
        changed.get(Slot(plan.name, "closes"), plan.closes),
    )


def with_parameter(program: Program, name: str, other: Const) -> Program:
    """Every rule, visit and the baseline, with another value for the parameter wherever it is read."""
    return with_expressions(program, reading_otherwise(program, name, other))


def reading_otherwise(program: Program, name: str, other: Const) -> dict[Slot, Core]:
    """The expressions that read a parameter, with another value for it."""
    rewriting = Rewriting(name, other)
    reading = {slot: core for slot, core in expressions(program).items() if rewriting.reads(core)}
    return {slot: rewriting.core(core) for slot, core in reading.items()}


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
                return with_parts(core, [self.core(part) for part in parts(core)])

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
