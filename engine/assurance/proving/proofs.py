"""Goals that no case can reach and mutants that no case can notice, with the reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.assurance.coverage.expressions import Condition, Expression, Goal
from engine.assurance.mutation.model import Mutant
from engine.assurance.paths import with_nodes
from engine.language.core import FALSE, TRUE, Core
from engine.language.slots import Slot, expressions
from engine.logic.bound import BOUND
from engine.logic.proof import DEEP, SHALLOW, Claim, Proving, always_agree, decides, gives
from engine.study.linked import Study

NOBODY = f"no patient shows it ({BOUND})"
NO_ONE_ELSE = f"every patient is answered alike ({BOUND})"


@dataclass(slots=True)
class Proofs:
    """Asks the solver about the rules of one study."""

    study: Study
    goals: Proving = field(init=False)
    mutants: Proving = field(init=False)

    def __post_init__(self) -> None:
        self.goals = Proving(self.study, steps=SHALLOW)
        self.mutants = Proving(self.study, steps=DEEP)

    # ------------------------------------------------------------------- goals

    def unreachable(
        self, expressions: Mapping[str, Expression], goals: Iterable[Goal]
    ) -> Iterator[tuple[Goal, str | None]]:
        """Each goal with why it is out of reach, or None: one by one, so that progress can be shown."""
        for goal in goals:
            yield goal, NOBODY if self.is_unreachable(expressions[goal.rule], goal) else None

    def is_unreachable(self, expression: Expression, goal: Goal) -> bool:
        return self.goals.never(goal.rule, claim(expression, goal))

    # ----------------------------------------------------------------- mutants

    def equivalent(self, mutant: Mutant) -> str | None:
        """Why no case could notice a mutant; None where one might, or it was not decided.

        Each expression that is other is compared while all others stand for anything.
        """
        said = expressions(self.study.program)
        pairs = ((slot, said[slot], core) for slot, core in mutant.changes)
        return NO_ONE_ELSE if all(self._agree(slot, (a, b)) for slot, a, b in pairs) else None

    def _agree(self, slot: Slot, pair: tuple[Core, Core]) -> bool:
        return always_agree(self.mutants, slot.name, pair)


def claim(expression: Expression, goal: Goal) -> Claim:
    """What a patient would have to be like who shows a goal."""
    if goal.wanted != "decisive":
        return gives(expression.core, goal.path or (), goal.wanted)
    condition = condition_of(expression, goal)
    return decides(expression.core, condition.path, turned(expression.core, condition))


def condition_of(expression: Expression, goal: Goal) -> Condition:
    return next(one for one in expression.conditions if one.path == goal.path)


def turned(core: Core, condition: Condition) -> tuple[Core, Core]:
    """The rule if the condition always held, and if it never did."""
    place = frozenset((id(condition.core),))
    return with_nodes(core, place, TRUE), with_nodes(core, place, FALSE)
