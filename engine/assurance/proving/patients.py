"""The nearest patient who shows something: found by the solver, read by the reference, told as a case.

A patient is looked for near the typical one of each arm. First only what the rule
itself reads may be otherwise, then what the rules below it read, then the days
of anchors and visits, too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from engine.assurance.cases import Case, Expected, rule_of
from engine.assurance.coverage.expressions import Expression, Goal
from engine.assurance.coverage.watching import Watcher
from engine.assurance.mutation.model import Mutant
from engine.assurance.mutation.resting import resting
from engine.assurance.patients import last_day
from engine.assurance.proving.nearness import tiers
from engine.assurance.proving.proofs import claim
from engine.assurance.run import Runner, ask
from engine.assurance.told.case import Teller
from engine.language.core import Program
from engine.language.values import DayRange, NumberRange, OneOf
from engine.logic.answers import agree
from engine.logic.asking import Question, questions
from engine.logic.near import Origin
from engine.logic.proof import Claim
from engine.logic.refusal import Refused
from engine.logic.search import Search, Sought, nearest
from engine.logic.solve import Effort
from engine.logic.space import Space
from engine.logic.terms import alike, every, no, some
from engine.logic.witness import Witness
from engine.reference.previous import with_previous
from engine.source.place import NOWHERE
from engine.study.linked import Study
from engine.timeline.known import known_by
from engine.timeline.model import Record, Timeline

STEPS, ALL_STEPS = 2_000_000, 20_000_000
"""So much work before one way to change a patient is given up, and before the patient is."""

MOST_ASKED = 3
"""So many rules above a wrong one are asked whether they notice."""

MOST_ORIGINS = 3

IN_PART = (NumberRange, DayRange, OneOf)
"""Answers known in part, which no case can expect."""

Seek = Callable[[Space, Question], Sought]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a name for the case, what the solver is told, and what the reference must find.

    `effort` is shared by all the ways to look for it.
    """

    name: str
    seek: Seek
    shows: Callable[[Case], bool]
    effort: Effort = field(default_factory=lambda: Effort(ALL_STEPS))


def origins(teller: Teller, cases: Sequence[Case]) -> tuple[Timeline, ...]:
    """The typical patients of a study; where it has none, those of its cases of whom most is recorded."""
    typical = tuple(base.timeline for base in teller.bases)
    if typical:
        return typical
    told = sorted((case.timeline for case in cases if not case.given), key=_recorded, reverse=True)
    return (*told[:MOST_ORIGINS], Timeline("", {}, {}))


def _recorded(timeline: Timeline) -> int:
    return len(timeline.facts) + sum(len(series.records) for series in timeline.series.values())


