"""Each sentence of the protocol and what holds it: nothing of the registry text is left out."""

import csv
import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.authoring.matrix import matrix, without_statement
from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from engine.study.load import load

ROOT = Path(__file__).parents[2]
STUDIES = [ROOT, ROOT / "examples" / "streptomycin-1948"]

Trial = Callable[..., Any]
DATA = ROOT / "tests" / "data"


@pytest.fixture(scope="module")
def here() -> Study:
    found = load(ROOT, Diagnostics())
    assert found is not None
    return found


def test_the_statements_are_the_registry_text_and_nothing_is_left_over(here: Study) -> None:
    written = (DATA / "registry.txt").read_text("utf-8")
    text = " ".join(re.sub(r"\\([^\w\s])", r"\1", written).split())
    place = 0
    for words in pieces(here):
        found = text.find(words, place)
        assert found >= 0, words
        assert re.fullmatch(r"[\s-]*(\d{1,2}\.)?[\s-]*", text[place:found]), text[place:found]
        place = found + len(words)
    assert text[place:] == ""


def pieces(study: Study) -> Iterator[str]:
    for statement in study.protocol.statements:
        yield from statement.heading
        yield statement.text


def test_every_statement_is_held_and_every_rule_and_figure_belongs_to_one(here: Study) -> None:
    rows = matrix(here, None)
    assert [row.statement.id for row in rows if row.lacking] == []
    assert without_statement(here) == ()
    named = {
        name for row in rows for name in (*row.rules, *row.uses, *row.parameters, *row.further, *row.others)
    }
    protocol = here.protocol
    assert {*here.rules, *protocol.parameters} - named == set()
    assert {f"endpoints.{name}" for name in protocol.endpoints} - named == set()
    assert {f"objectives.{objective.id}" for objective in protocol.objectives} - named == set()
    assert {f"design.{name}" for name in protocol.design} - named == set()


def test_every_item_of_the_protocol_is_traced(here: Study) -> None:
    items = yaml.safe_load((DATA / "registry_items.yaml").read_text("utf-8"))
    assert list(items) == list(range(1, 53))
    named = {
        name
        for row in matrix(here, None)
        for name in (*row.rules, *row.uses, *row.parameters, *row.further, *row.others)
    }
    assert {number: set(names) - named for number, names in items.items() if set(names) - named} == {}


@pytest.fixture
def without_cases(tmp_path: Path) -> Path:
    """This study as its protocol and rules alone say it."""
    for part in ("protocol", "rules"):
        shutil.copytree(ROOT / part, tmp_path / "study" / part, ignore=shutil.ignore_patterns("cases"))
    return tmp_path / "study"


def test_the_matrix_as_a_table(trial: Trial, without_cases: Path) -> None:
    ran = trial("trace-matrix", "--study", without_cases)
    assert (ran.code, ran.err) == (0, "")
    assert re.search(r"exclusion_1 +Estimated glomerular .* E1 +egfr_exclusion_limit", ran.out)
    assert re.search(r"\d+ of \d+ statements are held; ", ran.out)


