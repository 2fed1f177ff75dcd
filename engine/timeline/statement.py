"""What one row says: a record or a fact, and what is wrong with its cells.

Every cell is looked at, whatever was wrong with the one before, so that a row
is put right in one go.
"""

from dataclasses import dataclass

from engine.language.days import high, low, parse_when, spanning
from engine.language.values import FIRST_DAY, LAST_DAY, Date, DayRange, Value
from engine.source.place import Span
from engine.timeline.layout import Plan, RecordLayout
from engine.timeline.model import FactValue, Record
from engine.timeline.rows import Row
from engine.timeline.trouble import DATE_FORMS, Trouble

ONGOING = DayRange(LAST_DAY, LAST_DAY)
"""Stands for the end of what had not ended, until the last day of all data is known."""

Troubles = list[tuple[int, Trouble]]
"""What is wrong with a row, by column."""


@dataclass(slots=True)
class Reading:
    """A row being read by the layout of its table; `troubles` are found on the way."""

    row: Row
    layout: RecordLayout
    troubles: Troubles


def record_of(plan: Plan, reading: Reading) -> Record | None:
    """The record that a row states; None if it has no day. It holds good if there is no trouble."""
    cells, layout, troubles = reading.row.cells, reading.layout, reading.troubles
    for column in plan.empty:
        if cells[column]:
            troubles.append((column, layout.misplaced(plan, column)))
    fields: dict[str, Value] = {}
    if plan.value:
        fields["value"] = _value(plan, reading)
    for name, here, read in plan.attributes:
        fields[name] = None if here is None else _taken(read(cells[here], ""), here, troubles)
    when = parse_when(cells[layout.start])
    if when is None:
        troubles.append((layout.start, _no_start(plan.name, cells[layout.start])))
        return None
    end = _end(when.date, reading) if plan.is_episode else None
    fields["start"], fields["end"] = when.date, end
    return Record(when.date, end, when.minute, fields, (reading.row.at,))


def unread(plan: Plan, said: Record | None, at: Span) -> Record:
    """What a refused row leaves: a record that may or may not count, and of which at most the day is known.

    Left out, it would make `no X` true of a patient whose X could not be read.
    """
    start = DayRange(FIRST_DAY, LAST_DAY) if said is None else said.start
    end = DayRange(low(start), LAST_DAY) if plan.is_episode else None
    names = [name for name, _, _ in plan.attributes] + (["value"] if plan.value else [])
    fields: dict[str, Value] = {**dict.fromkeys(names), "start": start, "end": end}
    return Record(start, end, None, fields, (at,), doubtful=True)


def fact_of(plan: Plan, reading: Reading) -> FactValue:
    """The fact that a row of a long table states."""
    for column in plan.empty:
        if reading.row.cells[column]:
            reading.troubles.append((column, reading.layout.misplaced(plan, column)))
    return FactValue(_value(plan, reading), reading.row.place(reading.layout.value))


def _value(plan: Plan, reading: Reading) -> Value:
    assert plan.value is not None
    layout, cells = reading.layout, reading.row.cells
    found = plan.value(cells[layout.value], cells[layout.unit])
    if isinstance(found, Trouble):
        beside = found.of_unit and (cells[layout.unit] or found.code == "missing-unit")
        return _taken(found, layout.unit if beside else layout.value, reading.troubles)
    return found


def _taken(found: Value | Trouble, column: int, troubles: Troubles) -> Value:
    if isinstance(found, Trouble):
        troubles.append((column, found))
        return None
    return found


def _no_start(name: str, text: str) -> Trouble:
    if not text:
        message = f"`{name}` has no day here"
        return Trouble("missing-start", message, DATE_FORMS)
    return Trouble("bad-date", f"`start` is `{text}`, which is no date", DATE_FORMS)


def _end(start: Date, reading: Reading) -> Date:
    """When an episode ended, which is not before it began."""
    column = reading.layout.end
    text = reading.row.cells[column]
    if not text:
        return DayRange(low(start), LAST_DAY)
    if text == "ongoing":
        return ONGOING
    when = parse_when(text)
    if when is None:
        message = f"`end` is `{text}`, which is no date"
        help = f"{DATE_FORMS}; `ongoing` if it has not ended; empty if that is not known"
        reading.troubles.append((column, Trouble("bad-date", message, help)))
    elif high(when.date) < low(start):
        message = f"this ends on {text}, before it starts on {reading.row.cells[reading.layout.start]}"
        reading.troubles.append((column, Trouble("end-before-start", message)))
    else:
        return spanning(max(low(when.date), low(start)), high(when.date))
    return ONGOING
