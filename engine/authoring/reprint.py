"""A file's expressions in canonical form; everything between them stays, byte for byte.

The text is edited where an expression stands, and not written anew from a tree:
comments, the order of keys and the way other values are written are their
author's. An expression that fits beside its key stands there, unless its author
gave it a block of its own: in a block its outermost parts stand apart.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass

from engine.language.layout import flat, laid_out
from engine.language.parse import parse
from engine.language.syntax import Syntax
from engine.source.diagnostic import Diagnostics
from engine.source.lines import lines_of
from engine.source.place import Span
from engine.source.read import read_yaml
from engine.source.tree import Mapping, Scalar, Tree, plain, span_in
from engine.study.rulebook import FORMS, FURTHER

WIDTH = 120
"""A line of a rule's file ends here, unless one word of it is longer."""

KEYS = {form.section: (form.key, *FURTHER) for form in FORMS}
"""The sections that hold rules, with the keys whose values are expressions."""

BOM = "\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_HEADER = re.compile(r"\|[-+0-9]*")
_PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`](?:\s|$)|[?,\[\]{}#&*!|>'\"%@`])(?!.*(?:: | #)).*[^:]")
_OF_BRACES = re.compile(r"[\[\]{},]")


@dataclass(frozen=True, slots=True)
class Expression:
    """One that stands in a file: its key and value, what it says, and whether that is between `{` and `}`."""

    key: Scalar
    scalar: Scalar
    syntax: Syntax
    in_braces: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """`head` from column `start` to `end` of a line, and `below` it in place of the lines up to `last`."""

    line: int
    start: int
    end: int
    head: str
    below: tuple[str, ...]
    last: int


def reprinted(text: str, file: str, findings: Diagnostics) -> str | None:
    """The file in canonical form; None, with findings, where it cannot be read."""
    tree = read_yaml(text, file, findings)
    found = () if tree is None else expressions(tree, text, findings)
    if tree is None or findings.failed:
        return None
    lines = lines_of(text)
    return _edited(text, [_edit(expression, lines) for expression in found])


def said(text: str) -> object:
    """All that a file says, each expression as what it means: two files that say the same are equal."""
    tree = read_yaml(text, "", Diagnostics())
    if tree is None:
        return None
    found = expressions(tree, text, Diagnostics())
    return _said(tree, {expression.scalar.at: expression.syntax for expression in found})


def _said(tree: Tree, expressions: Table[Span, Syntax]) -> object:
    match tree:
        case Mapping():
            return tuple((key.text, _said(value, expressions)) for key, value in tree.entries)
        case Scalar() if tree.at in expressions:
            return expressions[tree.at]
        case _:
            return plain(tree)


# -------------------------------------------------------------------- expressions


def expressions(tree: Tree, text: str, findings: Diagnostics) -> tuple[Expression, ...]:
    """Every expression of a file's rules, in order, that stands there letter by letter."""
    lines = lines_of(text)
    return tuple(
        Expression(key, value, syntax, in_braces)
        for key, value, in_braces in _values(tree, lines)
        if value.one_to_one and (syntax := _read(value, findings)) is not None
    )


def _values(tree: Tree, lines: Sequence[str]) -> Iterator[tuple[Scalar, Scalar, bool]]:
    """The keys and values of a file's rules that must be expressions."""
    for section, keys in KEYS.items():
        holder = tree.find(section) if isinstance(tree, Mapping) else None
        for _, rule in _entries(holder):
            in_braces = any(_opens(one, lines) for one in (tree, holder, rule) if one is not None)
            for key, value in _entries(rule):
                if key.text in keys and isinstance(value, Scalar) and value.value is not None:
                    yield key, value, in_braces


def _entries(tree: Tree | None) -> tuple[tuple[Scalar, Tree], ...]:
    return tree.entries if isinstance(tree, Mapping) else ()


def _opens(tree: Tree, lines: Sequence[str]) -> bool:
    """Whether a tree starts with `{`."""
    return lines[tree.at.line - 1][tree.at.column - 1 : tree.at.column] == "{"


def _read(scalar: Scalar, findings: Diagnostics) -> Syntax | None:
    return parse(scalar.text, lambda start, end: span_in(scalar, start, end), findings)


# ------------------------------------------------------------------------ editing


def _edit(expression: Expression, lines: Sequence[str]) -> Edit:
    scalar, line = expression.scalar, lines[expression.scalar.at.line - 1]
    start = scalar.at.column - 1
    header = _HEADER.match(line, start) if line[start] == "|" else None
    end = scalar.at.end_column - 1 if header is None else header.end()
    beside = _quoted(flat(expression.syntax), line[start], expression.in_braces)
    indent = expression.key.at.column + 1
    block = laid_out(expression.syntax, WIDTH - indent)
    fits = start + len(beside) <= WIDTH and (header is None or len(block) == 1)
    if fits or expression.in_braces:
        return Edit(scalar.at.line, start, end, beside, (), scalar.at.end_line)
    below = tuple(" " * indent + words for words in block)
    return Edit(scalar.at.line, start, end, "|", below, scalar.at.end_line)


def _quoted(text: str, sign: str, in_braces: bool) -> str:
    """On the line of its key: in quotes if it was, or if YAML would take it for something else."""
    if sign in ("'", '"'):
        return f"{sign}{text}{sign}"
    if _PLAIN.fullmatch(text) and not (in_braces and _OF_BRACES.search(text)):
        return text
    return f'"{text}"'


def _edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with the edits made, each line ended as its author ends lines."""
    lines: list[str] = _LINE.findall(text.removeprefix(BOM))
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.start), reverse=True):
        first, last = lines[edit.line - 1], lines[edit.last - 1]
        ended = _end(first) or _end(lines[0]) or "\n"
        new = [_bare(first)[: edit.start] + edit.head + _bare(first)[edit.end :], *edit.below]
        lines[edit.line - 1 : edit.last] = [*(words + ended for words in new[:-1]), new[-1] + _end(last)]
    return BOM * text.startswith(BOM) + "".join(lines)


def _bare(line: str) -> str:
    return line.rstrip("\r\n")


def _end(line: str) -> str:
    return line[len(_bare(line)) :]
