"""The least patient whom two versions answer otherwise.

Found by the solver near the typical patient, judged by the reference by both
versions, and told as a case with the answer of the later one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from engine.amendment.claims import claimed, seen, speaks_for
from engine.amendment.model import Finding, Somebody, Unsettled, Way
from engine.amendment.sides import Pair
from engine.assurance.cases import Case
from engine.assurance.patients import ARRIVES, last_day
from engine.assurance.proving.nearness import tiers
from engine.assurance.proving.patients import STEPS, Suggesting
from engine.assurance.run import Found, ask
from engine.assurance.told.case import Teller
from engine.language.values import Day
from engine.logic.asking import Question
from engine.logic.near import Origin
from engine.logic.refusal import Refused
from engine.logic.search import MOST_ROUNDS, Search, Sought, nearest
from engine.logic.space import Space
from engine.logic.terms import every
from engine.logic.witness import Witness
from engine.reference.judge import DECISIONS
from engine.study.linked import ELIGIBLE
from engine.timeline.model import Timeline

NOT_FOUND = "no such patient was found near the typical one, and that there is none was not proved"
NOT_LOOKED_FOR = "no patient found for other rules shows it, and none was looked for: ask for this rule alone"
SAID: dict[Way, str] = {
    "gains": "passes now, and did not",
    "loses": "passed, and does not now",
    "otherwise": "is answered otherwise",
}
AMPLE = 8
"""A patient once all but a few variables are settled is worth more work than which variables those are."""

FEW_ROUNDS = 3
MOST_ASKED = 2
SEARCHES = 8
"""For a rule that itself says the same as before so many sets of changes, and visits, are tried, and
for all such rules together so many times: a change of the schedule touches nearly every rule."""

NOBODY_IN_PARTICULAR = Timeline("told", {}, {})


@dataclass(slots=True)
class Witnesses:
    """Looks for patients near the typical ones, or near nobody in particular where there is none.

    Whoever was found for one rule is asked for others too: who is answered otherwise
    by a rule that says the same as before is so by one that it rests on.
    """

    pair: Pair
    steps: int = STEPS
    suggesting: Suggesting = field(init=False)
    tellers: tuple[Teller, Teller] = field(init=False)
    origins: Sequence[Timeline] = field(init=False)
    pool: list[Witness] = field(default_factory=list)
    shown: list[tuple[Way, Witness]] = field(default_factory=list)
    searches: int = SEARCHES

    def __post_init__(self) -> None:
        self.tellers = Teller(self.pair.written), Teller(self.pair.before)
        bases = self.tellers[0].bases or self.tellers[1].bases
        self.origins = [base.timeline for base in bases] or [NOBODY_IN_PARTICULAR]
        self.suggesting = Suggesting(self.pair.after, self.origins)
        self.pool = [Witness(origin, _last_day(origin), ()) for origin in self.origins]

    def somebody(self, questions: Sequence[Question], way: Way) -> Finding:
        """The first patient found, of whatever origin and however the rule is asked."""
        is_new = any(self.is_new(question.rule) for question in questions)
        known = self.among_known(questions, way)
        says_otherwise = any(question.rule in self.pair.changed for question in questions)
        if known is not None and not (says_otherwise and known.changed):
            return self.told(known)
        try:
            found = self.searched(questions, way, self.usual) if is_new else self.above(questions, way)
        except Refused as refusal:
            return Unsettled(str(refusal))
        return found or (Unsettled(self.why(is_new)) if known is None else self.told(known))

    def is_new(self, name: str) -> bool:
        """Whether it says something else itself, or is the decision, which all is for."""
        return name in self.pair.changed or name == ELIGIBLE

    def why(self, is_new: bool) -> str:
        return NOT_FOUND if is_new or self.searches else NOT_LOOKED_FOR

    def above(self, questions: Sequence[Question], way: Way) -> Somebody | None:
        """Near the likeliest patient, as long as anything more is looked for above what is changed."""
        if not self.searches:
            return None
        self.searches -= 1
        return self.searched(questions[:MOST_ASKED], way, self.likely(way))

    def among_known(self, questions: Sequence[Question], way: Way) -> Somebody | None:
        """Of the patients found so far, the first of those least changed."""
        for witness in sorted(self.pool, key=lambda one: len(one.changed)):
            for asked, question in ((one, q) for q in questions for one in _of_records(witness, q)):
                found = self.judged(asked, question, way)
                if found is not None:
                    self.shown.append((way, asked))
                    return found
        return None

    # ---------------------------------------------------------------------- search

    @property
    def usual(self) -> Sequence[Witness]:
        return self.pool[: len(self.origins)]

    def likely(self, way: Way) -> Sequence[Witness]:
        """The least changed patient who was answered otherwise in this way already, if there is any."""
        like_it = [witness for shown, witness in self.shown if shown == way]
        return sorted(like_it, key=lambda one: len(one.changed))[:1] or self.usual[:1]

    def searched(self, questions: Sequence[Question], way: Way, near: Sequence[Witness]) -> Somebody | None:
        for origin in near:
            for question in questions:
                found = self.near(origin, question, way)
                if found is not None:
                    return found
        return None

    def near(self, origin: Witness, question: Question, way: Way) -> Somebody | None:
        """The least patient near one, as the solver finds and the reference confirms."""
        is_new = self.is_new(question.rule)
        search = Search(
            self.pair.both,
            Origin(origin.timeline, origin.as_of),
            lambda space: self.sought(space, question, way),
            lambda witness: self.judged(witness, question, way) is not None,
            steps=self.steps,
            ample=AMPLE,
            rounds=MOST_ROUNDS if is_new else FEW_ROUNDS,
        )
        tiers = self.tiers(question.rule)
        found = nearest(search, tiers if is_new else tiers[-1:])
        if found == "undecided" and is_new:
            found = replace(search, variables=tiers[-1]).any()
        if not isinstance(found, Witness):
            return None
        witness = replace(found, changed=tuple(dict.fromkeys((*origin.changed, *found.changed))))
        shown = self.judged(witness, question, way)
        assert shown is not None
        self.pool.append(witness)
        self.shown.append((way, witness))
        return self.told(shown)

    def sought(self, space: Space, question: Question, way: Way) -> Sought:
        one, other = space.read_both(self.pair.programs, self.pair.untouched)
        view, name = question.view(one), question.rule
        answers = [reading.answer(reading.program.rules[name], view) for reading in (one, other)]
        differ = claimed(way, speaks_for(self.pair.after, name), (answers[0], answers[1]))
        opaques = [*one.opaques, *other.opaques]
        return Sought(every(question.can_be_asked(one), differ), opaques, view.this)

    def tiers(self, name: str) -> tuple[frozenset[str], ...]:
        """What may be otherwise of the patient: what either version reads, the nearest first."""
        both = zip_longest(*(tiers(study, name) for study in (self.pair.before, self.pair.after)))
        found = [frozenset().union(*(tier or frozenset() for tier in level)) for level in both]
        return tuple(dict.fromkeys(found))

    # ------------------------------------------------------------------ the answer

    def judged(self, witness: Witness, question: Question, way: Way) -> Somebody | None:
        """A patient as the reference answers both; None where the answers do not differ in this way."""
        case = self.suggesting.case(question, self.name(question, way), witness)
        if case is None:
            return None
        found = ask(self.pair.before.program, case), ask(self.pair.after.program, case)
        if not seen(way, speaks_for(self.pair.after, case.rule), found):
            return None
        before, after = (self.words(case, one) for one in found)
        return Somebody(case, before, after, witness.changed, None)

    def words(self, case: Case, found: Found) -> str:
        if case.rule == ELIGIBLE:
            assert found.value is None or isinstance(found.value, bool)
            return DECISIONS[found.value]
        return self.suggesting.runner.worded(found, case)

    def told(self, found: Somebody) -> Somebody:
        """The patient as a case of the later version, or of the earlier where it cannot be told in that."""
        expected = replace(found.case.expected, words=found.after)
        case = replace(found.case, rule=self.pair.renamed.now(found.case.rule), expected=expected)
        text = self.tellers[0].told(case)
        return replace(found, case=case, text=text)

    def name(self, question: Question, way: Way) -> str:
        visit = f" at {question.visit}" if question.visit else ""
        return f"{self.pair.renamed.now(question.rule)}{visit}, {SAID[way]}"


def _last_day(timeline: Timeline) -> Day:
    return last_day(timeline) if timeline.series else Day(ARRIVES)


def _of_records(witness: Witness, question: Question) -> Iterator[Witness]:
    """A patient, once for each record that a rule of records can be asked of."""
    if question.variable is None:
        yield witness
        return
    series = witness.timeline.series.get(question.variable)
    starts = (record.start for record in (series.records if series else ()))
    yield from (replace(witness, record=day) for day in starts if isinstance(day, int))
