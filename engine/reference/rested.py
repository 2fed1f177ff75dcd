"""Which parameters an answer rested on: those that were read on the way to it.

A parameter of a branch nobody looked at is not among them: an adult's kidney
function does not rest on the equation for children.
"""

from collections.abc import Iterable

from engine.language.core import CURRENT, Parameter, Ref, VisitDay
from engine.reference.interpret import Reading, Step

Key = tuple[str, str | None]


class Rested:
    """The parameters behind each rule of one watched reading, worked out once a rule."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.found: dict[Key, frozenset[str]] = {}

    def on(self, end: int) -> frozenset[str]:
        """The parameters read in the steps of the expression that ended there."""
        log = self.reading.log
        return frozenset() if log is None else self._among(range(log[end].began, end + 1))

    def _among(self, places: Iterable[int]) -> frozenset[str]:
        assert self.reading.log is not None
        names: set[str] = set()
        for place in places:
            names |= self._of_step(self.reading.log[place])
        return frozenset(names)

    def _of_step(self, step: Step) -> frozenset[str]:
        match step.core:
            case Parameter(name):
                return frozenset((name,))
            case Ref(rule, visit):
                return self._of_rule((rule, step.view.visit if visit == CURRENT else visit))
            case VisitDay(visit, aspect):
                return self._of_visit(f"{aspect} of", step.view.visit if visit == CURRENT else visit)
            case _:
                return frozenset()

    def _of_rule(self, key: Key) -> frozenset[str]:
        if key not in self.found:
            self.found[key] = frozenset()
            self.found[key] = self.on(self.reading.finished[key])
        return self.found[key]

    def _of_visit(self, aspect: str, visit: str | None) -> frozenset[str]:
        key = (aspect, visit)
        if key not in self.found and visit is not None:
            self.found[key] = frozenset()
            self.found[key] = self._among(self.reading.planned.get((aspect, visit), ()))
        return self.found.get(key, frozenset())
