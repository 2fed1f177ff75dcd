"""A patient's timeline: facts, and records by variable, in the dictionary's units."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.language.values import Date, Day, Value
from engine.source.place import Span


@dataclass(frozen=True, slots=True)
class Record:
    """One dated record. `fields` holds `value`, `start`, `end` and the attributes.

    `start` is when it was or began. `end` is when an episode ended: None for
    other kinds; a `DayRange` up to the last day there is where it has not
    ended or nobody knows. `minute` is the time of day, which orders records
    within a day and nothing else. `at` is every row that went into it.
    """

    start: Date
    end: Date | None
    minute: int | None
    fields: Mapping[str, Value] = field(hash=False)
    at: tuple[Span, ...] = field(compare=False, default=())
    doubtful: bool = False
    """It may share its day with another: then it may or may not count."""


@dataclass(frozen=True, slots=True)
class Series:
    """A variable's records by start; `days` their exact starts, None if any is partial.

    Only a series of instants (no episode) has `days`.
    """

    records: tuple[Record, ...]
    days: tuple[Day, ...] | None


@dataclass(frozen=True, slots=True)
class FactValue:
    value: Value
    at: Span


@dataclass(frozen=True, slots=True)
class Timeline:
    """What was known of one patient; `refused` counts rows that could not be used."""

    patient: str
    facts: Mapping[str, FactValue]
    series: Mapping[str, Series]
    refused: int = 0
