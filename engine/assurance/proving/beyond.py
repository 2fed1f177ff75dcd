"""Rules read of patients with as many records as there can be any need of.

A selection takes its answer from one record: the first, the highest, one that is
so. Leave all others out and it answers the same. So as many records are enough as
selections were read, and what is proved of so many is proved of any number; unless
a selection counts records or adds them up, of which nothing is said here.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.language.core import Records, Select
from engine.logic.proof import Proving
from engine.logic.reading import Reading
from engine.logic.refusal import Refused
from engine.logic.space import Cut, Space, anybody
from engine.logic.terms import Bool

COUNTING = ("number of", "total", "mean", "median")
MOST_RECORDS = 8
"""With more the solver seldom comes to an end."""


@dataclass(frozen=True, slots=True)
class Enough:
    """Conditions as terms, in a space that holds as many records as they need."""

    space: Space
    conditions: Sequence[Bool]

    @property
    def facts(self) -> list[Bool]:
        """That all of them hold."""
        return [*self.space.facts, *self.conditions]


def enough(proving: Proving, cut: Cut, read: Callable[[Reading], Sequence[Bool]]) -> Enough | None:
    """Conditions of every patient; None where they cannot be read, or need more records than can be had."""
    size: int | None = proving.records
    while size is not None and size <= MOST_RECORDS:
        space = anybody(proving.study.protocol, size)
        reading = space.read(proving.study.program, cut)
        try:
            conditions = read(reading)
        except Refused:
            return None
        needed = records_needed(reading)
        if needed is not None and needed <= size:
            return Enough(space, conditions)
        size = needed
    return None


def records_needed(reading: Reading) -> int | None:
    """How many records of one variable show all that was read; None where no number is known to."""
    read = Counter[str]()
    for select, *_ in reading.selections:
        assert isinstance(select, Select)
        if isinstance(select.source, Records):
            if select.selector in COUNTING:
                return None
            read[select.source.variable] += 1
    attendance = reading.program.attendance
    if attendance is not None:
        read[attendance.variable] += sum(aspect in ("day", "attended") for aspect, _ in reading.days)
    return max(read.values(), default=0)
