"""Where a search begins: patients in whose answers a boundary was met, the simplest to tell first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engine.assurance.boundary.levers import Patient
from engine.assurance.boundary.model import Boundary
from engine.assurance.boundary.search import MOST_RECORDS, Start
from engine.assurance.boundary.tried import Tries, Watched
from engine.assurance.patients import last_day
from engine.reference.interpret import Reading
from engine.reference.previous import with_previous
from engine.reference.trace import Trace
from engine.study.linked import LinkedRule, Study
from engine.timeline.known import known_by
from engine.timeline.model import Record, Timeline

MOST = 8
"""Of one kind of patients: typical ones, those of the rule's own cases, those of others."""


@dataclass(slots=True)
class Starts:
    """The places in logs where each boundary was met, and records of each variable as somebody has them."""

    study: Study
    tries: Tries
    typical: Sequence[Timeline]
    watched: Sequence[Watched]
    pool: dict[str, list[Record]] = field(default_factory=dict)
    found: dict[Boundary, tuple[list[Start], list[Start], list[Start]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for timeline in self.typical:
            self.add(self.asked(timeline), None)
        for one in self.watched:
            if not one.case.given:
                self.add(one.reading, one.case.owner)

    def of(self, boundary: Boundary) -> Iterator[Start]:
        for kind in self.found.get(boundary, ()):
            yield from kind

    def asked(self, timeline: Timeline) -> Reading:
        """A typical patient asked everything."""
        as_of = last_day(timeline)
        reading = Reading(self.study.program, known_by(timeline, as_of), as_of, [])
        for linked in self.study.rules.values():
            for name in (linked.rule.id, *map(linked.key, linked.extra)):
                _ask(reading, linked, name)
        return reading

    def add(self, reading: Reading, owner: str | None) -> None:
        """Every boundary met in a log; `owner` is the rule that was asked, None for all of them."""
        trace, patient = Trace(reading), Patient(reading.timeline, reading.as_of)
        for index, (core, *_) in enumerate(reading.log or ()):
            for boundary in self.tries.boundaries.of_node.get(id(core), ()):
                kinds = self.found.setdefault(boundary, ([], [], []))
                kind = kinds[0 if owner is None else 1 if owner == boundary.owner else 2]
                if len(kind) < MOST:
                    kind.append(Start(patient, trace.at(index)))
        for name, series in reading.timeline.series.items():
            kept = self.pool.setdefault(name, [])
            for record in series.records:
                if len(kept) < MOST_RECORDS and not any(_same_but_days(record, one) for one in kept):
                    kept.append(record)


def _ask(reading: Reading, linked: LinkedRule, name: str) -> None:
    if linked.for_each is None:
        for visit in linked.visits or (None,):
            reading.rule(name, visit)
        return
    series = reading.timeline.series.get(linked.for_each)
    for record, previous in with_previous(series.records) if series else ():
        reading.of_record(name, record, previous)


def _same_but_days(one: Record, other: Record) -> bool:
    a, b = ({k: v for k, v in r.fields.items() if k not in ("start", "end")} for r in (one, other))
    return a == b
