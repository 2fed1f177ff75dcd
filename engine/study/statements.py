"""The protocol's own sentences: which there are, and by what each is said to be held."""

from collections.abc import Iterator
from typing import get_args

from engine.language.checker import meant
from engine.source.diagnostic import Diagnostic
from engine.study.entry import Entry
from engine.study.files import Written
from engine.study.model import Statement, StatementKind
from engine.study.names import NAMESPACE

KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
BY_SECTION = ("design", "arms", "objectives", "endpoints")
"""Sections that share no names with rules: what is in them is named as `design.kind`."""

NAMED = "name a rule, parameter, variable or visit; what else there is, with its section, as `arms.NAME`"


def read_statements(written: Written) -> tuple[Statement, ...]:
    """The statements in the order of the file, which is the protocol's."""
    return tuple(_statement(entry) for entry in written.entries("statements"))


def _statement(entry: Entry) -> Statement:
    return Statement(
        id=entry.name,
        kind=entry.choice("kind", KINDS) or "note",
        text=" ".join(entry.words("text").split()),
        source=entry.words("source"),
        heading=entry.texts("heading"),
        held_by=entry.texts("held_by"),
        note=entry.text("note"),
        at=entry.at,
    )


def held_by_nothing(written: Written) -> Iterator[Diagnostic]:
    """Names under `held_by` that nothing in the study has."""
    known = None
    for entry in written.entries("statements"):
        for name in entry.scalars("held_by"):
            known = known or _holders(written)
            if name.text not in known:
                message = f"there is no `{name.text}` in this study that could hold a statement"
                yield Diagnostic("unknown-holder", message, name.at, help=_help(name.text, known))


def _help(name: str, known: tuple[str, ...]) -> str:
    own = name.rpartition(".")[2]
    if own in known:
        return f"did you mean `{own}`?"
    return meant(name, known) or NAMED


def _holders(written: Written) -> tuple[str, ...]:
    inside = (f"{section}.{name}" for section in BY_SECTION for name in written.names(section))
    return (*written.names(*NAMESPACE), *inside)
