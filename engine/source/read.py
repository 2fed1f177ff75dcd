"""YAML text to a located tree, in one pass over the parser's events.

The tree is built from events and not from PyYAML's nodes: those have aliases
expanded by the time anyone could object. Containers are kept on a list of open
ones, so depth costs no stack, and each event is looked at once.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml import events

from engine.source.diagnostic import Diagnostics
from engine.source.lines import unified
from engine.source.place import Span, whole
from engine.source.problem import report_problem
from engine.source.refusal import (
    Where,
    refuse_alias,
    refuse_character,
    refuse_depth,
    refuse_directives,
    refuse_duplicate,
    refuse_key,
    refuse_second_document,
    refuse_tag_and_anchor,
)
from engine.source.scalar import scalar_of, span_of
from engine.source.tree import Mapping, Scalar, Sequence, Tree

DEEPEST = 50
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser, where PyYAML was built with it: it is some ten times faster."""

# What YAML may not hold, and the line breaks that lines are not counted by.
_UNREADABLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def read_yaml(text: str, file: str, findings: Diagnostics) -> Tree | None:
    """The tree of one YAML document; None when there is none worth going on with."""
    text, where = unified(text), (file, findings)
    unreadable = _UNREADABLE.search(text)
    if unreadable:
        refuse_character(text, unreadable.start(), where)
        return None
    lines = text.split("\n")
    try:
        return _Reading(where, lines).run(text)
    except yaml.MarkedYAMLError as problem:
        report_problem(problem, lines, where)
        return None


Start = events.MappingStartEvent | events.SequenceStartEvent


@dataclass(slots=True)
class _Open:
    """A container that has started; the items of a mapping are key, value, key, value."""

    start: Start
    items: list[Tree] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """One pass over the events of a file; `items` are those of the innermost container."""

    where: Where
    lines: list[str]
    root: list[Tree] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    items: list[Tree] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    documents: int = 0
    given_up: bool = False
    complete: bool = True

    def run(self, text: str) -> Tree | None:
        self.items = self.root
        steps = self.steps()
        for event in yaml.parse(text, Loader=LOADER):
            step = steps.get(type(event))
            if step:
                step(event)
            if self.given_up:
                return None
        return self.result() if self.complete else None

    def steps(self) -> dict[type[events.Event], Callable[[Any], None]]:
        return {
            events.ScalarEvent: self.scalar,
            events.MappingStartEvent: self.enter,
            events.SequenceStartEvent: self.enter,
            events.MappingEndEvent: self.leave_mapping,
            events.SequenceEndEvent: self.leave_sequence,
            events.AliasEvent: self.alias,
            events.DocumentStartEvent: self.document,
        }

    def result(self) -> Tree | None:
        """The tree, unless nobody wrote one: comments alone, or a lone `---`."""
        file, findings = self.where
        root = self.root[0] if self.root else None
        if root is None or (isinstance(root, Scalar) and not root.text):
            findings.error(
                "empty-file", "this file is empty", whole(file), help="it must hold at least one key"
            )
            return None
        return root

    def document(self, event: events.DocumentStartEvent) -> None:
        self.documents += 1
        refuse_directives(event, self.where)
        if self.documents > 1:
            refuse_second_document(event, self.where)
            self.given_up = True

    def scalar(self, event: events.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            refuse_tag_and_anchor(event, self.where)
            # `!unfit` is all tag and no text: to go on would be to complain that there is none.
            self.complete = self.complete and bool(event.value)
        self.items.append(scalar_of(event, self.where[0], self.lines))

    def alias(self, event: events.AliasEvent) -> None:
        """Never expanded: it only holds the place, so that keys and values still pair up."""
        if event.anchor and event.anchor not in self.aliases:
            self.aliases.add(event.anchor)
            refuse_alias(event, self.where)
        at = span_of(event, self.where[0])
        self.items.append(Scalar(None, f"*{event.anchor}", at, (at.line, at.column), at.column, True))
        self.complete = False

    def enter(self, event: Start) -> None:
        if event.anchor is not None or event.tag is not None:
            refuse_tag_and_anchor(event, self.where)
        self.open.append(_Open(event))
        self.items = self.open[-1].items
        if len(self.open) > DEEPEST:
            refuse_depth(span_of(event, self.where[0]), DEEPEST, self.where[1])
            self.given_up = True

    def leave(self, event: events.Event) -> tuple[list[Tree], Span]:
        """Closes the innermost container: its items, and its place up to its last item or bracket."""
        closed = self.open.pop()
        self.items = self.open[-1].items if self.open else self.root
        at = span_of(closed.start, self.where[0])
        flow = closed.start.flow_style or not closed.items
        return closed.items, at.to(span_of(event, self.where[0]) if flow else closed.items[-1].at)

    def leave_sequence(self, event: events.SequenceEndEvent) -> None:
        items, at = self.leave(event)
        self.items.append(Sequence(tuple(items), at))

    def leave_mapping(self, event: events.MappingEndEvent) -> None:
        """Of two entries with one key the first is kept; the file is refused anyway."""
        items, at = self.leave(event)
        entries: dict[str, tuple[Scalar, Tree]] = {}
        for name, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(name, Scalar) or not name.text:
                refuse_key(name, self.where[1])
            elif name.text in entries:
                refuse_duplicate(name, entries[name.text][0], self.where[1])
            else:
                entries[name.text] = name, value
        self.items.append(Mapping(tuple(entries.values()), at))
