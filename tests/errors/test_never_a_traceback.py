"""Whatever a file holds, the study loads or its writer is told where it does not: nothing is ever raised.

The good study is spoilt the way hands and tools spoil files: lines lost,
doubled and moved, words put in each other's place, stray characters.
"""

import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.source.diagnostic import Diagnostics
from engine.source.lines import Sources
from engine.source.render import as_json, report
from engine.study.load import load

BASE = Path(__file__).parent / "base"
FILES = {path.relative_to(BASE).as_posix(): path.read_text("utf-8") for path in sorted(BASE.rglob("*.yaml"))}
WORD = re.compile(r"\s+|\w+|.")
WORDS = sorted({word for text in FILES.values() for word in WORD.findall(text)})
STRAY = """
    first last every any no number of total where has before after up to from in the at least and or not
    unless if then else is known unknown between visit baseline previous.start this.dose value start end
    eligible as_of != <= >= = < > + - * / ^ ( ) { } [ ] , : . ' " | > & * ! % @ ` # --- ... ? 0 -1 1e999
    9999999999 1/0 2024-02-30 0001-01-01 9999-12-31 12:30 null true yes ~ .inf 1_000 0x1F 140 mmHg/ 10^9/L
""".split()
HARD_TO_SEE = [
    "\t",
    "\n",
    " ",
    "  ",
    ": ",
    "- ",
    " #",
    "\u2028",
    "\ufeff",
    "\x00",
    "𝛽",
    "é",
    "\u0301",
    "\u202e",
]
FRAGMENTS = [*WORDS, *STRAY, *HARD_TO_SEE]

Spoiling = Callable[[list[str], int, str], None]
"""Spoils a list of pieces, lines or words, at a place; some put a word there."""


def lose(pieces: list[str], at: int, word: str) -> None:
    del pieces[at]


def double(pieces: list[str], at: int, word: str) -> None:
    pieces.insert(at, pieces[at])


def move(pieces: list[str], at: int, word: str) -> None:
    pieces.insert(len(pieces) - at - 1, pieces.pop(at))


def put(pieces: list[str], at: int, word: str) -> None:
    pieces[at] = word


def add(pieces: list[str], at: int, word: str) -> None:
    pieces.insert(at, word)


def end(pieces: list[str], at: int, word: str) -> None:
    del pieces[at:]


IN_LINES = (lose, double, move, end)
IN_WORDS = (lose, double, move, put, add)


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the good study with one to three things wrong in it."""
    file = draw(st.sampled_from(sorted(FILES)))
    text = FILES[file]
    for _ in range(draw(st.integers(1, 3))):
        by_line = draw(st.booleans())
        pieces = text.splitlines(keepends=True) if by_line else WORD.findall(text)
        spoil = draw(st.sampled_from(IN_LINES if by_line else IN_WORDS))
        word = draw(st.sampled_from(FRAGMENTS) | st.text(max_size=4))
        if pieces:
            spoil(pieces, draw(st.integers(0, len(pieces) - 1)), word)
        text = "".join(pieces)
    return file, text


def loaded(files: dict[str, str]) -> Diagnostics:
    """What is found in a study of these files, shown in every way it can be."""
    findings = Diagnostics()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
        study = load(folder, findings)
        assert report(findings, Sources(folder))
    assert all(as_json(found) for found in findings)
    assert (study is None) == findings.failed
    return findings


@given(spoilt())
def test_a_spoilt_study_loads_or_says_where_not(spoiling: tuple[str, str]) -> None:
    file, text = spoiling
    findings = loaded({**FILES, file: text})
    assert all(found.at.file for found in findings)


def asking(expression: str) -> dict[str, str]:
    """The good study with a definition of this expression."""
    block = "".join(f"\n      {line}" for line in expression.splitlines() or [""])
    return {**FILES, "rules/definitions.yaml": f"definitions:\n  asked:\n    title: t\n    is: |{block}\n"}


@given(st.text(alphabet=sorted({word[0] for word in FRAGMENTS}), max_size=60))
def test_an_expression_of_any_characters(text: str) -> None:
    loaded(asking(text))


@given(st.lists(st.sampled_from([*STRAY, *WORDS]), max_size=12))
def test_an_expression_of_any_words(words: list[str]) -> None:
    loaded(asking(" ".join(word.strip() for word in words)))


LONG = {
    "conditions": " and ".join(["pregnant"] * 10_000),
    "terms": " + ".join(["height"] * 2_000) + " > 1 m",
    "factors": " * ".join(["height / height"] * 1_000) + " > 1",
    "codes": "sex in {" + ", ".join(["male"] * 2_000) + "}",
    "parts": "at least 3 of (" + ", ".join(["unfit"] * 2_000) + ")",
    "brackets": "(" * 500 + "pregnant" + ")" * 500,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_a_long_expression_loads_and_soon(text: str) -> None:
    started = time.monotonic()
    assert not loaded(asking(text)).failed
    assert time.monotonic() - started < 10


DEEP = {
    "not": "not " * 500 + "pregnant",
    "minus": "- " * 1_000 + "height > 1 m",
    "powers": "2" + " ^ 2" * 1_000 + " > 1",
    "functions": "abs(" * 1_000 + "height" + ")" * 1_000 + " > 1 m",
    "choices": "if pregnant then 1 else " * 1_000 + "2 > 1",
    "fallbacks": "height if known else " * 1_000 + "1 m > 1 m",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_a_deep_expression_is_refused(text: str) -> None:
    assert [found.code for found in loaded(asking(text))] == ["too-deep"]


@pytest.mark.parametrize(("count", "codes"), [(40, []), (1_000, ["too-deep"])])
def test_a_row_of_definitions(count: int, codes: list[str]) -> None:
    """Each rests on the next one, and the last on a variable."""
    rows = [f"  d{n}: {{title: t, is: not d{n + 1}}}\n" for n in range(count)]
    text = "".join(["definitions:\n", *rows, f"  d{count}: {{title: t, is: pregnant}}\n"])
    findings = loaded({**FILES, "rules/definitions.yaml": text})
    assert [found.code for found in findings] == codes


def test_a_long_circle_of_definitions() -> None:
    rows = [f"  d{n}: {{title: t, is: not d{(n + 1) % 1_000}}}\n" for n in range(1_000)]
    findings = loaded({**FILES, "rules/definitions.yaml": "".join(["definitions:\n", *rows])})
    assert {found.code for found in findings} == {"circle", "too-deep"}
