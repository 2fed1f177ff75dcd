"""What becomes of one patient: each answer that is another, in words, with what decided the new one.

Reasons take longest, and are read only of patients of whom something changed,
from a reading of their own that is watched.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.amendment.ground import Ground
from engine.amendment.pair import Pair, Sides, asked, pair_of
from engine.amendment.words import KINDS, Key, Kind, because, counted, differ, numbered, word
from engine.language.values import Day
from engine.reference.interpret import Reading
from engine.reference.judge import ASKED, DECISIONS, Decision, Judgement, Verdict, judgement
from engine.result.compare import NOT_THERE
from engine.result.rows import criteria, deciding_criteria, missing_for
from engine.study.linked import ELIGIBLE
from engine.study.model import Endpoint, Role
from engine.timeline.model import Timeline


@dataclass(frozen=True, slots=True)
class Effect:
    """One answer that is another; `rule` is empty for the decision, and an endpoint's id for endpoints.

    `reason` names the recorded value that decided the new answer, or what is missing.
    """

    patient: str
    kind: Kind
    rule: str
    about: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What both studies decide of a patient, and all that changes."""

    patient: str
    was: Decision
    now: Decision
    effects: tuple[Effect, ...]


def fate_of(ground: Ground, timelines: tuple[Timeline, Timeline], as_of: Day) -> Fate:
    """One patient judged by both studies."""
    pair = pair_of(ground, timelines, as_of)
    before = DECISIONS[pair.was.rule(ELIGIBLE)]
    moved = pair.moved.get(ELIGIBLE)
    after = before if moved is None or moved.now is None else DECISIONS[moved.now[0]]
    found = Finding(ground, pair, as_of)
    effects = (*found.decision(before, after), *found.verdicts(), *found.endpoints())
    return Fate(found.patient, before, after, effects)


class Finding:
    """Looks through what moved of one patient; `watched` is the new study's reading, once that is needed."""

    def __init__(self, ground: Ground, pair: Pair, as_of: Day) -> None:
        self.ground, self.pair, self.as_of = ground, pair, as_of
        self.patient = pair.now.timeline.patient
        self.watched: Judgement | None = None
        self.verdicts_of: dict[str, dict[Key, Verdict]] = {}
        self.because: dict[tuple[str, Key], str] = {}

    # -- the decision --------------------------------------------------------

    def decision(self, before: Decision, after: Decision) -> Iterator[Effect]:
        if before != after:
            grounds = self.grounds(self.judged("inclusion", "exclusion"))
            yield Effect(self.patient, "decision", "", "patient", before, after, grounds)

    def grounds(self, now: Judgement) -> str:
        """What decides now; where nothing stands against the patient, what stood against them."""
        changed = tuple(v for v in criteria(now) if v.rule.rule.id in self.pair.moved)
        against = deciding_criteria(now) or changed
        missing = "; ".join(one.words for one in missing_for(now))
        said = (f"{v.rule.rule.id}: {'; '.join(now.reasons(v))}" for v in against)
        return missing or "; ".join(said)

    def judged(self, *roles: Role) -> Judgement:
        """The rules of these roles by the new study, watched."""
        found = (v for rule in self.ground.now.of(*roles) for v in self.answers(rule.rule.id).values())
        return replace(self.judgement(), verdicts=tuple(found))

    def judgement(self) -> Judgement:
        if self.watched is None:
            study = self.ground.now
            reading = Reading(study.program, self.pair.now.timeline, self.as_of, [])
            self.watched = judgement(study, reading, ())
        return self.watched

    def answers(self, rule: str) -> dict[Key, Verdict]:
        """The new study's verdicts of a rule, watched; asked once."""
        if rule not in self.verdicts_of:
            found = asked(self.ground.now, self.judgement().reading, rule)
            self.verdicts_of[rule] = numbered(found)
        return self.verdicts_of[rule]

    def reason(self, rule: str, key: Key) -> str:
        """Why a verdict is what it is now, or what it lacks; nothing of one that is not there."""
        if (rule, key) not in self.because:
            verdict = self.answers(rule).get(key) if rule in self.ground.now.rules else None
            self.because[rule, key] = "" if verdict is None else because(self.judgement(), verdict)
        return self.because[rule, key]

    # -- verdicts ------------------------------------------------------------

    def verdicts(self) -> Iterator[Effect]:
        """Rules in the order of the new study, and then those that are no more."""
        for name in dict.fromkeys([*self.ground.now.rules, *self.ground.was.rules]):
            if name in self.pair.moved:
                yield from self.of_rule(name, self.pair.moved[name])

    def of_rule(self, name: str, sides: Sides) -> Iterator[Effect]:
        role = (self.ground.now.rules.get(name) or self.ground.was.rules[name]).rule.role
        if role not in ASKED:
            return
        before, after = numbered(sides.was), numbered(sides.now)
        for key in after | before:
            was, now = before.get(key), after.get(key)
            if differ(was, now):
                words = (word(was), word(now))
                yield Effect(self.patient, KINDS[role], name, key[0], *words, self.reason(name, key))

    # -- endpoints -----------------------------------------------------------

    def endpoints(self) -> Iterator[Effect]:
        """An endpoint that only one study has is no change of an answer."""
        before, after = (study.protocol.endpoints for study in (self.ground.was, self.ground.now))
        for name in after:
            if name in before:
                responses = {before[name].response, after[name].response}
                if name in self.ground.endpoints or not responses.isdisjoint(self.pair.moved):
                    yield from self.of_endpoint(before[name], after[name])

    def of_endpoint(self, before: Endpoint, after: Endpoint) -> Iterator[Effect]:
        was = counted(self.ground.was, self.pair.was, before)
        now = counted(self.ground.now, self.pair.now, after)
        for visit in now | was:
            words = was.get(visit, NOT_THERE), now.get(visit, NOT_THERE)
            if words[0] != words[1]:
                grounds = self.reason(after.response or "", (visit, 1))
                yield Effect(self.patient, "endpoint", after.id, visit, *words, grounds)
