"""The names of a study: one namespace for everything a rule can speak of.

Two things of one name would make a rule say one thing to its writer and
another to a reader, so a second use is an error, and so is a word that the
language itself uses.
"""

from collections.abc import Iterator

from engine.source.diagnostic import Diagnostic, Label
from engine.study.entry import Entry
from engine.study.files import Written

NAMESPACE = {
    "variables": "a variable",
    "parameters": "a parameter",
    "visits": "a visit",
    "anchors": "an anchor",
    "definitions": "a definition",
    "inclusion": "an inclusion criterion",
    "exclusion": "an exclusion criterion",
    "requirements": "a requirement",
    "switches": "a switch",
    "responses": "a response",
    "events": "an event that is counted",
    "populations": "a population",
}
"""The sections whose entries share their names, with what an entry of each is."""

RESERVED = frozenset(
    """
    first last highest lowest mean median total number of any no every
    at in up to from on before after where has the
    and or not unless if then else known unknown is between all none least
    min max abs round true false age days months years
    visit baseline as_of start end value this previous target opening closing attendance eligible
    """.split()
)
"""Words of the language: none of them can be the name of anything."""

RESERVED_FOR_ATTRIBUTES = RESERVED - {"visit"}
"""Attendance is recorded in an attribute that is best called `visit`, and no rule need name it."""

# The section and entry that a name was first used for.
_Use = tuple[str, Entry]


def names_in_doubt(written: Written) -> Iterator[Diagnostic]:
    """Reserved words, names used twice, and attributes that have the name of something else."""
    first: dict[str, _Use] = {}
    for section in NAMESPACE:
        for entry in written.entries(section):
            yield from _reserved(entry, RESERVED)
            earlier = first.setdefault(entry.name, (section, entry))
            if earlier[1] is not entry:
                yield _used_twice(entry, earlier)
    for variable in written.entries("variables"):
        for attribute in variable.entries("attributes"):
            yield from _reserved(attribute, RESERVED_FOR_ATTRIBUTES)
            if attribute.name in first:
                yield _hidden(attribute, variable, first[attribute.name])


def _reserved(entry: Entry, words: frozenset[str]) -> Iterator[Diagnostic]:
    if entry.name in words:
        message = f"`{entry.name}` is a word of the language and cannot be a name"
        yield Diagnostic("reserved-word", message, entry.at, help="choose another name")


def _used_twice(entry: Entry, earlier: _Use) -> Diagnostic:
    section, first = earlier
    return Diagnostic(
        "name-used-twice",
        f"`{entry.name}` is the name of {NAMESPACE[section]} already",
        entry.at,
        help="a name means one thing in every rule: give this one another",
        labels=(Label(first.at, "first used here"),),
    )


def _hidden(attribute: Entry, variable: Entry, earlier: _Use) -> Diagnostic:
    section, first = earlier
    return Diagnostic(
        "attribute-name",
        f"the attribute `{attribute.name}` of `{variable.name}` has the name of {NAMESPACE[section]}",
        attribute.at,
        help="inside `where (..)` nobody could tell the two apart: give the attribute another name",
        labels=(Label(first.at, "first used here"),),
    )
