"""Two results side by side: whose answers differ, and how.

The earlier one is read back from the CSV files of an earlier run. It may be
years old, or no result at all: what cannot be compared is said, not guessed.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.result.rows import PatientRow, VerdictRow
from engine.source.diagnostic import Diagnostic
from engine.source.place import whole

NOT_THERE = "not there"
INPUTS = ("study", "version", "study_fingerprint", "engine", "as_of")
SHOWN = 12
"""Of a fingerprint, so much tells it from any other."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that is not what it was; `rule` is empty for the decision itself."""

    patient: str
    rule: str
    about: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """The answers of an earlier run, and what they were made from as far as that is known."""

    decided: Mapping[Key, str]
    said: Mapping[Key, str]
    about: Mapping[str, object]


# ----------------------------------------------------------------- the earlier one


def earlier_in(folder: Path) -> Earlier | Diagnostic:
    """The result in a folder, or why there is none to compare with."""
    decided = _answers(folder / "patients.csv", ("patient",), "decision")
    said = _answers(folder / "verdicts.csv", ("patient", "rule", "about"), "outcome")
    if isinstance(decided, Diagnostic):
        return decided
    if isinstance(said, Diagnostic):
        return said
    return Earlier(decided, said, _about(folder / "run.json"))


def _answers(path: Path, key: Sequence[str], answer: str) -> Mapping[Key, str] | Diagnostic:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            table = csv.DictReader(stream, strict=True)
            lacking = [name for name in (*key, answer) if name not in (table.fieldnames or ())]
            if lacking:
                return _no_result(path, f"it has no column `{lacking[0]}`")
            rows = [([row[name] or "" for name in key], row[answer] or "") for row in table]
    except OSError as problem:
        return _no_result(path, (problem.strerror or "it cannot be read").lower())
    except (UnicodeDecodeError, csv.Error):
        return _no_result(path, "it is not a table in UTF-8")
    return dict(_numbered(rows))


def _no_result(path: Path, why: str) -> Diagnostic:
    help = "name a folder that `--out` wrote as csv"
    return Diagnostic("no-result", f"`{path}` is no earlier result: {why}", whole(path.name), help)


def _about(path: Path) -> Mapping[str, object]:
    """What the earlier run said of itself; nothing is lost where that cannot be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _numbered(rows: Iterable[tuple[Sequence[str], str]]) -> Iterator[tuple[Key, str]]:
    """Answers about the same thing, such as two records of one day, are told apart by their order."""
    seen: Counter[Key] = Counter()
    for names, answer in rows:
        key = tuple(names)
        seen[key] += 1
        yield (*key, str(seen[key])), answer


# ------------------------------------------------------------------- what differs


def changed_inputs(before: Earlier, about: Mapping[str, object]) -> Mapping[str, tuple[str, str]]:
    """What the two results were made from where it differs, before and after."""
    found = {name: (before.about[name], about[name]) for name in INPUTS if name in before.about}
    return {name: (str(was)[:SHOWN], str(now)[:SHOWN]) for name, (was, now) in found.items() if was != now}


def changes(
    before: Earlier, patients: Iterable[PatientRow], verdicts: Iterable[VerdictRow]
) -> tuple[Change, ...]:
    """Every decision and verdict that differs, patients in order."""
    found = [*_decisions(before, tuple(patients)), *_verdicts(before, tuple(verdicts))]
    return tuple(sorted(found, key=lambda change: (change.patient, change.rule, change.about)))


def _decisions(before: Earlier, rows: Sequence[PatientRow]) -> Iterator[Change]:
    grounds = {row.patient: f"decided by {row.decided_by}" if row.decided_by else "" for row in rows}
    now = dict(_numbered(((row.patient,), row.decision) for row in rows))
    for (patient, _), was, after in _differing(before.decided, now):
        yield Change(patient, "", "patient", was, after, grounds.get(patient, ""))


def _verdicts(before: Earlier, rows: Sequence[VerdictRow]) -> Iterator[Change]:
    keys = [(row.patient, row.rule, row.about) for row in rows]
    now = dict(_numbered((key, row.outcome) for key, row in zip(keys, rows, strict=True)))
    grounds = dict(_numbered((key, row.reason or row.missing) for key, row in zip(keys, rows, strict=True)))
    for key, was, after in _differing(before.said, now):
        patient, rule, about, _ = key
        yield Change(patient, rule, about, was, after, grounds.get(key, ""))


def _differing(before: Mapping[Key, str], now: Mapping[Key, str]) -> Iterator[tuple[Key, str, str]]:
    for key in sorted(before.keys() | now.keys()):
        was, after = before.get(key, NOT_THERE), now.get(key, NOT_THERE)
        if was != after:
            yield key, was, after
