"""Diagnostics as people and programs read them."""

import json
import re

import pytest

from engine.source.diagnostic import Diagnostic, Diagnostics, Label, Severity
from engine.source.lines import lines_of
from engine.source.place import NOWHERE, Span, whole
from engine.source.render import WIDTH, as_json, coloured, plain_text, report

FILE = "rules/eligibility.yaml"


def shown(text: str, found: Diagnostic) -> str:
    return plain_text(found, lambda file: lines_of(text) if file == FILE else None)


def span(line: int, column: int, end_column: int, end_line: int | None = None) -> Span:
    return Span(FILE, line, column, end_line or line, end_column)


def page(text: str) -> str:
    """A page written in a test: indented like the test, edges included."""
    return re.sub(r"^ {8}", "", text.strip("\n"), flags=re.MULTILINE).rstrip()


def test_a_snippet_with_carets_and_help() -> None:
    found = Diagnostic(
        "unknown-name",
        "there is no name `protienuria`",
        span(12, 14, 25),
        help="did you mean `proteinuria`?",
    )
    assert shown("\n" * 11 + "    require: protienuria > 1.0 g/d\n", found) == page("""
        error[unknown-name]: there is no name `protienuria`
          --> rules/eligibility.yaml:12:14
           |
        12 |     require: protienuria > 1.0 g/d
           |              ^^^^^^^^^^^
           = help: did you mean `proteinuria`?
    """)


def test_a_second_place_in_the_same_file() -> None:
    found = Diagnostic(
        "duplicate-key",
        "the key `E1` stands here a second time",
        span(4, 3, 5),
        labels=(Label(span(1, 3, 5), "first defined here"),),
    )
    assert shown("  E1: a\n  E2: b\n  E3: c\n  E1: d\n", found) == page("""
        error[duplicate-key]: the key `E1` stands here a second time
         --> rules/eligibility.yaml:4:3
          |
        1 |   E1: a
          |   -- first defined here
        ...
        4 |   E1: d
          |   ^^
    """)


def test_two_places_on_one_line() -> None:
    found = Diagnostic("units", "these do not fit", span(1, 6, 7), labels=(Label(span(1, 1, 2), "g/d"),))
    assert shown("a  > b\n", found).endswith("1 | a  > b\n  |      ^\n  | - g/d")


def test_a_second_place_in_another_file() -> None:
    files = {FILE: ["x"], "a.yaml": ["", "name: 1"]}
    labels = (
        Label(Span("a.yaml", 2, 1, 2, 5), "first defined here"),
        Label(Span("b.yaml", 3, 1, 3, 2), "and here"),
    )
    found = Diagnostic("twice", "twice", span(1, 1, 2), labels=labels)
    assert plain_text(found, files.get) == page("""
        error[twice]: twice
         --> rules/eligibility.yaml:1:1
          |
        1 | x
          | ^
         ::: a.yaml:2:1
          |
        2 | name: 1
          | ---- first defined here
         ::: b.yaml:3:1: and here
    """)


def test_a_stretch_of_some_lines() -> None:
    found = Diagnostic("x", "m", span(1, 4, 5, end_line=4))
    assert shown("a: b\n  cc\n\n  dd\n", found) == page("""
        error[x]: m
         --> rules/eligibility.yaml:1:4
          |
        1 | a: b
          |    ^
        2 |   cc
          |   ^^
        3 |
        4 |   dd
          |   ^^
    """)


def test_a_long_stretch_shows_its_ends() -> None:
    found = Diagnostic("x", "m", span(1, 1, 2, end_line=12))
    text = shown("\n".join("abcdefghijkl"), found)
    assert [row for row in text.split("\n")[3:] if "^" not in row] == [" 1 | a", " 2 | b", "...", "12 | l"]


def test_a_stretch_that_ends_before_a_line_does_not_show_it() -> None:
    assert "2 |" not in shown("a\nb\n", Diagnostic("x", "m", span(1, 1, 1, end_line=2)))


def test_an_empty_stretch_has_a_caret() -> None:
    assert shown("a:\n", Diagnostic("x", "m", span(1, 3, 3))).endswith("1 | a:\n  |   ^")


@pytest.mark.parametrize("column", [1, 40, 99, 150, 299, 301])
def test_a_long_line_is_cut_around_what_is_marked(column: int) -> None:
    line = "".join(chr(ord("a") + n % 26) for n in range(300))
    source, carets = shown(line, Diagnostic("x", "m", span(1, column, column + 5))).split("\n")[-2:]
    assert max(len(source), len(carets)) <= WIDTH
    first = carets.index("^")
    seen = source[first : first + carets.count("^")]
    assert seen == (line[column - 1 : column + 4] or "")


