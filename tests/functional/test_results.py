"""Patients judged: on the screen, in files, and beside an earlier result."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas
import pytest

from engine.result import write

ROOT = Path(__file__).parents[2]
STREPTOMYCIN = ROOT / "examples" / "streptomycin-1948"

Trial = Callable[..., Any]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# -------------------------------------------------------------------------- evaluate


def test_a_new_study_has_a_patient_of_each_decision(trial: Trial, study: Path) -> None:
    ran = trial("evaluate", study / "data", "--study", study, "--format", "csv")
    assert (ran.code, ran.err) == (0, "")
    rows = table(ran.out)
    assert [(row["patient"], row["decision"], row["decided_by"], row["deviations"]) for row in rows] == [
        ("P001", "eligible", "", "1"),
        ("P002", "ineligible", "I3", "0"),
        ("P003", "undetermined", "E1 E2", "0"),
    ]
    assert {row["queries"] for row in rows} == {"potassium_limit screening_window"}


def test_verdicts_name_the_value_that_decided_and_its_place(trial: Trial, study: Path) -> None:
    ran = trial("evaluate", study / "data", "--study", study, "--format", "csv", "--table", "verdicts")
    (row,) = [row for row in table(ran.out) if (row["patient"], row["rule"]) == ("P002", "I3")]
    decided = ("systolic_pressure", "128", "mmHg", "2025-03-24", "records.csv line 16")
    assert (row["value_of"], row["value"], row["unit"], row["value_date"], row["source"]) == decided
    (row,) = [row for row in table(ran.out) if row["role"] == "requirement" and row["passes"] == "no"]
    assert (row["about"], row["severity"], row["amount"]) == ("study_drug of 2025-02-13", "minor", "10 mg/d")


def test_the_tables_for_people(trial: Trial, study: Path) -> None:
    ran = trial("evaluate", study / "data", "--study", study)
    assert (ran.code, ran.err) == (0, "")
    assert "1 eligible, 1 ineligible, 1 undetermined\n" in ran.out
    titles = [line for line in ran.out.splitlines() if line[:1].isupper()]
    assert titles == [
        "Eligibility",
        "Deviations",
        "Response",
        "C controlled, - none, ? unknown",
        "The decisions rest on open questions",
    ]
    assert not [line for line in ran.out.splitlines() if line != line.rstrip()]
    assert "data known up to 2025-04-11, 23 rows\n" in ran.out


def test_the_published_result_of_the_streptomycin_trial(trial: Trial) -> None:
    words = (
        "evaluate",
        STREPTOMYCIN / "data",
        "--study",
        STREPTOMYCIN,
        "--as-of",
        "1948-10-30",
        "--format",
        "json",
    )
    ran = trial(*words)
    assert (ran.code, ran.err) == (0, "")
    result = json.loads(ran.out)
    undetermined = [row["patient"] for row in result["patients"] if row["decision"] != "eligible"]
    assert (len(result["patients"]), undetermined) == (107, ["P043"])
    arms = {row["patient"]: row["arm"] for row in table((STREPTOMYCIN / "data" / "patients.csv").read_text())}
    improved = Counter(
        (arms[row["patient"]], row["outcome"]) for row in result["verdicts"] if row["rule"] == "improved"
    )
    assert improved == {
        ("streptomycin", "true"): 38,
        ("streptomycin", "false"): 17,
        ("control", "true"): 17,
        ("control", "false"): 35,
    }
    assert result["about"]["as_of"] == "1948-10-30"


def test_one_patient_of_this_study(trial: Trial, tmp_path: Path) -> None:
    patient = tmp_path / "p.yaml"
    patient.write_text(
        "patient: P7\nfacts: {birth_date: 1990-02-01, sex: female}\n"
        "records:\n  - {variable: informed_consent, start: 2025-01-01}\n"
    )
    ran = trial("evaluate", patient, "--study", ROOT, "--format", "csv")
    assert (ran.code, ran.err) == (0, "")
    assert [row["patient"] for row in table(ran.out)] == ["P7"]


# ---------------------------------------------------------------- results in files


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_the_same_input_gives_the_same_bytes(
    trial: Trial, study: Path, tmp_path: Path, digest: Callable[[Path], dict[str, str]], form: str
) -> None:
    before = digest(study)
    for name in ("one", "two"):
        words = ("evaluate", study / "data", "--study", study, "--out", tmp_path / name, "--format", form)
        assert trial(*words).code == 0
    one, two = digest(tmp_path / "one"), digest(tmp_path / "two")
    assert one == two
    assert set(one) == {"run.json", f"patients.{form}", f"verdicts.{form}", f"findings.{form}"}
    assert json.loads((tmp_path / "one" / "run.json").read_text())["files"].items() <= one.items()
    assert digest(study) == before


def test_every_form_holds_the_same(trial: Trial, study: Path, tmp_path: Path) -> None:
    for form in ("csv", "json", "parquet"):
        trial("evaluate", study / "data", "--study", study, "--out", tmp_path / "out", "--format", form)
    for name in ("patients", "verdicts"):
        rows = table((tmp_path / "out" / f"{name}.csv").read_text())
        parquet = pandas.read_parquet(tmp_path / "out" / f"{name}.parquet").astype(str).to_dict("records")
        written = json.loads((tmp_path / "out" / f"{name}.json").read_text())
        assert rows == parquet == [{key: str(value) for key, value in row.items()} for row in written]


def test_what_is_shown_is_what_is_written(trial: Trial, study: Path, tmp_path: Path) -> None:
    ran = trial("evaluate", study / "data", "--study", study, "--out", tmp_path / "out")
    assert ran.out == "1 eligible, 1 ineligible, 1 undetermined\n"
    names = ("patients.csv", "verdicts.csv", "findings.csv", "run.json")
    assert ran.err == "".join(f"wrote {tmp_path / 'out' / name}\n" for name in names)
    shown = trial("evaluate", study / "data", "--study", study, "--format", "csv").out
    assert shown == (tmp_path / "out" / "patients.csv").read_text()


def test_a_stopped_run_leaves_the_old_result(
    trial: Trial, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("evaluate", study / "data", "--study", study, "--out", tmp_path / "out")
    assert trial(*words).code == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    whole = write._write

    def stopped(partial: Path, content: bytes, path: Path) -> None:
        whole(partial, content[:9], path)
        if path.name == "verdicts.csv":
            raise KeyboardInterrupt

    monkeypatch.setattr(write, "_write", stopped)
    ran = trial(*words, "--as-of", "2025-12-31")
    assert (ran.code, ran.out, ran.err) == (130, "", "error: stopped\n")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


# ------------------------------------------------------------- beside an earlier result


@pytest.fixture
def earlier(trial: Trial, study: Path, tmp_path: Path) -> Path:
    trial("evaluate", study / "data", "--study", study, "--out", tmp_path / "earlier")
    return tmp_path / "earlier"


def test_nothing_changed(trial: Trial, study: Path, earlier: Path) -> None:
    ran = trial("evaluate", study / "data", "--study", study, "--compare", earlier)
    assert (ran.code, ran.out, ran.err) == (0, "nothing changed: every answer is what it was\n", "")


def test_whose_answers_a_change_affects(trial: Trial, study: Path, earlier: Path) -> None:
    parameters = study / "protocol" / "parameters.yaml"
    parameters.write_text(parameters.read_text().replace("value: 5.0 mmol/L", "value: 4.5 mmol/L"))
    words = ("evaluate", study / "data", "--study", study, "--compare", earlier)
    rows = table(trial(*words, "--format", "csv").out)
    assert [(row["patient"], row["rule"], row["before"], row["after"]) for row in rows] == [
        ("P003", "", "undetermined", "ineligible"),
        ("P003", "E1", "unknown", "true"),
    ]
    ran = trial(*words)
    assert "2 answers of 1 patient changed\nstudy_fingerprint was " in ran.out
    found = json.loads(trial(*words, "--format", "json").out)
    assert [change["patient"] for change in found["changes"]] == ["P003", "P003"]
    assert list(found["about"]["inputs"]) == ["study_fingerprint"]


def test_patients_that_came_and_went(trial: Trial, study: Path, earlier: Path) -> None:
    for name in ("patients.csv", "records.csv"):
        data = study / "data" / name
        data.write_text(data.read_text().replace("P002", "P009"))
    words = ("evaluate", study / "data", "--study", study, "--compare", earlier, "--format", "csv")
    decisions = [row for row in table(trial(*words).out) if not row["rule"]]
    assert [(row["patient"], row["before"], row["after"]) for row in decisions] == [
        ("P002", "ineligible", "not there"),
        ("P009", "not there", "ineligible"),
    ]


def test_a_folder_that_holds_no_result(trial: Trial, study: Path, tmp_path: Path, earlier: Path) -> None:
    def said(folder: Path) -> str:
        ran = trial("evaluate", study / "data", "--study", study, "--compare", folder)
        assert (ran.code, ran.out) == (2, "")
        return str(ran.err).replace(str(tmp_path), "")

    advice = " (name a folder that `--out` wrote as csv)\n"
    lacking = "error: `/none/patients.csv` is no earlier result: no such file or directory"
    assert said(tmp_path / "none") == lacking + advice
    data = "error: `/study/data/patients.csv` is no earlier result: it has no column `decision`"
    assert said(study / "data") == data + advice
    (earlier / "verdicts.csv").write_bytes(b"\xff\xfe\x00patient")
    torn = "error: `/earlier/verdicts.csv` is no earlier result: it is not a table in UTF-8"
    assert said(earlier) == torn + advice
