"""A cohort read in shares: together they hold what one reading holds, and each says it once."""

from pathlib import Path

import pytest

from engine.timeline.dictionary import Dictionary
from engine.timeline.read import Cohort, begun, merged, read_cohort
from engine.timeline.share import Share

RECORDS = """\
patient,variable,start,end,value,unit,dose
P1,protein,2025-01-01,,3.2,g/d,

P2,protein,2025-01-01,,3.2,g/d,
P2,protein,2025-01-01,,3.9,g/d,
"P3",protein,2025-01-02,,"4.1",g/d,
"P
4",protein,2025-01-03,,4.1,g/d,
,protein,2025-01-03,,4.1,g/d,
P5,protein,2025-01-03
P6,no_such_thing,2025-01-03,,4.1,,
P1,protein,2025-13-01,,3.2,g/d,
P7,protein,2025-02-01,,5.1,g/d,
,,,,,,
P7,protein,2025-02-01,,5.1,g/d,
 P8 ,protein,2025-02-03,,5.1,g/d,
P9,protein,2025-02-04,,5.1,kg,
"""


def in_shares(path: Path, dictionary: Dictionary, of: int) -> tuple[Cohort, list[Cohort]]:
    readings = [begun(path, dictionary, share=Share(number, of)) for number in range(of)]
    last = max(reading.last_day for reading in readings)
    cohorts = [reading.cohort(last) for reading in readings]
    return merged(cohorts), cohorts


def same(path: Path, dictionary: Dictionary, of: int) -> None:
    whole = read_cohort(path, dictionary)
    assert whole.timelines or whole.counted
    found, cohorts = in_shares(path, dictionary, of)
    timelines = [timeline for cohort in cohorts for timeline in cohort.timelines]
    assert sorted(timelines, key=lambda one: one.patient) == list(whole.timelines)
    assert (found.rows, found.unattributed, found.last_day) == (
        whole.rows,
        whole.unattributed,
        whole.last_day,
    )
    assert (found.counted, found.unread, found.sources) == (whole.counted, whole.unread, whole.sources)
    assert {(one.code, one.message, one.at) for one in found.findings} == {
        (one.code, one.message, one.at) for one in whole.findings
    }
    assert len(found.findings) == len(whole.findings)


@pytest.mark.parametrize("of", [1, 2, 3, 7])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_table(tmp_path: Path, dictionary: Dictionary, of: int, delimiter: str) -> None:
    path = tmp_path / "records.csv"
    path.write_text(RECORDS.replace(",", delimiter), "utf-8")
    same(path, dictionary, of)


@pytest.mark.parametrize("of", [2, 3])
def test_a_table_whose_patients_stand_last(tmp_path: Path, dictionary: Dictionary, of: int) -> None:
    path = tmp_path / "records.csv"
    rows = (line.split(",", 1) for line in RECORDS.splitlines() if '"' not in line and "," in line)
    path.write_text("".join(f"{rest},{patient}\n" for patient, rest in rows), "utf-8")
    same(path, dictionary, of)


@pytest.mark.parametrize("of", [2, 3])
def test_a_header_that_lets_nothing_be_read(tmp_path: Path, dictionary: Dictionary, of: int) -> None:
    path = tmp_path / "records.csv"
    path.write_text("patient,variable,start\nP1,protein,2025-01-01\n", "utf-8")
    same(path, dictionary, of)
    path.write_text("", "utf-8")
    same(path, dictionary, of)
    same(tmp_path / "nowhere.csv", dictionary, of)


@pytest.mark.parametrize("of", [2, 3])
def test_patients_in_yaml(tmp_path: Path, dictionary: Dictionary, of: int) -> None:
    for number in range(5):
        record = f"{{variable: protein, start: 2025-01-0{number + 1}, value: 3, unit: g/d}}"
        (tmp_path / f"p{number}.yaml").write_text(f"patient: P{number}\nrecords:\n  - {record}\n", "utf-8")
    (tmp_path / "q.yaml").write_text("patient: P1\nfact: {}\n", "utf-8")
    (tmp_path / "r.yaml").write_text("facts: {}\n", "utf-8")
    (tmp_path / "s.yaml").write_text("patient: [\n", "utf-8")
    same(tmp_path, dictionary, of)
