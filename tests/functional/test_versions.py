"""`trial diff` and `trial prove` as people give them, on a study and a copy that is otherwise."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.functional.conftest import Ran

Trial = Callable[..., Ran]


def edited(study: Path, file: str, written: str, instead: str) -> Path:
    """A copy of the study with one text otherwise."""
    copy = study.parent / "later"
    if not copy.exists():
        shutil.copytree(study, copy)
    text = (copy / file).read_text("utf-8")
    assert written in text
    (copy / file).write_text(text.replace(written, instead), "utf-8")
    return copy


@pytest.fixture
def later(study: Path) -> Path:
    """The potassium that excludes is higher, and 140 mmHg no longer enough."""
    edited(
        study,
        "rules/eligibility.yaml",
        "pressure_at_screening >= pressure",
        "pressure_at_screening > pressure",
    )
    return edited(study, "protocol/parameters.yaml", "value: 5.0 mmol/L", "value: 5.5 mmol/L")


def test_nothing_is_otherwise(trial: Trial, study: Path) -> None:
    found = trial("diff", study, study)
    assert (found.code, found.err) == (0, "")
    assert found.out.endswith("nothing is otherwise\n")


def test_a_difference_is_told(trial: Trial, study: Path, later: Path) -> None:
    found = trial("diff", study, later)
    assert (found.code, found.err) == (1, "")
    assert "potassium_limit: changed" in found.out
    assert "5.0 mmol/L" in found.out
    assert "narrows: nobody passes who did not, and some no longer do" in found.out
    assert "widens: whoever passed still passes, and others do, too" in found.out
    assert "both: some pass who did not, and some no longer do" in found.out


def test_a_difference_is_the_same_each_time(shell: Trial, study: Path, later: Path) -> None:
    found = [shell("diff", study, later, "--format", "json", PYTHONHASHSEED=seed) for seed in ("1", "2")]
    assert found[0].code == 1
    assert found[0] == found[1]


def test_a_difference_is_told_to_programs(trial: Trial, study: Path, later: Path, tmp_path: Path) -> None:
    assert trial("diff", study, later, "--format", "json", "--out", tmp_path / "d.json").code == 1
    told = json.loads((tmp_path / "d.json").read_text("utf-8"))
    relations = {one["rule"]: one["relation"] for one in told["rules"]}
    assert (relations["I3"], relations["E1"], relations["eligible"]) == ("narrows", "widens", "both")
    assert {one["name"]: one["kind"] for one in told["changes"]} == {
        "potassium_limit": "changed", "I3": "changed", "E1": "changed",
    }  # fmt: skip


def test_a_difference_is_a_page_that_needs_nothing_else(
    trial: Trial, study: Path, later: Path, tmp_path: Path
) -> None:
    trial("diff", study, later, "--format", "html", "--out", tmp_path / "d.html")
    page = (tmp_path / "d.html").read_text("utf-8")
    assert "<del>5.0</del>" in page
    assert "<ins>5.5</ins>" in page
    assert "http" not in page
    assert "$" not in page


def test_one_rule_is_compared(trial: Trial, study: Path, later: Path) -> None:
    found = trial("diff", study, later, "--rule", "E1")
    assert "potassium_limit" in found.out
    assert "I3" not in found.out


def test_each_criterion_is_proved(trial: Trial, study: Path, later: Path) -> None:
    found = trial("prove", study, later)
    assert found.code == 1
    assert "I1: equal, because nothing that it rests on is otherwise" in found.out
    assert "for up to 3 records of each variable, on exact days and with exact values" in found.out
    again = trial("prove", study, study)
    assert again.code == 0
    assert "6 of 6 rules equal" in again.out


def test_the_patients_are_cases_of_the_later_version(
    trial: Trial, study: Path, later: Path, tmp_path: Path
) -> None:
    out = tmp_path / "shown.yaml"
    found = trial("prove", study, later, "--out", out)
    assert f"cases to {out}" in found.err
    for folder in (study, later):
        shutil.rmtree(folder / "rules" / "cases")
        (folder / "rules" / "cases").mkdir()
        shutil.copy(out, folder / "rules" / "cases" / "shown.yaml")
    assert trial("test", "--study", later).code == 0
    assert trial("test", "--study", study).code == 1
    assert trial("prove", study, later, "--out", out).err.endswith("nothing is written over it\n")


def test_a_proof_is_told_to_programs(trial: Trial, study: Path, later: Path) -> None:
    told = json.loads(trial("prove", study, later, "--rule", "E1", "--format", "json").out)
    (one,) = told["rules"]
    assert (one["rule"], one["relation"]) == ("E1", "widens")
    assert [(way["way"], way["found"]) for way in one["looked_for"]] == [
        ("gains", "patient"),
        ("loses", "nobody"),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere", "{study}"), "there is no version or draft `nowhere`"),
        (("{study}", "git:HEAD", "--study", "{study}"), "git has no revision `HEAD`"),
        (
            ("{study}", "{study}", "--rule", "E11"),
            "there is no rule `E11` in either version; did you mean `E1`?",
        ),
    ],
)
def test_bad_words_are_refused(trial: Trial, study: Path, words: tuple[str, ...], said: str) -> None:
    for command in ("diff", "prove"):
        found = trial(command, *(word.format(study=study) for word in words))
        assert (found.code, found.out) == (2, "")
        assert said in found.err


def test_a_version_with_errors_is_shown(trial: Trial, study: Path) -> None:
    broken = edited(study, "rules/eligibility.yaml", "age at consent", "age at konsent")
    found = trial("diff", study, broken)
    assert found.code == 2
    assert "`konsent`" in found.err
    assert f"the study in `{broken}` has errors" in found.err


def test_a_rule_of_one_version_cannot_be_compared(trial: Trial, study: Path) -> None:
    later = edited(study, "rules/eligibility.yaml", "  E1:", "  E7:")
    later = edited(study, "rules/eligibility.yaml", "last potassium in", "first potassium in")
    found = trial("prove", study, later, "--rule", "E7")
    assert (found.code, found.out) == (2, "")
    assert "`E7` is in one version alone" in found.err


def test_a_table_is_not_written_to_a_file(trial: Trial, study: Path, tmp_path: Path) -> None:
    found = trial("diff", study, study, "--out", tmp_path / "x")
    assert (found.code, found.out) == (2, "")
    assert not (tmp_path / "x").exists()
