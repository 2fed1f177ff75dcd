"""Amendments written into a study of a test's own, and what comes of judging its patients."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from engine.source.diagnostic import Diagnostics
from engine.study.load import study_of
from tests.functional.conftest import Ran

Trial = Callable[..., Ran]
AMENDMENTS = Path("protocol/amendments")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def draft(study: Path, id: str, *changes: str, more: str = "status: draft") -> None:
    """An amendment in a file of its own, under the next number."""
    folder = study / AMENDMENTS
    folder.mkdir(exist_ok=True)
    number = len(list(folder.iterdir())) + 1
    head = f"amendment: {{id: {id}, title: T, reason: R, {more}}}\nchanges:\n"
    lines = "".join(f"  - {{{change}}}\n" for change in changes)
    (folder / f"{number:02}-{id}.yaml").write_text(head + lines, "utf-8")


def fingerprint(study: Path, spec: str = "0.1") -> str:
    found = study_of(study, spec, Diagnostics())
    assert found is not None
    return found.fingerprint


def approved(study: Path, effective: str, amends: str = "0.1", version: str = "0.2") -> str:
    return (
        f"status: approved, author_role: sponsor, amends: '{amends}', version: '{version}', "
        f"fingerprint: {fingerprint(study, amends)[:12]}, approved: 2025-01-10, effective: {effective}"
    )


OLDER = "set: parameters.youngest_age.value, was: 18 years, to: 21 years"
LOWER = "set: parameters.pressure_at_entry.value, to: 120 mmHg"


def two_versions(study: Path) -> Path:
    """A study whose version 0.2 is in force from April 2025 on."""
    later = approved(study, "2025-04-01")
    draft(study, "older", "set: parameters.youngest_age.value, to: 70 years", more=later)
    return study
