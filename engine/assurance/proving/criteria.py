"""Criteria held against each other for every patient: which say nothing new, and which nobody meets together.

Only criteria that must be passed are asked, and only together with those that
read what they read: of others they are independent. What is made of another
criterion hangs together with it by construction, and is not held against it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from engine.assurance.lint.proved import Apart, Implied
from engine.assurance.proving.joint import Joint, joints
from engine.assurance.proving.nearness import read_below
from engine.assurance.proving.seen import PASSES, Seen
from engine.language.core import Call, Core, Program, Ref
from engine.logic.proof import Proving
from engine.study.linked import ELIGIBLE, Study
from engine.study.resting import resting


def required(study: Study) -> tuple[str, ...]:
    """The criteria that all must be passed by whoever is eligible, parts included, as they were written."""
    found = set(_required(study.program, study.program.rules[ELIGIBLE], True))
    return tuple(one.rule.id for one in study.of(*PASSES) if (one.rule.id, PASSES[one.rule.role]) in found)


def _required(program: Program, core: Core, wanted: bool) -> Iterator[tuple[str, bool]]:
    """The rules that must come out one way."""
    match core:
        case Ref(name, None) if name in program.rules:
            yield name, wanted
            yield from _required(program, program.rules[name], wanted)
        case Call("not", (part,)):
            yield from _required(program, part, not wanted)
        case Call("and" | "or" as operator, args) if (operator == "and") is wanted:
            for part in args:
                yield from _required(program, part, wanted)


@dataclass(eq=False)
class Criteria:
    """The criteria of one study that can be passed, each alone.

    Where it is too much to ask of all together it is asked of two at a time.
    """

    seen: Seen
    proving: Proving
    names: tuple[str, ...]
    read: dict[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        program = self.proving.study.program
        anchors = {one.rule.id for one in self.proving.study.of("anchor")}
        self.read = {name: frozenset(read_below(program, name, anchors)) for name in self.names}

    @cached_property
    def everything(self) -> dict[str, frozenset[str]]:
        program = self.proving.study.program
        return {name: frozenset(read_below(program, name)) for name in self.names}

    @cached_property
    def made_of(self) -> dict[str, frozenset[str]]:
        return dict(resting(self.proving.study))

    def related(self, one: str, other: str) -> bool:
        """Whether two read something both; of one that is about days alone, what the days rest on."""
        if self.read[one] and self.read[other]:
            return not self.read[one].isdisjoint(self.read[other])
        return not self.everything[one].isdisjoint(self.everything[other])

    def apart(self, one: str, other: str) -> bool:
        """Whether neither is made of the other."""
        return one not in self.made_of[other] and other not in self.made_of[one]

    # ----------------------------------------------------------------- implied

    def implied(self, name: str) -> tuple[Implied, ...]:
        """By what a criterion is implied: by one other, or by several together."""
        others = [one for one in self.names if one != name and self.related(one, name)]
        others = [one for one in others if self.apart(one, name)]
        if not others or self.seen.fails_alone(name, others):
            return ()
        for joint in joints(self.proving, (name, *others)):
            can = joint and joint.can_pass(others, name)
            if joint and can is False:
                return _implied(joint, name, others)
            if can is None:
                left = [one for one in others if not self.seen.fails_alone(name, (one,))]
                return tuple(Implied(name, (one,)) for one in left if self._is_implied(name, one))
        return ()

    def _is_implied(self, name: str, by: str) -> bool:
        """Whether a criterion is implied by one other, with nothing else in sight."""
        read = (joint for joint in joints(self.proving, (name, by)) if joint is not None)
        found = (joint for joint in read if joint.can_pass((by,), name) is False)
        return any(joint.can_pass((by,)) is not False for joint in found)

    # --------------------------------------------------------------- together

    def nobody(self, group: Sequence[str]) -> tuple[Apart, ...]:
        """Which of a group nobody passes together: the fewest, or pairs where all is too much to ask."""
        if len(group) < 2 or self.seen.pass_together(group):
            return ()
        for joint in joints(self.proving, group):
            can = joint and joint.can_pass(group)
            if joint and can is False:
                return (Apart(joint.fewest(group)),)
            if can is None:
                pairs = (pair for pair in combinations(group, 2) if self.related(*pair))
                return tuple(Apart(pair) for pair in pairs if self._is_nobody(pair))
        return ()

    def _is_nobody(self, pair: tuple[str, str]) -> bool:
        """Whether nobody passes both of two, with nothing else in sight."""
        read = (joint for joint in joints(self.proving, pair) if joint is not None)
        return not self.seen.pass_together(pair) and any(one.can_pass(pair) is False for one in read)

    def groups(self) -> Iterator[tuple[str, ...]]:
        """The criteria that hang together, through however many others."""
        left = list(self.names)
        while left:
            group = [left.pop(0)]
            for one in group:
                near = [other for other in left if self.related(one, other)]
                group += near
                left = [other for other in left if other not in near]
            yield tuple(name for name in self.names if name in group)


def _implied(joint: Joint, name: str, others: Sequence[str]) -> tuple[Implied, ...]:
    """By as few of the others as it takes; they must be such that somebody passes them."""
    by = joint.fewest(others, name)
    return (Implied(name, by),) if by and joint.can_pass(by) is not False else ()
