"""The forms in which a case can say what is different of one variable, the shortest first.

A form may turn out to say something else, as where another record is meant;
the last one lists every record there is and leaves nothing open.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from engine.assurance.changes import AT, NONE, OF_VISITS, UNKNOWN
from engine.assurance.rows import row_of
from engine.assurance.told.day import Days
from engine.assurance.told.text import Inline
from engine.language.days import low
from engine.language.units import ONE
from engine.language.values import FIRST_DAY, Day, Value
from engine.source.place import NOWHERE
from engine.timeline.dictionary import Entry
from engine.timeline.model import Record

Cells = Mapping[str, str]
NOT_TOLD = ("variable", "unit")
FAR = 120
"""Days after a record within which an anchor may say that it is meant, as the last one up to it."""


@dataclass(frozen=True, slots=True)
class Form:
    """What stands under a key of a case: `but` for changes, `also` for records added."""

    key: str
    name: str
    value: Inline


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of one variable; `days` are those of the patient before the changes."""

    described: Entry
    days: Days

    # ------------------------------------------------------------------- facts

    def of_fact(self, value: Value, is_there: bool) -> Iterator[Form]:
        name = self.described.variable.name
        if not is_there:
            yield Form("but", name, NONE)
            return
        yield Form("but", name, self.cells(Record(FIRST_DAY, None, None, {"value": value}))["value"])

    # ----------------------------------------------------------------- records

    def of_records(self, before: Sequence[Record], after: Sequence[Record]) -> Iterator[Form]:
        """From the records there were to those there are to be."""
        name = self.described.variable.name
        if not after:
            yield Form("but", name, NONE)
            return
        gone, come = _without(before, after), _without(after, before)
        if len(gone) == len(come) == 1:
            yield from self.changed(gone[0], come[0])
        if not gone:
            yield Form("also", name, self.item(come[0]) if len(come) == 1 else self.items(come))
        yield Form("but", name, self.items(after))
        yield Form("but", name, tuple(self.item(one, with_dates=True) for one in after))

    def changed(self, before: Record, after: Record) -> Iterator[Form]:
        """One record that is not what it was; which one is left to the case, or said by a place."""
        name, old, new = self.described.variable.name, self.cells(before), self.cells(after)
        different = {key: new.get(key, UNKNOWN) for key in (*old, *new) if old.get(key) != new.get(key)}
        if not different:
            return
        (key, value), *others = different.items()
        if not others:
            yield Form("but", name if key == "value" else f"{name}.{key}", value)
        else:
            yield Form("but", name, different)
        for place in self.places(before):
            yield Form("but", name, {AT: place, **different})

    def places(self, record: Record) -> Iterator[str]:
        """What may say which record is meant: a visit, an anchor, and in the end its own day."""
        reading = self.days.reading
        if self.described.variable.kind in OF_VISITS:
            for visit in self.days.study.program.visits:
                opens, closes = reading.visit_day(visit, "opens"), reading.visit_day(visit, "closes")
                if (
                    opens is not None
                    and closes is not None
                    and low(opens) <= low(record.start) <= low(closes)
                ):
                    yield visit
        known = self.days.known
        anchors = [linked.rule.id for linked in self.days.study.of("anchor") if linked.rule.id in known]
        away = {name: known[name] - low(record.start) for name in anchors}
        yield from sorted((name for name in anchors if 0 <= away[name] <= FAR), key=lambda name: away[name])
        yield self.days.words(low(record.start))

    # ------------------------------------------------------------------- cells

    def items(self, records: Sequence[Record]) -> tuple[Inline, ...]:
        return tuple(map(self.item, records))

    def item(self, record: Record, with_dates: bool = False) -> Inline:
        """A record told in full; an episode goes on where nothing else is said."""
        cells = dict(self.cells(record, with_dates))
        if cells.get("end") == "ongoing":
            del cells["end"]
        return {name: text for name, text in cells.items() if text != UNKNOWN or name in ("value", "end")}

    def cells(self, record: Record, with_dates: bool = False) -> Cells:
        """Each cell as a case says it: numbers with their unit, days in words."""
        row = {name: one.text for name, one in row_of(self.described, record, NOWHERE).cells.items()}
        units = {name: one.unit for name, one in self.described.attributes.items() if one.content == "number"}
        symbols = {name: unit.symbol for name, unit in units.items() if unit != ONE}
        symbols["value"] = row.get("unit", "")
        told = {name: f"{text} {symbols.get(name, '')}".strip() for name, text in row.items() if text}
        days = {} if with_dates else self.days_of(record)
        return {name: days.get(name) or told.get(name, UNKNOWN) for name in row if name not in NOT_TOLD}

    def days_of(self, record: Record) -> Cells:
        """The days of a record that are exact, counted from those of the patient."""
        exact = {name: day for name, day in record.fields.items() if is_day(day)}
        if record.minute is not None:
            exact.pop("start", None)
        return {name: self.days.words(day) for name, day in exact.items()}


def is_day(value: Value) -> TypeGuard[Day]:
    """Whether a value is one known day."""
    return isinstance(value, int) and not isinstance(value, bool)


def _without(records: Sequence[Record], others: Sequence[Record]) -> list[Record]:
    """The records that are not among the others, as often as they are not."""
    left, found = list(others), []
    for record in records:
        if record in left:
            left.remove(record)
        else:
            found.append(record)
    return found
