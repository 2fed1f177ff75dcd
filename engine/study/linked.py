"""A study linked: every expression typed core, ready for any reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.language.core import Core, Program
from engine.language.names import Names
from engine.study.model import Protocol, Rule
from engine.study.typical import Typical

ELIGIBLE = "eligible"
"""The name of the decision made of all inclusion and exclusion criteria."""

Scope = Literal["patient", "visits", "records"]


@dataclass(frozen=True, slots=True)
class LinkedRule:
    """A rule with its core; `visits` it is asked at, or the variable `for_each` is about.

    `extra` holds the core of `amount`, `since` and `applies_when`.
    """

    rule: Rule
    core: Core
    extra: Mapping[str, Core]
    visits: tuple[str, ...]
    for_each: str | None

    def key(self, extra: str) -> str:
        """The name under which the program holds one of the further expressions."""
        return f"{self.rule.id}.{extra}"

    @property
    def scope(self) -> Scope:
        if self.for_each is not None:
            return "records"
        return "visits" if self.visits else "patient"


@dataclass(frozen=True, slots=True)
class Study:
    """A protocol whose every name is resolved and every unit matched."""

    protocol: Protocol
    rules: Mapping[str, LinkedRule]
    program: Program
    names: Names
    fingerprint: str
    typical: Typical | None = None

    def of(self, *roles: str) -> tuple[LinkedRule, ...]:
        """The rules of these roles, in the order they were written."""
        return tuple(linked for linked in self.rules.values() if linked.rule.role in roles)
