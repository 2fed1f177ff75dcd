"""Asks the solver; the only place that does. Effort is counted in steps, not seconds, so answers repeat."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

import z3

from engine.logic.terms import Bool, Int

Verdict = Literal["possible", "impossible", "undecided"]
MOST_CHANGES = 5
"""No patient further from another is looked for."""

STEPS, ALL_STEPS = 20_000_000, 100_000_000
"""For one question, and for all that one answer takes; what takes longer is said to be undecided."""


@dataclass(slots=True)
class Effort:
    """How much work may still be spent, on one question after another."""

    left: int

    def spend(self, steps: int) -> None:
        self.left = max(0, self.left - steps)


@dataclass(slots=True)
class Solver:
    """Facts that are to hold together; more can be added. No question takes more than `steps`."""

    steps: int = STEPS
    effort: Effort = field(default_factory=lambda: Effort(ALL_STEPS))
    inner: z3.Solver = field(init=False)
    is_false: bool = False

    def __post_init__(self) -> None:
        self.inner = z3.Solver()
        self.inner.set("random_seed", 0)

    def add(self, facts: Iterable[Bool]) -> None:
        for fact in facts:
            if fact is False:
                self.is_false = True
            elif fact is not True:
                self.inner.add(fact)

    def check(self, *held: Bool) -> Verdict:
        """Whether all can hold, with what is held beside them."""
        if self.is_false or any(one is False for one in held):
            return "impossible"
        if not self.effort.left:
            return "undecided"
        self.inner.set("rlimit", min(self.steps, self.effort.left))
        before = self._counted()
        found = self.inner.check(*(one for one in held if one is not True))
        self.effort.spend(self._counted() - before)
        if found == z3.sat:
            return "possible"
        return "impossible" if found == z3.unsat else "undecided"

    def _counted(self) -> int:
        """The solver's own count of its steps, over all that it has done."""
        return int(self.inner.statistics().get_key_value("rlimit count"))

    @property
    def model(self) -> z3.ModelRef:
        return self.inner.model()

    def core(self, held: Sequence[Bool]) -> frozenset[int]:
        """Of what was held, the places of those that cannot all hold."""
        if self.is_false:
            return frozenset()
        core = {term.get_id() for term in self.inner.unsat_core()}
        return frozenset(
            n for n, term in enumerate(held) if not isinstance(term, bool) and term.get_id() in core
        )


def solve(facts: Iterable[Bool], steps: int, effort: Effort) -> tuple[Verdict, z3.ModelRef | None]:
    """Whether all of these can hold together, and a model where they can."""
    solver = Solver(steps, effort)
    solver.add(facts)
    found = solver.check()
    return found, solver.model if found == "possible" else None


def smallest_with_each(
    sets: Sequence[frozenset[int]], refused: Collection[frozenset[int]]
) -> frozenset[int] | None:
    """A smallest set that has a member of each of these, the first of them in order that was not refused."""
    members = sorted(frozenset().union(*sets))
    for size in range(min(len(members), MOST_CHANGES) + 1):
        for chosen in map(frozenset, combinations(members, size)):
            if chosen not in refused and all(not one.isdisjoint(chosen) for one in sets):
                return chosen
    return None


def value_in(model: z3.ModelRef, number: Int) -> int:
    """What a model takes a number to be."""
    return number if isinstance(number, int) else int(model.eval(number.term, True).as_long())
