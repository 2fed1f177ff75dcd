"""What an expression could give in any patient at all, read off the data dictionary.

Values lie in their plausible ranges (the reader uses no others), codes on their
codelists, parameters at their values; days are any days. Nothing is said of
how two values hang together, so more may seem possible than is: what is *not*
possible here is certain.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any, NamedTuple

from engine.assurance.lint import intervals
from engine.assurance.lint.could import (
    EITHER,
    Codes,
    Could,
    Outcomes,
    SomeDay,
    anything,
    doubted,
    either,
    just,
    known,
)
from engine.assurance.lint.intervals import INFINITE, Bound, Interval
from engine.language.core import Call, Const, Core, Fact, Field, Parameter, Records, Ref, Select, VisitDay
from engine.study.linked import Study
from engine.study.model import Attribute


class About(NamedTuple):
    """The variables whose records are in sight: the one selected, and the one a rule is about."""

    record: str | None = None
    this: str | None = None


class Possibilities:
    """All that the expressions of one study could give; each rule is worked out once."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.rules: dict[str, Could] = {}

    def rule(self, name: str) -> Could:
        if name not in self.rules:
            linked = self.study.rules.get(name.partition(".")[0])
            about = About(this=linked.for_each if linked else None)
            self.rules[name] = self.of(self.study.program.rules[name], about)
        return self.rules[name]

    def of(self, core: Core, about: About) -> Could:
        """What a node could give."""
        match core:
            case Const(value, type_) | Parameter(_, value, type_):
                return just(value, type_)
            case Fact(name):
                variable = self.study.protocol.variables.get(name)
                return anything(core.type) if variable is None else self._recorded(variable.value, core)
            case Field():
                return self._field(core, about)
            case Ref(rule):
                return doubted(self.rule(rule))
            case VisitDay():
                return SomeDay()
            case Call():
                return OPERATE[core.operator]([self.of(arg, about) for arg in core.args])
            case Select():
                return self._selected(core, about)

    def _field(self, core: Field, about: About) -> Could:
        holder = about.record if core.of == "record" else about.this
        variable = self.study.protocol.variables.get(holder or "")
        if variable is None or core.name in ("start", "end"):
            return anything(core.type)
        attribute = variable.value if core.name == "value" else variable.attributes.get(core.name)
        return self._recorded(attribute, core)

    def _recorded(self, attribute: Attribute | None, core: Core) -> Could:
        """What may be recorded: a number in its plausible range, any of the codes."""
        if attribute is None or attribute.content != "number":
            return anything(core.type)
        return Interval(_bound(attribute.low, -INFINITE), _bound(attribute.high, INFINITE))

    def _selected(self, core: Select, about: About) -> Could:
        source = core.source
        inside = about._replace(record=source.variable if isinstance(source, Records) else None)
        where = Outcomes(EITHER) if source.where is None else self.of(source.where, inside)
        some = isinstance(where, Outcomes) and True in where.values
        element = self.of(core.element, inside)
        # Of records that are there, none may pass the filter: then none means no, whatever absence means.
        asked = isinstance(source, Records) and source.absent == "unknown" and source.where is None
        return _taken(core.selector, element, (some, not asked))


def _bound(number: Decimal | None, otherwise: float) -> Bound:
    return otherwise if number is None else Fraction(number)


def _taken(selector: str, element: Could, records: tuple[bool, bool]) -> Could:
    """What a selector makes of records: whether there can be some, and whether none means no."""
    some, none_means_no = records
    match element:
        case Outcomes(values) if selector in ("any", "every"):
            of_none = selector == "every"
            possible = (values if some else frozenset()) | ({of_none} if none_means_no else set())
            return Outcomes(frozenset(possible))
        case _ if selector == "number of":
            return Interval(Fraction(0), INFINITE if some else Fraction(0))
        case Interval() if selector == "total":
            return intervals.summed(element) if some else Interval(Fraction(0), Fraction(0))
        case Interval() if selector in ("mean", "median"):
            return doubted(intervals.widened(element))
        case _:
            return doubted(element)


# ------------------------------------------------------------------- operators

Args = list[Any]
Operate = Callable[[Args], Could]


def _truth(can_be_true: bool, can_be_false: bool, args: Iterable[Could]) -> Outcomes:
    return _outcomes(can_be_true, can_be_false, any(arg.unknown for arg in args))


