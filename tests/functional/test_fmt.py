"""Rules in canonical form: what is written, what is left alone, and what is said of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
STUDIES = [ROOT, ROOT / "examples" / "streptomycin-1948"]

Trial = Callable[..., Any]


@pytest.mark.parametrize("folder", STUDIES, ids=["here", "streptomycin"])
def test_the_studies_are_in_canonical_form(trial: Trial, folder: Path) -> None:
    ran = trial("fmt", "--check", "--study", folder)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_new_study_is_in_canonical_form(trial: Trial, study: Path) -> None:
    assert trial("fmt", "--check", "--study", study).code == 0


def untidy(study: Path) -> Path:
    """A file of rules with an expression that is not in canonical form."""
    file = study / "rules" / "eligibility.yaml"
    file.write_text(file.read_text().replace("age at consent >=", "(age  at consent)  >="))
    return file


def test_check_says_what_would_change_and_writes_nothing(trial: Trial, study: Path) -> None:
    file = untidy(study)
    before = file.read_bytes()
    ran = trial("fmt", "--check", "--study", study)
    assert (ran.code, ran.out, ran.err) == (1, "", f"would change {file}\n")
    ran = trial("fmt", "--diff", "--study", study)
    assert ran.code == 0
    assert (
        "-    require: (age  at consent)  >= youngest_age\n+    require: age at consent >= youngest"
        in ran.out
    )
    assert file.read_bytes() == before


def test_a_file_is_changed_once(trial: Trial, study: Path, new_study: Path) -> None:
    file = untidy(study)
    file.chmod(0o640)
    ran = trial("fmt", file, "--study", study)
    assert (ran.code, ran.err) == (0, f"changed {file}\n")
    assert file.read_bytes() == (new_study / "rules" / "eligibility.yaml").read_bytes()
    assert file.stat().st_mode & 0o777 == 0o640
    assert trial("fmt", "--study", study).err == ""


def test_a_file_with_an_error_is_left_alone_and_the_others_are_not(trial: Trial, study: Path) -> None:
    file, other = untidy(study), study / "rules" / "response.yaml"
    other.write_text(other.read_text().replace("< pressure_controlled", "< < pressure_controlled"))
    before = other.read_bytes()
    ran = trial("fmt", "--study", study)
    assert ran.code == 2
    assert f"left alone {other}: it has errors" in ran.err
    assert "error[syntax]" in ran.err
    assert f"changed {file}" in ran.err
    assert other.read_bytes() == before


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("protocol/parameters.yaml", "is not a file that holds rules"),
        ("rules/eligibilty.yaml", "did you mean `rules/eligibility.yaml`?"),
        ("rules/safety.yaml", "there is no file"),
        ("../elsewhere.yaml", "is not in the study"),
    ],
)
def test_only_files_of_rules_are_formatted(trial: Trial, study: Path, file: str, said: str) -> None:
    (study / "rules" / "safety.yaml").unlink(missing_ok=True)
    ran = trial("fmt", study / file, "--study", study)
    assert ran.code == 2
    assert said in ran.err


def test_bytes_that_are_no_text_are_left_alone(trial: Trial, study: Path) -> None:
    file = study / "rules" / "response.yaml"
    file.write_bytes(b"responses: \xff\n")
    ran = trial("fmt", file, "--study", study)
    assert (ran.code, ran.err) == (2, f"left alone {file}: it is not UTF-8 text\n")


def test_a_changed_meaning_is_never_written(
    trial: Trial, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = untidy(study)
    before = file.read_bytes()
    monkeypatch.setattr("engine.authoring.reprint.flat", lambda syntax: "true")
    ran = trial("fmt", "--study", study)
    assert ran.code == 2
    assert "it would not mean the same in canonical form" in ran.err
    assert file.read_bytes() == before


def test_a_folder_in_the_place_of_a_file_is_left_alone(trial: Trial, study: Path) -> None:
    (study / "rules" / "eligibility.yaml").unlink()
    (study / "rules" / "eligibility.yaml").mkdir()
    ran = trial("fmt", "--study", study)
    assert ran.code == 2
    assert "eligibility.yaml: it cannot be read: is a directory\n" in ran.err
