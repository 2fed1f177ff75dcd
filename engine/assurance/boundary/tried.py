"""Which boundaries a log shows to have been tried, and on which side.

The values of a comparison's two sides are in the log, and so are the days of a
period's ends; nothing is worked out a second way. A record on an end of a period
tries it only if it passes the filter of the selection.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.assurance.boundary.grain import Grain, difference, last_digit, spacing
from engine.assurance.boundary.model import Boundary, Side, Standing
from engine.assurance.boundary.places import Boundaries
from engine.assurance.cases import Case
from engine.assurance.run import Runner, ask
from engine.language.core import BASELINE, CURRENT, Bound, Records, VisitAspect
from engine.language.values import Date, Value
from engine.reference.interpret import Reading
from engine.reference.trace import Trace, Traced
from engine.study.linked import Study
from engine.timeline.model import Record, Series

SLACK = 1 + 1e-9
NONE = Series((), ())
Known = Mapping[Boundary, Collection[Side]]
WINDOW: dict[str, VisitAspect] = {"start": "opens", "end": "closes"}


class Try(NamedTuple):
    """A boundary met in a log, in the step at `end`; `side` is None where nothing was near."""

    boundary: Boundary
    side: Side | None
    end: int


@dataclass(slots=True)
class Tries:
    """Looks through logs; what a comparison's grain is made of is worked out once."""

    study: Study
    boundaries: Boundaries
    grains: dict[Boundary, tuple[Grain, float]] = field(default_factory=dict)

    def of(self, reading: Reading, known: Known | None = None) -> Iterator[Try]:
        """Every boundary met, with the sides tried; one that is `known` on all sides is left out."""
        trace, known = Trace(reading), known or {}
        for index, (core, *_) in enumerate(reading.log or ()):
            for boundary in self.boundaries.of_node.get(id(core), ()):
                if len(known.get(boundary, ())) < len(boundary.sides):
                    yield from self.at(boundary, trace.at(index))

    def at(self, boundary: Boundary, traced: Traced) -> Iterator[Try]:
        """The sides tried where a boundary was met."""
        found = self.compared(boundary, traced) if boundary.end == "limit" else self.dated(boundary, traced)
        sides: list[Side | None] = [side for side in found if side in boundary.sides]
        yield from (Try(boundary, side, traced.end) for side in sides or [None])

    # ------------------------------------------------------------- comparisons

    def compared(self, boundary: Boundary, traced: Traced) -> Iterator[Side]:
        one, other = traced.parts
        away = difference(one.value, other.value)
        if away is None:
            return
        if away == 0:
            yield "at"
        elif abs(float(away)) <= self.reach(boundary, traced, upwards=away < 0) * SLACK:
            yield "below" if away < 0 else "above"

    def reach(self, boundary: Boundary, traced: Traced, upwards: bool) -> float:
        """How far one step takes the first side above the second, or below it."""
        if boundary not in self.grains:
            call = boundary.comparison
            gap = max(spacing(self.study, arg) for arg in call.args)
            self.grains[boundary] = Grain(self.study, last_digit(call)), gap
        grain, gap = self.grains[boundary]
        one, other = (grain.of(part, boundary.about) for part in traced.parts)
        return max(gap, one[upwards], other[not upwards])

    # ----------------------------------------------------------------- periods

    def dated(self, boundary: Boundary, traced: Traced) -> Iterator[Side]:
        days = edge(boundary, traced)
        if days is None:
            return
        for side, day in zip(("in", "out"), days, strict=True):
            records = records_of(boundary, traced)
            if any(_edge_of(boundary, one) == day and passes(boundary, traced, one) for one in records):
                yield side  # type: ignore[misc]


def edge(boundary: Boundary, traced: Traced) -> tuple[int, int] | None:
    """The last day in and the first day out at an end of a period, where they are known."""
    day, inclusive = _bound(boundary, traced)
    if not isinstance(day, int):
        return None
    outward = 1 if boundary.end == "end" else -1
    return (day, day + outward) if inclusive else (day - outward, day)


def _bound(boundary: Boundary, traced: Traced) -> tuple[Value, bool]:
    source, reading = boundary.selection.source, traced.trace.reading
    assert isinstance(source, Records)
    if source.visit is not None:
        visit = traced.view.visit if source.visit == CURRENT else source.visit
        aspect = "day" if visit == BASELINE and boundary.end == "end" else WINDOW[boundary.end]
        return reading.days.get((aspect, str(visit))), True
    assert source.period is not None
    bound = source.period.start if boundary.end == "start" else source.period.end
    assert isinstance(bound, Bound)
    found = (part.value for part in traced.parts if part.core is bound.day)
    return next(found, None), bound.inclusive


def records_of(boundary: Boundary, traced: Traced) -> tuple[Record, ...]:
    source = boundary.selection.source
    assert isinstance(source, Records)
    records = traced.trace.reading.timeline.series.get(source.variable, NONE).records
    return tuple(record for record in records if not record.doubtful)


def _edge_of(boundary: Boundary, record: Record) -> Date | None:
    """The day of a record that an end of a period is held against: of an episode its last or its first."""
    return record.end if boundary.end == "start" and record.end is not None else record.start


def passes(boundary: Boundary, traced: Traced, record: Record) -> bool:
    """Whether the selection's filter lets a record through; asked without a log, for it may lie outside."""
    source, reading = boundary.selection.source, traced.trace.reading
    if source.where is None:
        return True
    quiet = Reading(reading.program, reading.timeline, reading.as_of)
    return quiet.value(source.where, traced.view.onto(record)) is True


# ------------------------------------------------------------------- all cases


@dataclass(frozen=True, slots=True)
class Watched:
    """A case with the reading that answered it, log and all."""

    case: Case
    reading: Reading


def watch(study: Study, cases: Iterable[Case]) -> tuple[Watched, ...]:
    """Every case asked with a log."""
    runner = Runner(study, reasons=False)
    found = ((case, ask(runner.program(case.given), case, [])) for case in cases)
    return tuple(Watched(case, one.reading) for case, one in found)


def standings(tries: Tries, watched: Iterable[Watched]) -> tuple[Standing, ...]:
    """Every boundary of the study with the sides that were tried."""
    tried: dict[Boundary, set[Side]] = {boundary: set() for boundary in tries.boundaries.all}
    for one in watched:
        for found in tries.of(one.reading, tried):
            if found.side is not None:
                tried[found.boundary].add(found.side)
    return tuple(Standing(boundary, frozenset(sides)) for boundary, sides in tried.items())
