"""Two results side by side: whose answers differ, and how.

The earlier one is read back from the CSV files of an earlier run.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.result.rows import PatientRow, VerdictRow


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that is not what it was; `rule` is empty for the decision itself."""

    patient: str
    rule: str
    about: str
    before: str
    after: str
    reason: str


NOT_THERE = "not there"


def changes(
    earlier: Path, patients: Sequence[PatientRow], verdicts: Sequence[VerdictRow]
) -> tuple[Change, ...]:
    """Every decision and verdict that differs, patients in order."""
    decided = _before(earlier / "patients.csv", ("patient",), "decision")
    said = _before(earlier / "verdicts.csv", ("patient", "rule", "about"), "outcome")
    found = [*_decisions(decided, patients), *_verdicts(said, verdicts)]
    return tuple(sorted(found, key=lambda change: (change.patient, change.rule, change.about)))


def _before(path: Path, key: Iterable[str], column: str) -> dict[tuple[str, ...], str]:
    names = tuple(key)
    with path.open(encoding="utf-8", newline="") as stream:
        return {tuple(row[name] for name in names): row[column] for row in csv.DictReader(stream)}


def _decisions(before: Mapping[tuple[str, ...], str], rows: Iterable[PatientRow]) -> Iterable[Change]:
    after: dict[tuple[str, ...], PatientRow] = {(row.patient,): row for row in rows}
    for key in sorted(before.keys() | after.keys()):
        was = before.get(key, NOT_THERE)
        row = after.get(key)
        now = NOT_THERE if row is None else row.decision
        if was != now:
            yield Change(
                key[0], "", "patient", was, now, "" if row is None else f"decided by {row.decided_by}"
            )


def _verdicts(before: Mapping[tuple[str, ...], str], rows: Iterable[VerdictRow]) -> Iterable[Change]:
    after: dict[tuple[str, ...], VerdictRow] = {(row.patient, row.rule, row.about): row for row in rows}
    for key in sorted(before.keys() | after.keys()):
        was = before.get(key, NOT_THERE)
        row = after.get(key)
        now = NOT_THERE if row is None else row.outcome
        if was != now:
            patient, rule, about = key
            yield Change(patient, rule, about, was, now, "" if row is None else row.reason or row.missing)
