"""What is found when a rule of two versions is compared: who is answered otherwise, and how that is known."""

from dataclasses import dataclass
from typing import Literal

from engine.assurance.cases import Case

Relation = Literal["equal", "widens", "narrows", "both", "otherwise", "not decided"]

Way = Literal["gains", "loses", "otherwise"]
"""Somebody passes who did not, fails who passed, or is answered otherwise without passing either way."""

WAYS: tuple[Way, ...] = ("gains", "loses", "otherwise")


@dataclass(frozen=True, slots=True)
class Nobody:
    """It is proved that there is no such patient, within the bound."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """The least such patient, whom the reference has judged by both versions.

    `text` is the case as an item of a list of cases, with the answer of the later
    version; None where it cannot be told so. `changed` are the variables in which
    the patient is other than the typical one.
    """

    case: Case
    before: str
    after: str
    changed: tuple[str, ...]
    text: str | None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Neither was a patient found nor a proof that there is none."""

    why: str


Finding = Nobody | Somebody | Unsettled


@dataclass(frozen=True, slots=True)
class Compared:
    """A rule in two versions; `now` is what it is called in the later one.

    `ways` holds what was looked for: who passes otherwise, and where nobody does, who
    is answered otherwise. `why` says on what it rests that there was nothing to look for.
    """

    rule: str
    now: str
    ways: tuple[tuple[Way, Finding], ...] = ()
    why: str | None = None

    @property
    def found(self) -> dict[Way, Finding]:
        return dict(self.ways)

    @property
    def relation(self) -> Relation:
        """What all that was found comes to; never more than is so."""
        if not self.ways:
            return "equal"
        if any(isinstance(one, Unsettled) for _, one in self.ways):
            return "not decided"
        seen = {way for way, one in self.ways if isinstance(one, Somebody)}
        if {"gains", "loses"} <= seen:
            return "both"
        return "widens" if "gains" in seen else "narrows" if "loses" in seen else _rest(seen)

    @property
    def reason(self) -> str | None:
        """Why it was not decided."""
        return next((one.why for _, one in self.ways if isinstance(one, Unsettled)), None)

    @property
    def patients(self) -> tuple[tuple[Way, Somebody], ...]:
        return tuple((way, one) for way, one in self.ways if isinstance(one, Somebody))


def _rest(seen: set[Way]) -> Relation:
    return "otherwise" if seen else "equal"
