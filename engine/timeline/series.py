"""Drafts to timelines: records in order, said twice counted once, one value a day.

The order of records is that of their days and, within a day, of their time;
what is left is ordered by what they say. So no answer can depend on the order
of the rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, pairwise

from engine.language.days import spanning
from engine.language.values import LAST_DAY, Day, DayRange, NumberRange, Numeric, OneOf, Value
from engine.source.diagnostic import Diagnostic, Label
from engine.source.place import Span
from engine.timeline.build import Draft
from engine.timeline.dictionary import Dictionary, Entry
from engine.timeline.findings import Findings
from engine.timeline.model import FactValue, Record, Series, Timeline
from engine.timeline.same_day import doubted, settle
from engine.timeline.statement import ONGOING

MOST_LABELS = 5


@dataclass(frozen=True, slots=True)
class Finish:
    """Turns drafts to timelines, once the last day of all data is known."""

    dictionary: Dictionary
    findings: Findings
    last_day: int

    def timeline(self, patient: str, draft: Draft) -> Timeline:
        names = sorted(draft.facts.keys() | draft.spoilt.keys())
        facts = {name: self._fact(name, draft) for name in names}
        variables = sorted(draft.records.keys() | draft.unread.keys())
        series = {name: self._series(name, draft) for name in variables}
        return Timeline(patient, facts, series, draft.refused)

    # -- facts -------------------------------------------------------------

    def _fact(self, name: str, draft: Draft) -> FactValue:
        """The value that every row gives which gives one; None where they differ or one was refused."""
        given = sorted(draft.facts.get(name, ()), key=lambda fact: fact.at)
        if not given:
            return FactValue(None, draft.spoilt[name])
        values = [fact for fact in given if fact.value is not None]
        first = values[0] if values else given[0]
        others = [fact for fact in values if fact is not first]
        if any(fact.value != first.value for fact in others):
            draft.refused += len(values)
            self._report_differing(name, first, others)
            return FactValue(None, first.at)
        for fact in others:
            self._report_repeated(fact.at, first.at)
        return first if name not in draft.spoilt else FactValue(None, first.at)

    def _report_differing(self, name: str, first: FactValue, others: Sequence[FactValue]) -> None:
        for fact in others:
            self.findings.add(
                Diagnostic(
                    "fact-twice",
                    f"`{name}` of this patient is given more than once, and not always alike",
                    fact.at,
                    "none of them is used: keep the right one",
                    (Label(first.at, "first given here"),),
                )
            )

    def _report_repeated(self, at: Span, first: Span) -> None:
        self.findings.add(
            Diagnostic(
                "duplicate-row",
                f"this says the same as line {first.line}, and is counted once",
                at,
                "if it happened twice, say what tells them apart, such as the time of day",
                (Label(first, "first said here"),),
                "warning",
            )
        )

    # -- records -----------------------------------------------------------

    def _series(self, name: str, draft: Draft) -> Series:
        entry, unread = self.dictionary.entries[name], draft.unread.get(name, [])
        records = draft.records.get(name, [])
        if entry.variable.kind == "episode":
            ended = self._once(in_order(map(self._ended, records)))
            return Series(tuple(in_order([*ended, *unread]) if unread else ended), None)
        settled = self._once(in_order(records))
        if entry.variable.kind in ("measurement", "judgement"):
            settled = self._one_a_day(entry, settled, unread)
        elif unread:
            settled = in_order([*settled, *unread])
        starts = [record.start for record in settled]
        days = [start for start in starts if not isinstance(start, DayRange)]
        return Series(tuple(settled), tuple(days) if len(days) == len(starts) and not unread else None)

    def _ended(self, record: Record) -> Record:
        """What is ongoing ends on some day after the last day that anything is known of."""
        if record.end is not ONGOING:
            return record
        end = spanning(Day(min(self.last_day + 1, LAST_DAY)), LAST_DAY)
        return replace(record, end=end, fields={**record.fields, "end": end})

    def _once(self, records: list[Record]) -> list[Record]:
        """Rows that say the same stand beside each other by now: one of them counts."""
        if all(a.start != b.start or a != b for a, b in pairwise(records)):
            return records
        kept = []
        for _, same in groupby(records, key=_told_apart):
            first, *others = sorted(same, key=lambda record: record.at)
            kept.append(first)
            for other in others:
                self._report_repeated(other.at[0], first.at[0])
        return kept

    def _one_a_day(self, entry: Entry, records: list[Record], unread: list[Record]) -> list[Record]:
        rule = entry.variable.same_day or "conflict"
        settled = settle(records, rule)
        for record in settled.conflicts:
            self._report_conflict(entry, record)
        return doubted(in_order([*settled.records, *unread]) if unread else settled.records, rule)

    def _report_conflict(self, entry: Entry, record: Record) -> None:
        first, *others = record.at
        self.findings.add(
            Diagnostic(
                "same-day-conflict",
                f"`{entry.variable.name}` has values on this day that differ, so its value is not known",
                first,
                f"its rule for values of one day (`same_day`) is `{entry.variable.same_day or 'conflict'}`",
                tuple(Label(other, "and here") for other in others[:MOST_LABELS]),
                "warning",
            )
        )


# -------------------------------------------------------------------- order


def in_order(records: Iterable[Record]) -> list[Record]:
    """The records by day and time; what they say decides only where those are the same."""
    found = sorted(records, key=_by_time)
    tied = any(_by_time(a) == _by_time(b) for a, b in pairwise(found))
    return sorted(found, key=_told_apart) if tied else found


def _by_time(record: Record) -> tuple[int, int, int]:
    minute = -1 if record.minute is None else record.minute
    start = record.start
    if isinstance(start, DayRange):
        return start.low, start.high, minute
    return start, start, minute


def _told_apart(record: Record) -> tuple[object, ...]:
    fields = record.fields
    return *_by_time(record), *(_key(fields[name]) for name in sorted(fields))


def _key(value: Value) -> tuple[object, ...]:
    """A value as something with an order, equal only for equal values."""
    match value:
        case None:
            return (0,)
        case NumberRange():
            return 2, *_end_key(value.low, -1), *_end_key(value.high, 1), value.low_open, value.high_open
        case DayRange():
            return 3, value.low, value.high
        case OneOf():
            return 4, *sorted(value.codes)
        case str():
            return 5, value
        case _:
            return 1, value


def _end_key(end: Numeric | None, beyond: int) -> tuple[int, Numeric]:
    return (beyond, Decimal(0)) if end is None else (0, end)
