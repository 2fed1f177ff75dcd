"""Who is affected by a change of rules: a whole cohort judged by two studies.

Only rows are kept. Patients go one by one, or in shares to several processes;
what comes of it is the same, in the same order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from engine.amendment.effects import Effect, Fate
from engine.amendment.ground import Ground
from engine.amendment.words import WORDS, Kind
from engine.language.days import show as show_day
from engine.language.values import Day
from engine.reference.judge import DECISIONS, Decision
from engine.study.linked import Study
from engine.version import VERSION

ORDER: tuple[Kind, ...] = ("decision", *WORDS)


class Only(NamedTuple):
    """A rule or endpoint that one study has alone: `there` says which of the two."""

    there: str
    kind: str
    name: str
    title: str


class Shift(NamedTuple):
    """How many answers of a rule went from one word to another; `patients` is of how many patients."""

    kind: Kind
    rule: str
    before: str
    after: str
    answers: int
    patients: int


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two studies, named as it was asked for."""

    spec: str
    study: Study

    def about(self) -> Mapping[str, str]:
        protocol = self.study.protocol
        return {
            "spec": self.spec,
            "study": protocol.id,
            "version": protocol.version,
            "study_fingerprint": self.study.fingerprint,
        }


@dataclass(frozen=True, slots=True)
class Impact:
    """What two studies make of one cohort where they differ.

    `flow` counts patients by what was and is decided; `own` names the rules that
    say something else themselves, `resting` how many more rest on them.
    """

    was: Side
    now: Side
    as_of: Day
    flow: Mapping[tuple[Decision, Decision], int]
    effects: tuple[Effect, ...]
    own: tuple[str, ...]
    resting: int
    only: tuple[Only, ...]

    @property
    def patients(self) -> int:
        return sum(self.flow.values())

    @property
    def affected(self) -> tuple[str, ...]:
        """The patients of whom anything changes."""
        return tuple(dict.fromkeys(effect.patient for effect in self.effects))

    @property
    def redecided(self) -> int:
        """How many patients are decided on otherwise."""
        return sum(count for (was, now), count in self.flow.items() if was != now)

    def of(self, kind: Kind) -> tuple[Effect, ...]:
        return tuple(effect for effect in self.effects if effect.kind == kind)

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """The effects counted: by kind, then in the order of the rules."""
        groups: dict[tuple[Kind, str, str, str], list[str]] = {}
        for one in self.effects:
            groups.setdefault((one.kind, one.rule, one.before, one.after), []).append(one.patient)
        shifts = (Shift(*key, len(some), len(set(some))) for key, some in groups.items())
        return tuple(sorted(shifts, key=self._place))

    def _place(self, shift: Shift) -> tuple[int, int, str, str, str]:
        rules = [*self.now.study.rules, *self.now.study.protocol.endpoints]
        place = rules.index(shift.rule) if shift.rule in rules else len(rules)
        return ORDER.index(shift.kind), place, shift.rule, shift.before, shift.after

    def about(self) -> Mapping[str, object]:
        """What the answers come from; the same inputs give the same text."""
        return {
            "was": dict(self.was.about()),
            "now": dict(self.now.about()),
            "engine": VERSION,
            "as_of": show_day(self.as_of),
        }


def impact_of(sides: tuple[Side, Side], ground: Ground, fates: Iterable[Fate], as_of: Day) -> Impact:
    """The fates of a cohort's patients, put together."""
    flow: Counter[tuple[Decision, Decision]] = Counter()
    effects: list[Effect] = []
    for fate in fates:
        flow[fate.was, fate.now] += 1
        effects.extend(fate.effects)
    counted = {pair: flow[pair] for pair in _pairs() if flow[pair]}
    only = tuple(_alone(ground.was, ground.now))
    resting = len(ground.touched) - len(ground.names)
    return Impact(*sides, as_of, counted, tuple(effects), ground.names, resting, only)


def _pairs() -> Iterator[tuple[Decision, Decision]]:
    decisions = tuple(DECISIONS.values())
    return ((was, now) for was in decisions for now in decisions)


def _alone(was: Study, now: Study) -> Iterator[Only]:
    """Rules and endpoints that only one of them has, those of the first before those of the second."""
    for there, here, other in (("before", was, now), ("after", now, was)):
        for name, linked in here.rules.items():
            if name not in other.rules:
                yield Only(there, linked.rule.role, name, linked.rule.title)
        for name, endpoint in here.protocol.endpoints.items():
            if name not in other.protocol.endpoints:
                yield Only(there, "endpoint", name, endpoint.title)
