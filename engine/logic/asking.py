"""Of whom, and when, a rule is asked: once a patient, at a visit, or of a record."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.logic import amounts
from engine.logic.finding import View
from engine.logic.history import Slot
from engine.logic.reading import PATIENT, Reading
from engine.logic.terms import Bool, every, no
from engine.study.linked import Study


@dataclass(frozen=True, slots=True)
class Question:
    """An entry of a program, asked at a visit, or of one of the records of `variable`.

    `record` is its place among the records of a history; the one before it is
    the one before.
    """

    rule: str
    visit: str | None = None
    variable: str | None = None
    record: int | None = None

    def view(self, reading: Reading) -> View:
        if self.visit is not None:
            return View(self.visit)
        if self.variable is None or self.record is None:
            return PATIENT
        slots = reading.slots(self.variable)
        if self.record >= len(slots):
            return PATIENT
        previous = slots[self.record - 1] if self.record else None
        return View(this=slots[self.record], previous=previous)

    def can_be_asked(self, reading: Reading) -> Bool:
        """Whether there is such a record, and the one before it is the one that comes before it."""
        view = self.view(reading)
        if view.this is None or self.variable is None:
            return self.variable is None
        this, before = view.this, view.previous
        there = [this.present] if before is None else [this.present, before.present, _precedes(before, this)]
        others = (slot for slot in reading.slots(self.variable) if slot is not this and slot is not before)
        return every(*there, *(no(_between(slot, before, this)) for slot in others))


def _precedes(one: Slot, other: Slot) -> Bool:
    return amounts.below(one.start.low, other.start.low)


def _between(slot: Slot, before: Slot | None, this: Slot) -> Bool:
    """Whether a record comes after the one before, and before this one."""
    after = True if before is None else _precedes(before, slot)
    return every(slot.present, after, _precedes(slot, this))


def questions(study: Study, name: str) -> Iterator[Question]:
    """Every way to ask an entry of the program; of records, the first and one that has another before it."""
    linked = study.rules.get(name.partition(".")[0])
    if linked is None or linked.scope == "patient":
        yield Question(name)
    elif linked.scope == "visits":
        yield from (Question(name, visit) for visit in linked.visits)
    else:
        yield from (Question(name, None, linked.for_each, record) for record in (0, 1))
