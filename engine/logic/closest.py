"""A model in which changes are as small as they can be in all, right where things are not linear, too.

Sizes are searched from the middle third of a stretch outwards: a model that is
wrong there teaches the solver on which side the right ones lie.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import z3

from engine.logic import terms
from engine.logic.lemmas import Course
from engine.logic.operators import Opaque
from engine.logic.solve import Solver, Verdict, value_in
from engine.logic.terms import Int, every

MOST_LEMMAS = 150
"""So many times a model is put right before no more is tried."""

FURTHEST = 10**7


@dataclass(slots=True)
class Closest:
    """Looks for the model of least `size` among those a solver has."""

    solver: Solver
    size: Int
    opaques: Sequence[Opaque]
    wrong: int = 0
    best: z3.ModelRef | None = field(default=None)

    def run(self) -> tuple[Verdict, z3.ModelRef | None]:
        found = self.solver.check()
        if found != "possible":
            return found, None
        most = min(terms.span(self.size)[1], FURTHEST)
        stretches = [(0, int(most))]
        while stretches and self.wrong < MOST_LEMMAS:
            low, high = stretches.pop()
            third = (high - low) // 3
            found = self._between(low + third, high - third)
            if found == "undecided":
                break
            if found == "impossible":
                stretches += _outside((low, high), third)
            elif self._is_right():
                self.best = self.solver.model
                stretches = _before((low, high), value_in(self.best, self.size))
            else:
                stretches.append((low, high))
        if self.best is not None:
            return "possible", self.best
        return ("undecided" if stretches or found == "undecided" else "impossible"), None

    def _between(self, low: int, high: int) -> Verdict:
        return self.solver.check(every(terms.at_most(low, self.size), terms.at_most(self.size, high)))

    def _is_right(self) -> bool:
        """Whether the model is right; where it is wrong the solver is told."""
        learnt = list(Course(self.solver.model).lemmas(self.opaques))
        self.solver.add(learnt)
        self.wrong += bool(learnt)
        return not learnt


Stretch = tuple[int, int]


def _outside(stretch: Stretch, third: int) -> list[Stretch]:
    """What is left round the middle, the nearer side last."""
    low, high = stretch
    return [(high - third + 1, high), (low, low + third - 1)] if third else []


def _before(stretch: Stretch, size: int) -> list[Stretch]:
    return [(stretch[0], size - 1)] if stretch[0] < size else []
