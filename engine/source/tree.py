"""YAML read strictly into a tree whose every value knows its place.

Duplicate keys, anchors, aliases and tags are refused. Scalars are resolved as
YAML 1.2 does (`no` is a word, not false), and numbers are exact decimals.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from engine.source.place import Span

Plain = str | int | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Scalar:
    """A leaf: its resolved value and its text as written.

    `origin` is where the first character of `text` stands and `indent` is the
    column at which later lines of a `|` block start; `one_to_one` says whether
    a position in `text` maps to a position in the file at all (it does for
    plain and quoted one-line scalars without escapes, and for `|` blocks).
    """

    value: Plain
    text: str
    at: Span
    origin: tuple[int, int]
    indent: int
    one_to_one: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    items: "tuple[Tree, ...]"
    at: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: "tuple[tuple[Scalar, Tree], ...]"
    at: Span

    def find(self, key: str) -> "Tree | None":
        return next((tree for name, tree in self.entries if name.text == key), None)


Tree = Scalar | Sequence | Mapping

Step = str | int
"""One step of a path into a tree: a key, or the number of an item from 0."""


def span_in(scalar: Scalar, start: int, end: int) -> Span:
    """Where the characters from `start` up to `end` of a scalar's text stand."""
    if not scalar.one_to_one:
        return scalar.at
    # What stands past the last word, as "the text ends too soon", is shown right after it.
    if not scalar.text[start : start + 1].strip():
        start = min(start, len(scalar.text.rstrip()))
    end = start + len(scalar.text[start:end].rstrip("\n"))
    return Span(scalar.at.file, *_place(scalar, start), *_place(scalar, end))


def _place(scalar: Scalar, offset: int) -> tuple[int, int]:
    line, column = scalar.origin
    one_line = (
        scalar.at.line == scalar.at.end_line
    )  # most are, and of a very long one counting takes its time
    down = 0 if one_line else scalar.text.count("\n", 0, offset)
    if not down:
        return line, column + offset
    return line + down, scalar.indent + offset - scalar.text.rfind("\n", 0, offset) - 1


def plain(tree: Tree) -> object:
    """The tree as dicts, lists and values, which is what a JSON Schema looks at."""
    match tree:
        case Scalar():
            return tree.value
        case Sequence():
            return [plain(item) for item in tree.items]
        case Mapping():
            return {name.text: plain(value) for name, value in tree.entries}


def at_path(tree: Tree, path: Iterable[Step]) -> Tree:
    """The tree that a path leads to, or the last one on the way that is there."""
    for step in path:
        below = _below(tree, step)
        if below is None:
            break
        tree = below
    return tree


def _below(tree: Tree, step: Step) -> Tree | None:
    match tree:
        case Mapping():
            return tree.find(str(step))
        case Sequence() if isinstance(step, int) and 0 <= step < len(tree.items):
            return tree.items[step]
        case _:
            return None


def key_at(tree: Tree, path: Iterable[Step]) -> Scalar | None:
    """The key that a path ends with, when it is there: a wrong key is shown, not its value."""
    steps = list(path)
    if not steps:
        return None
    holder: Tree | None = tree
    for step in steps[:-1]:
        holder = holder and _below(holder, step)
    entries = holder.entries if isinstance(holder, Mapping) else ()
    return next((name for name, _ in entries if name.text == steps[-1]), None)
