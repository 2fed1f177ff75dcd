"""What holds of every patient: two expressions always agree, a part of a rule never gives an answer.

A claim is refuted by a patient; where the solver finds that there is none, it is
proved. Other rules first stand for anything at all, which is quickest; then only
the days of anchors and visits do; then nothing. A proof of the first kind holds
of the others, since what may be anything may be what it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from engine.language.core import Core
from engine.logic.answers import Truth, agree, known
from engine.logic.asking import Question, questions
from engine.logic.bound import RECORDS
from engine.logic.reach import Met, met
from engine.logic.reading import Reading
from engine.logic.refusal import Refused
from engine.logic.solve import Effort, solve
from engine.logic.space import Cut, anybody, nothing
from engine.logic.terms import Bool, every, no, some
from engine.study.linked import Study

Steps = tuple[int, int, int]
"""How much work each way to look at a question may take."""

SHALLOW, DEEP = (1_000_000, 1_000_000, 500_000), (1_000_000, 10_000_000, 60_000_000)
"""Up to a tenth of a second each, for what is most often not so; and some seconds, for what most often is."""

ALL_STEPS = 500_000_000
"""How much work all questions together may take; after that only the quickest way is tried."""

Wanted = Literal["true", "false", "unknown", "known", "decisive"]
OPPOSITES: tuple[Wanted, Wanted] = ("false", "true")
Claim = Callable[[Reading, Question], Bool]
"""What a patient would have to be like who refutes it."""


@dataclass(frozen=True, slots=True)
class Proving:
    """Proves claims about the rules of one study, one question at a time."""

    study: Study
    records: int = RECORDS
    steps: Steps = DEEP
    effort: Effort = field(default_factory=lambda: Effort(ALL_STEPS))

    def never(self, name: str, refuted: Claim) -> bool:
        """Whether there is no patient, however the rule is asked, who would refute the claim."""
        return all(self._never(question, refuted) for question in questions(self.study, name))

    def _never(self, question: Question, refuted: Claim) -> bool:
        first, *others = zip(self.cuts(), self.steps, strict=True)
        if self._holds(question, refuted, (*first, Effort(first[1]))):
            return True
        return any(self._holds(question, refuted, (*way, self.effort)) for way in others if self.effort.left)

    def _holds(self, question: Question, refuted: Claim, way: tuple[Cut, int, Effort]) -> bool:
        cut, steps, effort = way
        space = anybody(self.study.protocol, self.records)
        reading = space.read(self.study.program, cut)
        try:
            found = every(question.can_be_asked(reading), refuted(reading, question))
        except Refused:
            return False
        return solve([*space.facts, found], steps, effort)[0] == "impossible"

    def cuts(self) -> Sequence[Cut]:
        """What stands for anything: all other rules and days, then days alone, then nothing."""
        days = {*self.study.program.visits, "baseline"}
        anchors = {linked.rule.id for linked in self.study.of("anchor")}
        return (lambda _: True), (lambda name: name in days or name in anchors), nothing


# ------------------------------------------------------------------- agreement


def differ(one: Core, other: Core) -> Claim:
    """That two expressions, asked in the same place, give different answers."""

    def refuted(reading: Reading, question: Question) -> Bool:
        view = question.view(reading)
        return no(agree(reading.answer(one, view), reading.answer(other, view)))

    return refuted


def always_agree(proving: Proving, name: str, pair: tuple[Core, Core]) -> bool:
    """Whether two expressions for one rule, or one value of it, give the same of every patient."""
    return proving.never(name, differ(*pair))


# ------------------------------------------------------------------------ parts


def gives(core: Core, path: tuple[int, ...], wanted: Wanted) -> Claim:
    """That the part at a path is looked at and gives an answer."""

    def refuted(reading: Reading, question: Question) -> Bool:
        view = question.view(reading)
        places = met(reading, core, path, view)
        return some(*(every(one.when, _is(reading, one, wanted)) for one in places))

    return refuted


def _is(reading: Reading, place: Met, wanted: Wanted) -> Bool:
    answer = reading.answer(place.core, place.view)
    match wanted:
        case "known":
            return known(answer)
        case "unknown":
            return no(known(answer))
        case _:
            assert isinstance(answer, Truth)
            return answer.yes if wanted == "true" else answer.no


def decides(core: Core, path: tuple[int, ...], turned: tuple[Core, Core]) -> Claim:
    """That the rule has another answer if the part at a path is turned round: always true, always false."""

    def refuted(reading: Reading, question: Question) -> Bool:
        view = question.view(reading)
        usual = reading.answer(core, view)
        found = []
        for other, wanted in zip(turned, OPPOSITES, strict=True):
            places = met(reading, core, path, view)
            differs = some(*(every(one.when, _is(reading, one, wanted)) for one in places))
            then = reading.answer(other, view)
            found.append(every(differs, known(usual), known(then), no(agree(usual, then))))
        return some(*found)

    return refuted
