"""Which names of a study are read, and by which rules."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.language.core import Core, Fact, Parameter, Records, Ref, Select
from engine.language.walk import nodes
from engine.source.tree import Mapping as Pairs
from engine.source.tree import Scalar, Sequence, Tree
from engine.study.linked import LinkedRule, Study

_QUOTED = re.compile(r"`([^`\s]+)`")
_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Uses:
    """`by_rule` has what each rule's own expressions read; the others are read outside of rules.

    `planned`: by the schedule. `told`: named in backticks by endpoints or design, which
    people read. `typical`: any word of the typical patient.
    """

    by_rule: Mapping[str, frozenset[str]]
    planned: frozenset[str]
    told: frozenset[str]
    typical: frozenset[str]

    def by_others(self, name: str) -> bool:
        """Whether any rule but the one of this name reads it."""
        return any(name in read for rule, read in self.by_rule.items() if rule != name)


def uses_of(study: Study) -> Uses:
    return Uses(
        by_rule={name: frozenset(_of_rule(linked)) for name, linked in study.rules.items()},
        planned=frozenset(_planned(study)),
        told=frozenset(_told(study)),
        typical=frozenset(word for entry in study.protocol.typical.values() for word in _words(entry.tree)),
    )


def expressions(linked: LinkedRule) -> tuple[Core, ...]:
    """Everything that a rule is made of."""
    return (linked.core, *linked.extra.values())


def read_by(core: Core) -> Iterator[str]:
    """The names that an expression reads by itself: parameters, variables, rules."""
    for node in nodes(core):
        match node:
            case Parameter(name=name) | Fact(name=name) | Ref(rule=name):
                yield name
            case Select(source=Records(variable=name)):
                yield name
            case _:
                pass


def _of_rule(linked: LinkedRule) -> Iterator[str]:
    for core in expressions(linked):
        yield from read_by(core)
    if linked.for_each is not None:
        yield linked.for_each


def _planned(study: Study) -> Iterator[str]:
    for plan in study.program.visits.values():
        for core in (plan.target, plan.opens, plan.closes):
            yield from read_by(core)
    baseline = study.program.baseline
    if baseline is not None:
        yield from read_by(baseline.day)
        yield from read_by(baseline.opens)
    if study.program.attendance is not None:
        yield study.program.attendance.variable


def _told(study: Study) -> Iterator[str]:
    for endpoint in study.protocol.endpoints.values():
        if endpoint.response is not None:
            yield endpoint.response
        for text in (endpoint.analysis, endpoint.note):
            yield from _QUOTED.findall(text or "")
    for text in study.protocol.design.values():
        yield from _QUOTED.findall(text)


def _words(tree: Tree) -> Iterator[str]:
    match tree:
        case Scalar(text=text):
            yield from _WORD.findall(text)
        case Sequence(items=items):
            for item in items:
                yield from _words(item)
        case Pairs(entries=entries):
            for key, value in entries:
                yield from _words(key)
                yield from _words(value)
