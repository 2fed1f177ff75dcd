"""What is refused of YAML, in which words and at which place."""

import time

import pytest

from engine.source.diagnostic import Diagnostic, Diagnostics
from engine.source.place import Span
from engine.source.read import read_yaml
from engine.source.tree import plain

FILE = "rules/example.yaml"
pytestmark = pytest.mark.usefixtures("loader")


def refused(text: str) -> list[Diagnostic]:
    findings = Diagnostics()
    read_yaml(text, FILE, findings)
    assert findings.failed
    return list(findings)


def only(text: str) -> Diagnostic:
    (found,) = refused(text)
    return found


def place(found: Diagnostic) -> tuple[int, int]:
    return found.at.line, found.at.column


class TestRefusals:
    def test_a_duplicate_key_is_shown_with_the_first(self) -> None:
        found = only("rules:\n  E1: a\n  E2: b\n  'E1': c\n")
        assert (found.code, place(found)) == ("duplicate-key", (4, 3))
        assert [(label.at, label.text) for label in found.labels] == [
            (Span(FILE, 2, 3, 2, 5), "first defined here")
        ]

    def test_all_duplicates_are_found_at_once_and_the_first_value_kept(self) -> None:
        findings = Diagnostics()
        tree = read_yaml("a: 1\na: 2\nb: {c: 1, c: 2}\na: 3\n", FILE, findings)
        assert tree is not None
        assert plain(tree) == {"a": 1, "b": {"c": 1}}
        assert [place(found) for found in findings] == [(2, 1), (3, 11), (4, 1)]

    @pytest.mark.parametrize(
        ("text", "code", "at"),
        [
            ("a: &x 1\n", "yaml-anchor", (1, 4)),
            ("a: &x {b: 1}\n", "yaml-anchor", (1, 4)),
            ("a: &x [1]\n", "yaml-anchor", (1, 4)),
            ("a: *x\n", "yaml-alias", (1, 4)),
            ("a: !!str 1\n", "yaml-tag", (1, 4)),
            ("a: !x {b: 1}\n", "yaml-tag", (1, 4)),
            ("a: !!python/object:os.system [x]\n", "yaml-tag", (1, 4)),
            ("a: ! x\n", "yaml-tag", (1, 4)),
            ("a: !foo!bar x\n", "yaml-tag", (1, 4)),
            ("a: 1\n---\nb: 2\n", "several-documents", (2, 1)),
            ("a: 1\n...\nb: 2\n", "several-documents", (3, 1)),
            ("%YAML 1.1\n---\na: 1\n", "yaml-directive", (1, 1)),
            ("[a, b]: 1\n", "bad-key", (1, 1)),
            ("? {a: 1}\n: 1\n", "bad-key", (1, 3)),
            ("? \n: 1\n", "bad-key", (1, 2)),
            ("", "empty-file", (1, 1)),
            ("# comments alone\n", "empty-file", (1, 1)),
            ("---\n", "empty-file", (1, 1)),
            ("\ufeff", "empty-file", (1, 1)),
            ("a: 1\nb: x\0y\n", "unreadable-character", (2, 5)),
            ("a: x\x07\n", "unreadable-character", (1, 5)),
            ("a: 'é\x1b[31m'\n", "unreadable-character", (1, 6)),
            ("a: x\x85y\n", "unreadable-character", (1, 5)),
            ("a: x\u2028y\n", "unreadable-character", (1, 5)),
            ("a: 1\r\nb: \ud800\r\n", "unreadable-character", (2, 4)),
            ("a: 1\nb: \ufeffx\n", "unreadable-character", (2, 4)),
        ],
    )
    def test_refused_where_it_stands(self, text: str, code: str, at: tuple[int, int]) -> None:
        found = only(text)
        assert (found.code, place(found), found.at.file) == (code, at, FILE)

    def test_no_tree_without_the_value_of_an_alias(self) -> None:
        findings = Diagnostics()
        assert read_yaml("a: &x 1\nb: *x\n", FILE, findings) is None
        assert [found.code for found in findings] == ["yaml-anchor", "yaml-alias"]

    def test_a_bomb_of_aliases_costs_nothing(self) -> None:
        levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
        started = time.process_time()
        found = refused("\n".join(["a0: &a0 boom", *levels]))
        assert time.process_time() - started < 1
        assert {f.code for f in found} == {"yaml-anchor", "yaml-alias"}

    def test_deep_nesting_is_refused(self) -> None:
        assert only("a: " + "[" * 100_000).code == "nested-too-deep"
        deep = "\n".join(" " * n + "k:" for n in range(60))
        assert only(deep).code == "nested-too-deep"