def test_a_mark_longer_than_the_page_is_cut_too() -> None:
    rows = shown("x" * 400, Diagnostic("x", "m", span(1, 100, 390))).split("\n")
    assert all(len(row) <= WIDTH for row in rows)


def test_a_label_out_of_sight_points_at_the_edge() -> None:
    found = Diagnostic("x", "m", span(1, 300, 305), labels=(Label(span(1, 1, 3), "first"),))
    assert shown("y" * 400, found).endswith("\n  | - first")


def test_tabs_and_wide_characters_are_measured() -> None:
    assert shown("\ta: 漢字 x\n", Diagnostic("x", "m", span(1, 8, 9))).endswith(
        "1 |     a: 漢字 x\n  |             ^"
    )
    assert shown("e\u0301 x\n", Diagnostic("x", "m", span(1, 4, 5))).endswith("\n  |   ^")
    assert shown("漢字\n", Diagnostic("x", "m", span(1, 1, 3))).endswith("\n  | ^^^^")


def test_nothing_from_a_file_reaches_the_terminal_unseen() -> None:
    found = Diagnostic(
        "x", "no `\x1b[2J`", span(1, 1, 2), help="not \u202e this", labels=(Label(span(1, 1, 2), "\a"),)
    )
    text = shown("\x1b[2J \u202e \x9b", found)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)


def test_a_missing_file_has_no_snippet() -> None:
    assert plain_text(Diagnostic("x", "m", span(3, 2, 4), help="h"), lambda _: None) == page("""
        error[x]: m
         --> rules/eligibility.yaml:3:2
          = help: h
    """)


def test_a_whole_file_has_no_snippet() -> None:
    assert shown("a: 1\n", Diagnostic("x", "m", whole(FILE))) == f"error[x]: m\n --> {FILE}"


def test_nowhere_has_no_place() -> None:
    assert shown("", Diagnostic("x", "m", NOWHERE, severity="warning")) == "warning[x]: m"


def test_a_line_beyond_the_file_is_empty() -> None:
    assert shown("a\n", Diagnostic("x", "m", span(9, 3, 5))).endswith("9 |\n  | ^")


def test_help_of_some_lines_stands_in_one_column() -> None:
    assert shown("a\n", Diagnostic("x", "m", span(1, 1, 2), help="one\ntwo")).endswith(
        "  = help: one\n          two"
    )


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_colours_change_no_word(severity: Severity) -> None:
    found = Diagnostic(
        "x", "m", span(1, 1, 2), help="h", labels=(Label(span(1, 3, 4), "l"),), severity=severity
    )
    painted = coloured(found, lambda _: ["a b"])
    assert "\x1b[1;3" in painted
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == shown("a b", found)


def test_as_json() -> None:
    found = Diagnostic("x", "m", span(1, 2, 3), labels=(Label(NOWHERE, "l"),))
    at = {"file": FILE, "line": 1, "column": 2, "end_line": 1, "end_column": 3}
    assert as_json(found) == {
        "severity": "error",
        "code": "x",
        "message": "m",
        "at": at,
        "help": None,
        "labels": [{"at": None, "text": "l"}],
    }
    assert json.dumps(as_json(found))


class TestReport:
    def test_all_findings_in_order_and_their_number(self) -> None:
        findings = Diagnostics()
        findings.error("b", "second", span(2, 1, 2))
        findings.warn("c", "third", span(3, 1, 2))
        findings.error("a", "first", span(1, 1, 2))
        text = report(findings, lambda _: None)
        assert [block.split("\n")[0] for block in text.split("\n\n")] == [
            "error[a]: first",
            "error[b]: second",
            "warning[c]: third",
            "2 errors, 1 warning",
        ]

    def test_what_was_found_twice_is_shown_once(self) -> None:
        findings = Diagnostics()
        for _ in range(2):
            findings.error("a", "m", span(1, 1, 2))
        assert report(findings, lambda _: None).endswith("\n\n1 error")

    def test_warnings_alone(self) -> None:
        findings = Diagnostics()
        findings.warn("a", "m", NOWHERE)
        findings.warn("b", "m", NOWHERE)
        assert report(findings, lambda _: None).endswith("\n\n2 warnings")

    def test_nothing_found(self) -> None:
        assert report(Diagnostics(), lambda _: None) == "no errors"

    def test_in_colour(self) -> None:
        findings = Diagnostics()
        findings.error("a", "m", NOWHERE)
        assert "\x1b[" in report(findings, lambda _: None, colour=True)
