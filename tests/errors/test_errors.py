"""Every message a study can get, word for word.

`base/` is a good study. Each `bad/NAME.yaml` says what to change in it: a
mapping from a file to its new text, to null where it is taken away, or to
`{instead_of: .., write: ..}` where one phrase of it is another. A folder
`bad/NAME/` is laid over the study instead, for what no YAML can hold.
`bad/NAME.txt` is what the writer of the study is told.

`TRIAL_ACCEPT=1` rewrites the texts; read the difference before keeping it.
"""

import ast
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from engine.source.diagnostic import Diagnostics
from engine.source.lines import Sources
from engine.source.render import report
from engine.study.load import load

HERE = Path(__file__).parent
ENGINE = HERE.parent.parent / "engine"
BAD = sorted(path for path in (HERE / "bad").iterdir() if path.suffix != ".txt")
ACCEPT = os.environ.get("TRIAL_ACCEPT") == "1"

Change = str | None | Mapping[str, str]


def build(folder: Path, overlay: Path | None = None) -> Path:
    """The good study in a folder, with an overlay put over it."""
    shutil.copytree(HERE / "base", folder, dirs_exist_ok=True)
    if overlay is not None and overlay.is_dir():
        shutil.copytree(overlay, folder, dirs_exist_ok=True)
    elif overlay is not None:
        for file, change in yaml.safe_load(overlay.read_text("utf-8")).items():
            put(folder / file, change)
    return folder


def put(path: Path, change: Change) -> None:
    if change is None:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    text = change if isinstance(change, str) else replaced(path.read_text("utf-8"), change)
    path.write_text(text, "utf-8")


def replaced(text: str, change: Mapping[str, str]) -> str:
    assert text.count(change["instead_of"]) == 1, change
    return text.replace(change["instead_of"], change["write"])


def told(folder: Path) -> tuple[str, Diagnostics]:
    """What the writer of the study in a folder is told, as text and as findings."""
    findings = Diagnostics()
    study = load(folder, findings)
    assert (study is None) == findings.failed
    return report(findings, Sources(folder)) + "\n", findings


@dataclass(frozen=True)
class Reported:
    """Of one bad study: where the expected text is, what was said, and the findings."""

    expected: Path
    text: str
    findings: Diagnostics


def test_the_good_study_is_good(tmp_path: Path) -> None:
    assert told(build(tmp_path))[0] == "no errors\n"


@pytest.fixture(scope="module", params=BAD, ids=lambda path: path.stem)
def reported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reported:
    """What is found in the good study with each overlay in turn."""
    folder = build(tmp_path_factory.mktemp("study"), request.param)
    return Reported(request.param.with_suffix(".txt"), *told(folder))


def test_what_is_said(reported: Reported) -> None:
    if ACCEPT:
        reported.expected.write_text(reported.text, "utf-8")
    assert reported.text == reported.expected.read_text("utf-8")


def test_every_finding_has_a_place_and_plain_words(reported: Reported) -> None:
    for found in reported.findings:
        assert found.at.file
        for words in (found.message, found.help or found.message):
            assert words[:1] == words[:1].lower()
            assert not words.endswith(".")
            assert words.count("`") % 2 == 0


def test_no_text_is_left_over() -> None:
    texts = {path.stem for path in (HERE / "bad").glob("*.txt")}
    assert texts == {path.stem for path in BAD}


# ------------------------------------------------------------------- every code


ROOMS = ("source", "language", "study")
CODE = re.compile("[a-z0-9]+(-[a-z0-9]*)*")
ASKED = {"unknown-version"}
"""Said to whoever asks for a version that is not there; `tests/functional/test_drafts.py` has it."""

CALLS = ("error", "fail", "warn", "Diagnostic", "_Wording")


def codes_in(path: Path) -> Iterator[str]:
    """The codes of diagnostics that a file makes: the first argument where it makes them."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and called(node.func) in CALLS:
            named = [word.value for word in node.keywords if word.arg == "code"]
            yield from (code for argument in (*node.args[:1], *named) for code in codes_of(argument))


def called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def codes_of(argument: ast.expr) -> Iterator[str]:
    """A code, or the start of one that is put together."""
    match argument:
        case ast.Constant(value=str(code)) if CODE.fullmatch(code):
            yield code
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]) if CODE.fullmatch(start):
            yield start
        case _:
            return


def test_every_code_has_a_message_here() -> None:
    said = "".join(path.read_text("utf-8") for path in (HERE / "bad").glob("*.txt"))
    made = {code for room in ROOMS for path in (ENGINE / room).rglob("*.py") for code in codes_in(path)}
    assert {"syntax", "type", "duplicate-key", "unknown-key", "circle"} <= made
    assert sorted(code for code in made - ASKED if f"[{code}" not in said) == []
