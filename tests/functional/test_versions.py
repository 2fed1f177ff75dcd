"""Versions of a protocol: drafts tried out, an approved amendment, and a cohort that two versions judge."""

import csv
import importlib.util
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.source.diagnostic import Diagnostics
from engine.study.load import load, study_of
from tests.functional.conftest import ROOT, Ran

Trial = Callable[..., Ran]
AMENDMENTS = Path("protocol/amendments")
AMENDED = ROOT / "examples" / "amended"


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


# ------------------------------------------------------------------- in force


@pytest.fixture
def two_versions(study: Path) -> Path:
    """A study whose version 0.2 is in force from April 2025 on."""
    draft(
        study, "older", "set: parameters.youngest_age.value, to: 70 years", more=approved(study, "2025-04-01")
    )
    return study


def judged(trial: Trial, study: Path, *words: object) -> dict[str, tuple[str, str, str]]:
    ran = trial("evaluate", study / "data", "--study", study, "--format", "csv", *words)
    assert ran.code == 0, ran.err
    return {row["patient"]: (row["version"], row["decision"], row["judged_on"]) for row in rows(ran.out)}


def test_each_patient_is_judged_by_the_version_of_their_day(trial: Trial, two_versions: Path) -> None:
    assert judged(trial, two_versions) == {
        "P001": ("0.1", "eligible", "2025-01-06"),
        "P002": ("0.1", "ineligible", "2025-03-24"),
        "P003": ("0.2", "ineligible", "2025-04-02"),
    }


def test_the_first_day_of_a_version_is_its_own(trial: Trial, two_versions: Path) -> None:
    records = two_versions / "data" / "records.csv"
    text = records.read_text("utf-8")
    for day, version in (
        ("2025-03-31", "0.1"),
        ("2025-04-01", "0.2"),
        ("2025-04", "0.2"),
        ("2025-03", "0.1"),
    ):
        records.write_text(text.replace("P003,informed_consent,2025-04-02", f"P003,informed_consent,{day}"))
        assert judged(trial, two_versions)["P003"][::2] == (version, day)


def test_an_unknown_day_is_said(trial: Trial, two_versions: Path) -> None:
    records = two_versions / "data" / "records.csv"
    text = records.read_text("utf-8").replace("P002,informed_consent,2025-03-24,,,,,\n", "")
    records.write_text(text)
    assert judged(trial, two_versions)["P002"] == ("0.2", "ineligible", "")
    ran = trial("evaluate", two_versions / "data", "--study", two_versions)
    assert "P002: consent is not known, so that the newest version judged them" in ran.out


def test_everybody_by_one_version(trial: Trial, two_versions: Path) -> None:
    for version in ("0.1", "0.2"):
        found = judged(trial, two_versions, "--version", version)
        assert {name for name, _, _ in found.values()} == {version}
    assert judged(trial, two_versions, "--version", "older")["P001"][0] == "0.2"


def test_a_version_that_nobody_knew_yet(trial: Trial, two_versions: Path) -> None:
    found = judged(trial, two_versions, "--as-of", "2025-03-31")
    assert {name for name, _, _ in found.values()} == {"0.1"}


def test_another_anchor_decides(trial: Trial, two_versions: Path) -> None:
    study = two_versions / "protocol" / "study.yaml"
    study.write_text(study.read_text().replace('version: "0.1"', 'version: "0.1"\n  judged_by: enrolment'))
    amendment = two_versions / AMENDMENTS / "01-older.yaml"
    (found,) = json.loads(trial("check", "--study", two_versions, "--format", "json").out)
    assert found["code"] == "amended-version-changed"
    now = found["help"].split("`")[1]
    amendment.write_text(re.sub("fingerprint: [0-9a-f]+", now, amendment.read_text()))
    # Of P002, who was never randomized, enrolment is the as-of day: 0.2 is in force by then.
    assert judged(trial, two_versions)["P002"][0] == "0.2"


