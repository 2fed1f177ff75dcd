"""`trial check`: errors of a study and of its cases at once, and what lints warn of, each with its place."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.assurance.check import check
from engine.source.diagnostic import Diagnostics
from tests.functional.conftest import ROOT, Ran
from tests.functional.test_lint import spoil

Trial = Callable[..., Ran]
CASES = Path("rules/cases")


def add(study: Path, text: str, name: str = "mine.yaml") -> None:
    (study / CASES / name).write_text(f"cases:\n{text}", encoding="utf-8")


def case(words: str, name: str = "one") -> str:
    return f"  - {{name: {name}, because: Said so., patient: {{facts: {{sex: male}}}}, {words}}}\n"


# --------------------------------------------------------------------- warnings


def test_a_warning_is_shown_and_fails_only_the_strict(trial: Trial, study: Path) -> None:
    spoil(study, "protocol/parameters.yaml", "value: 18 years", "value: 21 years")
    ran = trial("check", "--study", study)
    assert (ran.code, ran.err) == (0, "")
    assert "warning[text-disagrees]: the text of `I2` says 18 years" in ran.out
    assert " --> rules/eligibility.yaml:" in ran.out
    counted, line = ran.out.splitlines()[-2:]
    assert counted == "1 warning"
    assert line.startswith("pressure-example 0.1")
    assert trial("check", "--study", study, "--strict").code == 1


def test_warnings_for_programs(trial: Trial, study: Path) -> None:
    spoil(study, "protocol/parameters.yaml", "value: 18 years", "value: 21 years")
    ran = trial("check", "--study", study, "--format", "json")
    (found,) = json.loads(ran.out)
    assert (ran.code, found["severity"], found["code"]) == (0, "warning", "text-disagrees")
    assert found["at"]["file"] == "rules/eligibility.yaml"


@pytest.mark.parametrize("folder", [".", "examples/streptomycin-1948", "engine/skeleton/study"])
def test_the_shipped_studies_have_nothing_to_mend(trial: Trial, folder: str) -> None:
    ran = trial("check", "--strict", "--study", ROOT / folder)
    assert (ran.code, len(ran.out.splitlines()), ran.err) == (0, 1, "")


# ------------------------------------------------------------------------ cases


def test_a_broken_case_is_an_error_of_the_study(trial: Trial, study: Path) -> None:
    add(study, case("rule: I33, expect: true"))
    ran = trial("check", "--study", study)
    assert (ran.code, ran.err) == (1, "")
    assert "error[unknown-rule]: there is no rule `I33`" in ran.out
    assert " --> rules/cases/mine.yaml:2:" in ran.out
    assert "help: did you mean `I3`?" in ran.out
    assert ran.out.endswith("\n1 error\n")


def test_all_that_is_wrong_is_said_at_once(trial: Trial, study: Path) -> None:
    add(
        study,
        case("rule: I33, expect: true, decided_by: systolic_presure, given: {pressure_at_entri: 9 mmHg}")
        + case("rule: I3, expct: true", "two")
        + case("rule: I3, expect: maybe", "three")
        + case("rule: I3, expect: true, shows: {screening_windo: {9 days: true}}", "four"),
    )
    said = [
        "there is no rule `I33`",
        "`systolic_presure` is no rule, variable or visit",
        "there is no parameter `pressure_at_entri`",
        "`expct` is not a key of item 2 of `cases`",
        "`maybe` is no answer that `I3` can give",
        "there is no parameter `screening_windo`",
    ]
    for ran in (trial("check", "--study", study), trial("test", "--study", study)):
        shown = ran.out + ran.err
        assert not [words for words in said if words not in shown]
        assert "\n6 errors\n" in shown


def test_a_change_that_may_be_about_several_records_is_pointed_at(trial: Trial, study: Path) -> None:
    add(
        study,
        "  - name: one\n    because: Said so.\n    rule: FAS\n    expect: false\n"
        "    patient:\n      records:\n"
        "        - {variable: potassium, start: 2025-01-06, value: 4 mmol/L}\n"
        "        - {variable: potassium, start: 2025-01-07, value: 4 mmol/L}\n"
        "    but: {potassium: 5 mmol/L}\n",
    )
    ran = trial("check", "--study", study)
    assert "there are 2 records of `potassium`, and nothing says which is meant" in ran.out
    assert " --> rules/cases/mine.yaml:10:22\n" in ran.out
    assert ran.out.endswith("\n1 error\n")


def test_what_all_cases_of_a_file_share_is_complained_of_once(trial: Trial, study: Path) -> None:
    text = "usual: {rul: I3}\ncases:\n  - {name: one, expect: true}\n  - {name: two, expect: true}\n"
    (study / CASES / "mine.yaml").write_text(text)
    ran = trial("check", "--study", study)
    assert "`rul` is not a key of `usual`" in ran.out
    assert ran.out.endswith("\n1 error\n")


def test_cases_of_a_study_with_errors_are_held_against_their_schema(trial: Trial, study: Path) -> None:
    (study / "protocol" / "schedule.yaml").unlink()
    add(study, case("rule: I3, expct: true"))
    ran = trial("check", "--study", study)
    assert ran.code == 1
    assert "error[missing-file]" in ran.out
    assert "`expct` is not a key of item 1 of `cases`" in ran.out
    assert ran.out.endswith("\n2 errors\n")


def test_what_was_read_without_a_word_is_not_read_again_until_it_changes(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> list[str]:
        from engine.study import valid

        valid._known.cache_clear()
        findings = Diagnostics()
        check(study, findings)
        return [finding.code for finding in findings]

    assert found() == []
    with monkeypatch.context() as patch:
        patch.setattr("engine.assurance.read.read_cases", None)
        assert found() == []
    add(study, case("rule: I33, expect: true"))
    assert found() == found() == ["unknown-rule"]
    (study / CASES / "mine.yaml").unlink()
    assert found() == []
    # The same cases of another study: the rule they ask is gone.
    spoil(study, "rules/eligibility.yaml", "  I3:", "  I4:")
    assert "unknown-rule" in found()


# ------------------------------------------------------- files that hold no cases

HELD = {
    "with another ending": ("more.yml", "error[unknown-file]", "help: did you mean `more.yaml`?"),
    "a folder with the name of a file": ("more.yaml/", "error[unreadable-file]", "Is a directory"),
}


@pytest.mark.parametrize(("name", "code", "help"), HELD.values(), ids=HELD)
def test_what_looks_like_cases_and_is_not_read(
    trial: Trial, study: Path, name: str, code: str, help: str
) -> None:
    path = study / CASES / name
    path.mkdir() if name.endswith("/") else path.write_text("cases: []\n")
    for ran in (trial("check", "--study", study), trial("test", "--study", study)):
        shown = ran.out + ran.err
        assert f"{code}: `rules/cases/{name.rstrip('/')}`" in shown
        assert help in shown
        assert ran.code in (1, 2)


def test_a_file_for_the_folder_of_cases(trial: Trial, study: Path) -> None:
    for path in (study / CASES).iterdir():
        path.unlink()
    (study / CASES).rmdir()
    (study / CASES).write_text("cases: []\n")
    ran = trial("check", "--study", study)
    assert ran.code == 1
    assert "error[no-folder]: `rules/cases` is a file, and cases stand in files of a folder" in ran.out


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to the superuser")
def test_a_folder_that_cannot_be_looked_into(trial: Trial, study: Path) -> None:
    (study / CASES).chmod(0)
    ran = trial("check", "--study", study)
    (study / CASES).chmod(0o755)
    assert ran.code == 1
    assert "error[unreadable-folder]: the folder `rules/cases` cannot be looked into" in ran.out


def test_a_lock_beside_a_file_is_not_read(trial: Trial, study: Path) -> None:
    (study / "rules" / ".#eligibility.yaml").symlink_to("somebody@somewhere.1")
    (study / CASES / ".#eligibility.yaml").symlink_to("somebody@somewhere.1")
    assert trial("check", "--study", study).code == 0
    assert trial("test", "--study", study).code == 0
