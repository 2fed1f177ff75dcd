"""All that a program says, each expression under the place where the program holds it."""

from typing import Literal, NamedTuple

from engine.language.core import BASELINE, Core, Program


class Slot(NamedTuple):
    """Where a program holds an expression: in a rule, or in the plan of a visit or the baseline."""

    name: str
    part: Literal["rule", "target", "opens", "closes", "day"] = "rule"

    @property
    def rule(self) -> str:
        """The rule, or visit, without which of its values is."""
        return self.name.partition(".")[0]


def expressions(program: Program) -> dict[Slot, Core]:
    """All that a program says, in its order."""
    found = {Slot(name): core for name, core in program.rules.items()}
    for plan in program.visits.values():
        found[Slot(plan.name, "target")] = plan.target
        found[Slot(plan.name, "opens")] = plan.opens
        found[Slot(plan.name, "closes")] = plan.closes
    if program.baseline is not None:
        found[Slot(BASELINE, "day")] = program.baseline.day
        found[Slot(BASELINE, "opens")] = program.baseline.opens
    return found
