"""The command as a process: what it loads, and streams that close, fill up or know only ASCII."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = ("pandas", "numpy", "scipy", "lifelines", "pyarrow", "rich", "duckdb", "matplotlib")
LOADED = """\
import sys
from engine.command.main import main
code = main(sys.argv[1:])
print(code, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""

Shell = Callable[..., Any]


def loaded_by(*words: object) -> set[str]:
    found = subprocess.run(
        [sys.executable, "-c", LOADED, *map(str, words)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    code, *modules = found.stderr.split("\n")[-2].split()
    assert code == "0"
    return set(modules)


def test_evaluating_loads_nothing_big(study: Path) -> None:
    words = ("evaluate", study / "data", "--study", study, "--format", "csv")
    loaded_by(*words)
    again = loaded_by(*words)
    assert not again & {*HEAVY, "lark", "jsonschema"}


def test_what_each_command_needs_and_no_more(study: Path, tmp_path: Path) -> None:
    words = (study / "data", "--study", study)
    assert not loaded_by("check", "--study", study) & set(HEAVY)
    assert "jsonschema" not in loaded_by("check", "--study", study)  # each file fitted its schema before
    assert not loaded_by("explain", *words, "--patient", "P001") & set(HEAVY)
    assert not loaded_by("evaluate", *words) & set(HEAVY)
    assert not loaded_by("evaluate", *words, "--out", tmp_path / "out") & set(HEAVY)
    for light in (("--help",), ("schema",), ("version", "--study", study), ("new", tmp_path / "new")):
        assert not loaded_by(*light) & {*HEAVY, "lark", "jsonschema"}


def test_a_reader_that_goes_away(study: Path) -> None:
    command = f"{sys.executable} {ROOT / 'cli.py'} evaluate data --format csv --table verdicts"
    found = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} | head -1"], capture_output=True, text=True, cwd=study
    )
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("patient,role,rule,")


def test_a_reader_that_was_never_there(study: Path) -> None:
    read, given = os.pipe()
    os.close(read)
    found = subprocess.run(
        [sys.executable, ROOT / "cli.py", "evaluate", "data"], stdout=given, stderr=subprocess.PIPE, cwd=study
    )
    os.close(given)
    assert (found.returncode, found.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_disk_that_is_full(study: Path) -> None:
    with open("/dev/full", "w") as full:
        found = subprocess.run(
            [sys.executable, ROOT / "cli.py", "evaluate", "data"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=study,
        )
    assert (found.returncode, found.stderr) == (2, b"error: cannot use: no space left on device\n")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_streams_that_are_closed(study: Path, closed: str) -> None:
    command = f"{sys.executable} {ROOT / 'cli.py'} evaluate data {closed}"
    found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=study)
    assert (found.returncode, found.stderr) == (0, "")


def test_a_terminal_that_knows_only_ascii(shell: Shell, study: Path) -> None:
    for path in (study / "rules" / "eligibility.yaml", study / "data" / "patients.csv"):
        path.write_text(
            path.read_text("utf-8").replace("High blood", "High ≥ blood").replace("P001", "Pµ1"), "utf-8"
        )
    data = study / "data" / "records.csv"
    data.write_text(data.read_text("utf-8").replace("P001", "Pµ1"), "utf-8")
    words = ("evaluate", study / "data", "--study", study)
    shown = shell(*words, PYTHONIOENCODING="ascii")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.isascii()
    assert "P\\xb51" in shown.out
    explained = shell("explain", *words[1:], "--patient", "P003", PYTHONIOENCODING="ascii")
    assert "I3: passes - High \\u2265 blood pressure\n" in explained.out
    unknown = shell("explain", *words[1:], "--patient", "≥", PYTHONIOENCODING="ascii")
    said = "error: there is no patient `\\u2265`; there are P002, P003, P\\xb51\n"
    assert (unknown.code, unknown.err) == (2, said)
    table = (*words, "--format", "csv", "--table", "verdicts")
    assert shell(*table, PYTHONIOENCODING="ascii").out == shell(*table, PYTHONIOENCODING="utf-8").out


def test_what_a_file_holds_cannot_steer_a_terminal(shell: Shell, study: Path) -> None:
    records = study / "data" / "records.csv"
    records.write_text(
        records.read_text() + "P\x1b[2J9,informed_consent,2025-01-01,,,,,\nP1,\x1b]0;x\x07,,,,,,\n"
    )
    ran = shell("evaluate", study / "data", "--study", study)
    assert ran.code == 1
    assert not {"\x1b", "\x07"} & {*ran.out, *ran.err}
    assert "P\ufffd[2J9" in ran.out


def test_a_run_that_is_stopped(study: Path, tmp_path: Path) -> None:
    rows = "".join(f"P{n:05},potassium,2025-01-01,,4.0,mmol/L,,\n" for n in range(60_000))
    (tmp_path / "many.csv").write_text("patient,variable,start,end,value,unit,dose,visit\n" + rows)
    running = subprocess.Popen(
        [sys.executable, ROOT / "cli.py", "evaluate", tmp_path / "many.csv", "--out", tmp_path / "out"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=study,
        # A shell that runs this in the background has its children deaf to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    )
    time.sleep(1.5)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err) == (130, b"", b"error: stopped\n")
    assert not (tmp_path / "out").exists()
