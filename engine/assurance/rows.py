"""Records as the rows of a patient's file: those of the typical patient, to be changed and read again.

What a case changes goes through the very readers that files go through, so
units, partial dates and two values of one day mean what they mean there.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from engine.language.days import low, show
from engine.language.units import ONE
from engine.language.values import LAST_DAY, DayRange, NumberRange, Value
from engine.source.place import Span
from engine.source.tree import Mapping, Scalar, Tree
from engine.timeline.dictionary import Entry
from engine.timeline.model import Record
from engine.timeline.statement import ONGOING

WORDS = {True: "yes", False: "no"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a patient: the text of its cells, and the record it was, if it was one.

    `at` is one row's own place, by which its record is found again.
    """

    cells: dict[str, Scalar]
    at: Span
    record: Record | None = field(default=None, compare=False)

    def tree(self) -> Tree:
        entries = tuple((cell(name, value.at), value) for name, value in self.cells.items())
        return Mapping(entries, self.at)

    def with_cells(self, cells: dict[str, Scalar], at: Span) -> "Row":
        """The row with some cells changed; a value that has its own unit needs none beside it."""
        kept = {name: one for name, one in self.cells.items() if not ("value" in cells and name == "unit")}
        return replace(self, cells={**kept, **cells}, at=at)


def cell(text: str, at: Span) -> Scalar:
    return Scalar(text, text, at, (at.line, at.column), at.column, False)


def row_of(entry: Entry, record: Record, at: Span) -> Row:
    """A record as it would stand in a file, in the dictionary's unit."""
    texts = {"variable": entry.variable.name, "start": _start(record)}
    if entry.variable.kind == "episode":
        texts["end"] = end_text(record)
    if entry.value is not None:
        texts["value"] = _text(record.fields.get("value"))
        texts["unit"] = "" if entry.value.unit == ONE else entry.value.unit.symbol
        texts["unit"] *= entry.value.content == "number"
    texts |= {name: _text(record.fields.get(name)) for name in entry.attributes}
    return Row({name: cell(text, at) for name, text in texts.items()}, at, record)


def _start(record: Record) -> str:
    day = show(record.start)
    return day if record.minute is None else f"{day}T{record.minute // 60:02d}:{record.minute % 60:02d}"


def end_text(record: Record) -> str:
    """Empty where nobody knows it, which is not the same as that it has not come."""
    end = record.end
    if end is None or end is ONGOING:
        return "ongoing"
    if isinstance(end, DayRange) and end.high == LAST_DAY:
        return "ongoing" if low(end) > low(record.start) else ""
    return show(end)


def _text(value: Value) -> str:
    match value:
        case bool():
            return WORDS[value]
        case int() | DayRange():
            return show(value)
        case Decimal():
            return f"{value:f}"
        case NumberRange(high=Decimal() as high) as one if one.high_open:
            return f"<{high:f}"
        case None | NumberRange():
            return ""
        case _:
            return str(value)
