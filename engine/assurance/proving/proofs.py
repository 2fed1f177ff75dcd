"""Goals that no case can reach and mutants that no case can notice, with the reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.assurance.coverage.expressions import Condition, Expression, Goal
from engine.assurance.mutation.model import Mutant
from engine.assurance.paths import with_nodes
from engine.assurance.rewrite import Slot, expressions
from engine.language.core import FALSE, TRUE, Core
from engine.logic.bound import BOUND
from engine.logic.proof import Claim, Proving, always_agree, decides, gives
from engine.study.linked import Study

NOBODY = f"no patient shows it ({BOUND})"
NO_ONE_ELSE = f"every patient is answered alike ({BOUND})"


@dataclass(frozen=True, slots=True)
class Proofs:
    """Asks the solver about the rules of one study."""

    study: Study
    proving: Proving = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "proving", Proving(self.study))

    # ------------------------------------------------------------------- goals

    def unreachable(
        self, expressions: Mapping[str, Expression], goals: Iterable[Goal]
    ) -> Iterator[tuple[Goal, str | None]]:
        """Each goal with why it is out of reach, or None: one by one, so that progress can be shown."""
        for goal in goals:
            proved = self.proving.never(goal.rule, claim(expressions[goal.rule], goal))
            yield goal, NOBODY if proved else None

    # ----------------------------------------------------------------- mutants

    def equivalent(self, mutant: Mutant) -> str | None:
        """Why no case could notice a mutant; None where one might, or it was not decided.

        Each expression that is other is compared while all others stand for anything.
        """
        said = expressions(self.study.program)
        pairs = ((slot, said[slot], core) for slot, core in mutant.changes)
        return NO_ONE_ELSE if all(self._agree(slot, (a, b)) for slot, a, b in pairs) else None

    def _agree(self, slot: Slot, pair: tuple[Core, Core]) -> bool:
        return always_agree(self.proving, slot.name, pair)


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
