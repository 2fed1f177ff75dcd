"""The handbook: read strictly, printed whole, and the same bytes every time."""

import os
import re
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import pytest

from engine.handbook.chapters import chapters, read_chapter
from engine.handbook.page import handbook
from engine.handbook.tables import GIVES, TAKES, UNITS, period_table
from engine.language.operators import OPERATORS, SELECTORS
from engine.source.diagnostic import Diagnostics

ROOT = Path(__file__).parents[2]
GOOD = """\
title: Small
introduction: A chapter.
variables:
  fever: {title: Fever, kind: fact, content: yes_no}
cases:
  one: {ask: fever, answer: unknown, why: nothing is recorded}
"""


def said(text: str) -> list[str]:
    findings = Diagnostics()
    read_chapter(text, "99-small.yaml", findings)
    return [finding.message for finding in findings]


def test_a_chapter_is_read() -> None:
    assert said(GOOD) == []


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("title: Small\n", "", "`99-small` needs `title`"),
        ("title: Small", "titel: Small", "`99-small` has no key `titel`"),
        ("answer: unknown", "anwser: unknown", "`one` needs `answer`"),
        ("answer: unknown", "answer: unknown, as_of: 2025-02", "`as_of` of `one` is not a day"),
        ("why: nothing is recorded", "why: [nothing]", "`why` of `one` is not a text"),
        ("why: nothing is recorded", "why: none, with: {rules: {}}", "`with` has no key `rules`"),
        ("kind: fact, ", "", "`fever` has no `kind`"),
    ],
)
def test_what_is_wrong_in_a_chapter_is_said(written: str, instead: str, message: str) -> None:
    assert message in said(GOOD.replace(written, instead))


def test_a_chapter_that_is_no_mapping_is_none() -> None:
    assert read_chapter("- one\n", "99-small.yaml", Diagnostics()) is None


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_page_is_the_same_in_every_process(seed: str) -> None:
    code = (
        "import sys; from engine.handbook.page import handbook; sys.stdout.buffer.write(handbook().encode())"
    )
    made = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert made.stdout == handbook().encode()


def test_the_page_holds_every_question() -> None:
    page = handbook()
    asked = [case.expression.text for chapter in chapters() for case in chapter.cases if case.expression]
    assert not [text for text in asked if f"`{text}`" not in page]


def test_the_page_holds_every_operator_that_is_written_and_every_selector() -> None:
    page = handbook()
    written = [one.sign for one in OPERATORS.values() if one.english != "{}"]
    assert not [sign for sign in (*written, *SELECTORS) if f"| `{sign}` |" not in page]


def test_each_word_of_the_operator_table_has_its_words_here() -> None:
    assert {kind for one in OPERATORS.values() for kind in one.takes} <= TAKES.keys()
    assert {one.takes for one in SELECTORS.values()} <= TAKES.keys()
    assert {one.gives for one in OPERATORS.values()} <= GIVES.keys()
    assert {one.gives for one in SELECTORS.values()} <= GIVES.keys()
    assert {one.units for one in OPERATORS.values()} <= UNITS.keys()


def test_each_table_of_the_page_is_even() -> None:
    lines = handbook().split("\n")
    for is_table, rows in groupby(lines, key=lambda line: line.startswith("|")):
        if is_table:
            assert len({len(re.findall(r"\|", row)) for row in rows}) == 1


def test_no_line_of_the_page_ends_in_a_space() -> None:
    assert not [line for line in handbook().split("\n") if line != line.rstrip()]


def test_the_period_table_says_both_ends() -> None:
    assert "| `in the N days before D` | D - N, in | D, out |" in period_table()


def test_links_of_the_page_lead_somewhere() -> None:
    page = handbook()
    headings = {heading.lower() for heading in re.findall(r"^## (.*)$", page, re.MULTILINE)}
    anchors = {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]*)\)", page)) <= anchors
