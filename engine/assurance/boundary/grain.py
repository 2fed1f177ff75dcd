"""How far down and up a value moves when what it was read from moves by one step.

A measurement moves by its declared step and a day by a day. What is worked out
of them moves by what the reference makes of that: so the values next to a limit
are known for a sum, a ratio or an age alike.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from engine.assurance.lint.possible import About
from engine.language.core import Call, Const, Core, Fact, Field, Parameter, Records, Ref, Select, VisitDay
from engine.language.types import Day, Number
from engine.language.values import Value
from engine.reference.numbers import comparable
from engine.reference.operators import OPERATE
from engine.reference.trace import Traced
from engine.reference.view import View
from engine.study.linked import Study
from engine.study.model import Variable

ONE = Decimal(1)
Reach = tuple[float, float]
"""How far down and how far up."""

STILL: Reach = (0.0, 0.0)
A_DAY: Reach = (1.0, 1.0)
CHOOSING = ("if", "if_known")
PASSING = ("add", "neg", "abs", "min", "max", "if", "if_known", "approximate")
"""Operators that leave a figure what it is: their parts hold the figures that a value is compared with."""


@dataclass(frozen=True, slots=True)
class Grain:
    """The steps of one study; `figure` is the last digit of the figures of the comparison in hand.

    It stands for the step of what has none declared, such as a dose.
    """

    study: Study
    figure: Decimal = ONE

    # ------------------------------------------------------------------- steps

    def step(self, variable: str | None, name: str) -> Decimal:
        """The step of a value or attribute; an attribute in the unit of its variable has that step, too."""
        found = self.study.protocol.variables.get(variable or "")
        declared = None if found is None else _declared(found, name)
        return declared or self.figure

    # ------------------------------------------------------------------ values

    def of(self, traced: Traced, about: About) -> Reach:
        """How far down and up the value of a node moves."""
        core = traced.core
        match core:
            case VisitDay() | Fact(type=Day()) | Field(type=Day()):
                return A_DAY
            case Fact(name, Number()):
                return _both(self.step(name, "value"))
            case Field(of=of, name=name, type=Number()):
                return _both(self.step(about.record if of == "record" else about.this, name))
            case Ref(rule):
                linked = self.study.rules.get(rule.partition(".")[0])
                return self._furthest(traced.parts, About(this=linked.for_each if linked else None))
            case Select(source=source):
                inside = about._replace(record=source.variable) if isinstance(source, Records) else about
                elements = [part for part in traced.parts if part.core is core.element]
                return A_DAY if core.selector == "number of" else self._furthest(elements, inside)
            case Call():
                return self._computed(traced, core, about)
            case _:
                return STILL

    def _furthest(self, parts: Iterable[Traced], about: About) -> Reach:
        found = [STILL, *(self.of(part, about) for part in parts)]
        return max(down for down, _ in found), max(up for _, up in found)

    def _computed(self, traced: Traced, core: Call, about: About) -> Reach:
        """The furthest that moving one argument moves the result."""
        parts = traced.parts
        if core.operator in CHOOSING:
            return self.of(parts[-1], about) if parts else STILL
        if len(parts) != len(core.args):
            return STILL
        away = [0.0]
        for number, part in enumerate(parts):
            for moved in _moved(part.value, self.of(part, about)):
                values = [moved if other == number else one.value for other, one in enumerate(parts)]
                by = difference(_operated(core, values), traced.value)
                away += [] if by is None else [float(by)]
        return -min(away), max(away)


def _both(step: Decimal) -> Reach:
    return float(step), float(step)


def _declared(variable: Variable, name: str) -> Decimal | None:
    attribute = variable.attributes.get(name)
    if attribute is None:
        return variable.step
    own = variable.value
    return variable.step if own is not None and attribute.unit == own.unit else None


def _moved(value: Value, reach: Reach) -> Iterator[Value]:
    """The values next to one, where it moves at all."""
    for by in {-reach[0], reach[1]} - {0.0}:
        match value:
            case bool():
                return
            case int():
                yield value + round(by)
            case Decimal():
                yield value + Decimal(repr(by))
            case float():
                yield value + by
            case _:
                return


def _operated(core: Call, values: list[Value]) -> Value:
    args = tuple(Const(value, arg.type) for value, arg in zip(values, core.args, strict=True))
    return OPERATE[core.operator](lambda one, _: one.value, args, View())  # type: ignore[union-attr]


def difference(one: Value, other: Value) -> Decimal | None:
    """By how much one value is above another, as far as both are known; days by days."""
    a, b = _point(one), _point(other)
    return None if a is None or b is None else a - b


def _point(value: Value) -> Decimal | None:
    match value:
        case bool():
            return None
        case int():
            return Decimal(value)
        case Decimal() | float():
            return comparable(value)
        case _:
            return None


# --------------------------------------------------------------------- figures


def last_digit(comparison: Call) -> Decimal:
    """One in the last digit that the figures of a comparison are written with."""
    found = [figure for arg in comparison.args for figure in _figures(arg)]
    exponents = [int(figure.as_tuple().exponent) for figure in found]
    return Decimal(1).scaleb(min([0, *exponents]))


def _figures(core: Core) -> Iterator[Decimal]:
    match core:
        case Const(Decimal() as value) | Parameter(_, Decimal() as value):
            yield value
        case Call(operator, args) if operator in PASSING:
            for arg in args:
                yield from _figures(arg)
        case _:
            pass


def spacing(study: Study, core: Core) -> float:
    """The least gap between the figures that a value is chosen from, as a grade is; 0 for any other value."""
    found = sorted(_choices(study, core) or ())
    return min((float(b - a) for a, b in pairwise(found)), default=0.0)


def _choices(study: Study, core: Core) -> set[Decimal] | None:
    """The figures, where it is nothing but one of them."""
    match core:
        case Const(Decimal() as value) | Parameter(_, Decimal() as value):
            return {value}
        case Ref(rule):
            return _choices(study, study.program.rules[rule])
        case Call("if", (_, *args)) | Call("if_known", args) | Call("min" | "max", args):
            found = [_choices(study, arg) for arg in args]
            return None if None in found else set[Decimal]().union(*(one for one in found if one))
        case _:
            return None
