"""What an expression is asked about, and who is asked."""

from typing import Any, NamedTuple, Protocol

from engine.language.core import Core, Program, VisitAspect
from engine.language.values import Day
from engine.timeline.model import Record, Timeline


class View(NamedTuple):
    """A visit, and the records in sight: selected, asked about, and the one before that.

    A named tuple, as one is made for every record looked at.
    """

    visit: str | None = None
    record: Record | None = None
    this: Record | None = None
    previous: Record | None = None

    def onto(self, record: Record) -> "View":
        """The same view with a record selected."""
        return View(self.visit, record, self.this, self.previous)


class Asked(Protocol):
    """A patient read by a program, as known up to a day."""

    program: Program
    timeline: Timeline
    as_of: Day

    def value(self, core: Core, view: View) -> Any: ...

    def visit_day(self, visit: str | None, aspect: VisitAspect) -> Any: ...
