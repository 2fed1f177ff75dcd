"""The study sections of a chapter: held against the schemas of a study's files, and added to by a case."""

from collections.abc import Iterator, Mapping
from functools import cache

from engine.source.diagnostic import Diagnostics
from engine.source.place import Span
from engine.source.tree import Mapping as Tree
from engine.source.tree import Scalar
from engine.source.tree import Tree as AnyTree
from engine.study.entry import Entry, entries_of
from engine.study.files import FILES
from engine.study.schema import shape_of, validate

Sections = Mapping[str, Entry]


@cache
def schema_of() -> Mapping[str, str]:
    """The schema that each section of a study is held against."""
    sections = ((key, file.schema) for file in FILES for key in shape_of(file.schema)["properties"])
    return {key: schema for key, schema in sections if key != "study"}


def hold_against_schemas(sections: Sections, findings: Diagnostics) -> None:
    """Each section against the schema of the file it would stand in."""
    for schema in dict.fromkeys(schema_of().values()):
        held = [entry for name, entry in sections.items() if schema_of()[name] == schema]
        if held:
            validate(_file_of(held, schema), schema, findings)


def _file_of(held: list[Entry], schema: str) -> Tree:
    """A file with these sections; one that must open with the study's identity gets it."""
    pairs = [(entry.key, entry.tree) for entry in held]
    at = held[0].at
    if "study" in shape_of(schema)["properties"]:
        identity = [(word(key, at), word("handbook", at)) for key in ("id", "title", "version")]
        pairs.append((word("study", at), Tree(tuple(identity), at)))
    return Tree(tuple(pairs), at)


def merged(first: Sections, second: Sections) -> Sections:
    """Sections with those of a case put over them, entry by entry."""
    return {name: _over(first.get(name), second.get(name)) for name in {**first, **second}}


def _over(first: Entry | None, second: Entry | None) -> Entry:
    if first is None or second is None:
        found = first or second
        assert found is not None
        return found
    return Entry(first.key, Tree(tuple(_pairs(first, second)), first.tree.at))


def _pairs(first: Entry, second: Entry) -> Iterator[tuple[Scalar, AnyTree]]:
    entries = {entry.name: entry for one in (first, second) for entry in entries_of(one.tree)}
    return ((entry.key, entry.tree) for entry in entries.values())


def word(text: str, at: Span) -> Scalar:
    """A text that nobody wrote, at the place it speaks of."""
    return Scalar(text, text, at, (at.line, at.column), at.column, False)
