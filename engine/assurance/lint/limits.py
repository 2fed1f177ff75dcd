"""Limits that criteria set to the very same value, held against each other: it takes no solver."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from engine.assurance.lint.model import Subject
from engine.language.core import Call, Const, Core, Fact, Parameter, Program, Ref, Select
from engine.language.operators import OPERATORS, OPPOSITE
from engine.language.show import show
from engine.language.walk import nodes
from engine.source.place import Span
from engine.study.linked import ELIGIBLE

MIRRORED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}


@dataclass(frozen=True, slots=True)
class Limit:
    """What must hold of a value for anybody to be eligible, and the criterion that says so."""

    rule: str
    value: Core
    sign: str
    bound: Const | Parameter
    at: Span

    @property
    def number(self) -> Decimal:
        assert isinstance(self.bound.value, Decimal)
        return self.bound.value

    @property
    def is_upper(self) -> bool:
        return self.sign in ("lt", "le")

    @property
    def said(self) -> str:
        return f"{OPERATORS[self.sign].sign} {show(self.bound.value, self.bound.type)}"

    def implies(self, other: "Limit") -> bool:
        """Whether whoever keeps this one keeps the other, both being upper or both lower."""
        if self.number == other.number:
            return self.sign == other.sign or self.sign in ("lt", "gt")
        return (self.number < other.number) is self.is_upper

    def excludes(self, other: "Limit") -> bool:
        """Whether nobody can keep both, one being upper and the other lower."""
        upper, lower = (self, other) if self.is_upper else (other, self)
        if upper.number == lower.number:
            return (upper.sign, lower.sign) != ("le", "ge")
        return upper.number < lower.number


def implied_limits(subject: Subject) -> Iterator[tuple[Limit, Limit]]:
    """A limit that says nothing beyond a stricter one, and that one."""
    for one, other in _pairs(subject):
        if one.is_upper is other.is_upper:
            yield (other, one) if one.implies(other) else (one, other)


def limits_apart(subject: Subject) -> Iterator[tuple[Limit, Limit]]:
    """Two limits that nobody keeps both of, as they were written."""
    for one, other in _pairs(subject):
        if one.is_upper is not other.is_upper and one.excludes(other):
            yield one, other


def _pairs(subject: Subject) -> Iterator[tuple[Limit, Limit]]:
    """Limits of two criteria on the very same value."""
    program = subject.study.program
    limits = list(_limits(program, program.rules[ELIGIBLE], (ELIGIBLE, True)))
    for one, other in combinations(limits, 2):
        if one.value == other.value and one.rule != other.rule:
            yield one, other


def _limits(program: Program, core: Core, where: tuple[str, bool]) -> Iterator[Limit]:
    """The comparisons that must all come out one way; `where` is the rule and what is wanted of it."""
    rule, wanted = where
    match core:
        case Ref(name, None) if name in program.rules:
            yield from _limits(program, program.rules[name], (name, wanted))
        case Call("not", (part,)):
            yield from _limits(program, part, (rule, not wanted))
        case Call("and" | "or" as operator, args) if (operator == "and") is wanted:
            for part in args:
                yield from _limits(program, part, where)
        case Call(sign, (left, right)) if sign in OPPOSITE:
            held = sign if wanted else OPPOSITE[sign]
            yield from _limit(rule, (left, held, right), core.at)


def _limit(rule: str, written: tuple[Core, str, Core], at: Span) -> Iterator[Limit]:
    left, sign, right = written
    if _is_recorded(left) and _is_number(right):
        yield Limit(rule, left, sign, right, at)  # type: ignore[arg-type]
    elif _is_recorded(right) and _is_number(left):
        yield Limit(rule, right, MIRRORED[sign], left, at)  # type: ignore[arg-type]


def _is_number(core: Core) -> bool:
    return isinstance(core, Const | Parameter) and isinstance(core.value, Decimal)


def _is_recorded(core: Core) -> bool:
    return any(isinstance(node, Fact | Select | Ref) for node in nodes(core))
