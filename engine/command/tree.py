"""A rule's evaluation as an indented tree: what was asked, and what came of it."""

from collections.abc import Iterator

from engine.language.core import CURRENT, Const, Parameter, Ref
from engine.language.english import english
from engine.language.show import show
from engine.reference.trace import Traced
from engine.reference.wording import place


def tree_lines(traced: Traced) -> list[str]:
    """A line a node, parts indented under the whole; literals speak for themselves."""
    return list(_lines(traced, 0, set()))


def _lines(traced: Traced, depth: int, shown: set[tuple[str, str | None]]) -> Iterator[str]:
    """A rule is taken apart where it is first met; after that its value says enough."""
    rule = _rule(traced)
    again = rule in shown
    note = " (as above)" if again and traced.parts else ""
    yield f"{'  ' * depth}{_line(traced)}{note}"
    if again:
        return
    if rule is not None:
        shown.add(rule)
    for part in traced.parts:
        if not isinstance(part.core, Const):
            yield from _lines(part, depth + 1, shown)


def _rule(traced: Traced) -> tuple[str, str | None] | None:
    """The rule that a node refers to, and the visit it is asked about."""
    if not isinstance(traced.core, Ref):
        return None
    return traced.core.rule, traced.view.visit if traced.core.visit == CURRENT else traced.core.visit


def _line(traced: Traced) -> str:
    value = show(traced.value, traced.core.type)
    if isinstance(traced.core, Parameter):
        return f"{traced.core.name} = {value}"
    if isinstance(traced.core, Ref):
        return f"{_named(traced)} := {value}"
    record = traced.view.record
    where = f"   [{place(record.at)}]" if record is not None and not traced.parts and record.at else ""
    return f"{english(traced.core)} = {value}{where}"


def _named(traced: Traced) -> str:
    name, visit = _rule(traced) or ("", None)
    return name if visit is None else f"{name} at {visit}"
