"""A small study whose cases a test writes, each about a patient told in full."""

import shutil
from pathlib import Path

import pytest

from tests.functional.conftest import ROOT


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The small study, without its cases."""
    shutil.copytree(ROOT / "engine" / "skeleton" / "study", tmp_path / "study")
    shutil.rmtree(tmp_path / "study" / "rules" / "cases")
    (tmp_path / "study" / "rules" / "cases").mkdir()
    return tmp_path / "study"


def write(home: Path, text: str, name: str = "mine.yaml") -> None:
    (home / "rules" / "cases" / name).write_text(USUAL + text, encoding="utf-8")


USUAL = """\
usual:
  patient:
    facts: {birth_date: 1975-06-01}
    records:
      - {variable: informed_consent, start: 2025-01-06}
      - {variable: random_assignment, start: 2025-01-20}
      - {variable: systolic_pressure, start: randomization - 3 days, value: 152 mmHg}
  day: enrolment
cases:
"""
