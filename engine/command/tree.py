"""A rule's evaluation as an indented tree: what was asked, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.language.core import CURRENT, Const, Fact, Parameter, Ref
from engine.language.english import english
from engine.language.show import show
from engine.reference.trace import Traced
from engine.reference.wording import place
from engine.source.place import NOWHERE, Span
from engine.timeline.model import Timeline


def tree_lines(traced: Traced, timeline: Timeline) -> list[str]:
    """A line a node, parts indented under the whole; literals speak for themselves."""
    return [f"{'  ' * depth}{line}" for depth, line in _Tree(timeline).lines(traced, 0)]


@dataclass(frozen=True, slots=True)
class _Tree:
    """One tree being written; `met` are the rules it has taken apart so far, each at its visit."""

    timeline: Timeline
    met: set[tuple[str, str | None]] = field(default_factory=set)

    def lines(self, traced: Traced, depth: int) -> Iterator[tuple[int, str]]:
        """A rule is taken apart where it is first met; after that its value says enough."""
        rule = _rule(traced)
        if rule in self.met:
            yield depth, f"{self.line(traced)}{' (as above)' if traced.parts else ''}"
            return
        if rule is not None:
            self.met.add(rule)
        yield depth, self.line(traced)
        for part in traced.parts:
            if not isinstance(part.core, Const):
                yield from self.lines(part, depth + 1)

    def line(self, traced: Traced) -> str:
        value = show(traced.value, traced.core.type)
        if isinstance(traced.core, Parameter):
            return f"{traced.core.name} = {value}"
        if isinstance(traced.core, Ref):
            return f"{_named(traced)} := {value}"
        where = self.where(traced)
        return f"{english(traced.core)} = {value}" + (f"   [{place(where)}]" if where else "")

    def where(self, traced: Traced) -> tuple[Span, ...]:
        """Where a recorded value stands in the input."""
        if isinstance(traced.core, Fact):
            fact = self.timeline.facts.get(traced.core.name)
            return () if fact is None or fact.at == NOWHERE else (fact.at,)
        record = traced.view.record
        return () if record is None or traced.parts else record.at


def _rule(traced: Traced) -> tuple[str, str | None] | None:
    """The rule that a node refers to, and the visit it is asked about."""
    if not isinstance(traced.core, Ref):
        return None
    return traced.core.rule, traced.view.visit if traced.core.visit == CURRENT else traced.core.visit


def _named(traced: Traced) -> str:
    name, visit = _rule(traced) or ("", None)
    return name if visit is None else f"{name} at {visit}"
