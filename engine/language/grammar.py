"""The grammar at work: a text to its tree by Lark, or what is wrong with the text."""

import hashlib
import sys
from functools import cache
from importlib.resources import files
from typing import Any

import lark
from lark import Lark, Token, UnexpectedInput
from lark import Tree as Grown

from engine.language import advice
from engine.language.trees import Tree
from engine.source.cache import cache_folder
from engine.source.diagnostic import Diagnostic
from engine.source.place import Placing

DEEPEST = 100
"""Nesting beyond this is refused: nobody can read it, and every pass recurses."""


def tree_of(text: str, place: Placing) -> Tree | Diagnostic:
    """The tree of a text, or the error in it."""
    try:
        grown = grammar().parse(text)
    except UnexpectedInput as problem:
        wrong = advice.explain(problem, text)
        return Diagnostic("syntax", wrong.message, place(wrong.start, wrong.end), wrong.help)
    deep = _depth(grown)
    if deep > DEEPEST:
        message = f"this is nested {deep} deep; the limit is {DEEPEST}"
        help = "give a part a name of its own in `rules/definitions.yaml`"
        return Diagnostic("too-deep", message, place(0, len(text)), help)
    return _plain(grown)  # type: ignore[no-any-return]


@cache
def grammar() -> Lark:
    """The parser; Lark keeps its tables, which take longer to make than a study to parse."""
    text = files("engine.language").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", propagate_positions=True, maybe_placeholders=True, cache=_kept(text))


def _kept(text: str) -> str | bool:
    folder, made_by = cache_folder(), f"{text}{lark.__version__}{sys.version}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return False
    return str(folder / f"{hashlib.sha256(made_by.encode()).hexdigest()[:32]}.grammar")


def _depth(tree: "Grown[Token]") -> int:
    deepest, level = 0, [tree]
    while level:
        deepest += 1
        level = [child for node in level for child in node.children if isinstance(child, Grown)]
    return deepest


def _plain(part: Any) -> Any:
    if isinstance(part, Grown):
        meta = part.meta
        return [str(part.data), meta.start_pos, meta.end_pos, [_plain(child) for child in part.children]]
    return None if part is None else str(part)
