"""What a mutant is, what it is made from, and what becomes of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.assurance.cases import Case
from engine.assurance.rewrite import with_expressions
from engine.language.core import Core, Program
from engine.language.slots import Slot
from engine.source.place import Span
from engine.study.linked import Study


@dataclass(frozen=True, slots=True)
class Mutant:
    """A study with one small thing wrong.

    `of` is the rule, visit or parameter that is wrong; `before` and `after` say
    how, in words. `changes` are the expressions that are other ones, `touched`
    the nodes of the study without which nothing is different: where none of
    them is looked at, the answer is the same.
    """

    kind: str
    of: str
    at: Span
    before: str
    after: str
    changes: tuple[tuple[Slot, Core], ...] = field(repr=False)
    touched: tuple[Core, ...] = field(repr=False, compare=False)

    @property
    def rules(self) -> frozenset[str]:
        """The rules in which something is other, and the plans of visits."""
        return frozenset(slot.rule for slot, _ in self.changes)

    def program(self, program: Program) -> Program:
        return with_expressions(program, dict(self.changes))


class Change(NamedTuple):
    """Another node in place of one, and where it is written what is other about it, or what is left out."""

    node: Core
    at: Span
    left_out: Core | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """A study, with what is asked of it for every node.

    `anchors` and `visits` stand in the order they were declared in; `below` says
    of each rule and visit on which others it rests, through however many.
    """

    study: Study
    anchors: tuple[str, ...]
    visits: tuple[str, ...]
    below: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A node and where it stands: the nodes `around` it, and whose record and which visits are in sight."""

    node: Core
    slot: Slot
    ground: Ground
    around: tuple[Core, ...] = ()
    record: str | None = None
    this: str | None = None
    visits: tuple[str, ...] = ()

    def may_read(self, name: str) -> bool:
        """Whether a rule, or the plan of a visit, can be read here without going round in a circle."""
        owner = self.slot.rule
        return name != owner and owner not in self.ground.below.get(name, frozenset())


Changing = Callable[[Spot], Iterator[Change]]


@dataclass(frozen=True, slots=True)
class Killed:
    """A case answers otherwise, or for other reasons; `problem` says in what."""

    by: Case
    problem: str


@dataclass(frozen=True, slots=True)
class Survived:
    """No case notices."""


@dataclass(frozen=True, slots=True)
class Equivalent:
    """No case could notice."""

    why: str


Outcome = Killed | Survived | Equivalent


@dataclass(frozen=True, slots=True)
class Tried:
    mutant: Mutant
    outcome: Outcome
