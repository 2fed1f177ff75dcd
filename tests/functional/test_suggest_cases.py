"""`trial suggest-cases`: what is missing is listed, and the cases written for it hold as they stand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.functional.conftest import ROOT, Ran
from tests.functional.small_cases import home, write

Trial = Callable[..., Ran]
__all__ = ["home"]

CASE = """\
  - {name: high enough, rule: I3, but: {systolic_pressure: 140 mmHg}, expect: true, because: Said so.}
"""


def test_suggested_cases_are_cases_that_hold(home: Path, trial: Trial) -> None:
    write(home, CASE)
    out = home / "rules" / "cases" / "boundaries.yaml"
    found = trial("suggest-cases", "--quick", "--study", home, "--out", out)
    assert found.code == 1
    assert f"wrote {out}" in found.err
    assert trial("test", "--study", home).out.endswith("all as expected\n")
    again = trial("suggest-cases", "--quick", "--study", home, "--rule", "I3")
    assert (again.code, again.out) == (0, "")
    assert again.err.endswith("0 cases suggested, 0 open\n")


def test_what_is_missing_is_said_with_its_place(home: Path, trial: Trial) -> None:
    write(home, CASE)
    found = trial("suggest-cases", "--quick", "--study", home, "--rule", "I3")
    assert "rules/eligibility.yaml:" in found.err
    assert "  just below: case `I3, pressure_at_screening just below " in found.err
    assert "at the limit" not in found.err
    assert "systolic_pressure, start: 2025-01-17, value: 139 mmHg" in found.out
    assert "because: Systolic blood pressure" in found.out


def test_the_file_says_that_its_answers_must_be_confirmed(home: Path, trial: Trial) -> None:
    write(home, CASE)
    first, *head = trial("suggest-cases", "--quick", "--study", home).out.splitlines()[:3]
    assert first.startswith("# yaml-language-server: $schema=")
    assert "confirmed against the protocol's words" in " ".join(head)


def test_without_any_case_everything_is_missing(home: Path, trial: Trial) -> None:
    found = trial("suggest-cases", "--quick", "--study", home)
    assert found.code == 1
    assert ": 0 tried, 0 cases suggested" in found.err


def test_the_same_again_is_the_same_bytes(trial: Trial) -> None:
    study = ROOT / "examples" / "streptomycin-1948"
    assert trial("suggest-cases", "--study", study) == trial("suggest-cases", "--study", study)


def test_no_more_than_asked_for(home: Path, trial: Trial) -> None:
    write(home, CASE)
    found = trial("suggest-cases", "--quick", "--study", home, "--most", 2)
    assert found.out.count("  - name: ") == 2
    assert "2 cases suggested" in found.err


def test_what_coverage_misses_is_suggested_too(home: Path, trial: Trial) -> None:
    """A limit tried from all its sides leaves open what nobody measured."""
    write(home, CASE)
    out = home / "rules" / "cases" / "suggested.yaml"
    found = trial("suggest-cases", "--rule", "I3", "--study", home, "--out", out)
    assert "  never unknown: case `I3, " in found.err
    shown = trial("coverage", "--rule", "I3", "--study", home)
    assert "4 of 4 shown, 100.0 %" in shown.out


def test_the_first_study(trial: Trial, tmp_path: Path) -> None:
    """A figure, an age and a ratio: each is told as a change of the typical patient."""
    found = trial("suggest-cases", "--quick", "--study", ROOT, "--rule", "wbc_grade", "--most", 3)
    assert found.code == 1
    assert "patient:" not in found.out
    assert "visit: " in found.out
    assert "    but: {wbc: " in found.out


# ---------------------------------------------------------------------------- bad input


def test_a_file_that_is_there_is_left_alone(home: Path, trial: Trial) -> None:
    write(home, CASE)
    there = home / "rules" / "cases" / "mine.yaml"
    before = there.read_text("utf-8")
    found = trial("suggest-cases", "--study", home, "--out", there)
    assert (found.code, found.out) == (2, "")
    assert "is there already, and nothing is written over it" in found.err
    assert there.read_text("utf-8") == before


def test_no_such_rule(home: Path, trial: Trial) -> None:
    found = trial("suggest-cases", "--study", home, "--rule", "I33")
    assert found.code == 2
    assert "there is no rule `I33`; did you mean `I3`?" in found.err


def test_cases_with_errors(home: Path, trial: Trial) -> None:
    write(home, "  - {name: one, rule: I33, expect: true}\n")
    found = trial("suggest-cases", "--quick", "--study", home)
    assert found.code == 2
    assert "the cases have errors, and what they try is not known" in found.err


@pytest.mark.parametrize("most", ["0", "-1", "some"])
def test_no_number_of_cases(home: Path, trial: Trial, most: str) -> None:
    found = trial("suggest-cases", "--study", home, f"--most={most}")
    assert found.code == 2
    assert f"`{most}` is not a number of cases" in found.err


def test_no_study(trial: Trial, tmp_path: Path) -> None:
    found = trial("suggest-cases", "--study", tmp_path)
    assert found.code == 2
    assert "there is no study" in found.err
