"""Text to syntax. Lark finds the tree; a table of builders names its nodes.

Positions in the text become spans by the function the caller gives, so that an
expression inside a YAML file is placed in that file.
"""

import hashlib
import re
import sys
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import lark
from lark import Lark, Token, Tree, UnexpectedInput

from engine.language import advice
from engine.language import syntax as s
from engine.source.cache import cache_folder
from engine.source.diagnostic import Diagnostics
from engine.source.place import NOWHERE, Span

Placing = Callable[[int, int], Span]
"""From the start and end of a stretch of an expression's text to its span."""

MOST_KEPT = 1_000
DEEPEST = 100
"""Nesting beyond this is refused: nobody can read it, and every pass recurses."""


def nowhere(start: int, end: int) -> Span:
    return NOWHERE


@cache
def grammar() -> Lark:
    text = files("engine.language").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", propagate_positions=True, maybe_placeholders=True, cache=_kept(text))


def _kept(text: str) -> str | bool:
    """Where Lark keeps the tables it makes of the grammar; they take longer to make than a study to parse."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return False
    return str(
        folder
        / f"{hashlib.sha256(f'{text}{lark.__version__}{sys.version}'.encode()).hexdigest()[:32]}.grammar"
    )


def parse(text: str, place: Placing, findings: Diagnostics) -> s.Syntax | None:
    """The syntax of an expression, or None with a finding that says what is wrong."""
    try:
        tree = _tree(text)
    except UnexpectedInput as problem:
        wrong = advice.explain(problem, text)
        findings.error("syntax", wrong.message, place(wrong.start, wrong.end), help=wrong.help)
        return None
    deep = _depth(tree)
    if deep > DEEPEST:
        help = "give a part a name of its own in `rules/definitions.yaml`"
        findings.error(
            "too-deep", f"this is nested {deep} deep; the limit is {DEEPEST}", place(0, len(text)), help=help
        )
        return None
    built: s.Syntax = _Builder(place).build(tree)
    return built


@lru_cache(MOST_KEPT)
def _tree(text: str) -> Tree[Token]:
    """Nearly half of a study's expressions, such as `14 days`, stand in it more than once."""
    return grammar().parse(text)


def _depth(tree: Tree[Token]) -> int:
    deepest, level = 0, [tree]
    while level:
        deepest += 1
        level = [child for node in level for child in node.children if isinstance(child, Tree)]
    return deepest


class _Builder:
    """Walks Lark's tree from the leaves up; `BUILD` says what each rule makes."""

    def __init__(self, place: Placing) -> None:
        self.place = place

    def build(self, tree: Any) -> Any:
        if not isinstance(tree, Tree):
            return tree
        parts = [self.build(child) for child in tree.children]
        meta = tree.meta
        return BUILD[str(tree.data)](parts, self.place(meta.start_pos, meta.end_pos))


def _pairs(parts: list[Any], first: str) -> tuple[tuple[str, s.Syntax], ...]:
    signs = [first, *(str(sign) for sign in parts[1::2])]
    return tuple(zip(signs, parts[0::2], strict=True))


def _words(token: Token) -> str:
    return re.sub(r"\s+", " ", str(token))


def _first_word(token: Token) -> Any:
    return str(token).split()[0]


class Clause(NamedTuple):
    """A bracketed clause of a selection, until the selection is built."""

    word: str
    condition: s.Syntax


def _selection(parts: list[Any], at: Span) -> s.Selection:
    selector, thing, *rest = (part for part in parts if part is not None)
    clauses = {part.word: part.condition for part in rest if isinstance(part, Clause)}
    period = next((part for part in rest if isinstance(part, s.Period)), None)
    return s.Selection(_words(selector), thing, clauses.get("where"), period, clauses.get("has"), at)


def _attribute(parts: list[Any], at: Span) -> s.Attribute:
    of, _, name = str(parts[0]).partition(".")
    return s.Attribute(of, name, at)


def _period(form: s.PeriodForm) -> Callable[[list[Any], Span], s.Period]:
    return lambda parts, at: s.Period(form, parts[0], at=at)


def _measured(form: s.PeriodForm) -> Callable[[list[Any], Span], s.Period]:
    return lambda parts, at: s.Period(form, parts[2], length=parts[1], at=at)


BUILD: dict[str, Callable[[list[Any], Span], Any]] = {
    "if_then_else": lambda p, at: s.IfThenElse(p[0], p[1], p[2], at),
    "unless": lambda p, at: s.Unless(p[0], p[1], at),
    "conjunction": lambda p, at: s.Junction("and", tuple(p), at),
    "disjunction": lambda p, at: s.Junction("or", tuple(p), at),
    "negation": lambda p, at: s.Negation(p[0], at),
    "compare": lambda p, at: s.Compare(str(p[1]), p[0], p[2], at),
    "between": lambda p, at: s.Between(p[0], p[1], p[2], at),
    "member": lambda p, at: s.Member(p[0], p[1], False, at),
    "not_member": lambda p, at: s.Member(p[0], p[1], True, at),
    "known": lambda p, at: s.Known(p[0], True, at),
    "unknown": lambda p, at: s.Known(p[0], False, at),
    "if_known": lambda p, at: s.IfKnown(p[0], p[1], at),
    "total": lambda p, at: s.Total(_pairs(p, "+"), at),
    "scaled": lambda p, at: s.Scaled(_pairs(p, "*"), at),
    "negative": lambda p, at: s.Negative(p[0], at),
    "raised": lambda p, at: s.Raised(p[0], p[1], at),
    "percent_of": lambda p, at: s.PercentOf(p[0], p[1], at),
    "truth": lambda p, at: s.TruthLiteral(p[0] == "true", at),
    "date": lambda p, at: s.DateLiteral(str(p[0]), at),
    "code": lambda p, at: s.CodeLiteral(str(p[0])[1:-1], at),
    "name": lambda p, at: s.Name(str(p[0]), at),
    "attribute": _attribute,
    "aspect": lambda p, at: s.VisitAspect(_first_word(p[0]), str(p[1]), at),
    "quantity": lambda p, at: s.Quantity(str(p[0]), str(p[1]) if p[1] else None, at),
    "codes": lambda p, at: s.Codes(tuple(p), at),
    "at": lambda p, at: s.At(p[0], s.Name(str(p[1]), at.last(len(p[1]))), at),
    "selection": _selection,
    "where": lambda p, at: Clause("where", p[0]),
    "has": lambda p, at: Clause("has", p[0]),
    "count_of": lambda p, at: s.CountOf(_first_word(p[0]), None, tuple(p[1:]), at),
    "at_least": lambda p, at: s.CountOf("at least", p[0], tuple(p[1:]), at),
    "function": lambda p, at: s.FunctionCall(str(p[0]), tuple(p[1:]), at),
    "elapsed": lambda p, at: s.Elapsed(_first_word(p[0]), p[1], p[2], at),
    "before": _period("before"),
    "up_to": _period("up to"),
    "after": _period("after"),
    "since": _period("from"),
    "on": _period("on"),
    "from_to": lambda p, at: s.Period("from to", p[0], until=p[1], at=at),
    "in_before": _measured("before"),
    "in_up_to": _measured("up to"),
    "in_after": _measured("after"),
    "in_from": _measured("from"),
}
