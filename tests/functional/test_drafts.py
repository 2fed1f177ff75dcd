"""Drafts tried out, and the story of what each version changed."""

import json
import shutil
from pathlib import Path

import pytest

from engine.source.diagnostic import Diagnostics
from engine.study.load import study_of
from tests.functional.amendments import LOWER, OLDER, Trial, approved, draft, fingerprint, rows, two_versions


@pytest.fixture
def amended(study: Path) -> Path:
    return two_versions(study)


# ----------------------------------------------------------------------- drafts


def test_a_draft_judges_only_where_it_is_asked_for(trial: Trial, study: Path) -> None:
    draft(study, "lower", LOWER)
    words = ("evaluate", study / "data", "--study", study, "--format", "csv")
    now, then = rows(trial(*words).out), rows(trial(*words, "--with", "lower").out)
    assert [(row["decision"], row["version"]) for row in now] == [
        ("eligible", "0.1"),
        ("ineligible", "0.1"),
        ("undetermined", "0.1"),
    ]
    assert [(row["decision"], row["version"]) for row in then] == [
        ("eligible", "0.1+lower"),
        ("eligible", "0.1+lower"),
        ("undetermined", "0.1+lower"),
    ]
    assert len({row["study_fingerprint"] for row in (*now, *then)}) == 2


def test_drafts_together_are_the_same_in_any_order(trial: Trial, study: Path) -> None:
    draft(study, "lower", LOWER)
    draft(study, "older", OLDER)
    words = ("show", "I2", "--study", study, "--format", "json")
    one = json.loads(trial(*words, "--with", "lower", "--with", "older").out)
    other = json.loads(trial(*words, "--with", "older", "--with", "lower").out)
    assert one == other
    assert one["version"] == "0.1+lower+older"
    assert [figure["value"] for figure in one["figures"]] == ["21 years"]


def test_two_drafts_that_change_one_place(trial: Trial, study: Path) -> None:
    draft(study, "older", OLDER)
    draft(study, "oldest", "remove: parameters.youngest_age")
    ran = trial("show", "I2", "--study", study, "--with", "older", "--with", "oldest")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(
        """\
error[changed-already]: `parameters.youngest_age` is changed already, to `21 years`
 --> protocol/amendments/02-oldest.yaml:3:14
  |
3 |   - {remove: parameters.youngest_age}
  |              ^^^^^^^^^^^^^^^^^^^^^^^
 ::: protocol/amendments/01-older.yaml:3:11
  |
3 |   - {set: parameters.youngest_age.value, was: 18 years, to: 21 years}
  |           ----------------------------- changed here, by `older`
  = help: say it in one change; or amend the version that the other makes, once that is approved
"""
    )


WRONG = {
    "a unit": (
        "replace: rules.I3.require, with: pressure_at_screening >= 140 kg",
        "error[unit]: a number in kg (mass) cannot stand beside a number in mmHg (pressure)",
    ),
    "a circle": (
        "replace: definitions.pressure_at_screening.is, with: pressure_at_screening",
        "error[circle]: `pressure_at_screening` is defined by itself",
    ),
    "a name": (
        "replace: rules.I3.require, with: pressure_at_screening >= pressure_at_entri",
        "error[unknown-name]: there is no name `pressure_at_entri`",
    ),
}


@pytest.mark.parametrize(("change", "said"), WRONG.values(), ids=WRONG.keys())
def test_check_tries_each_draft_and_evaluate_does_without(
    trial: Trial, study: Path, change: str, said: str
) -> None:
    draft(study, "wrong", change)
    for _ in range(2):
        ran = trial("check", "--study", study)
        assert ran.code == 1
        assert said in ran.out
        assert " --> protocol/amendments/01-wrong.yaml:3:" in ran.out
    assert trial("evaluate", study / "data", "--study", study).code == 0
    ran = trial("evaluate", study / "data", "--study", study, "--with", "wrong")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_version_that_is_not_there(trial: Trial, study: Path) -> None:
    draft(study, "older", OLDER)
    ran = trial("show", "I2", "--study", study, "--version", "oldr")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "error: there is no version or draft `oldr` (did you mean `older`?)\n"
    ran = trial("show", "I2", "--study", study, "--version", "7")
    assert ran.err == "error: there is no version or draft `7` (there are `0.1`, `older`)\n"
    ran = trial("show", "I22", "--study", study, "--with", "older")
    assert "there is no rule, parameter or visit `I22`" in ran.err


