"""One patient as YAML: a sheet of one row of facts, and a sheet of records.

patient: P001
facts: {birth_date: 1990-02-01}
records:
  - {variable: wbc, start: 2025-01-01, value: 3.2, unit: 10^9/L}
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.source.diagnostic import Diagnostic
from engine.source.place import Span
from engine.source.suggest import did_you_mean
from engine.source.tree import Mapping, Scalar, Sequence, Tree
from engine.timeline.dictionary import Dictionary
from engine.timeline.rows import Named, Row, Sheet, row_of

KEYS = ("patient", "facts", "records")
_SHAPE = "write `patient:`, `facts:` and `records:`"


@dataclass(frozen=True, slots=True)
class PatientSheets:
    """What one patient's tree holds, and what is wrong with its outer shape."""

    patient: str
    facts: Sheet
    records: Sheet
    problems: tuple[Diagnostic, ...]


def sheets_of(tree: Tree, dictionary: Dictionary) -> PatientSheets | Diagnostic:
    """The facts and records of a tree that holds one patient."""
    if not isinstance(tree, Mapping):
        return Diagnostic("not-a-patient", "this is not a patient", tree.at, _SHAPE)
    patient = tree.find("patient")
    if not isinstance(patient, Scalar) or not named_in(tree):
        return Diagnostic("missing-patient", "this patient has no id", tree.at, "write `patient: P001`")
    problems = [_unknown_key(key) for key, _ in tree.entries if key.text not in KEYS]
    identity = Named("patient", patient.text.strip(), patient.at)
    facts = _facts(tree.find("facts"), identity, dictionary)
    records = _records(tree.find("records"), identity, dictionary)
    return PatientSheets(
        patient.text.strip(),
        _sheet(tree.at.file, dictionary.fact_columns, facts),
        _sheet(tree.at.file, dictionary.record_columns, records),
        tuple(problems),
    )


def named_in(tree: Tree) -> str:
    """The id of a tree's patient, empty where there is none."""
    patient = tree.find("patient") if isinstance(tree, Mapping) else None
    return patient.text.strip() if isinstance(patient, Scalar) else ""


def _sheet(file: str, columns: tuple[str, ...], rows: Iterator[Row]) -> Sheet:
    return Sheet(file, columns, lambda _: Span(file, 1, 1, 1, 1), rows)


def _unknown_key(key: Scalar) -> Diagnostic:
    help = did_you_mean(key.text, KEYS) or _SHAPE
    return Diagnostic("unknown-key", f"a patient has no `{key.text}`", key.at, help)


def _facts(tree: Tree | None, patient: Named, dictionary: Dictionary) -> Iterator[Row]:
    if tree is None or _is_empty(tree):
        yield row_of((patient,), dictionary.fact_columns, patient.at)
    elif isinstance(tree, Mapping):
        yield row_of((patient, *_cells(tree)), dictionary.fact_columns, tree.at)
    else:
        yield _misshapen(patient, tree, "`facts` holds names and values: `birth_date: 1990-02-01`")


def _records(tree: Tree | None, patient: Named, dictionary: Dictionary) -> Iterator[Row]:
    if tree is None or _is_empty(tree):
        return
    items = tree.items if isinstance(tree, Sequence) else (tree,)
    for item in items:
        if isinstance(tree, Sequence) and isinstance(item, Mapping):
            yield row_of((patient, *_cells(item)), dictionary.record_columns, item.at)
        else:
            yield _misshapen(patient, item, "`records` holds a list: `- {variable: ..., start: ...}`")


def _is_empty(tree: Tree) -> bool:
    return isinstance(tree, Scalar) and tree.value is None


def _cells(tree: Mapping) -> Iterator[Named]:
    for key, value in tree.entries:
        yield Named(key.text, _text(value), value.at)


def _text(tree: Tree) -> str | None:
    if not isinstance(tree, Scalar):
        return None
    return "" if tree.value is None else tree.text.strip()


def _misshapen(patient: Named, tree: Tree, help: str) -> Row:
    """A row of which only the patient is known."""
    problem = Diagnostic("not-a-record", "this is not what stands here in a patient", tree.at, help)
    return Row((patient.text or "",), tree.at, lambda _: tree.at, (problem,))
