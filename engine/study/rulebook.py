"""The rules: one table says which sections hold them, and under which key the expression stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.source.tree import Scalar
from engine.study.entry import Entry
from engine.study.files import Written
from engine.study.model import Role, Rule


@dataclass(frozen=True, slots=True)
class Form:
    """How the rules of a section are written: their role, and the key of their expression."""

    section: str
    role: Role
    key: str


FORMS = (
    Form("anchors", "anchor", "is"),
    Form("definitions", "definition", "is"),
    Form("inclusion", "inclusion", "require"),
    Form("exclusion", "exclusion", "exclude_when"),
    Form("requirements", "requirement", "require"),
    Form("switches", "switch", "allow_when"),
    Form("responses", "response", "achieved_when"),
    Form("events", "event", "count_when"),
    Form("populations", "population", "include_when"),
)
FURTHER = ("applies_when", "amount", "since")
"""The keys of further expressions that a rule may have."""


def read_rules(written: Written) -> Mapping[str, Rule]:
    """The rules by id; a second one of the same id has been reported, and the first stays."""
    rules: dict[str, Rule] = {}
    for form in FORMS:
        for entry in written.entries(form.section):
            expression = entry.scalar(form.key)
            if expression:
                rules.setdefault(entry.name, _rule(entry, form.role, (expression, _visits(entry, written))))
    return rules


def _rule(entry: Entry, role: Role, asked: tuple[Scalar, tuple[Scalar, ...]]) -> Rule:
    expression, visits = asked
    return Rule(
        id=entry.name,
        role=role,
        title=entry.words("title"),
        text=entry.text("text"),
        source=entry.text("source"),
        expression=expression,
        extra={key: further for key in FURTHER if (further := entry.scalar(key))},
        visits=visits,
        for_each=entry.scalar("for_each"),
        part_of=entry.text("part_of"),
        severity=entry.choice("severity", ("minor", "major")),
        note=entry.text("note"),
        moves=(entry.texts("from"), entry.words("to")) if role == "switch" else None,
        at=entry.at,
        unit=entry.scalar("unit"),
        at_once=entry.text("in_force") == "at_once",
    )


def _visits(entry: Entry, written: Written) -> tuple[Scalar, ...]:
    """The visits a rule is asked at; each of those that `all` stands for has its place."""
    said = entry.scalar("at_each_visit")
    if said and said.text == "all":
        return tuple(
            replace(said, value=visit, text=visit, one_to_one=False) for visit in written.names("visits")
        )
    return entry.scalars("at_each_visit")
