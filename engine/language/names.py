"""What names mean where an expression is checked: one namespace, given by the study."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from engine.language.types import Type
from engine.language.values import Value
from engine.source.place import Span


@dataclass(frozen=True, slots=True)
class VariableName:
    """`value` is the type of its value, None where records have only attributes."""

    name: str
    kind: Literal["fact", "measurement", "event", "episode", "judgement"]
    value: Type | None
    attributes: Mapping[str, Type]
    absent: Literal["no", "unknown"]


@dataclass(frozen=True, slots=True)
class ParameterName:
    name: str
    value: Value | frozenset[str]
    type: Type


@dataclass(frozen=True, slots=True)
class Given:
    """The type of a rule that is already known."""

    type: Type

    def __call__(self, at: Span) -> Type:
        return self.type


@dataclass(frozen=True, slots=True)
class RuleName:
    """Another rule; `type` checks it when first asked and is None where it has errors."""

    name: str
    type: Callable[[Span], Type | None]
    visits: tuple[str, ...] | None = None
    for_each: str | None = None


@dataclass(frozen=True, slots=True)
class VisitName:
    name: str


Entry = VariableName | ParameterName | RuleName | VisitName


@dataclass(frozen=True, slots=True)
class Names:
    """The namespace; `birth` is the fact that ages are counted from.

    Names `in_doubt` are of what was not understood where it was defined:
    nothing more is said of them.
    """

    entries: Mapping[str, Entry]
    birth: str | None = None
    in_doubt: frozenset[str] = frozenset()
    baseline: bool = False
    attendance: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """What is in view: the current visit, the record a rule is about, the record selected."""

    visit: bool = False
    this: VariableName | None = None
    record: VariableName | None = None
    fields: Mapping[str, Type] = field(default_factory=dict)

    def selecting(self, variable: VariableName) -> "Scope":
        return replace(self, record=variable)
