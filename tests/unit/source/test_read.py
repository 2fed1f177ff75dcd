"""Strict YAML: what its values mean, and where every one of them stands."""

import time
from decimal import Decimal

import pytest
import yaml

from engine.source import read
from engine.source.diagnostic import Diagnostics
from engine.source.place import Span
from engine.source.read import read_yaml
from engine.source.scalar import resolved
from engine.source.tree import Mapping, Scalar, Sequence, Tree, at_path, key_at, plain, span_in

FILE = "rules/example.yaml"
pytestmark = pytest.mark.usefixtures("loader")


def tree_of(text: str) -> Tree:
    findings = Diagnostics()
    tree = read_yaml(text, FILE, findings)
    assert findings.found == []
    assert tree is not None
    return tree


def leaf(text: str, *path: str | int) -> Scalar:
    scalar = at_path(tree_of(text), path)
    assert isinstance(scalar, Scalar)
    return scalar


def shown(text: str, span: Span) -> str:
    """What a reader sees when the span is marked in the file."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


class TestValues:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("", None),
            ("~", None),
            ("null", None),
            ("true", True),
            ("false", False),
            ("True", True),
            ("12", 12),
            ("-3", -3),
            ("+7", 7),
            ("010", 10),
            ("1.0", Decimal("1.0")),
            ("1.50", Decimal("1.50")),
            ("-.5", Decimal("-0.5")),
            ("2.", Decimal(2)),
            ("1e3", Decimal("1e3")),
            ("6.02E+23", Decimal("6.02e23")),
        ],
    )
    def test_words_and_figures_of_yaml_1_2(self, text: str, value: object) -> None:
        assert resolved(text) == value
        assert type(resolved(text)) is type(value)

    def test_a_decimal_keeps_the_digits_it_was_written_with(self) -> None:
        assert str(resolved("1.50")) == "1.50"

    @pytest.mark.parametrize(
        "text",
        [
            *"no yes on off y n 0o17 0x1F .inf -.inf .nan 1:30 12:30:45 2024-03-01 2024-03 1_000".split(),
            *("1 d", "1.2.3", "-", "+", ".", "1e9999", "\u0663", "9" * 5000),
        ],
    )
    def test_everything_else_is_text(self, text: str) -> None:
        assert resolved(text) == text

    def test_quoted_and_block_scalars_are_text(self) -> None:
        tree = tree_of("a: '1'\nb: \"true\"\nc: |\n  12\nd: >-\n  null\ne: ''\n")
        assert plain(tree) == {"a": "1", "b": "true", "c": "12\n", "d": "null", "e": ""}

    def test_a_tree_as_plain_values(self) -> None:
        text = "arms:\n  soc: {planned: 20, ratio: 1.5}\nlist: [a, [true, null], -1]\nempty:\n"
        assert plain(tree_of(text)) == {
            "arms": {"soc": {"planned": 20, "ratio": Decimal("1.5")}},
            "list": ["a", [True, None], -1],
            "empty": None,
        }

    def test_keys_are_text_whatever_they_look_like(self) -> None:
        assert plain(tree_of("1: a\n'1.0': b\ntrue: c\n")) == {"1": "a", "1.0": "b", "true": "c"}

    def test_a_merge_key_merges_nothing(self) -> None:
        assert plain(tree_of("<<: {a: 1}\n")) == {"<<": {"a": 1}}

    def test_what_is_less_deep_is_read(self) -> None:
        assert plain(tree_of("[" * 50 + "]" * 50)) is not None

    def test_a_leading_document_mark_is_allowed(self) -> None:
        assert plain(tree_of("# comment\n---\na: 1\n")) == {"a": 1}

    def test_a_file_may_be_a_list_or_a_scalar(self) -> None:
        assert plain(tree_of("- 1\n- b\n")) == [1, "b"]
        assert plain(tree_of("word")) == "word"


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("a: age at consent > 14 years\n", "consent"),
            ("a: 'x = consent'  # why\n", "consent"),
            ('a: "x = consent"\n', "consent"),
            ("a: |\n  x\n  = consent\n", "consent"),
            ("a:\n  b: |-\n      x and\n        deeper consent\n", "consent"),
            ("a: |+\n   x\n\n   y consent\n\n", "consent"),
            ("a: |2\n    indented\n   consent\n", "consent"),
            ("a: |\n\n\n  x consent\n", "consent"),
            ("- [x, {b: y consent}]\n", "consent"),
            ("a: é𝒳 > consent\n", "consent"),
            ("é𝒳: 'é𝒳 > consent'\n", "consent"),
            ("a: |\n  é𝒳\n  漢字 𝒳 consent é\n", "consent"),
            ("a: |  # a comment\n  x consent", "consent"),
            ("\ufeffa: x consent\n", "consent"),
            ("a: 1\r\nb: |\r\n  x\r\n  y consent\r\nc: 2\r\n", "consent"),
            ("? consent\n: 1\n", "consent"),
        ],
    )
    def test_a_word_is_found_where_it_stands(self, text: str, word: str) -> None:
        scalars = [scalar for scalar in leaves(tree_of(text)) if word in scalar.text]
        (scalar,) = scalars
        assert scalar.one_to_one
        start = scalar.text.index(word)
        span = span_in(scalar, start, start + len(word))
        assert span.file == FILE
        assert shown(text, span) == word

    @pytest.mark.parametrize(
        "text",
        [
            "a: >\n  x\n  consent\n",
            "a: >-\n  consent\n",
            "a: x\n  consent\n",
            "a: 'x\n  consent'\n",
            "a: 'it''s consent'\n",
            'a: "x \\u0041 consent"\n',
            'a: "x \\" consent"\n',
            'a: "x \\\n  consent"\n',
        ],
    )
    def test_what_was_folded_or_escaped_is_shown_whole(self, text: str) -> None:
        scalar = leaf(text, "a")
        assert not scalar.one_to_one
        assert span_in(scalar, 0, 1) == scalar.at

    def test_origin_and_indent(self) -> None:
        text = "a: plain\nb: 'quoted'\nc: |\n    block\n    more\n"
        places = [(leaf(text, key).origin, leaf(text, key).indent) for key in "abc"]
        assert places == [((1, 4), 4), ((2, 5), 5), ((4, 5), 5)]

    def test_a_span_over_lines_of_a_block(self) -> None:
        text = "a:\n  |\n  one two\n  three four\n"
        scalar = leaf(text, "a")
        span = span_in(scalar, scalar.text.index("two"), scalar.text.index("four"))
        assert span == Span(FILE, 3, 7, 4, 9)

    def test_the_end_of_a_block_is_right_after_its_last_word(self) -> None:
        scalar = leaf("a: |\n  x >\n\nb: 1\n", "a")
        end = len(scalar.text)
        assert span_in(scalar, end, end) == Span(FILE, 2, 6, 2, 6)
        assert span_in(scalar, 2, end) == Span(FILE, 2, 5, 2, 6)

    def test_an_empty_block_has_a_place(self) -> None:
        scalar = leaf("a: |\n\nb: 1\n", "a")
        assert span_in(scalar, 0, 0).line == 2
        assert scalar.at == Span(FILE, 1, 4, 1, 5)

    def test_a_block_ends_with_its_last_line_of_words(self) -> None:
        for sign in "|>":
            text = f"a: {sign}\n  x\n  yy\n\n\n# comment\nb: 1\n"
            assert leaf(text, "a").at == Span(FILE, 1, 4, 3, 5)
            assert leaf(text.split("\n\n")[0], "a").at == Span(FILE, 1, 4, 3, 5)

    def test_containers_end_with_their_last_item_or_bracket(self) -> None:
        text = "a:\n  - 1\n  - x: yy\n\n# comment\nb: { c: [] }\n"
        tree = tree_of(text)
        assert at_path(tree, ["a"]).at == Span(FILE, 2, 3, 3, 10)
        assert at_path(tree, ["b"]).at == Span(FILE, 6, 4, 6, 13)
        assert at_path(tree, ["b", "c"]).at == Span(FILE, 6, 9, 6, 11)
        assert tree.at == Span(FILE, 1, 1, 6, 13)


def leaves(tree: Tree) -> list[Scalar]:
    match tree:
        case Scalar():
            return [tree]
        case Sequence():
            return [leaf for item in tree.items for leaf in leaves(item)]
        case Mapping():
            return [leaf for entry in tree.entries for part in entry for leaf in leaves(part)]


class TestPaths:
    TEXT = "rules:\n  E1:\n    text: x\n    range: [0, 60]\n"

    def test_a_path_leads_to_its_value(self) -> None:
        assert plain(at_path(tree_of(self.TEXT), ["rules", "E1", "range", 1])) == 60

    def test_a_path_that_is_not_there_ends_on_the_way(self) -> None:
        tree = tree_of(self.TEXT)
        assert at_path(tree, ["rules", "E2", "text"]) == at_path(tree, ["rules"])
        assert plain(at_path(tree, ["rules", "E1", "range", 7])) == [0, 60]
        assert plain(at_path(tree, ["rules", "E1", "text", "deeper"])) == "x"
        assert at_path(tree, []) is tree

    def test_the_key_that_a_path_ends_with(self) -> None:
        tree = tree_of(self.TEXT)
        key = key_at(tree, ["rules", "E1", "range"])
        assert key is not None
        assert key.at == Span(FILE, 4, 5, 4, 10)

    @pytest.mark.parametrize("path", [[], ["no"], ["rules", "no", "x"], ["rules", "E1", "range", 0]])
    def test_no_key_where_there_is_none(self, path: list[str | int]) -> None:
        assert key_at(tree_of(self.TEXT), path) is None


def test_a_large_file_is_quickly_read() -> None:
    rule = "  I{0}:\n    title: Rule {0}\n    text: 'x > 1'\n    require: |\n      x\n    list: [1, 2]\n"
    text = "inclusion:\n" + "".join(rule.format(n) for n in range(400))
    started = time.process_time()
    tree_of(text)
    limit = 0.3 if read.LOADER is not yaml.SafeLoader else 5
    assert time.process_time() - started < limit