def test_a_version_may_be_another_folder(study: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(study, tmp_path / "other"))
    draft(
        other, "older", "set: parameters.youngest_age.value, to: 70 years", more=approved(other, "2025-04-01")
    )
    found = study_of(study, str(other), Diagnostics())
    assert found is not None
    assert found.protocol.version == "0.2"


def test_what_is_asked_of_a_version_that_lacks_it(trial: Trial, study: Path) -> None:
    """A rule that came later, of a patient who came in before it."""
    when = "exclude_when: pressure_at_screening > 200 mmHg"
    heavy = f"add: exclusion.E3, as: {{title: t, text: t, source: s, {when}}}"
    draft(study, "heavy", heavy, more=approved(study, "2025-04-01"))
    words = ("explain", study / "data", "--study", study, "--rule", "E3", "--patient")
    assert trial(*words, "P003").out.startswith("E3: passes - t")
    ran = trial(*words, "P001")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: there is no rule `E3`")
    assert ran.err.endswith(", in version `0.1`\n")


def test_a_draft_of_a_version_that_a_later_amendment_changed(trial: Trial, study: Path) -> None:
    draft(study, "older", OLDER, more=approved(study, "2025-02-01"))
    draft(
        study,
        "adult",
        "set: parameters.youngest_age.value, to: 16 years",
        more="status: draft, amends: '0.1'",
    )
    draft(study, "lower", LOWER, more="status: draft, amends: '0.1'")
    ran = trial("check", "--study", study)
    assert ran.code == 1
    assert (
        "error[changed-already]: `parameters.youngest_age.value` is changed already, to `21 years`" in ran.out
    )
    assert ran.out.count("warning[amends-another-version]") == 2
    assert ran.out.count("error[") == 1


# ------------------------------------------------------------------- the story


def test_history_tells_what_changed_and_why(trial: Trial, amended: Path) -> None:
    draft(amended, "lower", LOWER, more="status: draft, amends: '0.2', author_role: statistician")
    found = json.loads(trial("history", "--study", amended, "--format", "json").out)
    assert [(one["version"], one["amendment"], one["status"]) for one in found] == [
        ("0.1", None, "approved"),
        ("0.2", "older", "approved"),
        ("0.2+lower", "lower", "draft"),
    ]
    assert [one["fingerprint"] for one in found] == [
        fingerprint(amended, spec) for spec in ("0.1", "0.2", "lower")
    ]
    (change,) = found[1]["changes"]
    assert (change["before"], change["after"]) == ("18 years", "70 years")
    shown = trial("history", "--study", amended).out
    assert (
        "amends 0.1; `older`, proposed by the sponsor; approved 2025-01-10, in force from 2025-04-01" in shown
    )
    assert "amends 0.2; proposed by the statistician; not in force" in shown


def test_history_of_a_study_with_errors(trial: Trial, study: Path) -> None:
    draft(study, "nothing", "set: parameters.nothing.value, to: 1")
    ran = trial("history", "--study", study)
    assert (ran.code, ran.out) == (2, "")
    assert "error[amendment-target]: there is no `parameters.nothing`" in ran.err


def test_a_rule_as_it_stood(trial: Trial, amended: Path) -> None:
    newest = trial("show", "I2", "--study", amended).out
    first = trial("show", "I2", "--study", amended, "--version", "0.1").out
    assert "version 0.2 (" in newest
    assert "  youngest_age = 70 years (registered; protocol, Inclusion 2)" in newest
    assert "version 0.1 (" in first
    assert "  require: age at consent >= youngest_age\n" in first
    assert "  youngest_age = 18 years (registered; protocol, Inclusion 2)" in first
    assert "  offset: 1 month\n" in trial("show", "month_1", "--study", amended).out


def test_cases_are_run_on_a_version(trial: Trial, amended: Path) -> None:
    assert trial("test", "--study", amended, "--version", "0.1").code == 0
    assert trial("test", "--study", amended).code == 1
