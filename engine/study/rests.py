"""What a rule rests on: the rules it names, and the anchors of the visits that it names or is asked at.

It is read off what was written, before anything is checked: so each rule can
be checked after all it rests on, and a circle is seen for what it is even
where it closes through the schedule or through `eligible`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.language import syntax as s
from engine.language.core import BASELINE
from engine.language.mentions import names_in
from engine.source.place import Span
from engine.source.tree import Scalar
from engine.study.linked import ELIGIBLE
from engine.study.model import Protocol, Rule

DECIDING = ("inclusion", "exclusion")
Read = Callable[[Scalar], s.Syntax | None]


def deciding(protocol: Protocol) -> tuple[Rule, ...]:
    """The criteria that `eligible` is made of."""
    rules = protocol.rules.values()
    return tuple(rule for rule in rules if rule.role in DECIDING and rule.part_of is None)


@dataclass(frozen=True, slots=True)
class Rest:
    """A rule that another rests on, and where; `through` is the visit or baseline that was named instead."""

    name: str
    at: Span
    through: str | None = None


@dataclass(frozen=True, slots=True)
class Rests:
    """`read` gives the syntax of an expression, None where it has none."""

    protocol: Protocol
    read: Read

    def of(self, name: str, at: Span) -> Iterator[Rest]:
        """Each rule that the rule of this name rests on, once, where it is named first."""
        found: dict[str, Rest] = {}
        for mention in self._mentions(name, at):
            for rule in self._rules(mention):
                found.setdefault(rule.name, rule)
        return iter(found.values())

    def _mentions(self, name: str, at: Span) -> Iterator[s.Name]:
        if name == ELIGIBLE:
            yield from (s.Name(rule.id, at) for rule in deciding(self.protocol))
            return
        rule = self.protocol.rules[name]
        yield from (s.Name(visit.text, visit.at) for visit in rule.visits)
        for expression in (rule.expression, rule.extra.get("applies_when")):
            yield from self._names(expression)

    def _names(self, expression: Scalar | None) -> Iterator[s.Name]:
        syntax = None if expression is None else self.read(expression)
        return iter(()) if syntax is None else names_in(syntax)

    def _rules(self, mention: s.Name) -> Iterator[Rest]:
        """The rules behind a mention: a visit rests on its anchor, the baseline on all its day names."""
        schedule = self.protocol.schedule
        names = [mention.name]
        if mention.name == BASELINE:
            names = [name.name for name in self._names(schedule.baseline_day)]
        names = [schedule.visits[name].anchor.text if name in schedule.visits else name for name in names]
        known = (name for name in names if name == ELIGIBLE or name in self.protocol.rules)
        return (Rest(name, mention.at, None if name == mention.name else mention.name) for name in known)