@dataclass(slots=True)
class Suggesting:
    """Looks for patients of one study, near each of these."""

    study: Study
    origins: Sequence[Timeline]
    runner: Runner = field(init=False)

    def __post_init__(self) -> None:
        self.runner = Runner(self.study, True, watched=True)

    # ------------------------------------------------------------------- goals

    def showing(self, expression: Expression, goal: Goal) -> Case | None:
        """A case that shows a goal of coverage."""

        def shows(case: Case) -> bool:
            watcher = Watcher({expression.name: expression})
            watcher.watch(case, self.runner.run(case).found)
            return goal in watcher.shown

        wanted = Wanted(f"{goal.rule}: {goal.wanted}", self._claimed(claim(expression, goal)), shows)
        return self.found(questions(self.study, goal.rule), wanted)

    def _claimed(self, wanted: Claim) -> Seek:
        def seek(space: Space, question: Question) -> Sought:
            reading = space.read(self.study.program)
            holds = every(question.can_be_asked(reading), wanted(reading, question))
            return Sought(holds, reading.opaques, question.view(reading).this)

        return seek

    # ----------------------------------------------------------------- mutants

    def telling_apart(self, mutant: Mutant) -> Case | None:
        """A case that a mutant answers otherwise than the study does."""
        right, wrong = self.study.program, mutant.program(self.study.program)

        def shows(case: Case) -> bool:
            one, other = ask(right, case), ask(wrong, case)
            return one.applies != other.applies or one.value != other.value

        wanted = Wanted(f"{mutant.of}, not {mutant.after}", _differing(right, wrong), shows)
        return self.found(self.noticing(mutant), wanted)

    def noticing(self, mutant: Mutant) -> Iterator[Question]:
        """What is wrong is asked itself; a visit or baseline through rules that rest on it."""
        wrong = [slot.name for slot, _ in mutant.changes if slot.part == "rule"]
        for name in wrong[:MOST_ASKED]:
            yield from questions(self.study, name)
        if not wrong:
            above = [name for name, below in resting(self.study).items() if mutant.of in below]
            asked = (one for name in above if name in self.study.rules for one in questions(self.study, name))
            yield from islice((one for one in asked if one.visit == mutant.of), MOST_ASKED)

    # --------------------------------------------------------------------- cases

    def found(self, asked: Iterable[Question], wanted: Wanted) -> Case | None:
        """The case of the nearest patient, of whatever origin, to the first question that shows it."""
        ways = ((origin, question) for question in asked for origin in self.origins)
        found = (self._near(origin, question, wanted) for origin, question in ways if wanted.effort.left)
        return next((case for case in found if case is not None), None)

    def _near(self, origin: Timeline, question: Question, wanted: Wanted) -> Case | None:
        def confirmed(witness: Witness) -> bool:
            case = self.case(question, wanted.name, witness)
            return case is not None and wanted.shows(case)

        search = Search(
            self.study.protocol,
            Origin(origin, last_day(origin)),
            lambda space: wanted.seek(space, question),
            confirmed,
            steps=STEPS,
            effort=wanted.effort,
        )
        try:
            found = nearest(search, tiers(self.study, question.rule))
        except Refused:
            return None
        return self.case(question, wanted.name, found) if isinstance(found, Witness) else None

    def case(self, question: Question, name: str, witness: Witness) -> Case | None:
        """A witness as a case; the answer it expects is today's."""
        timeline = known_by(witness.timeline, witness.as_of)
        pair = _records(timeline, question.variable, witness)
        if pair is None:
            return None
        record, previous = pair
        day, visit = witness.as_of, question.visit
        nobody = Expected("", None)
        asked = Case(name, question.rule, timeline, day, nobody, NOWHERE, visit, record, previous)
        found = ask(self.study.program, asked)
        if isinstance(found.value, IN_PART):
            return None
        rule = rule_of(self.study, asked)
        because = " ".join(rule.text.split()) if rule and rule.text else None
        return replace(asked, because=because, expected=Expected(self.runner.worded(found, asked), None))


def _records(
    timeline: Timeline, variable: str | None, witness: Witness
) -> tuple[Record | None, Record | None] | None:
    """The record that is asked about and the one before it; None where it is not there."""
    if variable is None:
        return None, None
    series = timeline.series.get(variable)
    pairs = with_previous(series.records if series else ())
    return next((pair for pair in pairs if pair[0].start == witness.record), None)


def _differing(right: Program, wrong: Program) -> Seek:
    """That two programs answer otherwise, or are not both about the patient."""

    def seek(space: Space, question: Question) -> Sought:
        one, other = space.read(right), space.read(wrong)
        view, name = question.view(one), question.rule
        differ = no(agree(*(reading.answer(reading.program.rules[name], view) for reading in (one, other))))
        exempting = f"{name}.applies_when"
        if exempting in right.rules:
            applies = [reading.answer(reading.program.rules[exempting], view).no for reading in (one, other)]
            differ = some(differ, no(alike(*applies)))
        return Sought(every(question.can_be_asked(one), differ), [*one.opaques, *other.opaques], view.this)

    return seek
