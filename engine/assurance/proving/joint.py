"""Several criteria read of every patient at once, so that it can be asked who passes which of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.assurance.proving.beyond import enough
from engine.assurance.proving.seen import PASSES
from engine.logic.answers import Truth
from engine.logic.proof import Proving
from engine.logic.reading import PATIENT, Reading
from engine.logic.solve import Effort, Solver
from engine.logic.terms import Bool, alike, flag, no

DECIDED = {"possible": True, "impossible": False, "undecided": None}


@dataclass(frozen=True, slots=True)
class Joint:
    """The solver, and by criterion whether it is certainly passed."""

    solver: Solver
    passes: Mapping[str, Bool]

    def can_pass(self, names: Sequence[str], failing: str | None = None) -> bool | None:
        """Whether somebody passes all of these, and not that one; None where it is not decided."""
        return DECIDED[self.solver.check(*self._held(names, failing))]

    def _held(self, names: Sequence[str], failing: str | None) -> list[Bool]:
        return [*(self.passes[name] for name in names), *([no(self.passes[failing])] if failing else [])]

    def fewest(self, names: Sequence[str], failing: str | None = None) -> tuple[str, ...]:
        """The fewest of criteria that nobody passes together, or nobody without passing that one.

        To be asked after `can_pass` has found so: the solver knows what it rested on.
        """
        core = self.solver.core(self._held(names, failing))
        left = tuple(name for place, name in enumerate(names) if place in core)
        for name in left:
            others = tuple(one for one in left if one != name)
            left = others if self.can_pass(others, failing) is False else left
        return left


def joints(proving: Proving, names: Sequence[str]) -> Iterator[Joint | None]:
    """The criteria where other rules stand for anything, then where days alone do, then as they are.

    None stands where one of them cannot be read so.
    """
    for depth, (cut, steps) in enumerate(zip(proving.cuts(), proving.steps, strict=True)):
        effort = proving.effort if depth else Effort(steps * (len(names) + 1))
        if not effort.left:
            return
        found = enough(proving, cut, lambda reading: [_passed(proving, reading, name) for name in names])
        if found is None:
            yield None
        else:
            passes = {name: flag(f"passes {name}") for name in names}
            said = (alike(passes[name], term) for name, term in zip(names, found.conditions, strict=True))
            solver = Solver(steps, effort)
            solver.add([*found.space.facts, *said])
            yield Joint(solver, passes)


def _passed(proving: Proving, reading: Reading, name: str) -> Bool:
    linked = proving.study.rules[name]
    answer = reading.answer(linked.core, PATIENT)
    assert isinstance(answer, Truth)
    return answer.yes if PASSES[linked.rule.role] else answer.no
