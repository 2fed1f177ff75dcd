"""Whatever a case file holds, its cases are run or its writer is told why not: nothing is ever raised.

The cases of a new study are spoilt as the study itself is next door.
"""

import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from engine.assurance.read import read_cases
from engine.assurance.run import run_cases
from engine.command.testing import failure
from engine.source.diagnostic import Diagnostics
from engine.source.lines import Sources
from engine.source.render import as_json, report
from engine.study.linked import Study
from engine.study.load import load
from tests.errors.test_never_a_traceback import FRAGMENTS, IN_LINES, IN_WORDS, WORD

NEW = Path(__file__).parents[2] / "engine" / "skeleton" / "study"
TEXTS = [path.read_text("utf-8") for path in sorted((NEW / "rules" / "cases").glob("*.yaml"))]
WORDS = sorted({word for text in TEXTS for word in WORD.findall(text)})
OF_CASES = """
    none unknown ongoing first last baseline at but also shows given table set rows usual patient facts
    records visit record as_of arm day decided_by missing because expect name rule cases month_1
    eligible 2024-02-30
""".split()


@cache
def study() -> Study:
    found = load(NEW, Diagnostics())
    assert found is not None
    return found


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A file of cases with one to three things wrong in it."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 3))):
        by_line = draw(st.booleans())
        pieces = text.splitlines(keepends=True) if by_line else WORD.findall(text)
        spoil = draw(st.sampled_from(IN_LINES if by_line else IN_WORDS))
        word = draw(st.sampled_from(WORDS) | st.sampled_from(OF_CASES) | st.sampled_from(FRAGMENTS))
        if pieces:
            spoil(pieces, draw(st.integers(0, len(pieces) - 1)), word)
        text = "".join(pieces)
    return text


@given(spoilt())
def test_spoilt_cases_are_run_or_it_is_said_why_not(text: str) -> None:
    findings = Diagnostics()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "rules" / "cases" / "mine.yaml"
        path.parent.mkdir(parents=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        cases = read_cases(study(), Path(name), findings)
        assert report(findings, Sources(Path(name)))
    assert all(as_json(found) and found.at.file and found.at.line > 0 for found in findings)
    for result in run_cases(study(), cases):
        assert result.passed or list(failure(study(), result))
