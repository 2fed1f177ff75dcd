"""Text to syntax: a table of builders names the nodes of the tree that the grammar finds.

Positions in the text become spans by the function the caller gives, so that an
expression inside a YAML file is placed in that file.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from engine.language import syntax as s
from engine.language import trees
from engine.language.trees import Tree
from engine.source.diagnostic import Diagnostic, Diagnostics
from engine.source.place import NOWHERE, Placing, Span


def nowhere(start: int, end: int) -> Span:
    return NOWHERE


def parse(text: str, place: Placing, findings: Diagnostics) -> s.Syntax | None:
    """The syntax of an expression, or None with a finding that says what is wrong."""
    tree = trees.find(text)
    if tree is None:
        from engine.language.grammar import tree_of

        read = tree_of(text, place)
        if isinstance(read, Diagnostic):
            findings.found.append(read)
            return None
        trees.note(text, read)
        tree = read
    built: s.Syntax = _Builder(place).build(tree)
    return built


class _Builder:
    """Walks a tree from the leaves up; `BUILD` says what each rule makes."""

    def __init__(self, place: Placing) -> None:
        self.place = place

    def build(self, part: Tree | str | None) -> Any:
        if not isinstance(part, list):
            return part
        rule, start, end, parts = part
        return BUILD[rule]([self.build(inner) for inner in parts], self.place(start, end))


def _pairs(parts: list[Any], first: str) -> tuple[tuple[str, s.Syntax], ...]:
    signs = [first, *(str(sign) for sign in parts[1::2])]
    return tuple(zip(signs, parts[0::2], strict=True))


def _words(word: str) -> str:
    return re.sub(r"\s+", " ", word)


def _first_word(word: str) -> Any:
    return word.split()[0]


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
