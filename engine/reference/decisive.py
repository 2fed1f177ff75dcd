"""Why a rule answered as it did: the conditions that decided it, and what they read.

`deciding` follows a tree down to the smallest conditions that carried the
answer; `read` lists the recorded values under a condition; `causes` leads from
an unknown to what is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.language.core import Call, Fact, Field, Records, Ref, Select, VisitDay
from engine.language.types import Truth, Type
from engine.language.values import Value
from engine.reference.trace import Traced
from engine.source.place import Span
from engine.timeline.model import Record, Timeline

JUNCTIONS = ("and", "or", "not", "at_least", "if", "if_known")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that decided, and whether it stood under a `not`."""

    traced: Traced
    negated: bool


def deciding(traced: Traced, negated: bool = False) -> Iterator[Condition]:
    """The conditions without which the answer could have been another."""
    match traced.core:
        case Ref():
            yield from deciding(traced.parts[0], negated)
        case Call("not"):
            yield from deciding(traced.parts[0], not negated)
        case Call(operator) if operator in JUNCTIONS:
            for part in _carrying(traced, operator):
                yield from deciding(part, negated)
        case _:
            yield Condition(traced, negated)


def _carrying(traced: Traced, operator: str) -> Iterator[Traced]:
    truths = [part for part in traced.parts if isinstance(part.core.type, Truth)]
    if operator in ("if", "if_known"):
        yield from truths if traced.value is None else truths[-1:]
        return
    yield from (part for part in truths if part.value is traced.value)


@dataclass(frozen=True, slots=True)
class Read:
    """A recorded value that was looked at: what it is called, when it was, where it stands."""

    name: str
    value: Value
    type: Type
    record: Record | None
    at: tuple[Span, ...]


def read(traced: Traced, timeline: Timeline) -> tuple[Read, ...]:
    """The recorded values a condition rests on, each once, in the order they were looked at."""
    return tuple(dict.fromkeys(_read(traced, None, timeline)))


def _read(traced: Traced, variable: str | None, timeline: Timeline) -> Iterator[Read]:
    match traced.core:
        case Fact(name=name, type=type_) if name in timeline.facts:
            fact = timeline.facts[name]
            yield Read(name, fact.value, type_, None, (fact.at,))
        case Field(name=name, type=type_):
            yield from _field(traced, variable, name, type_)
        case Select(source=Records(variable=selected)):
            yield from _selected(traced, selected, timeline)
        case _:
            for part in traced.parts:
                yield from _read(part, variable, timeline)


def _field(traced: Traced, variable: str | None, name: str, type_: Type) -> Iterator[Read]:
    core = traced.core
    assert isinstance(core, Field)
    record = getattr(traced.view, core.of)
    if record is not None:
        shown = variable if name == "value" and variable else f"{variable}.{name}" if variable else name
        yield Read(shown, traced.value, type_, record, record.at)


def _selected(traced: Traced, variable: str, timeline: Timeline) -> Iterator[Read]:
    """What a selection read of its records; a record that only had to be there is read by its day."""
    core = traced.core
    assert isinstance(core, Select)
    for part in traced.parts:
        record = part.view.record
        if part.core is not core.element or record is None or not _counts(core.selector, traced, part):
            continue
        found = tuple(_read(part, variable, timeline))
        yield from found or (Read(variable, None, core.element.type, record, record.at),)


def _counts(selector: str, chosen: Traced, part: Traced) -> bool:
    """Of `any` and `every` with an answer, the records that gave it."""
    return selector not in ("any", "every") or part.value is chosen.value


def causes(traced: Traced) -> Iterator[Traced]:
    """The nodes at which an unknown began: those with nothing unknown below them."""
    unknown = [part for part in traced.parts if part.value is None]
    if isinstance(traced.core, Select) and traced.core.selector in ("any", "every"):
        unknown = [part for part in unknown if part.core is traced.core.element] or unknown
    if isinstance(traced.core, VisitDay) or not unknown:
        yield traced
        return
    for part in unknown:
        yield from causes(part)
