"""Names of what was not understood where it was defined.

Whoever refers to one is told nothing: the error at the definition says it, and
whatever could be said where the name is used would only follow from it.
"""

from collections.abc import Iterable

from engine.source.diagnostic import Diagnostic
from engine.source.place import Span
from engine.source.tree import Mapping, Tree
from engine.study.entry import Entry, entries_of
from engine.study.files import Written


def names_not_understood(written: Written, findings: Iterable[Diagnostic]) -> frozenset[str]:
    """Every name with an error inside what it stands for, or in the key of its section."""
    errors = [found.at for found in findings if found.severity == "error"]
    return frozenset(
        entry.name
        for section in written.sections.values()
        for entry in entries_of(section.tree)
        if section.at in errors or any(_inside(at, entry) for at in errors)
    )


SEQUELS = {"no-arm-variable": "protocol/variables.yaml"}
"""What may follow from any error in a file, by its code."""


def follows(found: Diagnostic, findings: Iterable[Diagnostic]) -> bool:
    """Whether a finding may be no more than the sequel of an earlier one."""
    return any(earlier.at.file == SEQUELS.get(found.code) for earlier in findings)


def _inside(at: Span, entry: Entry) -> bool:
    return _between(at, entry.at, entry.tree.at) or _holds(entry.tree, at)


def _between(at: Span, start: Span, end: Span) -> bool:
    if at.file != start.file or at.file != end.file:
        return False
    return (start.line, start.column) <= (at.line, at.column) <= (end.end_line, end.end_column)


def _holds(tree: Tree, at: Span) -> bool:
    """Whether a place is in something that an amendment has put here from a file of its own."""
    if tree.at.file == at.file:
        return _between(at, tree.at, tree.at)
    return isinstance(tree, Mapping) and any(_holds(below, at) for _, below in tree.entries)
