"""What of a patient can be moved step by step: a value, a day, an end; and the patient with it moved.

A lever changes one thing that is recorded. Which ones bear on a comparison is
read off the trace: they are the values that its two sides were read from.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from engine.assurance.boundary.grain import Grain
from engine.assurance.told.forms import is_day
from engine.language.core import CURRENT, Fact, Field, VisitDay
from engine.language.days import low
from engine.language.values import LAST_DAY, Day, DayRange, Value
from engine.reference.interpret import Reading
from engine.reference.trace import Traced
from engine.timeline.known import known_by
from engine.timeline.model import Record, Series, Timeline
from engine.timeline.series import in_order

AS_OF = "as_of"
YEARS_OF_DAYS = 36_525
"""As far as a day is moved: a hundred years."""


class Patient(NamedTuple):
    """A timeline as known up to a day."""

    timeline: Timeline
    as_of: Day


class Held(NamedTuple):
    """A record by its variable and its place in the series."""

    variable: str
    place: int


@dataclass(frozen=True, slots=True)
class Lever:
    """One field of a record, a fact where there is no record, or the day up to which all is known.

    Moved by n it is n steps from where it stands. With `whole` an episode goes with its start.
    """

    held: Held
    name: str
    value: Decimal | Day
    step: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    whole: bool = False

    def moved(self, n: int) -> Decimal | Day | None:
        """The value n steps on; None outside the plausible range."""
        if is_day(self.value):
            day = self.value + n
            return Day(day) if abs(n) <= YEARS_OF_DAYS and 0 < day < LAST_DAY else None
        value = (self.value // self.step + n) * self.step
        below = self.low is not None and value < self.low
        return None if below or (self.high is not None and value > self.high) else value

    def pull(self, patient: Patient, n: int) -> "Pulled | None":
        """The patient with it moved by n steps."""
        value, timeline = self.moved(n), patient.timeline
        if value is None:
            return None
        if self.held.variable == AS_OF:
            return Pulled(Patient(known_by(timeline, Day(int(value))), Day(int(value))), None)
        if self.held.place < 0:
            facts = {**timeline.facts, self.name: replace(timeline.facts[self.name], value=value)}
            return Pulled(patient._replace(timeline=replace(timeline, facts=facts)), None)
        series = timeline.series[self.held.variable]
        record = changed(series.records[self.held.place], self.name, value, self.whole)
        return None if record is None else with_record(patient, self.held, record)


class Pulled(NamedTuple):
    """A patient with something moved, and the record that it was moved in."""

    patient: Patient
    record: Record | None


def changed(record: Record, name: str, value: Value, whole: bool = False) -> Record | None:
    """A record with one field changed; None where it would end before it starts."""
    if name not in ("start", "end"):
        return replace(record, fields={**record.fields, name: value})
    assert is_day(value)
    start, end = (value, record.end) if name == "start" else (record.start, value)
    if name == "start" and whole and is_day(end):
        end = Day(end + value - low(record.start))
    if isinstance(end, DayRange) and end.high == LAST_DAY:
        end = DayRange(max(end.low, Day(low(start) + 1)), LAST_DAY)
    if end is not None and low(end) < low(start):
        return None
    days = {"start": start} | ({"end": end} if "end" in record.fields else {})
    minute = record.minute if start == record.start else None
    return replace(record, start=start, end=end, minute=minute, fields={**record.fields, **days})


def with_record(patient: Patient, held: Held, record: Record) -> Pulled:
    """The record in the place of another, or added at -1; known as far as its own day at least."""
    timeline = patient.timeline
    series = timeline.series.get(held.variable, Series((), ()))
    others = [one for place, one in enumerate(series.records) if place != held.place]
    records = tuple(in_order([*others, record]))
    days = [one.start for one in records if is_day(one.start)]
    exact = series.days is not None and record.end is None and len(days) == len(records)
    made = Series(records, tuple(days) if exact else None)
    told = replace(timeline, series={**timeline.series, held.variable: made})
    last = max(low(record.start), low(record.end) if is_day(record.end) else low(record.start))
    return Pulled(Patient(told, max(patient.as_of, last)), record)


# ------------------------------------------------------------------ which there are


@dataclass(slots=True)
class Levers:
    """The levers under a node of one reading."""

    grain: Grain
    reading: Reading
    held: dict[int, Held] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for variable, series in self.reading.timeline.series.items():
            for place, record in enumerate(series.records):
                self.held[id(record)] = Held(variable, place)

    def under(self, traced: Traced) -> tuple[Lever, ...]:
        """Those that its sides were read from: values before days, each in the order it was read."""
        found = dict.fromkeys(lever for node in self.nodes(traced) for lever in self.of(node))
        return tuple(sorted(found, key=lambda lever: is_day(lever.value)))

    def nodes(self, traced: Traced) -> Iterator[Traced]:
        """Every node below one, each once, with those behind the days of visits."""
        seen, pending = set[int](), [traced]
        while pending:
            node = pending.pop()
            if node.end in seen:
                continue
            seen.add(node.end)
            yield node
            pending.extend(reversed(node.parts))
            if isinstance(node.core, VisitDay):
                visit = node.view.visit if node.core.visit == CURRENT else node.core.visit
                planned = self.reading.planned.get((node.core.aspect, str(visit)), range(0))
                pending.extend(node.trace.at(index) for index in planned)

    def of(self, node: Traced) -> Iterator[Lever]:
        """The lever, if it is one, that a node reads."""
        match node.core, node.value:
            case Fact("as_of"), int():
                yield Lever(Held(AS_OF, -1), AS_OF, self.reading.as_of, Decimal(1))
            case Fact(name), int() | Decimal() if not isinstance(node.value, bool):
                yield from self._lever(Held(name, -1), name, node.value)
            case Field(of, name), int() | Decimal() if not isinstance(node.value, bool):
                record = getattr(node.view, of)
                held = self.held.get(id(record))
                if held is not None:
                    yield from self._lever(held, name, node.value)
            case VisitDay(), int():
                yield from self._attended(node)
            case _:
                pass

    def _lever(self, held: Held, name: str, value: Decimal | int) -> Iterator[Lever]:
        if is_day(value):
            yield Lever(held, name, value, Decimal(1))
            yield from [Lever(held, name, value, Decimal(1), whole=True)] if name == "start" else []
            return
        variable = self.grain.study.protocol.variables[held.variable]
        attribute = variable.value if held.place < 0 or name == "value" else variable.attributes.get(name)
        if attribute is not None and isinstance(value, Decimal):
            step = self.grain.step(held.variable, name)
            yield Lever(held, name, value, step, attribute.low, attribute.high)

    def _attended(self, node: Traced) -> Iterator[Lever]:
        """The record that says when a visit took place."""
        attendance = self.reading.program.attendance
        series = self.reading.timeline.series.get(attendance.variable) if attendance else None
        for record in series.records if series else ():
            if record.start == node.value and is_day(record.start):
                yield from self._lever(self.held[id(record)], "start", record.start)
