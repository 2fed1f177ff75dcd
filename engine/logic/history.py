"""A patient as unknowns: so many records of each variable, each there or not, on an exact day.

What is recorded keeps to the dictionary: numbers inside their plausible range on
the variable's step, codes of the codelist. Everything may also be recorded and
not known. No two records of a variable are of one day, nothing is after the
as-of day; partial dates and censored values are left out, and answers say so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Protocol

from engine.language.days import day_of
from engine.language.values import LAST_DAY
from engine.logic import amounts, terms
from engine.logic.amounts import Amount
from engine.logic.answers import Answer, Codes, Range, Truth, point
from engine.logic.terms import Bool, Int, every, no
from engine.study.model import Attribute, Variable
from engine.study.model import Protocol as Study

FIRST_BIRTH = day_of(1920, 1, 1)
DAYS = day_of(1990, 1, 1), day_of(2060, 12, 31)
"""The first and the last day of a history."""

FINEST = Decimal("0.01")
"""The step of a number whose variable declares none."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A record that may be there. `fields` holds `start`, `end`, `value` and the attributes."""

    present: Bool
    start: Range
    end: Range | None
    fields: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Held:
    """A fact that may be recorded."""

    present: Bool
    value: Answer


class Patient(Protocol):
    """Whoever has records and facts, known up to a day."""

    as_of: Int

    def records(self, variable: str) -> tuple[Slot, ...]: ...

    def fact(self, name: str) -> Held: ...

    def state(self, fact: Bool) -> None: ...


@dataclass(slots=True)
class History:
    """The unknowns of one patient, made as they are asked for.

    `size` is how many records a variable may have. What must hold of the
    unknowns is handed to `state`.
    """

    protocol: Study
    size: int
    tell: Callable[[Bool], None]
    as_of: Int = field(default_factory=lambda: terms.whole("as of", *DAYS))
    slots: dict[str, tuple[Slot, ...]] = field(default_factory=dict)
    facts: dict[str, Held] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.state(terms.within(self.as_of))

    def state(self, fact: Bool) -> None:
        self.tell(fact)

    def records(self, variable: str) -> tuple[Slot, ...]:
        if variable not in self.slots:
            described = self.protocol.variables[variable]
            found = tuple(self.slot(described, number) for number in range(self.size))
            self._fill_in_order(found)
            self.slots[variable] = found
        return self.slots[variable]

    def _fill_in_order(self, slots: tuple[Slot, ...]) -> None:
        """Slots are used from the first on and by day: two ways to tell one history are one."""
        for one, next_ in pairwise(slots):
            self.state(terms.implies(next_.present, one.present))
            self.state(amounts.below(one.start.low, next_.start.low))

    def slot(self, variable: Variable, number: int, days: tuple[int, int] = DAYS) -> Slot:
        """A record whose start lies between two days."""
        name = f"{variable.name} {number}"
        start = self.between(f"{name} start", *days)
        self.state(terms.at_most(start, self.as_of))
        fields: dict[str, Answer] = {"start": point(Amount(start))}
        end = self._end(name, start) if variable.kind == "episode" else None
        if end is not None:
            fields["end"] = end
        for key, attribute in recorded(variable):
            fields[key] = self.content(f"{name} {key}", attribute, variable)
        return Slot(terms.flag(f"{name} present"), point(Amount(start)), end, fields)

    def _end(self, name: str, start: Int) -> Range:
        """An episode ended on a day, goes on after the last day known, or nobody knows when it ended."""
        ended, goes_on = terms.flag(f"{name} ended"), terms.flag(f"{name} goes on")
        day = self.between(f"{name} end", *DAYS)
        self.state(every(terms.at_most(start, day), terms.at_most(day, self.as_of)))
        later = terms.choose(goes_on, terms.plus(self.as_of, 1), start)
        return Range(
            True, Amount(terms.choose(ended, day, later)), Amount(terms.choose(ended, day, LAST_DAY))
        )

    def fact(self, name: str) -> Held:
        if name not in self.facts:
            variable = self.protocol.variables[name]
            assert variable.value is not None
            value = self.content(name, variable.value, variable)
            self.facts[name] = Held(terms.flag(f"{name} present"), value)
        return self.facts[name]

    # --------------------------------------------------------------- contents

    def content(self, name: str, attribute: Attribute, variable: Variable) -> Answer:
        """An unknown of what an attribute holds; it may be missing."""
        match attribute.content:
            case "yes_no":
                yes, not_ = terms.flag(f"{name} yes"), terms.flag(f"{name} no")
                self.state(no(every(yes, not_)))
                return Truth(yes, not_)
            case "code":
                return self._code(name, self.protocol.codelists[attribute.codelist or ""])
            case "date":
                day = self.between(name, FIRST_BIRTH, DAYS[1])
                return point(Amount(day), terms.flag(f"{name} known"))
            case "number":
                return self._number(name, attribute, step_of(attribute, variable))

    def _code(self, name: str, codes: Mapping[str, str]) -> Codes:
        number = self.between(name, 0, len(codes) - 1)
        could = {code: terms.same(number, place) for place, code in enumerate(codes)}
        return Codes(terms.flag(f"{name} known"), could)

    def _number(self, name: str, attribute: Attribute, step: Fraction) -> Range:
        """So many steps; the plausible range need not begin or end on one."""
        low = -terms.INFINITE if attribute.low is None else ceil(Fraction(attribute.low) / step)
        high = terms.INFINITE if attribute.high is None else floor(Fraction(attribute.high) / step)
        steps = self.between(name, low, high)
        return point(amounts.times(Amount(steps), step), terms.flag(f"{name} known"))

    def between(self, name: str, low: float, high: float) -> Int:
        found = terms.whole(name, low, high)
        self.state(terms.within(found))
        return found


def recorded(variable: Variable) -> Iterator[tuple[str, Attribute]]:
    """What a record of the variable holds beside its days, by the name it has there."""
    if variable.value is not None:
        yield "value", variable.value
    yield from variable.attributes.items()


def step_of(attribute: Attribute, variable: Variable) -> Fraction:
    own = variable.step if attribute is variable.value else None
    return Fraction(own if own is not None else FINEST)
