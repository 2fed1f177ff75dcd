"""The names that an expression mentions, whatever they stand for."""

from collections.abc import Iterator

from engine.language import syntax as s
from engine.source.place import Span


def names_in(syntax: s.Syntax) -> Iterator[s.Name]:
    """Every name, in the order of writing; codes in braces are none."""
    pending: list[object] = [syntax]
    while pending:
        match pending.pop():
            case s.Name() as name:
                yield name
            case s.Attribute(of, _, at):
                yield s.Name(of, at.first(len(of)))
            case s.VisitAspect(_, visit, at):
                yield s.Name(visit, at.last(len(visit)))
            case None | str() | bool() | Span() | s.Codes():
                pass
            case tuple() as parts:
                pending.extend(reversed(parts))
            case node:
                pending.extend(getattr(node, part) for part in reversed(getattr(node, "__slots__", ())))
