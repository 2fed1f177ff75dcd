"""Cases for the boundaries that no case has tried, ready to be put beside the others.

A suggested case asks the rule of its boundary. The answer in it is what the rule
says today: whether that is what the protocol says is for the validator to judge.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from engine.assurance.boundary.model import Boundary, Goal, Side, Standing
from engine.assurance.boundary.places import Boundaries
from engine.assurance.boundary.search import Hit, Question, Search, Start
from engine.assurance.boundary.starts import Starts
from engine.assurance.boundary.tried import Tries, standings, watch
from engine.assurance.boundary.words import short_words
from engine.assurance.cases import Case, Expected, rule_of
from engine.assurance.run import Runner, ask
from engine.assurance.told.case import Teller
from engine.language.values import DayRange, NumberRange, OneOf
from engine.reference.previous import with_previous
from engine.source.place import NOWHERE
from engine.study.linked import Study
from engine.timeline.known import known_by
from engine.timeline.model import Record

MOST_TOLD = 4
"""So many patients for one side of a boundary are tried to be told as a case, near one that is there."""

IN_PART = (NumberRange, DayRange, OneOf)
"""Answers known in part, which no case can expect."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A case for a side of a boundary, and its text as an item of a list of cases."""

    boundary: Boundary
    side: Side
    case: Case
    text: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """How boundaries stand with the cases there are; cases for what is missing, and what stays so."""

    standings: tuple[Standing, ...]
    suggestions: tuple[Suggestion, ...]
    missing: tuple[Goal, ...]


def standing(study: Study, cases: Sequence[Case], rule: str | None = None) -> tuple[Standing, ...]:
    """The boundaries of a study, or of one rule, with the sides that cases have tried."""
    found = standings(Tries(study, Boundaries(study)), watch(study, cases))
    return tuple(one for one in found if rule in (None, one.boundary.owner))


def suggest(
    study: Study, cases: Sequence[Case], rules: Collection[str] | None = None, most: int | None = None
) -> Suggested:
    """Cases for what is missing, of some rules or of all of them, and no more than so many."""
    return Suggesting(study, cases).run(rules, most)


@dataclass(slots=True)
class Suggesting:
    """One search through a study's boundaries; what a suggested case tries is missing no more."""

    study: Study
    cases: Sequence[Case]
    tries: Tries = field(init=False)
    teller: Teller = field(init=False)
    search: Search = field(init=False)
    names: set[str] = field(init=False)
    tried: dict[Boundary, set[Side]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tries = Tries(self.study, Boundaries(self.study))
        self.teller = Teller(self.study)
        self.search = Search(self.study, self.tries)
        self.names = {case.name for case in self.cases}

    def run(self, rules: Collection[str] | None, most: int | None) -> Suggested:
        watched = watch(self.study, self.cases)
        standing = standings(self.tries, watched)
        found = tuple(one for one in standing if rules is None or one.boundary.owner in rules)
        self.tried = {one.boundary: set(one.tried) for one in found}
        starts = Starts(self.study, self.tries, [base.timeline for base in self.teller.bases], watched)
        self.search.pool = starts.pool
        suggestions: list[Suggestion] = []
        for boundary in self.tried:
            suggestions.extend(sorted(self.of(boundary, starts), key=_place))
            if most is not None and len(suggestions) >= most:
                break
        missing = (
            (boundary, side)
            for boundary, tried in self.tried.items()
            for side in boundary.sides
            if side not in tried
        )
        return Suggested(found, tuple(suggestions[:most]), tuple(missing))

    def of(self, boundary: Boundary, starts: Starts) -> Iterator[Suggestion]:
        """Cases for the sides of one boundary that are missing."""
        for start in starts.of(boundary):
            if self.missing(boundary):
                yield from self.near(boundary, start)

    def near(self, boundary: Boundary, start: Start) -> Iterator[Suggestion]:
        """Those of patients like one that is there; the first few for each side, simplest first."""
        tried: dict[Side, int] = {}
        for hit in self.search.near(boundary, start):
            if hit.side in self.missing(boundary) and tried.get(hit.side, 0) < MOST_TOLD:
                tried[hit.side] = tried.get(hit.side, 0) + 1
                yield from self.suggestion(boundary, hit)
            if not self.missing(boundary):
                return

    def missing(self, boundary: Boundary) -> list[Side]:
        return [side for side in boundary.sides if side not in self.tried[boundary]]

    # ------------------------------------------------------------------- cases

    def suggestion(self, boundary: Boundary, hit: Hit) -> Iterator[Suggestion]:
        """The patient as a case, if it can be told and is still where it should be once it is read."""
        case = self.case(boundary, hit)
        text = None if case is None else self.teller.told(case)
        read = None if text is None else self.teller.read(text)
        if case is None or text is None or read is None:
            return
        tried = [one for one in self.tries.of(ask(self.study.program, read, []).reading) if one.side]
        if (boundary, hit.side) in [(one.boundary, one.side) for one in tried]:
            for one in tried:
                if one.boundary in self.tried and one.side is not None:
                    self.tried[one.boundary].add(one.side)
            self.names.add(case.name)
            yield Suggestion(boundary, hit.side, case, text)

    def case(self, boundary: Boundary, hit: Hit) -> Case | None:
        """What the rule is asked there, and what it answers today."""
        timeline, as_of = hit.patient
        asked = Case(
            name=self.name(boundary, hit.side, hit.question),
            rule=hit.question.rule,
            timeline=known_by(timeline, as_of),
            as_of=as_of,
            expected=Expected("", None),
            at=NOWHERE,
            visit=hit.question.visit,
        )
        rule = rule_of(self.study, asked)
        pair = self.pair(asked, hit.question.record)
        if pair is None:
            return None
        text = rule.text if rule else None
        asked = replace(asked, record=pair[0], previous=pair[1], because=text and " ".join(text.split()))
        found = ask(self.study.program, asked)
        if isinstance(found.value, IN_PART):
            return None
        return replace(asked, expected=Expected(Runner(self.study, reasons=False).worded(found, asked), None))

    def pair(self, case: Case, record: Record | None) -> tuple[Record | None, Record | None] | None:
        """The record that is asked about with the one before it; None where it is not known by then."""
        if record is None:
            return None, None
        linked = self.study.rules[case.owner]
        series = case.timeline.series.get(linked.for_each or "")
        pairs = with_previous(series.records) if series else ()
        return next((pair for pair in pairs if pair[0] == record), None)

    def name(self, boundary: Boundary, side: Side, question: Question) -> str:
        """What the case is about; a number tells those apart that are about the same."""
        visit = f" at {question.visit}" if question.visit else ""
        plain = f"{question.rule}{visit}, {short_words(boundary, side)}"
        names = (plain if number == 1 else f"{plain} ({number})" for number in range(1, 1000))
        return next(name for name in names if name not in self.names)


def _place(one: Suggestion) -> int:
    return one.boundary.sides.index(one.side)