def test_results_name_every_version(trial: Trial, two_versions: Path, tmp_path: Path) -> None:
    trial("evaluate", two_versions / "data", "--study", two_versions, "--out", tmp_path / "out")
    run = json.loads((tmp_path / "out" / "run.json").read_text())
    prints = {"0.1": fingerprint(two_versions), "0.2": fingerprint(two_versions, "0.2")}
    assert (run["version"], run["versions"]) == ("0.2", prints)
    for row in rows((tmp_path / "out" / "patients.csv").read_text()):
        assert row["study_fingerprint"] == prints[row["version"]]
    assert {row["version"] for row in rows((tmp_path / "out" / "verdicts.csv").read_text())} == {"0.1", "0.2"}


def test_explain_says_by_which_version(trial: Trial, two_versions: Path) -> None:
    words = ("explain", two_versions / "data", "--study", two_versions, "--patient")
    assert trial(*words, "P003").out.startswith("P003: ineligible, by version 0.2 (2025-04-02)\n")
    assert trial(*words, "P001").out.startswith("P001: eligible, by version 0.1 (2025-01-06)\n")
    assert trial(*words, "P001", "--version", "0.2").out.startswith("P001: ineligible\n")


# --------------------------------------------------------- a dictionary that changes


def test_a_newer_dictionary_does_not_spoil_older_patients(trial: Trial, study: Path) -> None:
    """A variable that goes, one that comes, and one whose unit is another: nobody's records are lost."""
    draft(
        study,
        "labs",
        "remove: exclusion.E2",
        "remove: variables.tablets_unsuitable",
        "remove: accepted.tablets_unsuitable",
        "set: variables.potassium.unit, to: mol/L",
        "set: variables.potassium.range, to: [0.001, 0.01]",
        "add: variables.sodium, as: {title: Sodium, kind: measurement, unit: mmol/L, same_day: mean}",
        more=approved(study, "2025-04-01"),
    )
    text = (study / "data" / "records.csv").read_text().replace(",4.2,mmol/L", ",5.2,mmol/L")
    (study / "data" / "records.csv").write_text(text + "P003,sodium,2025-04-02,,140,mmol/L,,\n")
    assert judged(trial, study) == {
        "P001": ("0.1", "ineligible", "2025-01-06"),
        "P002": ("0.1", "ineligible", "2025-03-24"),
        "P003": ("0.2", "undetermined", "2025-04-02"),
    }
    ran = trial("evaluate", study / "data", "--study", study)
    assert ran.err == ""


# ------------------------------------------------------------------- at once


def test_a_rule_in_force_at_once(trial: Trial, study: Path, tmp_path: Path) -> None:
    """The newest version of it holds for P001 too, who keeps the older one in all else."""
    draft(
        study,
        "doses",
        "set: parameters.tablet_dose.value, to: 20 mg/d",
        "add: requirements.dose_as_planned.in_force, as: at_once",
        "set: parameters.youngest_age.value, to: 70 years",
        more=approved(study, "2025-04-01"),
    )
    trial("evaluate", study / "data", "--study", study, "--out", tmp_path / "out")
    found = rows((tmp_path / "out" / "verdicts.csv").read_text())
    doses = [
        (row["about"], row["passes"], row["version"]) for row in found if row["rule"] == "dose_as_planned"
    ]
    assert doses == [
        ("study_drug of 2025-01-13", "no", "0.2"),
        ("study_drug of 2025-02-13", "yes", "0.2"),
    ]
    (age,) = [row for row in found if row["patient"] == "P001" and row["rule"] == "I2"]
    assert (age["passes"], age["version"]) == ("yes", "0.1")
    patients = rows((tmp_path / "out" / "patients.csv").read_text())
    assert (patients[0]["deviations"], patients[0]["version"]) == ("1", "0.1")
    ran = trial("explain", study / "data", "--study", study, "--patient", "P001", "--rule", "dose_as_planned")
    assert "20 mg/d" in ran.out
    earlier = trial("evaluate", study / "data", "--study", study, "--as-of", "2025-03-01", "--format", "json")
    before = {row["version"] for row in json.loads(earlier.out)["verdicts"]}
    assert before == {"0.1"}


# ------------------------------------------------------------------- the story