class TestBrokenYaml:
    def test_whatever_is_cut_off_or_garbled_is_an_error_and_no_exception(self) -> None:
        text = "a: &x [1, 'b c']\nb: |\n  x: y\n\n  z\nc: {d: !e 1, f: *x}\n- 'g'\n? >\n  h\n: \"\\n\"\n"
        for n in range(len(text)):
            for garbled in (text[:n], text[n:], text[:n] + text[n + 1 :], f"{text[:n]}\t{text[n:]}"):
                findings = Diagnostics()
                tree = read_yaml(garbled, FILE, findings)
                assert tree is not None or findings.failed
                assert all(1 <= found.at.line <= garbled.count("\n") + 1 for found in findings)

    @pytest.mark.parametrize(
        ("text", "at", "words"),
        [
            ("a: b: c\n", (1, 5), "a `: ` cannot stand here"),
            ("a: some text: more\n", (1, 13), "a `: ` cannot stand here"),
            ("a:\n  b: 1\n   c: 2\n", (3, 5), "a `: ` cannot stand here"),
            ("a:\n\tb: 1\n", (2, 1), "a tab cannot indent a line"),
            ("a:\n  b: 1\n\tc: 2\n", (3, 1), "a tab cannot indent a line"),
            ("a:\n  b: 1\n c: 2\n", (3, 2), "does not fit with the keys above it"),
            ("- a\nb: 1\n", (2, 1), "does not fit with the list above it"),
            ("a: 'III' in x\n", (1, 10), "the value before this has ended already"),
            ("a: [1]]\n", (1, 7), "the value before this has ended already"),
            ("a: [1, 2\nb: 3\n", (2, 2), "a `,` or the `]`"),
            ("a: {b: 1\n", (1, 9), "a `,` or the `}`"),
            ("x: 1\na: 'b\nc: 1\n", (2, 4), "this quotation mark is never closed"),
            ("a: 1\nb\nc: 2\n", (2, 1), "neither a `key: value` nor part of the value above"),
            ("a: 1\nb\n", (2, 1), "neither a `key: value` nor part of the value above"),
            ("a: - b\n", (1, 4), "a list cannot start here"),
            ("a: >= 5\n", (1, 4), "must be the last thing on its line"),
            ("a: > 5\n", (1, 4), "must be the last thing on its line"),
            ("a: @x\n", (1, 4), "a text cannot start with `@`"),
            ("a: `x`\n", (1, 4), "a text cannot start with a backtick"),
            ("a: %x\n", (1, 4), "a text cannot start with `%`"),
            ("a: * b\n", (1, 4), "a text cannot start with `*` or `&`"),
            ("a: }\n", (1, 4), "a value is missing here"),
        ],
    )
    def test_said_in_our_words_at_its_place(self, text: str, at: tuple[int, int], words: str) -> None:
        found = only(text)
        assert words in found.message
        assert (found.code, place(found)) == ("yaml-syntax", at)
        assert found.help

    def test_an_unknown_escape(self) -> None:
        found = only('a: "x \\q"\n')
        assert found.message == "there is no such escape in double quotes"
        assert found.at.line == 1

    def test_what_belongs_in_quotes_is_said_to(self) -> None:
        help_text = only("require: x where: y\n").help
        assert help_text is not None
        assert "put the text in quotes, or in a `|` block" in help_text

    def test_where_the_broken_thing_began_is_shown_too(self) -> None:
        (label,) = only("a: 1\nb: [1,\n  2\nc: 3\n").labels
        assert (label.at.line, label.at.column, label.text) == (2, 4, "the list starts here")

    @pytest.mark.parametrize(
        "text", ["a: [", "a: {", "a: '", 'a: "\\', "a: [\n\n\n", "- - [", "? [", "[", "'"]
    )
    def test_an_early_end_has_a_place_in_the_file(self, text: str) -> None:
        for found in refused(text):
            assert 1 <= found.at.line <= len(text.split("\n"))
