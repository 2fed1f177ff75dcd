"""What a rule of one version is to the same rule of another: equal, wider, narrower, or both.

Whom a changed rule lets in or out is asked of every patient of a bounded history.
First whatever is the same in both, or was proved to be, stands for anything, which
proves most that can be proved; then a patient is looked for; then nothing is left out.
The decision is all criteria together, so what is proved of each of them is proved of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.amendment.claims import claimed, speaks_for, ways_of
from engine.amendment.model import WAYS, Compared, Finding, Nobody, Unsettled, Way
from engine.amendment.sides import Pair
from engine.amendment.standing import Standing
from engine.amendment.witness import Witnesses
from engine.assurance.proving.nearness import read_below
from engine.language.core import BASELINE, Ref
from engine.language.walk import nodes
from engine.logic.asking import Question, questions
from engine.logic.bound import RECORDS
from engine.logic.reading import Reading
from engine.logic.refusal import Refused
from engine.logic.solve import Effort, solve
from engine.logic.space import Cut, Space, anybody, nothing
from engine.logic.terms import Bool, every
from engine.study.linked import ELIGIBLE, Study

SAME = "nothing that it rests on is otherwise"
BY_CRITERIA = "no criterion is otherwise"
NOT_ASKED_ALIKE = "it is not asked of the same in both"


STEPS = 3_000_000
"""Less than a second of work for each way to look at a question."""

MORE = 7
"""What no patient was found for may take so many times the work to prove."""


@dataclass(frozen=True, slots=True)
class Level:
    """How much of two versions is read: what is cut stands for anything, and the rest is cheaper to prove."""

    cut: Cut
    steps: int
    with_selections_cut: bool = False


@dataclass(slots=True)
class Relating:
    """Compares the rules of two versions, each once; `steps` are for one way to look at a question."""

    pair: Pair
    steps: int = STEPS
    witnesses: Witnesses = field(init=False)
    days: frozenset[str] = field(init=False)
    known: dict[str, Compared] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.witnesses = Witnesses(self.pair, self.steps)
        anchors = (linked.rule.id for linked in self.pair.before.of("anchor"))
        self.days = frozenset({*anchors, *self.pair.before.program.visits, BASELINE})

    def rules(self) -> Iterator[str]:
        """What can be compared, by its earlier name: all that both versions answer."""
        before, after = (study.program.rules for study in (self.pair.before, self.pair.after))
        return (name for name in before if name in after)

    def compared(self, name: str) -> Compared:
        if name not in self.known:
            self.known[name] = self._compared(name)
        return self.known[name]

    def _compared(self, name: str) -> Compared:
        now, why = self.pair.renamed.now(name), self.unlike(name)
        if why is not None:
            return Compared(name, now, (("otherwise", Unsettled(why)),))
        if self.pair.untouched(name) and name != ELIGIBLE:
            return Compared(name, now, why=SAME)
        if name == ELIGIBLE:
            return self.decision()
        return Compared(name, now, tuple(self.ways(name, {})))

    def unlike(self, name: str) -> str | None:
        """Why there is no patient to be asked about in both."""
        programs = self.pair.before.program, self.pair.after.program
        if programs[0].rules[name].type != programs[1].rules[name].type:
            return "it gives another kind of value"
        asked = [study.rules.get(name.partition(".")[0]) for study in (self.pair.before, self.pair.after)]
        if all(asked) and len({(one.scope, one.for_each) for one in asked if one}) > 1:
            return NOT_ASKED_ALIKE
        read = (variable for program in programs for variable in read_below(program, name))
        return next((self.pair.unlike[one] for one in read if one in self.pair.unlike), None)

    # ------------------------------------------------------------------------ ways

    def ways(self, name: str, settled: Mapping[Way, Finding]) -> Iterator[tuple[Way, Finding]]:
        """Who is answered otherwise; where somebody passes otherwise, the rest is not looked for."""
        passing, asked = speaks_for(self.pair.after, name), self.asked(name)
        found = dict(self.findings(asked, ways_of(passing), settled))
        yield from found.items()
        if passing is not None and all(isinstance(one, Nobody) for one in found.values()):
            yield from self.findings(asked, ("otherwise",), settled)

    def asked(self, name: str) -> tuple[Question, ...]:
        """Every way to ask it that both versions have."""
        others = frozenset(questions(self.pair.before, name))
        return tuple(question for question in questions(self.pair.after, name) if question in others)

    def findings(
        self, asked: Sequence[Question], ways: Iterable[Way], settled: Mapping[Way, Finding]
    ) -> Iterator[tuple[Way, Finding]]:
        open_ways = [way for way in ways if way not in settled]
        proved = self.at_once(asked, open_ways)
        for way in ways:
            if way in settled:
                yield way, settled[way]
            elif way in proved:
                yield way, Nobody()
            else:
                found = self.witnesses.somebody(asked, way)
                yield way, Nobody() if self.nobody_after_all(asked, way, found) else found

    def nobody_after_all(self, asked: Sequence[Question], way: Way, found: Finding) -> bool:
        """Whether there is nobody though what is the same in both is read: first all but days, then these."""
        is_changed = any(question.rule in self.pair.changed for question in asked)
        levels = (Level(self.is_day, MORE * self.steps), Level(nothing, MORE * self.steps))
        is_open = is_changed and isinstance(found, Unsettled)
        return is_open and any(way in self.impossible(asked, (way,), level) for level in levels)

    def at_once(self, asked: Sequence[Question], ways: Sequence[Way]) -> frozenset[Way]:
        """What is proved though all that is the same in both stands for anything, selections first of all."""
        cut = self.alike
        proved = self.impossible(asked, ways, Level(cut, self.steps, with_selections_cut=True))
        left = [way for way in ways if way not in proved]
        return proved | (self.impossible(asked, left, Level(cut, self.steps)) if left else frozenset())

    def alike(self, name: str) -> bool:
        """Whether a rule is the same in both, or was proved to answer the same."""
        known = self.known.get(name)
        return self.pair.untouched(name) or (known is not None and known.relation == "equal")

    def is_day(self, name: str) -> bool:
        """Whether it is a day that is the same in both."""
        return self.pair.untouched(name) and name in self.days

    def impossible(self, asked: Sequence[Question], ways: Sequence[Way], level: Level) -> frozenset[Way]:
        """The ways of which no patient is, however the rule is asked."""
        space = anybody(self.pair.both, RECORDS)
        readings = space.read_both(self.pair.programs, self.alike, level.cut)
        if level.with_selections_cut:
            stands = Standing(self.pair)
            readings[0].stands = readings[1].stands = stands.name
        try:
            claims = {way: [self.claim(readings, one, way) for one in asked] for way in ways}
        except Refused:
            return frozenset()
        return frozenset(way for way in ways if all(self.never(space, claim, level) for claim in claims[way]))

    def never(self, space: Space, claim: Bool, level: Level) -> bool:
        return solve([*space.facts, claim], level.steps, Effort(level.steps))[0] == "impossible"

    def claim(self, readings: tuple[Reading, Reading], question: Question, way: Way) -> Bool:
        """That a rule is answered otherwise in this way, asked like this."""
        name, view = question.rule, question.view(readings[0])
        one, other = (reading.answer(reading.program.rules[name], view) for reading in readings)
        differ = claimed(way, speaks_for(self.pair.after, name), (one, other))
        return every(question.can_be_asked(readings[0]), differ)

    # -------------------------------------------------------------------- decision

    def decision(self) -> Compared:
        """All criteria together: what holds of each is not asked again."""
        if self.pair.untouched(ELIGIBLE) and not self._criteria_differ():
            return Compared(ELIGIBLE, ELIGIBLE, why=SAME)
        each = [self.compared(name) for name in self.criteria(self.pair.before) if self.both_have(name)]
        if not self._criteria_differ() and all(one.relation == "equal" for one in each):
            return Compared(ELIGIBLE, ELIGIBLE, why=BY_CRITERIA)
        settled: dict[Way, Finding] = {way: Nobody() for way in WAYS if self.nobody_by(way, each)}
        return Compared(ELIGIBLE, ELIGIBLE, tuple(self.ways(ELIGIBLE, settled)))

    def nobody_by(self, way: Way, each: Sequence[Compared]) -> bool:
        """Whether nobody passes otherwise by any criterion, and so nobody does by all."""
        found = [one.found.get(way, Nobody()) for one in each if one.relation != "equal"]
        return (
            way != "otherwise"
            and not self._criteria_differ()
            and all(isinstance(one, Nobody) for one in found)
        )

    def both_have(self, name: str) -> bool:
        return name in self.criteria(self.pair.after) and name in self.criteria(self.pair.before)

    def criteria(self, study: Study) -> tuple[str, ...]:
        return tuple(one.rule for one in nodes(study.program.rules[ELIGIBLE]) if isinstance(one, Ref))

    def _criteria_differ(self) -> bool:
        return set(self.criteria(self.pair.before)) != set(self.criteria(self.pair.after))