def test_history_tells_what_changed_and_why(trial: Trial, two_versions: Path) -> None:
    draft(two_versions, "lower", LOWER, more="status: draft, amends: '0.2', author_role: statistician")
    found = json.loads(trial("history", "--study", two_versions, "--format", "json").out)
    assert [(one["version"], one["amendment"], one["status"]) for one in found] == [
        ("0.1", None, "approved"),
        ("0.2", "older", "approved"),
        ("0.2+lower", "lower", "draft"),
    ]
    assert [one["fingerprint"] for one in found] == [
        fingerprint(two_versions, spec) for spec in ("0.1", "0.2", "lower")
    ]
    (change,) = found[1]["changes"]
    assert (change["before"], change["after"]) == ("18 years", "70 years")
    shown = trial("history", "--study", two_versions).out
    assert (
        "amends 0.1; `older`, proposed by the sponsor; approved 2025-01-10, in force from 2025-04-01" in shown
    )
    assert "amends 0.2; proposed by the statistician; not in force" in shown


def test_history_of_a_study_with_errors(trial: Trial, study: Path) -> None:
    draft(study, "nothing", "set: parameters.nothing.value, to: 1")
    ran = trial("history", "--study", study)
    assert (ran.code, ran.out) == (2, "")
    assert "error[amendment-target]: there is no `parameters.nothing`" in ran.err


def test_a_rule_as_it_stood(trial: Trial, two_versions: Path) -> None:
    newest = trial("show", "I2", "--study", two_versions).out
    first = trial("show", "I2", "--study", two_versions, "--version", "0.1").out
    assert "version 0.2 (" in newest
    assert "  youngest_age = 70 years (registered; protocol, Inclusion 2)" in newest
    assert "version 0.1 (" in first
    assert "  require: age at consent >= youngest_age\n" in first
    assert "  youngest_age = 18 years (registered; protocol, Inclusion 2)" in first
    assert "  offset: 1 month\n" in trial("show", "month_1", "--study", two_versions).out


def test_cases_are_run_on_a_version(trial: Trial, two_versions: Path) -> None:
    assert trial("test", "--study", two_versions, "--version", "0.1").code == 0
    assert trial("test", "--study", two_versions).code == 1


# --------------------------------------------------------------- what is shipped


@pytest.mark.parametrize("id", ["egfr-direction", "belimumab-label", "no-response"])
def test_the_shipped_drafts_fit(id: str) -> None:
    findings = Diagnostics()
    found = study_of(ROOT, id, findings)
    assert found is not None, list(findings)
    assert found.protocol.version == f"1.0+{id}"


def test_the_shipped_drafts_fit_together() -> None:
    found = study_of(ROOT, "egfr-direction+belimumab-label+no-response", Diagnostics())
    base = load(ROOT, Diagnostics())
    assert found is not None
    assert base is not None
    changed = [name for name, rule in base.rules.items() if found.rules[name].core != rule.core]
    assert sorted(changed) == ["E1", "belimumab_interval_kept", "no_response"]


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy that `examples/amended/prepare.py` makes."""
    spec = importlib.util.spec_from_file_location("prepare", AMENDED / "prepare.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    folder = tmp_path_factory.mktemp("amended") / "study"
    module.prepare(folder)
    return folder


def test_two_versions_judge_the_shipped_cohort(trial: Trial, amended: Path, tmp_path: Path) -> None:
    assert trial("check", "--strict", "--study", amended).code == 0
    words = ("evaluate", AMENDED / "cohort", "--study", amended)
    by_version = rows(trial(*words, "--format", "csv").out)
    assert Counter(row["version"] for row in by_version) == {"1.0": 8, "1.1": 16}
    trial(*words, "--version", "1.0", "--out", tmp_path / "first")
    changes = rows(trial(*words, "--compare", tmp_path / "first", "--format", "csv").out)
    assert {row["patient"] for row in changes if row["rule"] == "infusion_reactions"} == {"P002"}
    assert {row["patient"] for row in changes if row["rule"] == "visit_in_window"} == {"P013", "P018", "P019"}


def test_the_shipped_cohort_is_what_its_command_makes(trial: Trial, amended: Path, tmp_path: Path) -> None:
    words = ("--study", amended, "--version", "1.0", "--patients", "24", "--seed", "6", "--out", tmp_path)
    assert trial("invent", *words).code == 0
    for name in ("patients.csv", "records.csv"):
        assert (tmp_path / name).read_bytes() == (AMENDED / "cohort" / name).read_bytes()
