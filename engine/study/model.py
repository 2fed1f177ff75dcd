"""A study as its files say it, in types: what `protocol/` and `rules/` hold.

Names are as written and expressions are still text with a place; `link` turns
them into typed core.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from engine.language.values import Day
from engine.source.place import Span
from engine.source.tree import Scalar, Tree
from engine.study.entry import Entry

Absent = Literal["no", "unknown"]
SameDay = Literal["highest", "lowest", "mean", "last recorded", "conflict"]
Kind = Literal["fact", "measurement", "event", "episode", "judgement"]
Content = Literal["number", "date", "code", "yes_no"]
Status = Literal["registered", "assumed", "query"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """What is recorded beside a record's value: content, and unit or codelist.

    A fact's own value and a measurement's are described the same way.
    """

    name: str
    content: Content
    at: Span
    unit: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    codelist: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What a variable is called elsewhere: SDTM, LOINC, OMOP, REDCap."""

    sdtm: str | None = None
    loinc: tuple[str, ...] = ()
    omop: tuple[str, ...] = ()
    redcap: str | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """One entry of the data dictionary.

    `value` is None for events and episodes, which have only attributes.
    `molar_mass` is in g/mol; `step` in the variable's unit.
    """

    name: str
    title: str
    kind: Kind
    at: Span
    value: Attribute | None
    attributes: Mapping[str, Attribute]
    absent: Absent
    same_day: SameDay | None
    step: Decimal | None
    molar_mass: Decimal | None
    by: str | None
    role: Literal["birth", "arm"] | None
    names: Names


@dataclass(frozen=True, slots=True)
class Alternative:
    value: Scalar | tuple[Scalar, ...]
    source: str
    at: Span


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure or choice: `value` as written, with who says so."""

    name: str
    title: str
    value: Scalar | tuple[Scalar, ...]
    source: str
    status: Status
    at: Span
    why: str | None
    query: str | None
    codelist: str | None
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """A planned visit: `anchor` + `offset`, and how far each side its window reaches.

    The three are written as quantities (`1 month`, `-14 days`) or parameter names.
    """

    name: str
    title: str
    anchor: Scalar
    offset: Scalar
    before: Scalar
    after: Scalar
    due: tuple[Scalar, ...]
    at: Span


@dataclass(frozen=True, slots=True)
class Schedule:
    """`baseline_day` is an expression, `look_back` a quantity or parameter name."""

    baseline_day: Scalar | None
    look_back: Scalar | None
    attendance: tuple[Scalar, Scalar] | None
    visits: Mapping[str, Visit]


Role = Literal[
    "anchor",
    "definition",
    "inclusion",
    "exclusion",
    "requirement",
    "switch",
    "response",
    "event",
    "population",
]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as written: its words, its place and its expressions.

    Asked once a patient; or at each visit of `visits`; or of each record of
    `for_each`. `extra` holds further expressions under their key: `amount`,
    `since`, `applies_when`. `unit` is the one the expression is said to have.
    """

    id: str
    role: Role
    title: str
    text: str | None
    source: str | None
    expression: Scalar
    extra: Mapping[str, Scalar]
    visits: tuple[Scalar, ...]
    for_each: Scalar | None
    part_of: str | None
    severity: Literal["minor", "major"] | None
    note: str | None
    moves: tuple[tuple[str, ...], str] | None
    at: Span
    unit: Scalar | None = None
    at_once: bool = False
    """Whether the newest version of it holds for everybody, whichever version a patient is judged by."""


@dataclass(frozen=True, slots=True)
class Arm:
    code: str
    title: str
    ratio: int
    planned: int | None


@dataclass(frozen=True, slots=True)
class Objective:
    """What the study sets out to learn."""

    id: str
    rank: Literal["primary", "secondary", "exploratory"]
    text: str
    source: str
    at: Span


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What is compared between arms: a response at a visit, or what words alone say.

    `missing` is what a patient counts as whose answer is unknown.
    """

    id: str
    title: str
    text: str
    source: str
    response: str | None
    visit: str | None
    missing: Literal["non_response", "left_out"] | None
    analysis: str | None
    note: str | None
    at: Span


StatementKind = Literal["rule", "design", "endpoint", "note"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the protocol, word for word; `kind` is what must hold it.

    A rule, endpoint or objective with words of it belongs to it by them.
    `held_by` names what else does, such as `design.kind` or a parameter.
    """

    id: str
    kind: StatementKind
    text: str
    source: str
    heading: tuple[str, ...]
    held_by: tuple[str, ...]
    note: str | None
    at: Span


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one place: `target` is section, name and key with dots between.

    `value` is what is set, put in its place or added, as written; None when the
    target is removed. `was` is what its writer found there.
    """

    kind: Literal["set", "add", "remove", "replace"]
    target: str
    value: Tree | None
    at: Span
    was: Tree | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """A draft or approved change of the protocol, by id.

    `amends` is the version of the protocol its changes were written against, and
    `fingerprint` what that version was known by; `version` is the one they make.
    An approved amendment is in force for whoever comes in on or after `effective`.
    """

    id: str
    title: str
    status: Literal["draft", "approved"]
    reason: str
    at: Span
    amends: str | None = None
    author_role: str | None = None
    changes: tuple[Change, ...] = ()
    version: Scalar | None = None
    fingerprint: Scalar | None = None
    approved: Day | None = None
    effective: Day | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What a lint says `of` a name, and why it is meant to be so."""

    lint: str
    of: str
    why: str
    at: Span


@dataclass(frozen=True, slots=True)
class Protocol:
    """Everything a study's files say."""

    id: str
    title: str
    version: str
    arms: tuple[Arm, ...]
    design: Mapping[str, str]
    variables: Mapping[str, Variable]
    codelists: Mapping[str, Mapping[str, str]]
    parameters: Mapping[str, Parameter]
    schedule: Schedule
    rules: Mapping[str, Rule]
    amendments: tuple[Amendment, ...]
    objectives: tuple[Objective, ...] = ()
    endpoints: Mapping[str, Endpoint] = field(default_factory=dict)
    in_doubt: frozenset[str] = frozenset()
    """Names of what was not understood: nothing further is said where one is used."""
    typical: Mapping[str, Entry] = field(default_factory=dict)
    """The sections of the typical patient as written: `link` puts them into types."""
    statements: tuple[Statement, ...] = ()
    """The protocol's own sentences in their order, where the study says them."""
    accepted: tuple[Acceptance, ...] = ()
    codelists_at: Mapping[str, Span] = field(default_factory=dict)
    judged_by: Scalar | None = None
    """The anchor whose day says by which version a patient is judged, where the study says one."""