def _outcomes(can_be_true: bool, can_be_false: bool, unknown: bool) -> Outcomes:
    values = {True: can_be_true, False: can_be_false}
    return Outcomes(frozenset(value for value, can_be in values.items() if can_be), unknown)


def _and(args: Args) -> Could:
    """Unknown takes an unknown part, and none that is always false."""
    unknown = any(a.unknown for a in args) and not any(a.all == {False} for a in args)
    return _outcomes(all(True in a.values for a in args), any(False in a.values for a in args), unknown)


def _or(args: Args) -> Could:
    unknown = any(a.unknown for a in args) and not any(a.all == {True} for a in args)
    return _outcomes(any(True in a.values for a in args), all(False in a.values for a in args), unknown)


def _not(args: Args) -> Could:
    return Outcomes(frozenset(not value for value in args[0].values), args[0].unknown)


def _at_least(args: Args) -> Could:
    """Enough parts must be able to be true; for it to fail, enough must be able to be false."""
    needed, parts = args[0], args[1:]
    can, must = (sum(True in a.values for a in parts), sum(False not in a.values for a in parts))
    return _truth(can >= needed.low, must < needed.high, args)


def _equal(args: Args) -> Could:
    a, b = args
    match a, b:
        case Interval(), Interval():
            meet = a.low <= b.high and b.low <= a.high
            return _truth(meet, a.point is None or a.point != b.point, args)
        case Codes(), Codes():
            return _truth(bool(a.codes & b.codes), len(a.codes | b.codes) > 1, args)
        case Outcomes(), Outcomes():
            return _truth(bool(a.values & b.values), len(a.values | b.values) > 1, args)
        case _:
            return _truth(True, True, args)


def _less(args: Args) -> Could:
    a, b = args
    if isinstance(a, Interval):
        return _truth(a.low < b.high, a.high >= b.low, args)
    return _truth(True, True, args)


def _at_most(args: Args) -> Could:
    a, b = args
    if isinstance(a, Interval):
        return _truth(a.low <= b.high, a.high > b.low, args)
    return _truth(True, True, args)


def _in(args: Args) -> Could:
    a, among = args
    return _truth(bool(a.codes & among.codes), bool(a.codes - among.codes), args)


def _is_known(args: Args) -> Could:
    return Outcomes(EITHER if args[0].unknown else frozenset((True,)), unknown=False)


def _if_known(args: Args) -> Could:
    value, otherwise = args
    return either(known(value), otherwise) if value.unknown else value


def _if(args: Args) -> Could:
    """The branches that can be taken; where the condition is unknown, what they agree on."""
    condition, then, otherwise = args
    if condition.values == {True}:
        taken = then
    else:
        taken = otherwise if condition.values == {False} else either(then, otherwise)
    return doubted(taken) if condition.unknown else taken


def _all(operation: Callable[[Interval, Interval], Interval]) -> Operate:
    return lambda args: reduce(operation, args)


def _moved(_: Args) -> Could:
    """A day, or none: it may leave the calendar."""
    return SomeDay()


def _elapsed(_: Args) -> Could:
    return Interval()


OPERATE: dict[str, Operate] = {
    "and": _and,
    "or": _or,
    "not": _not,
    "at_least": _at_least,
    "if": _if,
    "if_known": _if_known,
    "known": _is_known,
    "eq": _equal,
    "lt": _less,
    "le": _at_most,
    "gt": lambda args: _less(args[::-1]),
    "ge": lambda args: _at_most(args[::-1]),
    "in": _in,
    "add": _all(intervals.plus),
    "neg": lambda args: intervals.minus(args[0]),
    "mul": _all(intervals.times),
    "div": _all(intervals.over),
    "pow": _all(intervals.power),
    "min": _all(intervals.lower),
    "max": _all(intervals.higher),
    "abs": lambda args: intervals.size(args[0]),
    "round": _all(intervals.to_nearest),
    "nonzero": lambda args: doubted(args[0]),
    "convert": _all(intervals.times),
    "approximate": lambda args: intervals.widened(args[0]),
    "days_between": _elapsed,
    "months_between": _elapsed,
    "years_between": _elapsed,
    "add_days": _moved,
    "add_months": _moved,
}
