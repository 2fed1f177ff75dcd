"""What becomes of one patient: each answer that is another, in words, with what decided the new one.

Reasons take longest, and are read only of patients of whom something changed,
from a reading of their own that is watched.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from engine.amendment.ground import Ground
from engine.amendment.pair import Pair, Sides, asked, pair_of
from engine.language.days import show as show_day
from engine.language.values import Day, Value
from engine.reference.interpret import Reading
from engine.reference.judge import ASKED, DECISIONS, WANTED, Decision, Judgement, Verdict, judgement
from engine.result.compare import NOT_THERE
from engine.result.rows import about, amount, criteria, deciding_criteria, missing_for
from engine.study.linked import ELIGIBLE, Study
from engine.study.model import Endpoint, Role
from engine.timeline.model import Timeline

Kind = Literal["decision", "criterion", "deviation", "switch", "response", "endpoint", "event", "population"]
KINDS: dict[Role, Kind] = {
    "inclusion": "criterion",
    "exclusion": "criterion",
    "requirement": "deviation",
    "switch": "switch",
    "response": "response",
    "event": "event",
    "population": "population",
}
WORDS: dict[Kind, tuple[str, str]] = {
    "criterion": ("passes", "fails"),
    "deviation": ("kept", "broken"),
    "switch": ("allowed", "not allowed"),
    "response": ("yes", "no"),
    "endpoint": ("response", "no response"),
    "event": ("yes", "no"),
    "population": ("included", "left out"),
}
UNKNOWN = "unknown"
EXEMPT = "not applicable"
LEFT_OUT = "left out"

Key = tuple[str, int]
"""What an answer is about, and the how manieth of those it is."""


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
            self.because[rule, key] = "" if verdict is None else _because(self.judgement(), verdict)
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
            if _differ(was, now):
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
        was = _counted(self.ground.was, self.pair.was, before)
        now = _counted(self.ground.now, self.pair.now, after)
        for visit in now | was:
            words = was.get(visit, NOT_THERE), now.get(visit, NOT_THERE)
            if words[0] != words[1]:
                grounds = self.reason(after.response or "", (visit, 1))
                yield Effect(self.patient, "endpoint", after.id, visit, *words, grounds)


# ------------------------------------------------------------------------- words


def numbered(answers: Iterable[Verdict] | None) -> dict[Key, Verdict]:
    """Verdicts about the same thing, such as two records of one day, are told apart by their order."""
    seen: Counter[str] = Counter()
    found: dict[Key, Verdict] = {}
    for verdict in answers or ():
        of = about(verdict)
        seen[of] += 1
        found[of, seen[of]] = verdict
    return found


def _differ(before: Verdict | None, after: Verdict | None) -> bool:
    """Whether somebody must be told: of a rule that is new or gone, only if it has something to say."""
    if before is not None and after is not None:
        return word(before) != word(after)
    there = before or after
    return there is not None and _tells(there)


def _tells(verdict: Verdict) -> bool:
    """Whether a verdict speaks against the patient, or gives what it can give."""
    if not verdict.applies:
        return False
    if verdict.rule.rule.role == "requirement":
        return verdict.passes is False
    return verdict.passes is not True if verdict.rule.rule.role in WANTED else verdict.outcome is True


def word(verdict: Verdict | None) -> str:
    """An answer, with how much there should have been or from when on; a rule that does not apply is kept."""
    if verdict is None:
        return NOT_THERE
    kind = KINDS[verdict.rule.rule.role]
    yes, no = WORDS[kind]
    if not verdict.applies:
        return yes if kind == "deviation" else EXEMPT
    if verdict.passes is None:
        return UNKNOWN
    return _with_detail(verdict, kind, yes if verdict.passes else no)


def _with_detail(verdict: Verdict, kind: Kind, word: str) -> str:
    due = amount(verdict)
    if kind == "deviation" and verdict.passes is False and due:
        return f"{word} ({due})"
    if kind == "switch" and verdict.passes and verdict.day is not None:
        return f"{word} since {show_day(verdict.day)}"
    return word


def _because(now: Judgement, verdict: Verdict) -> str:
    if not verdict.applies:
        return ""
    missing = "; ".join(one.words for one in now.missing(verdict))
    return missing or "; ".join(now.reasons(verdict))


def _counted(study: Study, reading: Reading, endpoint: Endpoint) -> dict[str, str]:
    """What an endpoint counts a patient as, at its visit or at each of its response's."""
    linked = study.rules.get(endpoint.response or "")
    if linked is None:
        return {}
    visits: tuple[str | None, ...] = (endpoint.visit,) if endpoint.visit else linked.visits or (None,)
    answers = {visit: reading.rule(linked.rule.id, visit) for visit in visits}
    return {visit or "patient": _counts_as(endpoint, answer) for visit, answer in answers.items()}


def _counts_as(endpoint: Endpoint, answer: Value) -> str:
    yes, no = WORDS["endpoint"]
    if answer is None and endpoint.missing == "left_out":
        return LEFT_OUT
    return yes if answer else no
