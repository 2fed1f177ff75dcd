"""Input that is wrong: each problem said with its place, good patients' answers kept, the others marked."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GOOD = {"P001": "eligible", "P003": "undetermined"}
HEADER = "patient,variable,start,end,value,unit,dose,visit\n"

Trial = Callable[..., Any]


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def judged(trial: Trial, study: Path, tmp_path: Path) -> Callable[[], tuple[int, list[str], Path]]:
    """Evaluates the study's data: the code, what was found a line each, and the folder of results."""

    def run() -> tuple[int, list[str], Path]:
        ran = trial("evaluate", study / "data", "--study", study, "--out", tmp_path / "out")
        said = [line for line in ran.err.splitlines() if not line.startswith("wrote ")]
        return ran.code, [line.removeprefix(f"{study}/data/") for line in said], tmp_path / "out"

    return run


def append(study: Path, row: str) -> None:
    """A further row of the records, on line 22."""
    with (study / "data" / "records.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"{row}\n")


# -------------------------------------------------------------------------- bad rows

REFUSED = {
    "an unknown variable": (
        "P002,potasium,2025-03-25,,4.0,mmol/L,,",
        "22:6: error[unknown-variable]: `potasium` is not in the data dictionary (did you mean `potassium`?)",
    ),
    "a date in another order": (
        "P002,potassium,25/03/2025,,4.0,mmol/L,,",
        "22:16: error[bad-date]: `start` is `25/03/2025`, which is no date",
    ),
    "a day there is not": (
        "P002,potassium,2025-02-30,,4.0,mmol/L,,",
        "22:16: error[bad-date]: `start` is `2025-02-30`, which is no date",
    ),
    "no day": ("P002,potassium,,,4.0,mmol/L,,", "22:16: error[missing-start]: `potassium` has no day here"),
    "a unit of another dimension": (
        "P002,potassium,2025-03-25,,4.0,kg,,",
        "22:32: error[wrong-dimension]: `potassium` is in `mmol/L`, and `kg` cannot be converted to it",
    ),
    "no unit": ("P002,potassium,2025-03-25,,4.0,,,", "22:32: error[missing-unit]: `potassium` has no unit"),
    "a word for a number": (
        "P002,potassium,2025-03-25,,four,mmol/L,,",
        "22:28: error[bad-number]: `potassium` is `four`, which is no number",
    ),
    "an unknown code": (
        "P002,study_visit,2025-03-25,,,,,month_2",
        "22:33: error[unknown-code]: `month_2` is not a code of `study_visit.visit`",
    ),
    "neither yes nor no": (
        "P002,tablets_unsuitable,2025-03-25,,maybe,,,",
        "22:37: error[bad-yes-no]: `tablets_unsuitable` is `maybe`, and must be `yes` or `no`",
    ),
    "an end before the start": (
        "P002,study_drug,2025-03-25,2025-03-20,,,10,",
        "22:28: error[end-before-start]: this ends on 2025-03-20, before it starts on 2025-03-25",
    ),
    "an attribute of something else": (
        "P002,potassium,2025-03-25,,4.0,mmol/L,10,",
        "22:39: error[not-an-attribute]: `dose` is not an attribute of `potassium`",
    ),
    "a cell too few": (
        "P002,potassium,2025-03-25,,4.0,mmol/L",
        "22:1: error[wrong-width]: this row has 6 cells, and the header has 8",
    ),
}


@pytest.mark.parametrize(("row", "said"), REFUSED.values(), ids=REFUSED)
def test_a_row_that_is_refused(judged: Any, study: Path, row: str, said: str) -> None:
    append(study, row)
    code, found, out = judged()
    assert code == 1
    assert len(found) == 1
    assert found[0].startswith(f"records.csv:{said}")
    patients = {one["patient"]: one for one in rows(out, "patients")}
    assert {name: patients[name]["decision"] for name in GOOD} == GOOD
    assert {name: one["refused_rows"] for name, one in patients.items()} == {
        "P001": "0",
        "P002": "1",
        "P003": "0",
    }
    (finding,) = rows(out, "findings")
    assert (finding["file"], finding["line"]) == ("records.csv", "22")


KEPT = {
    "a value out of range": (
        "P002,potassium,2025-03-25,,40,mmol/L,,",
        "22:28: warning[out-of-range]: `potassium` is `40`; from 1 to 10 mmol/L is plausible",
    ),
    "a row twice": (
        "P002,potassium,2025-03-24,,4.0,mmol/L,,",
        "22:1: warning[duplicate-row]: this says the same as line 17, and is counted once",
    ),
    "an empty row": (",,,,,,,", "22:1: warning[empty-row]: every cell of this row is empty"),
}


@pytest.mark.parametrize(("row", "said"), KEPT.values(), ids=KEPT)
def test_a_row_that_is_asked_about(judged: Any, study: Path, row: str, said: str) -> None:
    append(study, row)
    code, found, out = judged()
    assert code == 0
    assert len(found) == 1
    assert found[0].startswith(f"records.csv:{said}")
    assert {one["refused_rows"] for one in rows(out, "patients")} == {"0"}


NOBODYS = {
    "no patient": (",potassium,2025-03-25,,4.0,mmol/L,,", "22:1: error[missing-patient]"),
    "a quote not closed": ('P002,potassium,"2025-03-25,,4.0,mmol/L,,', "22:1: error[bad-quotes]"),
}


@pytest.mark.parametrize(("row", "said"), NOBODYS.values(), ids=NOBODYS)
def test_a_row_of_nobody_is_marked_on_everybody(judged: Any, study: Path, row: str, said: str) -> None:
    append(study, row)
    code, found, out = judged()
    assert (code, len(found)) == (1, 1)
    assert found[0].startswith(f"records.csv:{said}")
    assert {one["rows_of_nobody"] for one in rows(out, "patients")} == {"1"}
    assert json.loads((out / "run.json").read_text())["rows_of_nobody"] == 1


def test_refused_rows_stand_on_the_screen_too(trial: Trial, study: Path) -> None:
    append(study, "P002,potassium,x,,4.0,mmol/L,,\n,potassium,x,,,,,")
    ran = trial("evaluate", study / "data", "--study", study)
    assert "(1 row refused) `pressure_at_screening` was 128 mmHg" in " ".join(ran.out.split())
    assert (
        "1 eligible, 1 ineligible, 1 undetermined; 1 patient with rows refused; "
        "1 refused row of which nobody can say whose\n" in ran.out
    )
    ran = trial("explain", study / "data", "--study", study, "--patient", "P002")
    assert (ran.code, ran.out.splitlines()[0]) == (1, "P002: ineligible (1 row of this patient refused)")


def test_many_problems_of_a_kind_are_counted(trial: Trial, study: Path) -> None:
    append(
        study, "\n".join(["P002,potasium,2025-03-25,,4.0,mmol/L,,"] * 300 + ["P003,potassium,x,,4,mmol/L,,"])
    )
    ran = trial("evaluate", study / "data", "--study", study, "--format", "csv")
    lines = ran.err.splitlines()
    assert ["unknown-variable" in line for line in lines] == [True] * 6 + [False]
    assert lines[5] == "... and 295 more error[unknown-variable]"
    assert ran.code == 1


# ------------------------------------------------------------------------- bad files


def test_a_column_that_is_misspelt(trial: Trial, study: Path) -> None:
    records = study / "data" / "records.csv"
    records.write_text(records.read_text().replace("value", "valeu", 1))
    ran = trial("evaluate", study / "data", "--study", study)
    assert (ran.code, ran.out) == (2, "")
    assert (
        "records.csv:1:28: error[unknown-column]: there is no column `valeu` (did you mean `value`?)\n"
        in ran.err
    )
    assert ran.err.endswith(
        "error: `records.csv` could not be read, and without it nothing can be said of anybody\n"
    )


@pytest.mark.parametrize(("name", "encoding"), [("utf-8 with a mark", "utf-8-sig"), ("utf-16", "utf-16")])
def test_encodings_that_say_what_they_are(judged: Any, study: Path, name: str, encoding: str) -> None:
    for table in ("patients.csv", "records.csv"):
        text = (study / "data" / table).read_text("utf-8")
        (study / "data" / table).write_bytes(text.encode(encoding))
    code, found, out = judged()
    assert (code, found) == (0, [])
    assert {one["patient"]: one["decision"] for one in rows(out, "patients")} == {
        **GOOD,
        "P002": "ineligible",
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("P002,potassium,2025-03-25,,4.0,µmol/L,,\n".encode("latin-1"),
         ":22:32: error[bad-encoding]: byte 0xb5 here is not UTF-8 text"),
        (b"P002,\0", ": error[not-text]: this file is not text"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_text(trial: Trial, study: Path, content: bytes, said: str) -> None:
    with (study / "data" / "records.csv").open("ab") as stream:
        stream.write(content)
    ran = trial("evaluate", study / "data", "--study", study)
    assert (ran.code, ran.out) == (2, "")
    assert f"records.csv{said}" in ran.err


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators(judged: Any, study: Path, mark: str) -> None:
    for table in ("patients.csv", "records.csv"):
        path = study / "data" / table
        path.write_text(path.read_text().replace(",", mark))
    code, found, out = judged()
    assert (code, found) == (0, [])
    assert {one["patient"]: one["decision"] for one in rows(out, "patients")} == {
        **GOOD,
        "P002": "ineligible",
    }


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("d.csv", "", "d.csv: error[empty-file]: this file is empty (its first line names the columns)"),
        ("d.csv", HEADER, ""),
        ("d.txt", "P001", "d.txt: error[unknown-file]: this is no kind of file that is read"),
        ("d.csv", "x" * 200_000, "d.csv:1:1: error[no-header]: this line is too long to name columns"),
        ("d.parquet", "PAR1", "d.parquet: error[not-parquet]: this file is not a Parquet table"),
        ("d.jsonl", "{", "d.jsonl:1:2: error[bad-json]: this line is not JSON from here on"),
        ("d.yaml", "patient: [", "d.yaml:1:11: error["),
    ],
)  # fmt: skip
def test_a_file_without_patients(trial: Trial, study: Path, name: str, text: str, said: str) -> None:
    (study / name).write_text(text)
    ran = trial("evaluate", study / name, "--study", study)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{study}/{said}" if said else "error: ")
    assert ran.err.endswith(f"error: no patient could be read from `{study / name}`\n")


def test_nothing_there(trial: Trial, study: Path) -> None:
    ran = trial("evaluate", study / "none", "--study", study)
    assert ran.code == 2
    assert ran.err.startswith(f"{study}/none: error[no-such-file]: there is no such file or folder")
    ran = trial("evaluate", study, "--study", study)
    assert ran.code == 2
    assert ran.err.startswith(f"{study}: error[no-patients]: this folder holds no patients")


def test_every_row_refused(trial: Trial, study: Path) -> None:
    (study / "d.csv").write_text(f"{HEADER}P1,potassium,x,,4,mmol/L,,\nP2,potassium,,,4,mmol/L,,\n")
    ran = trial("evaluate", study / "d.csv", "--study", study)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(
        "error: no record could be used, so no day is known: say with --as-of up to when the data are known\n"
    )
    ran = trial("evaluate", study / "d.csv", "--study", study, "--as-of", "2025-06-01", "--format", "csv")
    assert ran.code == 1
    assert [row["refused_rows"] for row in csv.DictReader(ran.out.splitlines())] == ["1", "1"]


def test_patients_without_records(trial: Trial, study: Path) -> None:
    (study / "data" / "records.csv").unlink()
    ran = trial("evaluate", study / "data", "--study", study, "--as-of", "2025-06-01", "--format", "csv")
    assert ran.code == 0
    assert ran.err == (
        f"{study}/data: warning[no-records]: "
        "there is no table `records`, so nothing that has a day is known of anybody\n"
    )
