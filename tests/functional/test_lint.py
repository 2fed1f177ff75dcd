"""`trial lint` as people give it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
Trial = Callable[..., Any]


def spoil(study: Path, file: str, before: str, after: str) -> None:
    path = study / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def test_a_new_study_has_nothing_to_mend_and_one_question(trial: Trial, study: Path) -> None:
    ran = trial("lint", "--study", study)
    assert (ran.code, ran.err) == (0, "")
    question, counts = ran.out.splitlines()
    assert question.startswith("protocol/parameters.yaml:")
    assert "info[open-query]: `potassium_limit`: Q1: " in question
    assert counts == "no warnings, 2 accepted, 1 open query"


@pytest.mark.parametrize("folder", [".", "examples/streptomycin-1948"])
def test_the_shipped_studies_have_nothing_to_mend(trial: Trial, folder: str) -> None:
    ran = trial("lint", "--study", ROOT / folder)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-1].startswith("no warnings, ")


def test_a_warning_is_shown_with_its_line(trial: Trial, study: Path) -> None:
    spoil(study, "protocol/parameters.yaml", "value: 18 years", "value: 21 years")
    ran = trial("lint", "--study", study)
    assert ran.code == 1
    assert (
        "warning[text-disagrees]: the text of `I2` says 18 years, and the rule reads no such figure"
        in ran.out
    )
    assert "--> rules/eligibility.yaml:" in ran.out
    assert "help: it reads 21 years (`youngest_age`)" in ran.out
    assert ran.out.splitlines()[-1] == "1 warning, 2 accepted, 1 open query"


def test_an_acceptance_takes_a_warning_away_and_is_counted(trial: Trial, study: Path) -> None:
    spoil(study, "protocol/parameters.yaml", "value: 18 years", "value: 21 years")
    accepted = "  I2:\n    text-disagrees: Changed by letter of the sponsor.\n"
    spoil(study, "protocol/study.yaml", "\naccepted:", "\naccepted:\n" + accepted + "#")
    ran = trial("lint", "--study", study)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "no warnings, 3 accepted, 1 open query")


def test_an_acceptance_of_nothing_is_a_warning(trial: Trial, study: Path) -> None:
    accepted = "  I2:\n    never-true: It is meant.\n"
    spoil(study, "protocol/study.yaml", "\naccepted:", "\naccepted:\n" + accepted + "#")
    ran = trial("lint", "--study", study)
    assert ran.code == 1
    assert "warning[accepts-nothing]: this accepts `never-true` of `I2`" in ran.out


def test_a_misspelt_acceptance_is_an_error(trial: Trial, study: Path) -> None:
    spoil(study, "protocol/study.yaml", "decided-for-nobody:", "decided-for-nobdy:")
    spoil(study, "protocol/study.yaml", "  tablets_unsuitable:", "  tablet_unsuitable:")
    ran = trial("check", "--study", study)
    assert ran.code == 1
    assert "error[unknown-key]: `decided-for-nobdy` is not a key of `I1`" in ran.out
    assert "help: did you mean `decided-for-nobody`?" in ran.out
    assert "there is nothing named `tablet_unsuitable`" in ran.out
    assert "help: did you mean `tablets_unsuitable`?" in ran.out


def test_one_rule_is_shown_with_what_it_reads(trial: Trial, study: Path) -> None:
    assert trial("lint", "--study", study, "--rule", "E1").out.splitlines()[-1] == "no warnings, 1 open query"
    assert trial("lint", "--study", study, "--rule", "I3").out == "no warnings\n"
    assert trial("lint", "--study", study, "--rule", "eligible").out == "no warnings\n"
    ran = trial("lint", "--study", study, "--rule", "I33")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: there is no rule `I33`")


def test_lints_for_programs(trial: Trial, study: Path) -> None:
    ran = trial("lint", "--study", study, "--format", "json")
    assert ran.code == 0
    found = json.loads(ran.out)
    accepted = {one["of"]: (one["code"], one["accepted"]) for one in found if one["severity"] == "warning"}
    assert accepted["I1"] == ("decided-for-nobody", "Who has no record of consent has not consented.")
    assert [one["of"] for one in found if one["severity"] == "info"] == ["potassium_limit"]


def test_nothing_is_said_of_a_study_with_errors(trial: Trial, study: Path) -> None:
    (study / "protocol" / "schedule.yaml").unlink()
    ran = trial("lint", "--study", study)
    assert (ran.code, ran.out) == (2, "")
    assert "error[missing-file]" in ran.err


# ------------------------------------------------------------------------ proofs


def at_odds(study: Path) -> None:
    """A second criterion that nobody passes who passes the first, by values of two days."""
    criterion = (
        "  E9: {title: Ever above, text: Ever above., source: protocol 5.2,\n"
        "    exclude_when: any systolic_pressure up to consent >= 100 mmHg}\n"
        "  E10: {title: At last above, text: At last above., source: protocol 5.2,\n"
        "    exclude_when: last systolic_pressure up to consent > 150 mmHg}\n"
    )
    path = study / "rules" / "eligibility.yaml"
    path.write_text(path.read_text("utf-8").rstrip() + "\n" + criterion, "utf-8")


def test_what_takes_a_proof_is_said_by_lint_and_from_then_on_by_check(trial: Trial, study: Path) -> None:
    at_odds(study)
    said = "warning[implied]: `E10` says nothing that `E9` does not say"
    bound = "help: proved of every patient, for up to 3 records of each variable"
    assert said not in trial("check", "--study", study).out
    ran = trial("lint", "--study", study)
    assert (ran.code, ran.err) == (1, "")
    for shown in (ran.out, trial("check", "--study", study).out):
        assert said in shown
        assert bound in shown
        assert "whoever passes this passes `E10`" in shown
    spoil(study, "rules/eligibility.yaml", "At last above.", "At the last above.")
    assert said not in trial("check", "--study", study).out


def test_without_a_solver_proofs_are_left_out_and_that_is_said(
    trial: Trial, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_odds(study)
    monkeypatch.setenv("XDG_CACHE_HOME", str(study / "nothing kept"))
    monkeypatch.setattr("engine.logic.presence.find_spec", lambda _: None)
    ran = trial("lint", "--study", study)
    assert (ran.code, len(ran.err.splitlines())) == (0, 1)
    assert "nothing was proved" in ran.err
    assert "`pip install z3-solver`" in ran.err
    assert "implied" not in ran.out
