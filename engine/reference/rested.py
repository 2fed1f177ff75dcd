"""Which parameters an answer rested on: those that were read on the way to it.

A parameter of a branch nobody looked at is not among them: an adult's answer
does not rest on a figure for children.
"""

from collections.abc import Iterable

from engine.language.core import CURRENT, Parameter, Records, Ref, Select, VisitAspect, VisitDay
from engine.reference.interpret import Reading
from engine.reference.view import View

WINDOW: tuple[VisitAspect, ...] = ("opens", "closes", "target", "day")
"""What is asked of a visit to find a value in its window."""


class Rested:
    """The parameters behind each answer of one watched reading, worked out once an answer."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.ended: dict[int, frozenset[str]] = {}
        self.of_visits: dict[tuple[VisitAspect, str], frozenset[str]] = {}

    def on(self, end: int) -> frozenset[str]:
        """The parameters read in the steps of the expression that ended there."""
        if self.reading.log is None:
            return frozenset()
        if end not in self.ended:
            self.ended[end] = frozenset()
            self.ended[end] = self._among(range(self.reading.step(end).began, end + 1))
        return self.ended[end]

    def _among(self, places: Iterable[int]) -> frozenset[str]:
        assert self.reading.log is not None
        names: set[str] = set()
        rules: set[int] = set()
        days: set[tuple[VisitAspect, str]] = set()
        for place in places:
            core, view, _, _ = self.reading.log[place]
            match core:
                case Parameter():
                    names.add(core.name)
                case Ref():
                    rules.add(self.reading.finished[core.rule, _visit(core.visit, view)])
                case VisitDay():
                    days.add((core.aspect, str(_visit(core.visit, view))))
                case Select(source=Records(visit=str(visit))):
                    days.update((aspect, str(_visit(visit, view))) for aspect in WINDOW)
                case _:
                    pass
        return frozenset(names.union(*map(self.on, rules), *map(self._of_day, days)))

    def _of_day(self, key: tuple[VisitAspect, str]) -> frozenset[str]:
        if key not in self.of_visits:
            self.of_visits[key] = frozenset()
            self.of_visits[key] = self._among(self.reading.planned.get(key, ()))
        return self.of_visits[key]


def _visit(named: str | None, view: View) -> str | None:
    return view.visit if named == CURRENT else named
