"""Who is affected, as people ask it: two folders and a cohort in, tables, files and a page out."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
COHORT = ROOT / "examples" / "cohort"

Trial = Callable[..., Any]


def edited(folder: Path, file: str, old: str, new: str) -> Path:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return folder


@pytest.fixture
def amended(new_study: Path, tmp_path: Path) -> Path:
    """The new study with a lower limit of potassium: a third patient is decided by it."""
    folder = Path(shutil.copytree(new_study, tmp_path / "amended"))
    return edited(folder, "protocol/parameters.yaml", "value: 5.0 mmol/L", "value: 4.5 mmol/L")


@pytest.fixture(scope="module")
def stricter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This study with twice the urine protein asked for."""
    folder = tmp_path_factory.mktemp("stricter")
    for part in ("protocol", "rules"):
        shutil.copytree(ROOT / part, folder / part)
    parameters = (folder / "protocol/parameters.yaml").read_text("utf-8")
    head, name, rest = parameters.partition("  proteinuria_minimum:")
    assert name
    assert "value: 1.0 g/d" in rest
    text = head + name + rest.replace("value: 1.0 g/d", "value: 2.0 g/d", 1)
    (folder / "protocol/parameters.yaml").write_text(text, "utf-8")
    return folder


# ---------------------------------------------------------------------------- impact


def test_nothing_changes_for_anybody(trial: Trial, new_study: Path) -> None:
    ran = trial("impact", new_study, new_study, new_study / "data")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "nothing changes for anybody: 3 patients get the same answers\n"
        "the two say the same: no rule, visit or figure that is read differs\n"
    )


def test_the_tables_for_people(trial: Trial, new_study: Path, amended: Path) -> None:
    ran = trial("impact", new_study, amended, new_study / "data")
    assert (ran.code, ran.err) == (1, "")
    titles = [line for line in ran.out.splitlines() if line[:1].isupper()]
    assert titles == ["Decisions", "Answers that change", "Whose, and why"]
    assert ran.out.endswith(
        "2 answers of 1 of 3 patients changed; 1 decided otherwise\n"
        "these say something else: E1; 1 more rests on them\n"
    )


