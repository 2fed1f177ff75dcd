"""What there is to show of a study's rules: their answers, and the conditions these are made of.

A condition is anything true, false or unknown that is not put together from
others: a comparison, a selection of any or every, a yes or no, another rule.
Where it stands makes it one: the same words at two places are two conditions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from engine.assurance.lint.possible import About
from engine.assurance.places import Path, Placed, below
from engine.language.core import Call, Const, Core, Field, Select
from engine.language.operators import SELECTORS
from engine.language.types import Truth
from engine.reference.decisive import JUNCTIONS
from engine.source.tree import Scalar
from engine.study.linked import LinkedRule, Study

Wanted = Literal["true", "false", "unknown", "known", "decisive"]

TRUTHS: tuple[Wanted, ...] = ("true", "false", "unknown")
VALUES: tuple[Wanted, ...] = ("known", "unknown")
OF_A_CONDITION: tuple[Wanted, ...] = (*TRUTHS, "decisive")


class Goal(NamedTuple):
    """One thing that a case can show: of the condition at `path`, or of the whole rule's answer."""

    rule: str
    path: Path | None
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition and its place; `about` are the records in sight there.

    Where it is all that an expression says, its answers are those of that expression, and count once.
    """

    rule: str
    core: Core = field(compare=False)
    path: Path
    about: About = field(compare=False)
    whole: str | None = field(compare=False)

    def goal(self, wanted: Wanted) -> Goal:
        if self.whole is None or wanted == "decisive":
            return Goal(self.rule, self.path, wanted)
        return Goal(self.whole, None, wanted)

    @property
    def goals(self) -> tuple[Goal, ...]:
        return tuple(map(self.goal, OF_A_CONDITION))


@dataclass(frozen=True, slots=True)
class Expression:
    """An entry of the program: a rule (`owner`), or what else one gives, as `I6.applies_when`."""

    name: str
    owner: LinkedRule
    core: Core
    written: Scalar
    conditions: tuple[Condition, ...]

    @property
    def about(self) -> About:
        return About(this=self.owner.for_each)

    @property
    def answers(self) -> tuple[Goal, ...]:
        wanted = TRUTHS if isinstance(self.core.type, Truth) else VALUES
        return tuple(Goal(self.name, None, one) for one in wanted)

    @property
    def goals(self) -> tuple[Goal, ...]:
        return (*self.answers, *(goal for condition in self.conditions for goal in condition.goals))


def expressions_of(study: Study) -> Mapping[str, Expression]:
    """Every expression that somebody wrote, in the order of the files; nobody wrote `eligible`."""
    rules = (one for linked in study.rules.values() for one in _of_rule(linked))
    return {expression.name: expression for expression in rules}


def _of_rule(linked: LinkedRule) -> Iterator[Expression]:
    rule = linked.rule
    exempting = linked.extra.get("applies_when")
    wholes = {} if exempting is None else {id(exempting): linked.key("applies_when")}
    yield _expression(rule.id, linked, rule.expression, (linked.core, wholes))
    for extra, core in linked.extra.items():
        yield _expression(linked.key(extra), linked, rule.extra[extra], (core, {}))


Wholes = Mapping[int, str]
"""Expressions by the identity of their nodes."""


def _expression(name: str, owner: LinkedRule, written: Scalar, said: tuple[Core, Wholes]) -> Expression:
    core, others = said
    nodes = _conditions(Placed(core, (), About(this=owner.for_each)), others)
    wholes = {**others, id(core): name}
    conditions = (Condition(name, *node, wholes.get(id(node.core))) for node in nodes)
    return Expression(name, owner, core, written, tuple(conditions))


def _conditions(whole: Placed, others: Wholes) -> Iterator[Placed]:
    """Each once: what a range is asked of stands in it twice, and was written once.

    Another expression in it, which says whether the rule applies, is one condition here.
    """
    seen = set[int]()
    pending = [whole]
    while pending:
        node = pending.pop()
        if id(node.core) in seen:
            continue
        seen.add(id(node.core))
        if is_condition(node.core) or id(node.core) in others:
            yield node
        if id(node.core) not in others:
            taken = _taken_as_it_is(node.core)
            pending.extend(part for part in reversed(below(node)) if part.core is not taken)


def is_condition(core: Core) -> bool:
    """Whether it is a truth that is found, and not one that is written down or put together."""
    if not isinstance(core.type, Truth) or isinstance(core, Const):
        return False
    return not (isinstance(core, Call) and core.operator in JUNCTIONS)


def _taken_as_it_is(core: Core) -> Core | None:
    """The yes or no that `last` and the like take of a record: no other condition than the selection."""
    if isinstance(core, Select) and isinstance(core.element, Field):
        return core.element if SELECTORS[core.selector].gives == "element" else None
    return None
