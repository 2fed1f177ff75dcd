"""Patients as the two tables of a data folder, in the text that people write."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from engine.invention.patient import Kept, Patient
from engine.invention.values import tidy
from engine.language.days import low, show
from engine.language.values import LAST_DAY, DayRange, NumberRange, Value
from engine.timeline.dictionary import BASE_COLUMNS, Dictionary
from engine.timeline.model import Record
from engine.timeline.statement import ONGOING

WORDS = {True: "yes", False: "no"}


def tables(patients: Iterable[Patient], dictionary: Dictionary) -> Mapping[str, str]:
    """The text of each file by its name."""
    facts, records = io.StringIO(), io.StringIO()
    fact_rows = csv.writer(facts, lineterminator="\n")
    record_rows = csv.writer(records, lineterminator="\n")
    fact_rows.writerow(dictionary.fact_columns)
    record_rows.writerow(dictionary.record_columns)
    attributes = dictionary.record_columns[len(BASE_COLUMNS) :]
    for patient in patients:
        fact_rows.writerow(_facts(patient, dictionary.fact_columns[1:]))
        record_rows.writerows(_records(patient, attributes))
    return {"patients.csv": facts.getvalue(), "records.csv": records.getvalue()}


def _facts(patient: Patient, names: Sequence[str]) -> list[str]:
    found = (patient.facts.get(name) for name in names)
    return [patient.name, *(_text(fact.value) if fact else "" for fact in found)]


def _records(patient: Patient, attributes: Sequence[str]) -> Iterator[list[str]]:
    """By day, and within a day in the order they were made."""
    every = (kept for group in patient.kept.values() for kept in group)
    for kept in sorted(every, key=lambda one: (low(one.record.start), one.number, not one.beside)):
        fields = kept.record.fields
        cells = [_text(fields[name]) if name in fields else "" for name in attributes]
        yield [patient.name, kept.variable, _start(kept.record), _end(kept.record), *_value(kept), *cells]


def _value(kept: Kept) -> tuple[str, str]:
    return kept.shown or (_text(kept.record.fields.get("value")), "")


def _start(record: Record) -> str:
    day = show(record.start)
    return day if record.minute is None else f"{day}T{record.minute // 60:02d}:{record.minute % 60:02d}"


def _end(record: Record) -> str:
    """Empty where nobody knows it, which is not the same as that it has not come."""
    if record.end is None or (isinstance(record.end, DayRange) and record.end.high == LAST_DAY):
        return "ongoing" if record.end is ONGOING else ""
    return show(record.end)


def _text(value: Value) -> str:
    match value:
        case None | NumberRange():
            return ""
        case bool():
            return WORDS[value]
        case int() | DayRange():
            return show(value)
        case Decimal():
            return f"{tidy(value):f}"
        case _:
            return str(value)
