"""Trees kept between runs: the same syntax, wherever it was read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.language import grammar, trees
from engine.language.parse import nowhere, parse
from engine.language.syntax import Syntax
from engine.source.diagnostic import Diagnostics

TEXTS = (
    "last wbc in the 14 days up to enrolment < 3 10^9/L unless low_wbc_due_to_sle",
    "at least 2 of (a, b, x in {p, 'q+r'})",
    "any drug where (dose > 5 mg/d) from day_1 to visit has (end - start > 3 days)",
    "x if known else 85 % of (y at baseline)",
)
ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    trees._shelf.cache_clear()
    return tmp_path / "trial"


def syntax(text: str) -> Syntax | None:
    findings = Diagnostics()
    found = parse(text, nowhere, findings)
    assert not findings.found
    return found


def another_run() -> None:
    trees.keep_trees()
    trees._shelf.cache_clear()


@pytest.mark.parametrize("text", TEXTS)
def test_a_tree_that_was_kept_means_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = syntax(text)
    another_run()
    monkeypatch.setattr(grammar, "tree_of", None)  # it is not read again
    assert syntax(text) == read


def test_what_is_wrong_is_said_each_time() -> None:
    for _ in range(2):
        findings = Diagnostics()
        assert parse("x >", nowhere, findings) is None
        assert [finding.code for finding in findings] == ["syntax"]
        another_run()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\x00", b'{"x": ["name", 0, 1'])
def test_a_file_that_is_torn_or_foreign(cache_folder: Path, content: bytes) -> None:
    read = syntax(TEXTS[0])
    another_run()
    (kept,) = cache_folder.glob("*.trees")
    kept.write_bytes(content)
    assert syntax(TEXTS[0]) == read


def test_where_nothing_can_be_written(cache_folder: Path) -> None:
    cache_folder.write_text("a file where the folder should be")
    read = syntax(TEXTS[0])
    another_run()
    assert syntax(TEXTS[0]) == read


def test_texts_that_nobody_uses_make_room(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "MOST_TEXTS", 2)
    syntax("a")
    syntax("b")
    another_run()
    syntax("b")
    syntax("c")
    another_run()
    (kept,) = cache_folder.glob("*.trees")
    assert list(json.loads(kept.read_bytes())) == ["b", "c"]


RUN = """\
import sys
from engine.language.parse import nowhere, parse
from engine.language.trees import keep_trees
from engine.source.diagnostic import Diagnostics
parse(sys.argv[1], nowhere, Diagnostics())
keep_trees()
print("lark" in sys.modules)
"""


def test_lark_loads_only_for_what_is_new() -> None:
    runs = [
        subprocess.run([sys.executable, "-c", RUN, text], capture_output=True, text=True, cwd=ROOT)
        for text in ("a + b", "a + b", "a - b")
    ]
    assert [run.stdout for run in runs] == ["True\n", "False\n", "True\n"]
