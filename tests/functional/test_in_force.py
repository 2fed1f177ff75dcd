"""Each patient by the version in force: on which day, which rules at once, read by which dictionary."""

import json
import re
from pathlib import Path

import pytest

from tests.functional.amendments import AMENDMENTS, Trial, approved, draft, fingerprint, rows, two_versions


@pytest.fixture
def amended(study: Path) -> Path:
    return two_versions(study)


def judged(trial: Trial, study: Path, *words: object) -> dict[str, tuple[str, str, str]]:
    ran = trial("evaluate", study / "data", "--study", study, "--format", "csv", *words)
    assert ran.code == 0, ran.err
    return {row["patient"]: (row["version"], row["decision"], row["judged_on"]) for row in rows(ran.out)}


def test_each_patient_is_judged_by_the_version_of_their_day(trial: Trial, amended: Path) -> None:
    assert judged(trial, amended) == {
        "P001": ("0.1", "eligible", "2025-01-06"),
        "P002": ("0.1", "ineligible", "2025-03-24"),
        "P003": ("0.2", "ineligible", "2025-04-02"),
    }


def test_the_first_day_of_a_version_is_its_own(trial: Trial, amended: Path) -> None:
    records = amended / "data" / "records.csv"
    text = records.read_text("utf-8")
    for day, version in (
        ("2025-03-31", "0.1"),
        ("2025-04-01", "0.2"),
        ("2025-04", "0.2"),
        ("2025-03", "0.1"),
    ):
        records.write_text(text.replace("P003,informed_consent,2025-04-02", f"P003,informed_consent,{day}"))
        assert judged(trial, amended)["P003"][::2] == (version, day)


def test_an_unknown_day_is_said(trial: Trial, amended: Path) -> None:
    records = amended / "data" / "records.csv"
    text = records.read_text("utf-8").replace("P002,informed_consent,2025-03-24,,,,,\n", "")
    records.write_text(text)
    assert judged(trial, amended)["P002"] == ("0.2", "ineligible", "")
    ran = trial("evaluate", amended / "data", "--study", amended)
    assert "P002: consent is not known, so that the newest version judged them" in ran.out


def test_everybody_by_one_version(trial: Trial, amended: Path) -> None:
    for version in ("0.1", "0.2"):
        found = judged(trial, amended, "--version", version)
        assert {name for name, _, _ in found.values()} == {version}
    assert judged(trial, amended, "--version", "older")["P001"][0] == "0.2"


def test_a_version_that_nobody_knew_yet(trial: Trial, amended: Path) -> None:
    found = judged(trial, amended, "--as-of", "2025-03-31")
    assert {name for name, _, _ in found.values()} == {"0.1"}


def test_another_anchor_decides(trial: Trial, amended: Path) -> None:
    study = amended / "protocol" / "study.yaml"
    study.write_text(study.read_text().replace('version: "0.1"', 'version: "0.1"\n  judged_by: enrolment'))
    amendment = amended / AMENDMENTS / "01-older.yaml"
    (found,) = json.loads(trial("check", "--study", amended, "--format", "json").out)
    assert found["code"] == "amended-version-changed"
    now = found["help"].split("`")[1]
    amendment.write_text(re.sub("fingerprint: [0-9a-f]+", now, amendment.read_text()))
    # Of P002, who was never randomized, enrolment is the as-of day: 0.2 is in force by then.
    assert judged(trial, amended)["P002"][0] == "0.2"


def test_results_name_every_version(trial: Trial, amended: Path, tmp_path: Path) -> None:
    trial("evaluate", amended / "data", "--study", amended, "--out", tmp_path / "out")
    run = json.loads((tmp_path / "out" / "run.json").read_text())
    prints = {"0.1": fingerprint(amended), "0.2": fingerprint(amended, "0.2")}
    assert (run["version"], run["versions"]) == ("0.2", prints)
    for row in rows((tmp_path / "out" / "patients.csv").read_text()):
        assert row["study_fingerprint"] == prints[row["version"]]
    assert {row["version"] for row in rows((tmp_path / "out" / "verdicts.csv").read_text())} == {"0.1", "0.2"}


def test_explain_says_by_which_version(trial: Trial, amended: Path) -> None:
    words = ("explain", amended / "data", "--study", amended, "--patient")
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
