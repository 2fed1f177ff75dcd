"""What of the rules the cases have shown, on a screen, for programs and as a page."""

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.functional.conftest import ROOT, Ran
from tests.functional.small_cases import home, write

Trial = Callable[..., Ran]
__all__ = ["home"]

SECOND = ROOT / "examples" / "streptomycin-1948"

CASES = """\
  - name: a table
    rule: I3
    because: Said so.
    missing: systolic_pressure
    table:
      set: systolic_pressure
      rows: [[139 mmHg, false], [140 mmHg, true], [unknown, unknown]]
  - {name: old enough, rule: I2, because: Said so., expect: true}
"""
FAILING = "  - {name: wrong, rule: I2, because: Said so., expect: false}\n"


def test_a_table_and_then_what_is_not_shown(home: Path, trial: Trial) -> None:
    write(home, CASES)
    ran = trial("coverage", "--study", home)
    assert (ran.code, ran.err) == (0, "")
    rows = {line.split()[0]: " ".join(line.split()) for line in ran.out.split("\n") if line.strip()}
    assert rows["I3"] == "I3 High blood pressure 3 of 3 3 of 3 1 of 1 4 of 4 100.0 %"
    assert rows["I2"] == "I2 Adults 1 of 3 1 of 3 1 of 1 2 of 4 50.0 %"
    assert rows["rules/eligibility.yaml:15:14:"] == (
        "rules/eligibility.yaml:15:14: I2: never false or unknown: "
        "completed years from `birth_date` to `consent` is at least 18 years (`youngest_age`)"
    )
    assert rows["rules/definitions.yaml:14:"].endswith("pressure_change: never known or unknown: its answer")
    assert ran.out.endswith("4 cases, 13 rules: 11 of 41 points shown, 26.8 %; 3 more proved impossible\n")


ONE_RULE = """\
I2: Adults (rules/eligibility.yaml)
  2 of 4 shown, 50.0 %

   15  age at consent >= youngest_age
       1~~~~~~~~~~~~~~~~~~~~~~~~~~~~~

       true   false  unknown
       1      no     no       the answer

       true   false  unknown  decisive
    1  1      no     no       yes       completed years from `birth_date` to `consent` is at least 18 years \
(`youngest_age`)

a figure counts the cases that show it; `no` is shown by none, and `cannot` is proved impossible
"""


def test_one_rule_with_its_marks(home: Path, trial: Trial) -> None:
    write(home, CASES)
    assert trial("coverage", "--rule", "I2", "--study", home) == Ran(0, ONE_RULE, "")


def test_what_cannot_be_says_why(home: Path, trial: Trial) -> None:
    write(home, CASES)
    lines = trial("coverage", "--rule", "FAS", "--study", home).out.split("\n")
    reason = "ranges, codelists and parameters leave no patient for whom it is unknown"
    assert f"       cannot: the answer unknown, 1 unknown: {reason}" in lines


def test_for_programs(home: Path, trial: Trial, tmp_path: Path) -> None:
    write(home, CASES)
    out = tmp_path / "coverage.json"
    ran = trial("coverage", "--format", "json", "--out", out, "--study", home)
    assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {out}\n")
    found = json.loads(out.read_text("utf-8"))
    assert (found["cases"], found["failed"], found["shown"], found["of"]) == (4, [], 11, 43)
    (i2,) = (rule for rule in found["rules"] if rule["rule"] == "I2")
    (expression,) = i2["expressions"]
    (condition,) = expression["conditions"]
    assert (condition["file"], condition["line"], condition["column"]) == ("rules/eligibility.yaml", 15, 14)
    assert condition["goals"]["true"] == {"state": "shown", "cases": 1, "first": ["old enough"]}
    assert condition["goals"]["false"] == {"state": "not shown"}
    assert trial("coverage", "--format", "json", "--study", home).out == out.read_text("utf-8")