def test_the_matrix_for_programs(trial: Trial, without_cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "matrix.csv"
    assert trial("trace-matrix", "--format", "csv", "--out", out, "--study", without_cases).code == 0
    rows = {row["statement"]: row for row in csv.DictReader(out.read_text("utf-8").split("\n"))}
    assert rows["exclusion_2"]["rules"] == "E2 E2a E2b E2c E2d"
    assert "ivig_high_dose" in rows["exclusion_2"]["parameters"].split()
    assert rows["exclusion_2"]["text"].startswith("Patients who have received renal replacement therapy,")
    assert rows["larger_trials"]["kind"] == "note"


class Page(HTMLParser):
    """The tags of a page, and the text of it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_matrix_as_a_page(trial: Trial, without_cases: Path) -> None:
    ran = trial("trace-matrix", "--format", "html", "--study", without_cases)
    page = Page(ran.out)
    assert ran.out.startswith('<!doctype html>\n<html lang="en">')
    assert not re.search(r"(src|href)=\"(?!#)", ran.out)
    assert sum(attributes.get("scope") == "row" for _, attributes in page.tags) == ran.out.count("<tr id=")
    assert sum(attributes.get("scope") == "col" for _, attributes in page.tags) == 5
    assert sum(tag == "caption" for tag, _ in page.tags) == 1
    assert "platelet count <50,000/μL (unless due to SLE activity)." in page.text
    assert "max-width: 50rem" in ran.out
    assert "@media print" in ran.out


def test_what_nothing_holds_is_found(trial: Trial, study: Path) -> None:
    statements = study / "protocol" / "statements.yaml"
    statements.write_text(
        "statements:\n"
        '  adults: {kind: rule, text: Aged 18 years or older., source: "protocol, Inclusion 2"}\n'
        '  lost: {kind: rule, text: Nobody <b> wrote this., source: "protocol, section 9"}\n'
    )
    ran = trial("trace-matrix", "--study", study)
    assert ran.code == 1
    assert "`lost` has no rule: Nobody <b> wrote this." in ran.err
    assert "`I1` has words of the protocol that no statement holds under its source" in ran.err
    page = trial("trace-matrix", "--format", "html", "--study", study)
    assert page.code == 1
    assert '<a href="#lost">lost</a> has no rule' in page.out
    assert "Nobody &lt;b&gt; wrote this." in page.out


def test_cases_are_shown_and_a_statement_without_one_is_found(trial: Trial, study: Path) -> None:
    (study / "protocol" / "statements.yaml").write_text(
        "statements:\n"
        '  adults: {kind: rule, text: Aged 18 years or older., source: "protocol, Inclusion 2"}\n'
        '  pressure: {kind: rule, text: Blood pressure., source: "protocol, Inclusion 3", held_by: [I3]}\n'
    )
    (study / "rules" / "cases").mkdir(exist_ok=True)
    for other in (study / "rules" / "cases").iterdir():
        other.unlink()
    (study / "rules" / "cases" / "age.yaml").write_text(
        "cases:\n  - {name: a child, rule: I2, expect: no}\n  - {name: grown up, rule: I2, expect: yes}\n"
    )
    ran = trial("trace-matrix", "--format", "csv", "--study", study)
    rows = {row["statement"]: row for row in csv.DictReader(ran.out.split("\n"))}
    assert rows["adults"]["cases"] == "a child; grown up"
    assert "`pressure` has no case" in ran.err
    assert "`adults` has no case" not in ran.err
    assert ran.code == 1


@pytest.mark.parametrize("folder", STUDIES, ids=["here", "streptomycin"])
def test_the_studies_say_what_holds_each_statement(folder: Path) -> None:
    study = load(folder, Diagnostics())
    assert study is not None
    assert [row.statement.id for row in matrix(study, None) if row.lacking] == []
    assert without_statement(study) == ()


@pytest.mark.parametrize("folder", STUDIES, ids=["here", "streptomycin"])
def test_the_studies_are_traced_to_their_cases(trial: Trial, folder: Path) -> None:
    ran = trial("trace-matrix", "--study", folder)
    assert (ran.code, ran.err) == (0, "")


def test_a_new_study_is_traced(trial: Trial, study: Path) -> None:
    ran = trial("trace-matrix", "--study", study)
    assert (ran.code, ran.err) == (0, "")
    assert "9 of 9 statements are held" in ran.out


def test_a_study_that_does_not_say_what_its_protocol_says(trial: Trial, study: Path) -> None:
    (study / "protocol" / "statements.yaml").unlink()
    ran = trial("trace-matrix", "--study", study)
    assert ran.code == 2
    assert "no `protocol/statements.yaml`" in ran.err
    (study / "protocol" / "statements.yaml").write_text(
        "statements:\n  a: {kind: note, text: A., source: s}\n"
    )
    ran = trial("trace-matrix", "--out", study / "x", "--study", study)
    assert (ran.code, ran.err) == (
        2,
        "error: a table is for the screen: write --format csv or html with --out\n",
    )