def test_a_threshold_of_this_study(trial: Trial, stricter: Path) -> None:
    ran = trial("impact", ROOT, stricter, COHORT, "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    found = json.loads(ran.out)
    assert (found["patients"], found["affected"], found["decided_otherwise"]) == (60, 7, 7)
    assert found["differing"] == ["I6"]
    flow = {(one["before"], one["after"]): one["patients"] for one in found["decisions"]}
    assert (flow["eligible", "ineligible"], flow["undetermined", "ineligible"]) == (6, 1)
    shifts = {(one["kind"], one["rule"]): one["patients"] for one in found["shifts"] if one["rule"]}
    assert shifts == {
        ("criterion", "I6"): 7,
        ("deviation", "randomized_only_if_eligible"): 6,
        ("population", "PP"): 5,
    }
    first = found["effects"][0]
    assert (first["patient"], first["kind"], first["after"]) == ("P004", "decision", "ineligible")
    assert first["reason"] == (
        "I6: `urine_protein_24h` was 1.5 g/d on 2025-02-03 (records.csv line 526); it must be > 2.0 g/d"
    )


def test_the_answers_are_those_of_two_evaluations(trial: Trial, tmp_path: Path, stricter: Path) -> None:
    for name, study in (("before", ROOT), ("after", stricter)):
        assert trial("evaluate", COHORT, "--study", study, "--out", tmp_path / name).code == 0
    said = [decisions(tmp_path / name) for name in ("before", "after")]
    changed = {(p, said[0][p], said[1][p]) for p in said[0] if said[0][p] != said[1][p]}
    rows = table(trial("impact", ROOT, stricter, COHORT, "--format", "csv").out)
    assert changed == {(r["patient"], r["before"], r["after"]) for r in rows if r["kind"] == "decision"}


def test_processes_change_nothing_but_the_time(trial: Trial, tmp_path: Path, stricter: Path) -> None:
    for jobs in ("1", "2", "3"):
        words = (
            "impact",
            ROOT,
            stricter,
            COHORT,
            "--format",
            "csv",
            "--jobs",
            jobs,
            "--out",
            tmp_path / jobs,
        )
        assert trial(*words).code == 1
    assert len({(tmp_path / jobs).read_bytes() for jobs in ("1", "2", "3")}) == 1


def test_processes_say_what_is_wrong_with_data(
    trial: Trial, new_study: Path, amended: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(new_study / "data", tmp_path / "data"))
    edited(
        folder, "records.csv", "P003,potassium,2025-04-02,,>4.8,mmol/L", "P003,potassium,2025-04-02,,>4.8,kg"
    )
    said = [trial("impact", new_study, amended, folder, "--jobs", jobs) for jobs in ("1", "2")]
    assert said[0] == said[1]
    assert "error[" in said[0].err
    ran = trial("impact", new_study, amended, tmp_path / "nowhere", "--jobs", "2")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(f"error: no patient could be read from `{tmp_path / 'nowhere'}`\n")


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def decisions(folder: Path) -> dict[str, str]:
    return {row["patient"]: row["decision"] for row in table((folder / "patients.csv").read_text("utf-8"))}


@pytest.mark.parametrize("form", ["json", "csv", "html"])
def test_the_same_input_gives_the_same_bytes(
    trial: Trial, new_study: Path, amended: Path, tmp_path: Path, form: str
) -> None:
    words = ("impact", new_study, amended, new_study / "data", "--format", form)
    for name in ("one", "two"):
        ran = trial(*words, "--out", tmp_path / name)
        assert (ran.code, ran.out, ran.err) == (1, "", f"wrote {tmp_path / name}\n")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert trial(*words).out.rstrip("\n") == (tmp_path / "one").read_text("utf-8").rstrip("\n")


def test_the_page_needs_nothing_else(trial: Trial, new_study: Path, amended: Path) -> None:
    page = trial("impact", new_study, amended, new_study / "data", "--format", "html").out
    assert not [word for word in ("http", "src=", "@import") if word in page]
    assert '<svg class="flow"' in page
    assert 'aria-label="1 eligible before, eligible after; 1 ineligible before, ineligible after; ' in page
    assert "2 answers of 1 of 3 patients change; 1 decided otherwise." in page
    assert "undetermined → <strong>ineligible</strong> <small>1 patient</small>" in page


def test_what_data_hold_is_shown_and_not_run(trial: Trial, study: Path, amended: Path) -> None:
    records = study / "data" / "records.csv"
    records.write_text(records.read_text("utf-8").replace("P003,", "<b>P3</b>,"), "utf-8")
    patients = study / "data" / "patients.csv"
    patients.write_text(patients.read_text("utf-8").replace("P003,", "<b>P3</b>,"), "utf-8")
    page = trial("impact", study, amended, study / "data", "--format", "html").out
    assert "<b>P3</b>" not in page
    assert "&lt;b&gt;P3&lt;/b&gt;" in page


# ------------------------------------------------------------------------- bad input


def test_what_is_no_study(trial: Trial, new_study: Path, tmp_path: Path) -> None:
    for pair in ((tmp_path, new_study), (new_study, tmp_path)):
        ran = trial("impact", *pair, new_study / "data")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f"error: there is no study in `{tmp_path}`: it has no folder `protocol`\n"


def test_a_study_with_errors(trial: Trial, new_study: Path, amended: Path) -> None:
    edited(amended, "rules/eligibility.yaml", "require: age at consent >=", "require: age at consnt >=")
    ran = trial("impact", new_study, amended, new_study / "data")
    assert (ran.code, ran.out) == (2, "")
    assert "consnt" in ran.err
    assert "rules/eligibility.yaml:" in ran.err
    assert ran.err.endswith(f"error: the study in `{amended}` has errors, and nothing was done with it\n")


def test_data_that_are_not_there_or_empty(
    trial: Trial, new_study: Path, amended: Path, tmp_path: Path
) -> None:
    ran = trial("impact", new_study, amended, tmp_path / "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(f"error: no patient could be read from `{tmp_path / 'nowhere'}`\n")
    empty = tmp_path / "empty.csv"
    empty.write_text("patient,variable,start,end,value,unit\n", "utf-8")
    ran = trial("impact", new_study, amended, empty)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"error: no patient could be read from `{empty}`\n"


def test_a_table_goes_to_the_screen(trial: Trial, new_study: Path, amended: Path, tmp_path: Path) -> None:
    ran = trial("impact", new_study, amended, new_study / "data", "--out", tmp_path / "x")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "error: a table is for the screen: write --format json, csv or html with --out\n"


def test_dictionaries_that_differ(trial: Trial, new_study: Path, amended: Path) -> None:
    """A unit of another dimension: the amended study can use none of these rows, and says so."""
    edited(amended, "protocol/variables.yaml", "unit: mmol/L", "unit: mg/d")
    edited(amended, "protocol/variables.yaml", "range: [1, 10]", "range: [0, 10]")
    edited(amended, "protocol/parameters.yaml", "value: 4.5 mmol/L", "value: 4.5 mg/d")
    ran = trial("impact", new_study, amended, new_study / "data")
    assert ran.code == 1
    assert "the dictionaries differ: the data are read again as before\n" in ran.err
    assert "error[" in ran.err
    rows = table(trial("impact", new_study, amended, new_study / "data", "--format", "csv").out)
    assert {(r["patient"], r["after"]) for r in rows if r["rule"] == "E1"} == {
        ("P001", "unknown"),
        ("P002", "unknown"),
    }


# ---------------------------------------------------------------------------- review


def test_a_review_of_a_small_study(trial: Trial, new_study: Path, amended: Path, tmp_path: Path) -> None:
    words = ("review", amended, new_study / "data", "--study", new_study)
    ran = trial(*words, "--out", tmp_path / "one.html")
    assert (ran.code, ran.out) == (1, "")
    assert "2 answers of 1 of 3 patients changed; 1 decided otherwise\n" in ran.err
    assert "failing before: 0 of " in ran.err
    page = (tmp_path / "one.html").read_text("utf-8")
    for heading in ("Who is affected", "New cases needed", "The cases on both versions"):
        assert f"<h2>{heading}</h2>" in page
    assert not [word for word in ("http", "src=", "@import") if word in page]
    assert "the case was right until now, or the amendment is wrong" in page
    trial(*words, "--out", tmp_path / "two.html")
    assert page == (tmp_path / "two.html").read_text("utf-8")


def test_a_review_of_nothing_changed(trial: Trial, new_study: Path, tmp_path: Path) -> None:
    words = ("review", new_study, new_study / "data", "--study", new_study, "--out", tmp_path / "r.html")
    ran = trial(*words)
    assert ran.code == 0
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "Nothing changes for anybody: every answer is what it was." in page
    assert page.count("all as expected") == 2


def test_cases_that_the_draft_cannot_read(
    trial: Trial, new_study: Path, amended: Path, tmp_path: Path
) -> None:
    edited(amended, "rules/eligibility.yaml", "  I2:\n", "  I9:\n")
    words = ("review", amended, new_study / "data", "--study", new_study, "--out", tmp_path / "r.html")
    assert trial(*words).code == 1
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "Some cases cannot be read by this version." in page
    assert "Only before: <code>I2</code> Adults." in page
    assert "Only after: <code>I9</code> Adults." in page


def test_a_review_has_to_be_written_somewhere(trial: Trial, new_study: Path) -> None:
    ran = trial("review", new_study, new_study / "data", "--study", new_study)
    assert ran.code == 2
    assert "--out" in ran.err
