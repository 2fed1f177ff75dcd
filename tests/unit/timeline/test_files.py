"""Files and folders: every form says the same, and what cannot be read is said."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from engine.language.days import day_of
from engine.source.diagnostic import Diagnostics
from engine.source.read import read_yaml
from engine.timeline.dictionary import Dictionary
from engine.timeline.read import Cohort, read_cohort, read_patients

ReadText = Callable[..., Cohort]

CSV = (
    "patient,variable,start,end,value,unit,dose\n"
    "P1,sex,,,female,,\n"
    "P1,smoker,,,no,,\n"
    "P1,protein,2025-01-01T08:30,,0.820,g/d,\n"
    "P1,steroid,2025-01-01,ongoing,,,40\n"
)
YAML = """\
patient: P1
facts: {sex: female, smoker: no}
records:
  - {variable: protein, start: 2025-01-01T08:30, value: 0.820, unit: g/d}
  - variable: steroid
    start: 2025-01-01
    end: ongoing
    dose: 40
"""
JSON = """\
{"patient": "P1", "variable": "sex", "value": "female"}

{"patient": "P1", "variable": "smoker", "value": false}
{"patient": "P1", "variable": "protein", "start": "2025-01-01T08:30", "value": 0.820, "unit": "g/d"}
{"patient": "P1", "variable": "steroid", "start": "2025-01-01", "end": "ongoing", "dose": 40, "value": null}
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", CSV),
        ("semicolon.csv", CSV.replace(",", ";")),
        ("a.tsv", CSV.replace(",", "\t")),
        ("mac.csv", CSV.replace("\n", "\r")),
        ("windows.csv", CSV.replace("\n", "\r\n")),
        ("quoted.csv", "\n".join('"' + line.replace(",", '","') + '"' for line in CSV.split())),
        ("a.jsonl", JSON),
        ("a.yaml", YAML),
    ],
)
def test_every_form_says_the_same(read: ReadText, name: str, text: str) -> None:
    cohort, expected = read(text, name), read(CSV)
    assert cohort.findings == ()
    values = {fact: found.value for fact, found in cohort.timelines[0].facts.items()}
    assert values == {"sex": "female", "smoker": False}
    assert cohort.timelines[0].series == expected.timelines[0].series
    assert cohort.last_day == day_of(2025, 1, 1)
    assert [one.file for one in cohort.sources] == [name]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_are_read(tmp_path: Path, dictionary: Dictionary, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(CSV, encoding)
    assert read_cohort(path, dictionary).findings == ()


def test_parquet_says_the_same(tmp_path: Path, dictionary: Dictionary, read: ReadText) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    rows = [json.loads(line) for line in JSON.splitlines() if line]
    rows[1]["value"] = "no"
    for row in rows:
        row["value"] = None if row.get("value") is None else str(row["value"])
    frame = pandas.DataFrame(rows)
    frame["dose"] = frame["dose"].astype(float)
    frame.to_parquet(tmp_path / "a.parquet")
    cohort = read_cohort(tmp_path / "a.parquet", dictionary)
    assert cohort.findings == ()
    assert cohort.timelines[0].series == read(CSV).timelines[0].series


def test_parquet_midnights_are_days_and_rows_are_lines(tmp_path: Path, dictionary: Dictionary) -> None:
    pandas = pytest.importorskip("pandas")
    empty = [None] * 2
    frame = pandas.DataFrame(
        {
            "patient": ["P1", "P1"],
            "variable": ["consent", "consen"],
            "start": [datetime(2025, 1, 1), datetime(2025, 1, 1, 8, 30)],
            "end": [date(2025, 1, 1), None],
            "value": empty,
            "unit": empty,
        }
    )
    frame.to_parquet(tmp_path / "a.parquet")
    cohort = read_cohort(tmp_path / "a.parquet", dictionary)
    assert [(one.code, str(one.at)) for one in cohort.findings] == [
        ("not-of-kind", "a.parquet:1:4"),
        ("unknown-variable", "a.parquet:2:2"),
    ]


UNREADABLE = {
    "empty.csv": (b"", "empty.csv:1:1", "empty-file: this file is empty"),
    "blank.csv": (b"\n\n", "blank.csv:1:1", "empty-file: this file is empty"),
    "binary.csv": (b"PK\x03\x04\0\0", "binary.csv:1:1", "not-text: this file is not text"),
    "cp1252.csv": (
        "patient,variable\nP1,ä\nP2,Öl,ü\n".encode("cp1252"),
        "cp1252.csv:2:4",
        "bad-encoding: byte 0xe4 here is not UTF-8 text",
    ),
    "headless.csv": (
        b"P1,consent,2025-01-01,,,\n",
        "headless.csv:1:1",
        "missing-column: there is no column `patient`, `variable`, `start`, `end`, `value`, `unit`",
    ),
    "a.xlsx": (b"PK", "a.xlsx:1:1", "unknown-file: this is no kind of file that is read"),
    "a.parquet": (b"PAR", "a.parquet:1:1", "not-parquet: this file is not a Parquet table"),
    "a.yaml": (b"- P1\n", "a.yaml:1:1", "not-a-patient: this is not a patient"),
    "b.yaml": (b"facts: {}\n", "b.yaml:1:1", "missing-patient: this patient has no id"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read(tmp_path: Path, dictionary: Dictionary, name: str) -> None:
    content, at, message = UNREADABLE[name]
    (tmp_path / name).write_bytes(content)
    cohort = read_cohort(tmp_path / name, dictionary)
    found = [(str(one.at), f"{one.code}: {one.message}") for one in cohort.findings]
    assert (at, message) in found
    assert all(one.severity == "error" for one in cohort.findings)
    assert cohort.timelines == ()


def test_nothing_there(tmp_path: Path, dictionary: Dictionary) -> None:
    assert read_cohort(tmp_path / "a.csv", dictionary).counted == {"no-such-file": 1}
    assert read_cohort(tmp_path, dictionary).counted == {"no-patients": 1}


def test_a_misspelt_column_refuses_the_rows_that_fill_it(read: ReadText) -> None:
    cohort = read(CSV.replace("dose", "doze"))
    assert [(str(one.at), one.code, one.help) for one in cohort.findings] == [
        ("data.csv:1:39", "unknown-column", "did you mean `dose`?"),
        ("data.csv:5:33", "unknown-column", None),
    ]
    assert cohort.timelines[0].refused == 1
    assert [len(series.records) for series in cohort.timelines[0].series.values()] == [1, 1]


def test_a_column_twice_or_missing(read: ReadText) -> None:
    twice = read(CSV.replace("dose", "end"))
    assert [(one.at.column, one.message) for one in twice.findings] == [(39, "there are two columns `end`")]
    missing = read(CSV.replace("unit", "units"))
    assert {one.code for one in missing.findings} == {"unknown-column", "missing-column"}
    assert (twice.timelines, missing.timelines) == ((), ())


def folder(path: Path, **files: str) -> Path:
    for name, text in files.items():
        (path / name.replace("_", ".")).write_text(text, "utf-8")
    return path


HEADER = "patient,variable,start,end,value,unit\n"


def test_a_folder_of_facts_and_records(tmp_path: Path, dictionary: Dictionary) -> None:
    patients = "patient,sex,height,birth_date\nP1,female,170,1990-02\nP2,male,1.8 m,\n"
    records = HEADER + "P1,consent,2025-01-01,,,\nP3,consent,2025-02,,,\n"
    cohort = read_cohort(folder(tmp_path, patients_csv=patients, records_csv=records), dictionary)
    assert [(one.patient, len(one.facts), len(one.series)) for one in cohort.timelines] == [
        ("P1", 3, 1),
        ("P2", 2, 0),
        ("P3", 0, 1),
    ]
    assert cohort.timelines[1].facts["height"].value == 180
    assert str(cohort.timelines[1].facts["height"].at) == "patients.csv:3:9"
    assert [(one.code, str(one.at)) for one in cohort.findings] == [("unlisted-patient", "records.csv:3:1")]
    assert (cohort.rows, cohort.last_day) == (4, day_of(2025, 2, 1))
    assert [(one.file, len(one.sha256)) for one in cohort.sources] == [
        ("patients.csv", 64),
        ("records.csv", 64),
    ]


def test_a_bad_cell_among_facts_spoils_that_fact_alone(tmp_path: Path, dictionary: Dictionary) -> None:
    patients = "patient,sex,smoker,protein,height\nP1,f,yes,,300\nP2,male,,7,\n"
    cohort = read_cohort(folder(tmp_path, patients_csv=patients), dictionary)
    first, second = cohort.timelines
    assert {name: fact.value for name, fact in first.facts.items()} == {
        "sex": None,
        "smoker": True,
        "height": None,
    }
    assert (first.refused, second.refused) == (1, 1)
    assert [(one.code, str(one.at)) for one in cohort.findings] == [
        ("no-records", ".:1:1"),
        ("unknown-column", "patients.csv:1:20"),
        ("unknown-code", "patients.csv:2:4"),
        ("out-of-range", "patients.csv:2:11"),
        ("unknown-column", "patients.csv:3:10"),
    ]
    assert cohort.findings[1].message == "`protein` is no fact but of kind measurement"


def test_a_table_that_cannot_be_read_is_named_for_it_could_be_about_anybody(
    tmp_path: Path, dictionary: Dictionary
) -> None:
    misspelt = HEADER.replace("value", "valeu")
    path = folder(tmp_path, patients_csv="patient,sex\nP1,male\n", records_csv=misspelt)
    cohort = read_cohort(path, dictionary)
    assert ([one.patient for one in cohort.timelines], cohort.unread) == (["P1"], ("records.csv",))


def test_a_line_without_end(read: ReadText) -> None:
    long = "x" * 200_000
    assert [one.code for one in read(f"patient{long}").findings] == ["no-header"]
    assert [one.code for one in read(long).findings] == ["long-cell"]


def test_a_table_twice_and_files_not_read(tmp_path: Path, dictionary: Dictionary) -> None:
    path = folder(tmp_path, records_csv=HEADER, records_tsv=HEADER, notes_csv="", p1_yaml="", readme_md="")
    cohort = read_cohort(path, dictionary)
    assert [(str(one.at), one.code) for one in cohort.findings] == [
        ("notes.csv:1:1", "file-not-read"),
        ("p1.yaml:1:1", "file-not-read"),
        ("records.tsv:1:1", "table-twice"),
    ]


def test_a_folder_of_patients_in_yaml(tmp_path: Path, dictionary: Dictionary) -> None:
    path = folder(tmp_path, a_yaml=YAML, b_yaml=YAML.replace("P1", "P2"), c_yaml=YAML)
    cohort = read_cohort(path, dictionary)
    assert [one.patient for one in cohort.timelines] == ["P1", "P2"]
    assert cohort.counted == {"patient-twice": 1, "duplicate-row": 4}


BAD_YAML = """\
patient: P1
fact: {sex: female}
facts: {sexx: female, smoker: [yes]}
records:
  - {variable: consent, start: 2025-01-01, valu: 3}
  - consent
  - {variable: consent, start: 2025-01-02}
"""


def test_what_is_wrong_with_a_patient_in_yaml(read: ReadText) -> None:
    cohort = read(BAD_YAML, "a.yaml")
    assert [f"{one.at.line}:{one.at.column} {one.code} {one.help}"[:60] for one in cohort.findings] == [
        "2:1 unknown-key did you mean `facts`?",
        "3:15 unknown-column did you mean `sex`?",
        "3:31 not-a-cell None",
        "5:50 unknown-column did you mean `value`?",
        "6:5 not-a-record `records` holds a list: `- {variable: ..., ",
    ]
    (timeline,) = cohort.timelines
    assert timeline.refused == 4
    assert [record.doubtful for record in timeline.series["consent"].records] == [True, False]


def test_yaml_that_is_wrong_as_such_marks_its_patient(read: ReadText) -> None:
    cohort = read("patient: P1\nfacts:\n  sex: female\n  sex: male\n", "a.yaml")
    assert cohort.counted == {"duplicate-key": 1}
    assert cohort.timelines[0].refused == 1


def test_patients_of_a_tree_already_read(dictionary: Dictionary) -> None:
    tree = read_yaml(YAML, "case.yaml", Diagnostics())
    assert tree is not None
    cohort = read_patients([tree], dictionary)
    assert [one.patient for one in cohort.timelines] == ["P1"]
    assert str(cohort.timelines[0].series["protein"].records[0].at[0]) == "case.yaml:4:5"


BAD_JSON = """\
{"patient": "P1", "variable": "consent", "start": "2025-01-01", "start": "2025-01-02"}
{"patient": "P1", "variable": "protein", "start": "2025-01-01", "value": NaN, "unit": "g/d"}
{"patient": "P1", "variable": "consent", "start": ["2025-01-01"]}
{"patient": "P1", "variable": "consent"
["P1"]
"""


def test_what_is_wrong_with_json_lines(read: ReadText) -> None:
    cohort = read(BAD_JSON, "a.jsonl")
    assert [f"{one.at.line}:{one.at.column} {one.code}" for one in cohort.findings] == [
        "1:42 duplicate-key",
        "2:65 bad-number",
        "3:1 missing-start",
        "3:42 not-a-cell",
        "4:40 bad-json",
        "5:1 bad-json",
    ]
    assert cohort.timelines[0].refused == 3
    assert cohort.unattributed == 2
