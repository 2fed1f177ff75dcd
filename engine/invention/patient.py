"""A patient in the making: what is recorded so far, and the rules asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.invention.chance import Chance
from engine.invention.reach import Reach
from engine.language.core import Const, Core, Parameter
from engine.language.days import high, low
from engine.language.values import Date, Day, DayRange, Value
from engine.reference.interpret import PATIENT, Reading
from engine.reference.view import View
from engine.source.place import NOWHERE
from engine.study.linked import Study
from engine.study.typical import Typical
from engine.timeline.model import FactValue, Record, Series, Timeline
from engine.timeline.series import in_order
from engine.timeline.statement import ONGOING

YEARS_AHEAD = 100
"""The rules are asked as of so much later: nothing that is planned is in an unknown future."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record with the order it was made in; `shown` is the value and unit as reported.

    One that is `beside` stands in the files and decides nothing: another of its day does.
    """

    number: int
    variable: str
    record: Record
    shown: tuple[str, str] | None = None
    beside: bool = False


@dataclass(slots=True)
class Level:
    """Where a measurement of the patient stands: drawn once, and moved by the course since."""

    typical: Core
    deviation: float
    factor: float = 1.0
    shift: float = 0.0
    months: float = 0.0


@dataclass(slots=True)
class Patient:
    """`course` is how the patient fares, `stops` the last day on which a variable is recorded."""

    study: Study
    typical: Typical
    name: str
    arrival: Day
    chance: Chance
    reach: Reach
    other_units: bool = False
    course: str | None = None
    facts: dict[str, FactValue] = field(default_factory=dict)
    kept: dict[str, list[Kept]] = field(default_factory=dict)
    attended: dict[str, Day] = field(default_factory=dict)
    levels: dict[str, Level] = field(default_factory=dict)
    stops: dict[str, Day] = field(default_factory=dict)
    end: Day | None = None
    made: int = 0
    reading: Reading = field(init=False)
    changed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        timeline = Timeline(self.name, self.facts, {})
        self.reading = Reading(self.study.program, timeline, Day(self.arrival + 366 * YEARS_AHEAD))

    # ------------------------------------------------------------- asking

    def ask(self, core: Core, view: View = PATIENT) -> Any:
        """What an expression of the rule language gives, by what is recorded so far."""
        if isinstance(core, Const | Parameter):
            return core.value
        if self.changed:
            self.refresh()
        return self.reading.value(core, view)

    def is_so(self, condition: Core | None, view: View = PATIENT) -> bool:
        return condition is None or self.ask(condition, view) is True

    def day(self, core: Core, view: View = PATIENT) -> Day | None:
        """A day; the earliest it could be if it is not quite known."""
        found = self.ask(core, view)
        return None if found is None else low(found)

    def visit_day(self, visit: str, aspect: Any) -> Date | None:
        if self.changed:
            self.refresh()
        found: Date | None = self.reading.visit_day(visit, aspect)
        return found

    def refresh(self) -> None:
        """Takes in what was recorded since, and forgets the answers it may change."""
        series = self.timeline.series
        assert isinstance(series, dict)
        for variable in self.changed & self.kept.keys():
            series[variable] = _series([one.record for one in self.kept[variable] if not one.beside])
        known, days, untouched = self.reading.known, self.reading.days, self.changed.isdisjoint
        for key in [key for key in known if not untouched(self.reach.rules[key[0]])]:
            del known[key]
        for day in [day for day in days if not untouched(self.reach.of_day(day[0]))]:
            del days[day]
        self.changed.clear()

    @property
    def timeline(self) -> Timeline:
        return self.reading.timeline

    def finished(self) -> Timeline:
        self.refresh()
        return self.timeline

    # ---------------------------------------------------------- recording

    def set_fact(self, name: str, value: Value) -> None:
        self.facts[name] = FactValue(value, NOWHERE)
        self.changed.add(name)

    def add(self, variable: str, record: Record, shown: tuple[str, str] | None = None) -> bool:
        """Keeps a record, as far as the patient is still followed; whether it was kept."""
        last = self.last_day(variable)
        if last is not None and low(record.start) > last:
            return False
        self.made += 1
        kept = Kept(self.made, variable, self._ended_by(record, last), shown)
        self.kept.setdefault(variable, []).append(kept)
        self.changed.add(variable)
        return True

    def add_beside(self, variable: str, record: Record, shown: tuple[str, str]) -> None:
        """Keeps what was recorded earlier on the day of the last record of this variable."""
        kept = self.kept[variable]
        kept.append(Kept(kept[-1].number, variable, record, shown, beside=True))

    def previous(self, variable: str) -> Record | None:
        kept = self.kept.get(variable)
        return kept[-1].record if kept else None

    def last_day(self, variable: str) -> Day | None:
        stops = [day for day in (self.stops.get(variable), self.end) if day is not None]
        return min(stops, default=None)

    def stop(self, variable: str, day: Day) -> None:
        """Nothing of a variable is recorded after a day; what goes on ends on it."""
        self.stops[variable] = min(day, self.stops.get(variable, day))
        self._cut(variable, day)

    def leave(self, day: Day) -> None:
        """Nothing at all is recorded after a day."""
        self.end = day if self.end is None else min(day, self.end)
        for variable in list(self.kept):
            self._cut(variable, self.end)

    def _cut(self, variable: str, day: Day) -> None:
        kept = [one for one in self.kept.get(variable, ()) if low(one.record.start) <= day]
        self.kept[variable] = [replace(one, record=self._ended_by(one.record, day)) for one in kept]
        self.changed.add(variable)

    def _ended_by(self, record: Record, last: Day | None) -> Record:
        """A record of which nothing reaches beyond the last day.

        What was there before the patient came goes on without the study, and
        an end that nobody knows stays unknown.
        """
        if record.end is None or last is None or high(record.end) <= last:
            return record
        is_history = low(record.start) < self.arrival
        if isinstance(record.end, DayRange) and (is_history or record.end is not ONGOING):
            return record
        return ending(record, last)


def _series(records: list[Record]) -> Series:
    ordered = tuple(in_order(records))
    starts = [record.start for record in ordered]
    exact = [start for start in starts if not isinstance(start, DayRange)]
    dated = len(exact) == len(starts) and all(record.end is None for record in ordered)
    return Series(ordered, tuple(exact) if dated else None)


def ending(record: Record, end: Date) -> Record:
    return replace(record, end=end, fields={**record.fields, "end": end})


def recorded(start: Date, end: Date | None, fields: Mapping[str, Value]) -> Record:
    """A record as a reader would make it."""
    return Record(start, end, None, {**fields, "start": start, "end": end})
