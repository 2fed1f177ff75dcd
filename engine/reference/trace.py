"""The log of a reading as a tree: each node with its value and the parts looked at.

A rule that was remembered is shown with the parts it had when it was first
asked, so every tree is whole.
"""

from collections.abc import Iterator
from typing import NamedTuple

from engine.language.core import CURRENT, Core, Ref
from engine.language.values import Value
from engine.reference.interpret import BEGAN, Log, Reading
from engine.reference.view import View


class Traced(NamedTuple):
    """A node as it was evaluated, at its place in the log."""

    core: Core
    view: View
    value: Value
    end: int
    trace: "Trace"

    @property
    def parts(self) -> "tuple[Traced, ...]":
        """In the order they were looked at."""
        return self.trace.parts(self)

    def walk(self) -> "Iterator[Traced]":
        yield self
        for part in self.parts:
            yield from part.walk()


class Trace:
    """The trees of one reading. Parts are found when somebody asks: most of a tree decides nothing."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.log: Log = [] if reading.log is None else reading.log
        self.nodes: dict[int, Traced] = {}
        self.inside: dict[int, tuple[Traced, ...]] = {}

    def at(self, index: int) -> Traced:
        """The tree whose last step is at `index` in the log."""
        node = self.nodes.get(index)
        if node is None:
            core, view, value, _ = self.log[index]
            node = self.nodes[index] = Traced(core, view, value, index, self)
        return node

    def parts(self, node: Traced) -> tuple[Traced, ...]:
        """The nodes directly inside one."""
        parts = self.inside.get(node.end)
        if parts is None:
            parts = self.inside[node.end] = self._parts(node)
        return parts

    def _parts(self, node: Traced) -> tuple[Traced, ...]:
        core = node.core
        if isinstance(core, Ref):
            visit = node.view.visit if core.visit == CURRENT else core.visit
            return (self.at(self.reading.finished[core.rule, visit]),)
        return tuple(map(self.at, reversed(self._ends(node.end))))

    def _ends(self, index: int) -> list[int]:
        """A log lists parts before the whole; each part's own beginning leads to the one before it."""
        ends, end, began = [], index - 1, self.log[index][BEGAN]
        while end >= began:
            ends.append(end)
            end = self.log[end][BEGAN] - 1
        return ends


def trace_of(reading: Reading, rule: str, visit: str | None = None) -> Traced:
    """The tree of a rule; it is asked now if it has not been."""
    reading.rule(rule, visit)
    return Trace(reading).at(reading.finished[rule, visit])
