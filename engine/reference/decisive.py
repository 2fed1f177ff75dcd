"""Why a rule answered as it did: the conditions that decided it, and what they read.

`deciding` follows a tree down to the smallest conditions that carried the
answer; `Recorded` lists the recorded values under a condition. What an unknown
answer lacks is in `unknown`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.language.core import Call, Const, Core, Fact, Field, Parameter, Records, Ref, Select, VisitDay
from engine.language.types import Truth, Type
from engine.language.values import Value
from engine.language.walk import nodes
from engine.reference.openness import reckoned, undated
from engine.reference.trace import Traced
from engine.source.place import Span
from engine.timeline.model import Record, Timeline

JUNCTIONS = ("and", "or", "not", "at_least", "if", "if_known")


class Condition(NamedTuple):
    """A condition that decided, and whether it stood under a `not`.

    `variable` is the one whose records it was asked of, if it was asked of any.
    """

    traced: Traced
    negated: bool = False
    variable: str | None = None

    def on(self, part: Traced) -> "Condition":
        """A part of it that carried the answer."""
        return self._replace(traced=part)


def deciding(traced: Traced) -> tuple[Condition, ...]:
    """The conditions without which the answer could have been another, each once.

    One that asks only the protocol's own figures is left out where others are
    about the patient: nothing that could be recorded would change it.
    """
    found = tuple(_conditions(traced))
    return tuple(c for c in found if _asks_the_patient(c.traced.core)) or found


def _asks_the_patient(core: Core) -> bool:
    return not all(isinstance(node, Const | Parameter | Call) for node in nodes(core))


def _conditions(traced: Traced) -> Iterator[Condition]:
    seen: set[tuple[int, bool]] = set()
    pending = [Condition(traced)]
    while pending:
        condition = pending.pop()
        node, negated = condition.traced, condition.negated
        if (node.end, negated) in seen:
            continue
        seen.add((node.end, negated))
        match node.core:
            case Ref():
                pending.append(Condition(node.parts[0], negated))
            case Call("not"):
                pending.append(Condition(node.parts[0], not negated, condition.variable))
            case Call(operator) if operator in JUNCTIONS:
                pending.extend(condition.on(part) for part in reversed(_carrying(node, operator)))
            case Select(source=Records(variable=variable)) if parts := _looked_into(node):
                pending.extend(Condition(part, negated, variable) for part in reversed(parts))
            case _:
                yield condition


def _looked_into(traced: Traced) -> list[Traced]:
    """The conditions that a selection asked of the records that gave its answer.

    Of `any` that is false each record is a reason; the last one stands for all.
    """
    core = traced.core
    if not isinstance(core, Select) or not isinstance(core.element, Call) or traced.value is None:
        return []
    if core.selector == "every" and traced.value is True:
        return []
    asked = [part for part in traced.parts if part.core is core.element and part.value is traced.value]
    return asked[-1:] if core.selector == "any" else asked


def _carrying(traced: Traced, operator: str) -> list[Traced]:
    """The parts that gave the answer; of a choice the one chosen, or both where that made no difference."""
    if operator in ("if", "if_known"):
        if traced.value is None:
            return [part for part in traced.parts if part.value is None]
        return list(traced.parts[1:] if operator == "if" else traced.parts[-1:])
    return [part for part in traced.parts if isinstance(part.core.type, Truth) and part.value is traced.value]


@dataclass(frozen=True, slots=True)
class Read:
    """A recorded value that was looked at: what it is called, when it was, where it stands."""

    name: str
    value: Value
    type: Type = field(compare=False)
    record: Record | None
    at: tuple[Span, ...]


class Recorded:
    """The recorded values that the trees of one patient rest on; each part is looked through once."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.found: dict[tuple[int, str | None], tuple[Read, ...]] = {}

    def under(self, traced: Traced, variable: str | None = None) -> tuple[Read, ...]:
        """Each once, in the order they were looked at; fields in view are those of `variable`."""
        key = (traced.end, variable)
        if key not in self.found:
            self.found[key] = tuple(dict.fromkeys(self._under(traced, variable)))
        return self.found[key]

    def _under(self, traced: Traced, variable: str | None) -> Iterator[Read]:
        match traced.core:
            case Fact(name=name, type=type_) if name in self.timeline.facts:
                fact = self.timeline.facts[name]
                yield Read(name, fact.value, type_, None, (fact.at,))
            case Field(name=name, type=type_):
                yield from _field(traced, variable, name, type_)
            case Select(source=Records(variable=selected)):
                yield from self._selected(traced, selected)
            case VisitDay() if planned := reckoned(traced):
                yield from self.under(planned)
            case _:
                for part in undated(traced):
                    yield from self.under(part, variable)

    def _selected(self, traced: Traced, variable: str) -> Iterator[Read]:
        """What a selection read of its records; one that only had to be there is read by its day."""
        core = traced.core
        assert isinstance(core, Select)
        for part in traced.parts:
            record = part.view.record
            if part.core is not core.element or record is None or not _counts(core.selector, traced, part):
                continue
            found = self.under(part, variable)
            yield from found or (Read(variable, None, core.element.type, record, record.at),)


def _field(traced: Traced, variable: str | None, name: str, type_: Type) -> Iterator[Read]:
    core = traced.core
    assert isinstance(core, Field)
    record = getattr(traced.view, core.of)
    if record is not None:
        shown = variable if name == "value" and variable else f"{variable}.{name}" if variable else name
        yield Read(shown, traced.value, type_, record, record.at)


def _counts(selector: str, chosen: Traced, part: Traced) -> bool:
    """Of `any` and `every` with an answer, the records that gave it."""
    return selector not in ("any", "every") or part.value is chosen.value
