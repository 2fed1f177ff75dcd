"""Events and episodes: once, again and again, or step by step."""

from collections.abc import Iterator, Mapping

from engine.invention.patient import Patient, ending, recorded
from engine.invention.values import as_known, length_of, value_of
from engine.language.core import Core
from engine.language.days import low
from engine.language.values import LAST_DAY, Date, Day, DayRange, Value
from engine.reference.view import View
from engine.study.typical import ALL, Amount, Happening, Repeated
from engine.timeline.model import Record
from engine.timeline.statement import ONGOING

MOST_TIMES = 1000


def happen(patient: Patient, happening: Happening, visit: str | None) -> bool:
    """Whether it happens; if it does, everything of it is recorded."""
    view = View(visit if happening.at else None)
    if not patient.chance.happens(happening.chance):
        return False
    if not patient.is_so(happening.when, view):
        return False
    first = _first(patient, happening, view)
    if first is None:
        return False
    kept = [patient.add(happening.variable, record) for record in _records(patient, happening, (first, view))]
    if not any(kept):
        return False
    _follow(patient, happening, low(first))
    return True


def _first(patient: Patient, happening: Happening, view: View) -> Date | None:
    if happening.on is None:
        return patient.attended.get(view.visit or "")
    if view.visit is not None and view.visit not in patient.attended:
        return None
    found = value_of(patient, happening.on, view)
    assert found is None or isinstance(found, int | DayRange)
    return found  # type: ignore[return-value]


def _follow(patient: Patient, happening: Happening, day: Day) -> None:
    """What it does to what comes after."""
    for variable in happening.ends:
        if variable == ALL:
            patient.leave(day)
        else:
            patient.stop(variable, day)
    if happening.new_course:
        patient.course = patient.chance.one_of(happening.new_course)


def _records(patient: Patient, happening: Happening, asked: tuple[Date, View]) -> Iterator[Record]:
    first, view = asked
    if happening.steps:
        yield from _stepwise(patient, happening, (low(first), view))
        return
    for start in _starts(patient, happening, asked):
        yield _record(patient, happening, (start, view))


def _starts(patient: Patient, happening: Happening, asked: tuple[Date, View]) -> Iterator[Date]:
    first, view = asked
    repeated = happening.repeated
    if repeated is None:
        yield first
        return
    until = None if happening.until is None else patient.day(happening.until, view)
    if until is not None:
        yield from _times(patient, repeated, (low(first), until))


def _times(patient: Patient, repeated: Repeated, days: tuple[Day, Day]) -> Iterator[Day]:
    """The days of what happens again and again, none before the one it follows."""
    first, until = days
    before = first - 1
    for count in range(MOST_TIMES):
        planned = first + round(count * repeated.every)
        if planned > until:
            return
        skipped = patient.chance.happens(repeated.skipped)
        away = round(patient.chance.normal() * repeated.jitter) if count and repeated.jitter else 0
        day = max(before + 1, planned + away)
        if not skipped and day <= until:
            before = day
            yield Day(day)


# ------------------------------------------------------------------- one record


def _record(patient: Patient, happening: Happening, asked: tuple[Date, View]) -> Record:
    start, view = asked
    is_episode = patient.study.protocol.variables[happening.variable].kind == "episode"
    end = _end(patient, happening, asked) if is_episode else None
    bare = recorded(start, end, {})
    return _with_attributes(patient, happening.attributes, (bare, view, happening.variable))


def _end(patient: Patient, happening: Happening, asked: tuple[Date, View]) -> Date:
    start, view = asked
    if patient.chance.happens(happening.ongoing):
        return ONGOING
    if patient.chance.happens(happening.end_unknown):
        return DayRange(low(start), LAST_DAY)
    if happening.lasts is not None:
        return as_known(Day(low(start) + length_of(patient, happening.lasts) - 1), start)
    until = None if happening.until is None or happening.repeated else patient.day(happening.until, view)
    return ONGOING if until is None else max(until, low(start))


def _with_attributes(
    patient: Patient, amounts: Mapping[str, Amount], asked: tuple[Record, View, str]
) -> Record:
    """A record with its attributes; each may look at the ones before it."""
    record, view, variable = asked
    previous = patient.previous(variable)
    fields: dict[str, Value] = dict.fromkeys(patient.study.protocol.variables[variable].attributes)
    for name, amount in amounts.items():
        this = Record(record.start, record.end, None, {**record.fields, **fields})
        fields[name] = value_of(patient, amount, View(view.visit, this=this, previous=previous))
    return recorded(record.start, record.end, fields)


def _stepwise(patient: Patient, happening: Happening, asked: tuple[Day, View]) -> Iterator[Record]:
    """Episodes that follow each other; the last one ends as the happening says."""
    start, view = asked
    for step in happening.steps:
        end = _end(patient, happening, (start, view))
        if step.lasts is not None:
            end = Day(start + length_of(patient, step.lasts) - 1)
        elif step.until is not None:
            end = _until(patient, step.until, end)
        if low(end) < start and end is not ONGOING:
            continue
        amounts = {**happening.attributes, **step.attributes}
        record = _with_attributes(patient, amounts, (recorded(start, None, {}), view, happening.variable))
        yield ending(record, end)
        if isinstance(end, DayRange):
            return
        start = Day(end + 1)


def _until(patient: Patient, until: Core, otherwise: Date) -> Date:
    found = patient.day(until)
    return otherwise if found is None else found
