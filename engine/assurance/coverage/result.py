"""What the cases have shown of the rules, counted: of each expression, of each rule, and in all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from engine.assurance.cases import Case
from engine.assurance.coverage.expressions import Condition, Expression, Goal, expressions_of
from engine.assurance.coverage.unreachable import unreachable
from engine.assurance.coverage.watching import Watcher
from engine.assurance.run import Result
from engine.study.linked import Study

State = Literal["shown", "not shown", "cannot be"]

Standing = Literal["full", "part", "none", "out of reach"]
"""Of several goals: all that can be shown are, some, none; or none can be."""

Proofs = Mapping[Goal, str]
"""What no case can show, and why."""


class Tally(NamedTuple):
    """How many goals are shown, how many can be, and how many cannot."""

    shown: int
    of: int
    cannot: int

    @property
    def is_full(self) -> bool:
        return self.shown == self.of

    @property
    def percent(self) -> float:
        return 100 * self.shown / self.of if self.of else 100.0

    @property
    def words(self) -> str:
        """Never more than it is: 99.96 % is not 100 %."""
        return f"{self.shown * 1000 // self.of / 10 if self.of else 100.0:.1f} %"


class Gap(NamedTuple):
    """What is not shown of a condition, or else of the answer of an expression."""

    expression: Expression
    condition: Condition | None
    goals: tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What each goal was shown by, and which goals are proved to be out of reach.

    A goal that a case has shown is shown, whatever is proved: a case may ask for
    other values of parameters than those a proof is about.
    """

    expressions: Mapping[str, Expression]
    shown: Mapping[Goal, tuple[Case, ...]]
    unreachable: Proofs
    cases: int
    failed: tuple[str, ...]

    def state(self, goal: Goal) -> State:
        if goal in self.shown:
            return "shown"
        return "cannot be" if goal in self.unreachable else "not shown"

    def tally(self, goals: Iterable[Goal]) -> Tally:
        states = [self.state(goal) for goal in dict.fromkeys(goals)]
        shown, cannot = states.count("shown"), states.count("cannot be")
        return Tally(shown, len(states) - cannot, cannot)

    def standing(self, goals: Iterable[Goal]) -> Standing:
        tally = self.tally(goals)
        if tally.of == 0:
            return "out of reach" if tally.cannot else "full"
        return "full" if tally.is_full else "part" if tally.shown else "none"

    @property
    def goals(self) -> tuple[Goal, ...]:
        return tuple(dict.fromkeys(goal for one in self.expressions.values() for goal in one.goals))

    @property
    def rules(self) -> Mapping[str, tuple[Expression, ...]]:
        """The expressions of each rule, in the order of the files."""
        found: dict[str, list[Expression]] = {}
        for expression in self.expressions.values():
            found.setdefault(expression.owner.rule.id, []).append(expression)
        return {name: tuple(expressions) for name, expressions in found.items()}

    def of(self, rule: str) -> "Coverage":
        """That of one rule, with all that it gives."""
        expressions = {one.name: one for one in self.rules[rule]}
        return replace(self, expressions=expressions)

    def with_proofs(self, proofs: Proofs) -> "Coverage":
        """The same where more is proved to be out of reach, by whatever means."""
        return replace(self, unreachable={**self.unreachable, **proofs})

    @property
    def gaps(self) -> Iterator[Gap]:
        """What no case has shown and one could, each once, in the order of the files."""
        said = set[Goal]()
        for expression in self.expressions.values():
            for of in (*expression.conditions, None):
                goals = expression.answers if of is None else of.goals
                lacking = tuple(g for g in goals if self.state(g) == "not shown" and g not in said)
                said.update(lacking)
                if lacking:
                    yield Gap(expression, of, lacking)


def coverage(study: Study, results: Iterable[Result]) -> Coverage:
    """What cases show that were run with a log."""
    expressions = expressions_of(study)
    watcher, cases, failed = Watcher(expressions), 0, list[str]()
    for result in results:
        cases += 1
        failed += [] if result.passed else [result.case.name]
        watcher.watch(result.case, result.found)
    shown = {goal: tuple(by) for goal, by in watcher.shown.items()}
    open_goals = {goal for one in expressions.values() for goal in one.goals} - shown.keys()
    proofs = unreachable(study, expressions, open_goals)
    return Coverage(expressions, shown, proofs, cases, tuple(failed))