class Page(HTMLParser):
    """The conditions of a page by class, its ids, and whether all that was opened was closed."""

    VOID = ("meta", "input", "br", "link")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found: dict[str, Any] = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "span" and "pre" in self.open and "title" in found:
            self.marks.append((found["class"], found["title"]))
        assert not any(key in found for key in ("src", "onload"))
        self.links += [found["href"]] if "href" in found else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_page_with_every_rule(home: Path, trial: Trial, tmp_path: Path) -> None:
    write(home, CASES)
    out = tmp_path / "coverage.html"
    assert trial("coverage", "--format", "html", "--out", out, "--study", home).code == 0
    text = out.read_text("utf-8")
    page = Page(text)
    assert page.open == []
    assert {"I1", "I2", "I3", "E1", "dose_as_planned", "I2-1"} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert ("full", "1: true ✓, false ✓, unknown ✓, decisive ✓") in page.marks
    assert ("part", "1: true ✓, false ○ not shown, unknown ○ not shown, decisive ✓") in page.marks
    assert trial("coverage", "--format", "html", "--study", home).out == text


@pytest.mark.parametrize("study", [ROOT, SECOND], ids=["the repository", "the second"])
def test_both_studies(study: Path, trial: Trial) -> None:
    ran = trial("coverage", "--format", "html", "--study", study)
    assert (ran.code, ran.err) == (0, "")
    page = Page(ran.out)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert len(page.marks) > 10


# ------------------------------------------------------------------------- its ending


def test_too_little_is_a_finding(home: Path, trial: Trial) -> None:
    write(home, CASES)
    ran = trial("coverage", "--fail-under", "25.6", "--study", home)
    assert (ran.code, ran.err) == (1, "25.5 % is less than the 25.6 % asked for\n")
    assert trial("coverage", "--fail-under", "25.5", "--study", home).code == 0
    assert trial("coverage", "--fail-under", "100", "--rule", "I3", "--study", home).code == 0
    assert trial("coverage", "--fail-under", "100", "--rule", "I2", "--study", home).code == 1


def test_cases_that_fail_are_said_and_counted(home: Path, trial: Trial) -> None:
    write(home, CASES + FAILING)
    ran = trial("coverage", "--study", home)
    said = "1 case fails: what it shows may not be what the protocol says; `trial test` tells more\n"
    assert (ran.code, ran.err) == (1, said)
    assert "5 cases, 13 rules: 11 of 43 points shown" in ran.out
    page = trial("coverage", "--format", "html", "--study", home).out
    assert "<li>wrong</li>" in page


REFUSED = {
    "a misspelt rule": (["--rule", "I33"], "error: there is no rule `I33`; did you mean `I3`?\n"),
    "a variable": (["--rule", "sex"], "error: `sex` is no rule but a variable, of kind fact\n"),
    "the decision": (
        ["--rule", "eligible"],
        "error: `eligible` is made of the criteria and written nowhere: ask about one of them\n",
    ),
    "a table in a file": (
        ["--out", "coverage.txt"],
        "error: a table is for the screen: write --format json or html with --out\n",
    ),
}


@pytest.mark.parametrize(("words", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_asked(words: list[str], message: str, home: Path, trial: Trial) -> None:
    write(home, CASES)
    assert trial("coverage", "--study", home, *words) == Ran(2, "", message)


@pytest.mark.parametrize("share", ["101", "-1", "half", "1e1", "٥٠"])
def test_a_share_that_is_none(share: str, home: Path, trial: Trial) -> None:
    write(home, CASES)
    ran = trial("coverage", "--study", home, f"--fail-under={share}")
    assert ran.code == 2
    assert f"`{share}` is not a percentage from 0 to 100" in ran.err


def test_a_study_without_cases(home: Path, trial: Trial) -> None:
    said = "error: there are no cases: no file in `rules/cases`\n"
    assert trial("coverage", "--study", home) == Ran(2, "", said)


def test_cases_that_cannot_be_read(home: Path, trial: Trial) -> None:
    write(home, CASES.replace("rule: I2", "rule: I22"))
    ran = trial("coverage", "--study", home)
    assert (ran.code, ran.out) == (2, "")
    assert "there is no rule `I22`" in ran.err
    assert ran.err.endswith("error: the cases have errors, and none was run\n")


def test_what_a_study_says_is_never_markup(home: Path, trial: Trial) -> None:
    rules = home / "rules" / "eligibility.yaml"
    rules.write_text(rules.read_text("utf-8").replace("title: Adults", 'title: "<b>&"'), "utf-8")
    write(home, CASES.replace("name: old enough", 'name: "<i>old</i>"'))
    page = trial("coverage", "--format", "html", "--study", home).out
    assert "&lt;b&gt;&amp;" in page
    assert "<i>old" not in page
    assert "&lt;i&gt;old" in page
