"""What an expression is asked about, and who is asked."""

from dataclasses import dataclass
from typing import Any, Protocol

from engine.language.core import Core, Program, VisitAspect
from engine.language.values import Day
from engine.timeline.model import Record, Timeline


@dataclass(frozen=True, slots=True)
class View:
    """A visit, and the records in sight: selected, asked about, and the one before that."""

    visit: str | None = None
    record: Record | None = None
    this: Record | None = None
    previous: Record | None = None


class Asked(Protocol):
    """A patient read by a program, as known up to a day."""

    program: Program
    timeline: Timeline
    as_of: Day

    def value(self, core: Core, view: View) -> Any: ...

    def visit_day(self, visit: str | None, aspect: VisitAspect) -> Any: ...
