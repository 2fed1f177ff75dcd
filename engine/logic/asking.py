"""Of whom, and when, a rule is asked: once a patient, at a visit, or of a record."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.logic.finding import View
from engine.logic.reading import PATIENT, Reading
from engine.logic.terms import Bool, every
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
        previous = slots[self.record - 1] if self.record else None
        return View(this=slots[self.record], previous=previous)

    def can_be_asked(self, reading: Reading) -> Bool:
        """Whether there is such a record, and the one before it."""
        view = self.view(reading)
        return every(*(slot.present for slot in (view.this, view.previous) if slot is not None))


def questions(study: Study, name: str) -> Iterator[Question]:
    """Every way to ask an entry of the program; of records, the first and one that has another before it."""
    linked = study.rules.get(name.partition(".")[0])
    if linked is None or linked.scope == "patient":
        yield Question(name)
    elif linked.scope == "visits":
        yield from (Question(name, visit) for visit in linked.visits)
    else:
        yield from (Question(name, None, linked.for_each, record) for record in (0, 1))
