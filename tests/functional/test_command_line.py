"""Words, studies and places as people give them: what each command says, and the code it ends with."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine import tasks

ROOT = Path(__file__).parents[2]
STREPTOMYCIN = ROOT / "examples" / "streptomycin-1948"
COMMANDS = ("check", "evaluate", "explain", "invent", "handbook", "schema", "new", "version")

Trial = Callable[..., Any]


# ----------------------------------------------------------------- studies and check


@pytest.mark.parametrize("folder", [ROOT, STREPTOMYCIN], ids=["here", "streptomycin"])
def test_the_studies_are_well_formed(trial: Trial, folder: Path) -> None:
    ran = trial("check", "--study", folder)
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(r"[\w-]+ [\w.]+ \([0-9a-f]{12}\): \d+ rules, .* parameters \(.*\)\n", ran.out)


def test_a_new_study_is_well_formed(trial: Trial, study: Path) -> None:
    ran = trial("check", "--study", study)
    assert (ran.code, ran.err) == (0, "")
    assert re.sub(r"[0-9a-f]{12}", "...", ran.out) == (
        "pressure-example 0.1 (...): 13 rules, 10 variables, "
        "7 parameters (4 registered, 2 assumed, 1 query)\n"
    )


def test_the_study_is_found_from_any_folder_in_it(
    trial: Trial, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(study / "data")
    assert trial("check").code == 0
    monkeypatch.chdir(study.parent)
    ran = trial("check")
    assert ran.code == 2
    assert ran.err == (
        "error: there is no study here or above; say where with --study, or begin one with `trial new`\n"
    )


def test_errors_of_a_study_are_shown_with_their_lines(trial: Trial, study: Path) -> None:
    rules = study / "rules" / "eligibility.yaml"
    rules.write_text(rules.read_text().replace(">= youngest_age", ">= youngest_agee"))
    ran = trial("check", "--study", study)
    assert ran.code == 1
    assert "error[unknown-name]: there is no name `youngest_agee`" in ran.out
    assert "15 |     require: age at consent >= youngest_agee" in ran.out
    assert "help: did you mean `youngest_age`?" in ran.out
    assert ran.out.endswith("\n1 error\n")


def test_errors_of_a_study_for_programs(trial: Trial, study: Path) -> None:
    assert trial("check", "--study", study, "--format", "json").out == "[]\n"
    (study / "protocol" / "schedule.yaml").unlink()
    ran = trial("check", "--study", study, "--format", "json")
    assert ran.code == 1
    (found,) = json.loads(ran.out)
    assert (found["code"], found["at"]["file"]) == ("missing-file", "protocol/schedule.yaml")


def test_nothing_is_evaluated_by_a_study_with_errors(trial: Trial, study: Path) -> None:
    (study / "protocol" / "schedule.yaml").unlink()
    ran = trial("evaluate", study / "data", "--study", study)
    assert (ran.code, ran.out) == (2, "")
    assert "error[missing-file]" in ran.err
    assert ran.err.endswith(f"error: the study in `{study}` has errors, and nothing was done with it\n")


# ------------------------------------------------------------------- wrong words, places


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "trial: error: the following arguments are required: COMMAND"),
        ("evaluate", "trial evaluate: error: the following arguments are required: DATA"),
        ("evaluate d --formt csv",
         "trial evaluate: error: there is no `--formt` here; did you mean `--format`?"),
        ("evaluate d --form csv",
         "trial evaluate: error: there is no `--form` here; did you mean `--format`?"),
        ("evaluate d more", "trial evaluate: error: there is no `more` here"),
        ("evaluate d --as-of 2025-02-30",
         "trial evaluate: error: argument --as-of: `2025-02-30` is not a day; write it as 2025-03-01"),
        ("evaluate d --as-of 2025-02",
         "trial evaluate: error: argument --as-of: `2025-02` is not a day; write it as 2025-03-01"),
        ("invent --out d --patients 0",
         "trial invent: error: argument --patients: `0` is not a number of patients"),
        ("schema eligibility --out d",
         "trial schema: error: argument --out: not allowed with argument NAME"),
    ],
)  # fmt: skip
def test_wrong_words(trial: Trial, words: str, said: str) -> None:
    ran = trial(*words.split())
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (2, "", said)
    assert ran.err.startswith("usage: trial")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--format parquet",
         "parquet is written to files and never shown: say where with --out, without --compare"),
        ("--table verdicts", "--table says what --format csv prints, and goes with nothing else"),
        ("--format csv --table verdicts --out x",
         "--table goes with neither --out, which writes every table, nor --compare"),
        ("--out README.md", "`README.md` is a file, and --out needs a folder"),
        ("--out README.md/out", "cannot use `README.md/out`: not a directory"),
    ],
)  # fmt: skip
def test_words_that_do_not_go_together(
    trial: Trial, study: Path, monkeypatch: pytest.MonkeyPatch, words: str, said: str
) -> None:
    monkeypatch.chdir(study)
    ran = trial("evaluate", "data", *words.split())
    assert (ran.code, ran.out, ran.err) == (2, "", f"error: {said}\n")


def test_a_place_that_cannot_be_written_to(trial: Trial, study: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "verdicts.csv").mkdir(parents=True)
    ran = trial("evaluate", study / "data", "--study", study, "--out", tmp_path / "out")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"error: cannot use `{tmp_path / 'out' / 'verdicts.csv'}`: is a directory\n"
    assert [path.name for path in (tmp_path / "out").iterdir() if path.is_file()] in ([], ["patients.csv"])


@pytest.mark.parametrize("command", COMMANDS)
def test_help(trial: Trial, command: str) -> None:
    ran = trial(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: trial {command} ")


def test_help_of_all(trial: Trial) -> None:
    ran = trial("--help")
    assert all(f"\n    {command} " in ran.out for command in COMMANDS)
    assert "exit codes: 0 fine, 1 findings, 2 the input could not be used\n" in ran.out


def test_a_fault_of_the_engine_is_said_as_such(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: object) -> None:
        raise ZeroDivisionError("so it is")

    monkeypatch.setattr(tasks, "check", fails)
    ran = trial("check", "--study", ROOT)
    assert (ran.code, ran.out) == (3, "")
    first, last = ran.err.splitlines()
    assert first.startswith("this is a fault of the engine")
    assert last.startswith("error: there is no answer: ZeroDivisionError: so it is (test_command_line.py:")


# ------------------------------------------------------------------ what is written


def test_a_new_study_says_what_to_do(trial: Trial, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    ran = trial("new", folder)
    assert (ran.code, ran.err) == (0, "")
    assert f"  trial check --study {folder}\n  trial evaluate {folder / 'data'} --study {folder}\n" in ran.out
    assert int(ran.out.split()[1]) == sum(path.is_file() for path in folder.rglob("*"))
    again = trial("new", folder)
    assert (again.code, again.err) == (2, f"error: `{folder}` is not empty; nothing was written\n")
    over = trial("new", folder / "README.md")
    assert (over.code, over.err) == (
        2,
        f"error: `{folder / 'README.md'}` is a file, and a study is a folder\n",
    )


def test_each_file_of_a_new_study_finds_its_schema(study: Path) -> None:
    files = [*study.glob("protocol/*.yaml"), *study.glob("rules/*.yaml")]
    assert len(files) == 10
    for path in files:
        first = path.read_text().splitlines()[0]
        mark, schema = first.split("$schema=")
        assert mark == "# yaml-language-server: "
        json.loads((path.parent / schema).read_text())


def test_the_readme_of_a_new_study_tells_the_truth(
    trial: Trial, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(study)
    lines = re.findall(r"^    trial (\S.*?)  ", (study / "README.md").read_text(), re.MULTILINE)
    assert len(lines) >= 8
    assert [trial(*line.split()).code for line in lines] == [0] * len(lines)
    for name in re.findall(r"^\| `(.*?)` \|", (study / "README.md").read_text(), re.MULTILINE):
        assert (study / name).exists()


def test_schemas(trial: Trial, tmp_path: Path) -> None:
    names = trial("schema").out.split()
    assert "eligibility" in names
    assert json.loads(trial("schema", "eligibility").out)["type"] == "object"
    ran = trial("schema", "eligibilty")
    assert (ran.code, ran.err) == (2, "error: there is no schema `eligibilty`; did you mean `eligibility`?\n")
    assert trial("schema", "--out", tmp_path / "schemas").code == 0
    assert sorted(path.name.split(".")[0] for path in (tmp_path / "schemas").iterdir()) == names


def test_the_handbook(trial: Trial, tmp_path: Path) -> None:
    shown = trial("handbook")
    assert (shown.code, shown.err) == (0, "")
    ran = trial("handbook", "--out", tmp_path / "handbook.md")
    assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {tmp_path / 'handbook.md'}\n")
    assert (tmp_path / "handbook.md").read_text() == shown.out
    over = trial("handbook", "--out", tmp_path)
    assert (over.code, over.err) == (2, f"error: cannot use `{tmp_path}`: is a directory\n")


def test_the_version(trial: Trial, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(study.parent)
    assert re.fullmatch(r"trial \d+\.\d+\.\d+\n", trial("version").out)
    ran = trial("version", "--study", study)
    assert re.fullmatch(r"trial \S+\npressure-example 0\.1 \(.*\): .*\n", ran.out)
    shutil.rmtree(study / "protocol")
    ran = trial("version", "--study", study)
    assert (ran.code, ran.err) == (2, f"error: there is no study in `{study}`: it has no folder `protocol`\n")


def test_an_invented_cohort(trial: Trial, study: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        ran = trial("invent", "--study", ROOT, "--patients", 5, "--seed", 3, "--out", tmp_path / name)
        assert (ran.code, ran.out) == (0, "")
        assert (
            ran.err == f"wrote {tmp_path / name / 'patients.csv'}\nwrote {tmp_path / name / 'records.csv'}\n"
        )
    for table in ("patients.csv", "records.csv"):
        assert (tmp_path / "one" / table).read_bytes() == (tmp_path / "two" / table).read_bytes()
    ran = trial("evaluate", tmp_path / "one", "--study", ROOT, "--format", "csv")
    assert ran.code == 0
    ran = trial("invent", "--study", study, "--out", tmp_path / "three")
    said = "error: this study has no `protocol/typical.yaml` to say what its patients are like\n"
    assert (ran.code, ran.err, (tmp_path / "three").exists()) == (2, said, False)
