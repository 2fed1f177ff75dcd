"""Input that is meant to hurt, or only very long: refused with its place, or read in bounded memory."""

import csv
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
GOOD = {"P001": "eligible", "P003": "undetermined"}
HEADER = "patient,variable,start,end,value,unit,dose,visit\n"
MEGABYTE = 1 << 20

Trial = Callable[..., Any]


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_a_bomb_of_aliases(trial: Trial, study: Path) -> None:
    (study / "protocol" / "parameters.yaml").write_text(BOMB)
    (study / "p.yaml").write_text(BOMB)
    ran = trial("check", "--study", study)
    assert ran.code == 1
    assert "error[yaml-anchor]: " in ran.out
    assert " --> protocol/parameters.yaml:1:4\n" in ran.out
    assert len(ran.out) < 10_000
    ran = trial("evaluate", study / "p.yaml", "--study", ROOT / "examples" / "streptomycin-1948")
    assert (ran.code, ran.out) == (2, "")
    assert "p.yaml:1:4: error[" in ran.err


def rule(study: Path, expression: str) -> None:
    path = study / "rules" / "eligibility.yaml"
    path.write_text(
        path.read_text().replace("require: age at consent >= youngest_age", f"require: {expression}")
    )


@pytest.mark.parametrize(
    "expression",
    [
        " or ".join(["age at consent >= youngest_age"] * 10_000),
        f"age at consent >= {' + '.join(['youngest_age'] * 2_000)} - {' - '.join(['youngest_age'] * 1_999)}",
        f"{'(' * 500}age at consent >= youngest_age{')' * 500}",
    ],
    ids=["or", "sum", "brackets"],
)
def test_long_expressions_work(trial: Trial, study: Path, expression: str) -> None:
    rule(study, expression)
    ran = trial("evaluate", study / "data", "--study", study, "--format", "csv")
    assert (ran.code, ran.err) == (0, "")
    assert {row["patient"]: row["decision"] for row in csv.DictReader(ran.out.splitlines())} == {
        **GOOD,
        "P002": "ineligible",
    }


@pytest.mark.parametrize(
    "expression",
    [
        f"{'not (' * 500}age at consent >= youngest_age{')' * 500}",
        f"{'if true then ' * 500}age at consent >= youngest_age{' else false' * 500}",
        f"age at consent >= {'min(youngest_age, ' * 500}youngest_age{')' * 500}",
    ],
    ids=["not", "if", "min"],
)
def test_deep_expressions_are_refused(trial: Trial, study: Path, expression: str) -> None:
    rule(study, expression)
    ran = trial("check", "--study", study)
    assert ran.code == 1
    assert ran.out.startswith("error[too-deep]: this is nested 50")
    assert " --> rules/eligibility.yaml:15:14\n" in ran.out
    assert "help: give a part a name of its own in `rules/definitions.yaml`" in ran.out


def test_rules_that_lean_on_each_other_without_end(trial: Trial, study: Path) -> None:
    path = study / "rules" / "definitions.yaml"
    chain = "".join(
        f"  d{n}: {{title: D, source: s, is: {f'd{n - 1} + 1 years' if n else 'age at consent'}}}\n"
        for n in range(3000)
    )
    path.write_text(path.read_text() + chain)
    rule(study, "d2999 >= youngest_age")
    ran = trial("check", "--study", study)
    assert ran.code == 1
    assert "error[too-deep]: " in ran.out
    assert " --> rules/definitions.yaml:" in ran.out


def test_words_of_great_length(trial: Trial, study: Path) -> None:
    rule(study, "x" * MEGABYTE)
    ran = trial("check", "--study", study)
    assert ran.code == 1
    assert "error[unknown-name]" in ran.out


# ----------------------------------------------------------------------------- big


def written(path: Path, lines: Iterable[str]) -> None:
    with path.open("w") as stream:
        stream.write(HEADER)
        stream.writelines(lines)


def peak(study: Path, data: Path) -> tuple[int, int]:
    """The exit code, and how many megabytes the process took at most."""
    out = str(study / "out")
    words = [sys.executable, str(ROOT / "cli.py"), "evaluate", str(data), "--study", str(study), "--out", out]
    with open(os.devnull, "w") as nowhere:
        running = subprocess.Popen(words, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(running.pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss // 1024


@pytest.mark.slow
def test_200_megabytes_of_rows_that_are_refused(study: Path) -> None:
    row = "P{0:05},potasium,2025-01-01T10:00,,4.0,mmol/L,,\n"
    written(study / "big.csv", (row.format(n % 10_000) for n in range(200 * MEGABYTE // len(row))))
    code, megabytes = peak(study, study / "big.csv")
    assert code == 2
    assert megabytes < 500  # the pages of the test run that started it count too


@pytest.mark.slow
def test_200_megabytes_of_good_rows(study: Path) -> None:
    row = "P{0:05},potassium,20{1:02}-{2:02}-{3:02}T{4:02}:30,,4.{5},mmol/L,,\n"
    size = len(row.format(0, 10, 10, 10, 10, 0))
    numbers = range(200 * MEGABYTE // size)
    rows = (
        row.format(n % 20_000, n // 20_000 % 90 + 10, n % 12 + 1, n % 28 + 1, n % 24, n % 10) for n in numbers
    )
    written(study / "big.csv", rows)
    code, megabytes = peak(study, study / "big.csv")
    assert code == 0
    assert megabytes < 20 * 200
