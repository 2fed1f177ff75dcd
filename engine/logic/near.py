"""A patient near another: everything as it is there, but for what is changed.

Each change is a flag and, where it has one, a size, so that the least of all
patients can be asked for. Whatever is not `loose` stays as it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from engine.language.days import high, low
from engine.language.values import LAST_DAY, Day
from engine.logic import amounts, terms
from engine.logic.amounts import Amount
from engine.logic.answers import Answer, Range, picked
from engine.logic.history import DAYS, Held, History, Slot
from engine.logic.terms import Bool, Int, every, no
from engine.logic.written import like
from engine.timeline.model import Record, Timeline

AS_OF: Final = "as_of"
"""Stands beside the names of variables for the day up to which the data are known."""

PRESENT, START, END, VALUE = "present", "start", "end", "value"


class Key(NamedTuple):
    """What may be changed: of a variable's record at a place, whether it is there, or one of its fields."""

    variable: str
    place: int
    what: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The patient that others are near to, and up to which day all is known of them."""

    timeline: Timeline
    as_of: Day


@dataclass(frozen=True, slots=True)
class Change:
    """Something that may be otherwise: whether it is, and by how much."""

    key: Key
    made: Bool
    size: Int = 0


@dataclass(slots=True)
class Near:
    """The histories near an origin; `free` has the unknowns that changes take their values from."""

    free: History
    origin: Origin
    loose: Callable[[Key], bool]
    changes: list[Change] = field(default_factory=list)
    slots: dict[str, tuple[Slot, ...]] = field(default_factory=dict)
    facts: dict[str, Held] = field(default_factory=dict)
    as_of: Int = field(init=False)

    def __post_init__(self) -> None:
        usual = self.origin.as_of
        key = Key(AS_OF, 0, START)
        self.as_of = usual
        if self.loose(key):
            apart = terms.plus(self.free.as_of, -usual)
            self.as_of = terms.choose(self._made(key, apart), self.free.as_of, usual)
        self.state(terms.same(self.free.as_of, self.as_of))

    def state(self, fact: Bool) -> None:
        self.free.state(fact)

    # ----------------------------------------------------------------- records

    def records(self, variable: str) -> tuple[Slot, ...]:
        if variable not in self.slots:
            series = self.origin.timeline.series.get(variable)
            there = series.records if series else ()
            found = [self._there(variable, there, place) for place in range(len(there))]
            added = range(len(there), len(there) + self.free.size)
            more = [slot for place in added if (slot := self._added(variable, place))]
            for slot in more:
                self._on_another_day(slot, found)
                found.append(slot)
            self.slots[variable] = tuple(found)
        return self.slots[variable]

    def _added(self, variable: str, place: int) -> Slot | None:
        """One more record, if there may be one; everything in it is free."""
        key = Key(variable, place, PRESENT)
        if not self.loose(key):
            return None
        slot = self.free.slot(self.free.protocol.variables[variable], place)
        self.changes.append(Change(key, slot.present))
        return slot

    def _on_another_day(self, slot: Slot, others: Sequence[Slot]) -> None:
        for other in others:
            self.state(no(amounts.same(slot.start.low, other.start.low)))

    def _there(self, variable: str, records: Sequence[Record], place: int) -> Slot:
        """A record of the origin, as it is or changed; it is there if it was by the as-of day."""
        record, described = records[place], self.free.protocol.variables[variable]
        free = self.free.slot(described, place, _room(records, place))
        present = Key(variable, place, PRESENT)
        kept = no(self._made(present)) if self.loose(present) else True
        start = self._day(present._replace(what=START), free.start, like(free.start, record.start))
        fields: dict[str, Answer] = {START: start}
        for key in (key for key in free.fields if key not in (START, END)):
            usual = like(free.fields[key], record.fields.get(key))
            fields[key] = self._perhaps(present._replace(what=key), free.fields[key], usual)
        end = None
        if free.end is not None:
            usual_end = self._as_known(like(free.end, record.end))
            end = fields[END] = self._day(present._replace(what=END), free.end, usual_end)
            self.state(amounts.at_most(start.low, end.low))
        return Slot(every(kept, terms.at_most(start.low.term, self.as_of)), start, end, fields)

    def _day(self, key: Key, free: Range, usual: Answer) -> Range:
        found = self._perhaps(key, free, usual)
        assert isinstance(found, Range)
        return found

    def _as_known(self, end: Answer) -> Range:
        """What ended, or goes on, after the as-of day was going on then."""
        assert isinstance(end, Range)
        after = terms.below(self.as_of, end.low.term)
        first = terms.choose(after, terms.plus(self.as_of, 1), end.low.term)
        return Range(True, Amount(first), Amount(terms.choose(after, LAST_DAY, end.high.term)))

    # ------------------------------------------------------------------ changes

    def _perhaps(self, key: Key, free: Answer, usual: Answer) -> Answer:
        """As it was, or anything else where that is allowed."""
        if not self.loose(key):
            return usual
        apart: Int = 0
        if isinstance(free, Range) and isinstance(usual, Range):
            apart = amounts.plus(free.low, amounts.minus(usual.low)).term
        return picked(self._made(key, apart), free, usual)

    def _made(self, key: Key, apart: Int = 0) -> Bool:
        made = terms.flag(f"change {key.variable} {key.place} {key.what}")
        self.changes.append(Change(key, made, terms.choose(made, terms.size(apart), 0)))
        return made

    # -------------------------------------------------------------------- facts

    def fact(self, name: str) -> Held:
        if name not in self.facts:
            self.facts[name] = self._fact(name)
        return self.facts[name]

    def _fact(self, name: str) -> Held:
        free, recorded = self.free.fact(name), self.origin.timeline.facts.get(name)
        present = Key(name, 0, PRESENT)
        if recorded is None:
            made = self._made(present) if self.loose(present) else False
            return Held(made, free.value)
        kept = no(self._made(present)) if self.loose(present) else True
        usual = like(free.value, recorded.value)
        return Held(kept, self._perhaps(present._replace(what=VALUE), free.value, usual))


def _room(records: Sequence[Record], place: int) -> tuple[int, int]:
    """The days that a record may be moved to without meeting the one before or after it."""
    before = high(records[place - 1].start) + 1 if place else DAYS[0]
    after = low(records[place + 1].start) - 1 if place + 1 < len(records) else DAYS[1]
    return before, max(before, after)
