"""A boundary: a comparison, or an end of a period, with the sides on which it can be tried."""

from dataclasses import dataclass, field
from typing import Literal

from engine.assurance.lint.possible import About
from engine.language.core import Call, Core, Select
from engine.source.place import Span

Side = Literal["at", "below", "above", "in", "out"]
"""Of a comparison: its two values are equal, or the first is next below or above the second. Of an end of a
period: a record on the last day that is in, or on the first that is out."""

End = Literal["limit", "start", "end"]


@dataclass(frozen=True, slots=True)
class Boundary:
    """A node of a rule's core, by the way to it from the rule down through `parts`.

    `end` says whether it is the limit of a comparison, or an end of the period of a
    selection; `about` whose records are in view there. `sides` are those that can be.
    """

    rule: str
    path: tuple[int, ...]
    end: End
    node: Core = field(compare=False, repr=False)
    about: About = field(compare=False, repr=False)
    sides: tuple[Side, ...] = field(compare=False)

    @property
    def at(self) -> Span:
        return self.node.at

    @property
    def owner(self) -> str:
        """The rule as it is written, without which of its expressions this is."""
        return self.rule.partition(".")[0]

    @property
    def comparison(self) -> Call:
        assert isinstance(self.node, Call)
        return self.node

    @property
    def selection(self) -> Select:
        assert isinstance(self.node, Select)
        return self.node


Goal = tuple[Boundary, Side]


@dataclass(frozen=True, slots=True)
class Standing:
    """A boundary with the sides that the cases have tried."""

    boundary: Boundary
    tried: frozenset[Side]

    @property
    def missing(self) -> tuple[Side, ...]:
        return tuple(side for side in self.boundary.sides if side not in self.tried)
