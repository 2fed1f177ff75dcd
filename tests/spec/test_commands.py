"""Pages that show commands at work, followed step by step in a new study: what they show is what is printed.

A block marked `diff` changes a file, one marked `yaml` with a name writes it, and
one marked `console` runs a command and shows what came of it. A line `...` stands
for lines left out. `TRIAL_ACCEPT=1` rewrites what is shown; read the difference
before keeping it.
"""

import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.command.main import main
from engine.handbook.command_pages import FOLDER, pages
from engine.handbook.page import handbook

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "engine" / "handbook" / FOLDER).glob("*.md"))
BLOCK = re.compile(r"^```(diff|yaml|console)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ACCEPT = os.environ.get("TRIAL_ACCEPT") == "1"
LEFT_OUT = "..."

Run = Callable[[str], str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in a new study, and gives what a page shows of it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert main(["new", str(tmp_path / "mystudy")]) == 0
    monkeypatch.chdir(tmp_path / "mystudy")

    def running(line: str) -> str:
        capsys.readouterr()
        code = main(shlex.split(line)[1:])
        out, err = capsys.readouterr()
        said = (out + err).replace(f"{tmp_path}/", "").replace(str(tmp_path), "")
        return f"$ {line}\n{said}" + (f"[exit code {code}]\n" if code else "")

    return running


@pytest.mark.parametrize("path", [*PAGES, ROOT / "docs" / "validators.md"], ids=lambda path: path.stem)
def test_a_page_shows_what_is_printed(path: Path, run: Run) -> None:
    text = path.read_text("utf-8")
    shown = BLOCK.sub(lambda block: followed(block, run), text)
    if ACCEPT:
        path.write_text(shown, "utf-8")
    assert shown == path.read_text("utf-8")


def followed(block: re.Match[str], run: Run) -> str:
    """The block as it should be."""
    kind, file, body = block.groups()
    if kind == "diff":
        change(Path(file), body.splitlines())
    elif kind == "yaml" and file:
        Path(file).parent.mkdir(exist_ok=True)
        Path(file).write_text(body, "utf-8")
    elif kind == "console":
        printed = run(body.split("\n", 1)[0].removeprefix("$ "))
        return block[0] if agrees(body, printed) else f"```console\n{printed}```"
    return block[0]


def change(path: Path, lines: list[str]) -> None:
    """What stands behind `-` becomes what stands behind `+`, the first time it is there."""
    before, after = ("".join(f"{line[1:]}\n" for line in lines if line[:1] == sign) for sign in "-+")
    text = path.read_text("utf-8")
    assert before in text, f"{path} holds no {before!r}"
    path.write_text(text.replace(before, after, 1), "utf-8")


def agrees(shown: str, printed: str) -> bool:
    parts = (re.escape(part) for part in re.split(rf"^{re.escape(LEFT_OUT)}\n", shown, flags=re.MULTILINE))
    return re.fullmatch("(?:.*\n)*".join(parts), printed) is not None


def test_every_page_is_in_the_handbook() -> None:
    assert len(pages()) == len(PAGES)
    page = handbook()
    assert not [text for text in pages() if text not in page]


def test_every_page_runs_its_command() -> None:
    assert not [text for text in pages() if "```console\n$ trial " not in text]


@pytest.mark.parametrize(
    "name", ["check", "test", "coverage", "suggest-cases", "lint", "fmt", "read", "trace-matrix", "history"]
)
def test_every_command_of_authors_has_a_page(name: str) -> None:
    headings = [text.split("\n", 1)[0] for text in pages()]
    assert [heading for heading in headings if heading.endswith(f": `trial {name}`")]
