"""Patients on a side of a boundary that no case has tried: found near patients that there are.

One recorded thing is moved until the difference between the two sides of a
comparison changes its sign, and the patients next to that turn are kept; for
the end of a period a record is moved onto its last day, or the first beyond.
Whether a patient is where it should be is judged as it is for cases.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from engine.assurance.boundary.grain import Grain, difference, last_digit
from engine.assurance.boundary.levers import Held, Lever, Levers, Patient, Pulled, changed, with_record
from engine.assurance.boundary.model import Boundary, Side
from engine.assurance.boundary.tried import Tries, edge
from engine.language.core import Records
from engine.language.values import Day, Value
from engine.reference.interpret import Log, Reading
from engine.reference.previous import with_previous
from engine.reference.trace import Trace, Traced
from engine.study.linked import Study
from engine.timeline.model import Record

MOST_LEVERS = 6
MOST_RECORDS = 12
FURTHEST = 1 << 17
"""Steps: more than there are days in a life or values in a plausible range."""

AROUND = (0, 1, -1, 2)
Past = Callable[[Decimal], bool]


class Question(NamedTuple):
    """A rule asked of a patient: at a visit, or of a record."""

    rule: str
    visit: str | None
    record: Record | None


class Hit(NamedTuple):
    """A patient on a side of a boundary, and what is asked there."""

    patient: Patient
    question: Question
    side: Side


class Start(NamedTuple):
    """A place in the log of a patient where a boundary was met."""

    patient: Patient
    traced: Traced


class Met(NamedTuple):
    """A boundary met while a question is answered."""

    traced: Traced
    sides: frozenset[Side]
    answer: Value


@dataclass(slots=True)
class Search:
    """Looks for patients of one study; `pool` holds records of each variable as somebody has them."""

    study: Study
    tries: Tries
    pool: dict[str, list[Record]] = field(default_factory=dict)

    def near(self, boundary: Boundary, start: Start) -> Iterator[Hit]:
        """Patients like the one of a log, on any side of a boundary that was met in it."""
        question = self.question(boundary, start.traced)
        if boundary.end == "limit":
            yield from self.compared(boundary, start, question)
        else:
            yield from self.dated(boundary, start, question)

    def question(self, boundary: Boundary, traced: Traced) -> Question:
        linked = self.study.rules.get(boundary.owner)
        visit = traced.view.visit if linked and linked.visits else None
        return Question(boundary.rule, visit, traced.view.this)

    # ----------------------------------------------------------------- asking

    def met(self, boundary: Boundary, pulled: Pulled, question: Question) -> Iterator[Met]:
        """Where the boundary is met when the question is put."""
        log: Log = []
        reading = Reading(self.study.program, *pulled.patient, log)
        answer = self.answer(reading, question)
        trace = Trace(reading)
        for index, (core, *_) in enumerate(log):
            if any(one == boundary for one in self.tries.boundaries.of_node.get(id(core), ())):
                tried = self.tries.at(boundary, trace.at(index))
                sides = frozenset(one.side for one in tried if one.side is not None)
                yield Met(trace.at(index), sides, answer)

    def answer(self, reading: Reading, question: Question) -> Value:
        found: Value = None
        if question.record is None:
            found = reading.rule(question.rule, question.visit)
            return found
        linked = self.study.rules[question.rule.partition(".")[0]]
        series = reading.timeline.series.get(linked.for_each or "")
        for record, previous in with_previous(series.records) if series else ():
            if record is question.record:
                found = reading.of_record(question.rule, record, previous)
        return found

    # ------------------------------------------------------------ comparisons

    def compared(self, boundary: Boundary, start: Start, question: Question) -> Iterator[Hit]:
        grain = Grain(self.study, last_digit(boundary.comparison))
        for lever in Levers(grain, start.traced.trace.reading).under(start.traced)[:MOST_LEVERS]:
            yield from Turning(self, boundary, start, question, lever).hits()

    # ----------------------------------------------------------------- periods

    def dated(self, boundary: Boundary, start: Start, question: Question) -> Iterator[Hit]:
        """A record moved onto the last day in and the first day out, or added there.

        First come those with which it makes a difference to the answer where they are.
        """
        others: list[Hit] = []
        for held, record in self.records(boundary, start):
            found = list(self.moved(boundary, start, question, (held, record)))
            hits = [hit for hit, _ in found]
            if len({repr(answer) for _, answer in found}) > 1:
                yield from hits
            else:
                others += hits
        yield from others

    def moved(
        self, boundary: Boundary, start: Start, question: Question, moving: tuple[Held, Record]
    ) -> Iterator[tuple[Hit, Value]]:
        held, record = moving
        for day in edge(boundary, start.traced) or ():
            for moved in onto(record, "end" if boundary.end == "start" else "start", Day(day)):
                pulled = with_record(start.patient, held, moved)
                asked = question._replace(record=_now(question.record, record, moved))
                met = list(self.met(boundary, pulled, asked))
                for side in _sides(met):
                    yield Hit(pulled.patient, asked, side), met[0].answer

    def records(self, boundary: Boundary, start: Start) -> Iterator[tuple[Held, Record]]:
        """The records there are, the last one first, and then those that could be added."""
        source = boundary.selection.source
        assert isinstance(source, Records)
        series = start.patient.timeline.series.get(source.variable)
        own = list(enumerate(series.records if series else ()))[::-1]
        yield from ((Held(source.variable, place), record) for place, record in own[:MOST_RECORDS])
        yield from ((Held(source.variable, -1), record) for record in self.pool.get(source.variable, ()))


def onto(record: Record, name: str, day: Day) -> Iterator[Record]:
    """The record with its start or end on a day: that one moved, or the whole of it, or a single day."""
    if record.end is None or name == "start":
        tries = (changed(record, "start", day), changed(record, "start", day, whole=True))
    else:
        single = changed(record, "start", day)
        tries = (changed(record, "end", day), None if single is None else changed(single, "end", day))
    yield from [one for one in tries if one is not None][:1]


def _sides(met: Iterable[Met]) -> Iterable[Side]:
    """The sides tried, each once, however often the boundary was met."""
    return dict.fromkeys(side for one in met for side in sorted(one.sides))


def _now(asked: Record | None, before: Record, after: Record) -> Record | None:
    """The record that is asked about, where it may be the one that was moved."""
    return after if asked is before else asked


@dataclass(slots=True)
class Turning:
    """One lever pulled until a comparison turns."""

    search: Search
    boundary: Boundary
    start: Start
    question: Question
    lever: Lever
    seen: dict[int, tuple[Pulled, Question, Met] | None] = field(default_factory=dict)

    def hits(self) -> Iterator[Hit]:
        """Patients next to where the difference becomes 0, and to where it leaves 0."""
        for is_past in (lambda away: away >= 0, lambda away: away > 0):
            turn = self.turn(is_past)
            for n in () if turn is None else (turn + more for more in AROUND):
                found = self.at(n)
                if found is not None:
                    pulled, question, met = found
                    yield from (Hit(pulled.patient, question, side) for side in sorted(met.sides))

    def turn(self, is_past: Past) -> int | None:
        """The n after which the difference is on the other side, as near as can be seen."""
        here = self.away(0)
        if here is None:
            return None
        for direction in (1, -1):
            size = 1
            while size <= FURTHEST:
                there = self.away(direction * size)
                if there is None:
                    break
                if is_past(there) != is_past(here):
                    return self.between(direction * (size // 2), direction * size, is_past)
                size *= 2
        return None

    def between(self, near: int, far: int, is_past: Past) -> int | None:
        """Halving the way until two neighbours are on different sides; the lower one of them."""
        first = self.away(near)
        while abs(far - near) > 1:
            middle = (near + far) // 2
            away = self.away(middle)
            if away is None or first is None:
                return None
            near, far = (middle, far) if is_past(away) == is_past(first) else (near, middle)
        return min(near, far)

    def away(self, n: int) -> Decimal | None:
        found = self.at(n)
        if found is None:
            return None
        one, other = found[2].traced.parts
        return difference(one.value, other.value)

    def at(self, n: int) -> tuple[Pulled, Question, Met] | None:
        """The patient n steps on, with the boundary met as it was at first."""
        if n not in self.seen:
            self.seen[n] = self._at(n)
        return self.seen[n]

    def _at(self, n: int) -> tuple[Pulled, Question, Met] | None:
        pulled = self.lever.pull(self.start.patient, n)
        if pulled is None:
            return None
        view, moved = self.start.traced.view, self.moved
        question = self.question
        if moved is not None and pulled.record is not None and question.record is moved:
            question = question._replace(record=pulled.record)
        wanted = pulled.record if moved is not None and view.record is moved else view.record
        met = [
            one
            for one in self.search.met(self.boundary, pulled, question)
            if one.traced.view.visit == view.visit and one.traced.view.record is wanted
        ]
        return (pulled, question, met[0]) if met else None

    @property
    def moved(self) -> Record | None:
        """The record that the lever moves, as it was."""
        held = self.lever.held
        series = self.start.traced.trace.reading.timeline.series.get(held.variable)
        return series.records[held.place] if series and held.place >= 0 else None
