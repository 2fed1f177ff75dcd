"""The log of a reading as a tree: each node with its value and the parts looked at.

A rule that was remembered is shown with the parts it had when it was first
asked, so every tree is whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.language.core import CURRENT, Core, Ref
from engine.language.values import Value
from engine.reference.interpret import Reading, Step
from engine.reference.view import View


@dataclass(frozen=True, slots=True)
class Traced:
    """A node as it was evaluated; `parts` in the order they were looked at."""

    core: Core
    view: View
    value: Value
    parts: "tuple[Traced, ...]"

    def walk(self) -> "Iterator[Traced]":
        yield self
        for part in self.parts:
            yield from part.walk()


def trace_of(reading: Reading, rule: str, visit: str | None = None) -> Traced:
    """The tree of a rule; it is asked now if it has not been."""
    reading.rule(rule, visit)
    return traced_at(reading, reading.finished[rule, visit])


def traced_at(reading: Reading, index: int) -> Traced:
    """The tree whose last step is at `index` in the log."""
    assert reading.log is not None
    step = reading.log[index]
    if isinstance(step.core, Ref):
        return _of_rule(reading, step, step.core)
    return Traced(step.core, step.view, step.value, _parts(reading, index))


def _of_rule(reading: Reading, step: Step, core: Ref) -> Traced:
    visit = step.view.visit if core.visit == CURRENT else core.visit
    inner = traced_at(reading, reading.finished[core.rule, visit])
    return Traced(core, step.view, step.value, (inner,))


def _parts(reading: Reading, index: int) -> tuple[Traced, ...]:
    """A log lists parts before the whole; each part's own beginning leads to the one before it."""
    assert reading.log is not None
    ends, end, began = [], index - 1, reading.log[index].began
    while end >= began:
        ends.append(end)
        end = reading.log[end].began - 1
    return tuple(traced_at(reading, end) for end in reversed(ends))
