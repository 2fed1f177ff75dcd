"""Cases for what coverage finds that no case shows, one after another.

A patient found for one goal may show others as well; those are not looked for again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.assurance.cases import Case
from engine.assurance.coverage.expressions import Condition, Goal
from engine.assurance.coverage.result import Gap, coverage
from engine.assurance.coverage.watching import Watcher
from engine.assurance.proving.patients import Suggesting, origins
from engine.assurance.proving.proofs import Proofs
from engine.assurance.run import Runner
from engine.assurance.told.case import Teller
from engine.language.english import english
from engine.study.linked import Study

LONGEST = 70
"""Of the words of a condition, so many letters stand in the name of a case."""

WORDS = {"known": "known", "unknown": "not known", "decisive": "what decides"}


@dataclass(frozen=True, slots=True)
class Filled:
    """A goal that no case shows, with a case that does and its text; None where none was found."""

    gap: Gap
    goal: Goal
    case: Case | None = None
    text: str | None = None


def filled(study: Study, cases: Sequence[Case], rule: str | None = None) -> Iterator[Filled]:
    """Every goal that the cases leave open and that is not reached on the way, or those of one rule.

    What is proved to be out of reach for everybody is not open.
    """
    runner, teller = Runner(study, reasons=True, watched=True), Teller(study)
    found = coverage(study, map(runner.run, cases))
    found = found if rule is None else found.of(rule)
    suggesting = Suggesting(study, origins(teller, cases))
    proofs = Proofs(study)
    watcher, names = Watcher(found.expressions), {case.name for case in cases}
    for gap in found.gaps:
        for goal in gap.goals:
            if goal in watcher.shown:
                continue
            case = suggesting.showing(gap.expression, goal)
            text = None
            if case is None and proofs.is_unreachable(gap.expression, goal):
                continue
            if case is not None:
                case = replace(case, name=_unlike(names, _name(gap.condition, goal)))
                text = teller.told(case)
            if case is not None and text is not None:
                names.add(case.name)
                watcher.watch(case, runner.run(case).found)
            yield Filled(gap, goal, case, text)


def _name(condition: Condition | None, goal: Goal) -> str:
    wanted = WORDS.get(goal.wanted, goal.wanted)
    if condition is None:
        return f"{goal.rule} is {wanted}"
    said = english(condition.core)
    return f"{goal.rule}, {said if len(said) <= LONGEST else said[:LONGEST] + ' ..'}: {wanted}"


def _unlike(names: set[str], name: str) -> str:
    numbered = (name if number == 1 else f"{name} ({number})" for number in range(1, len(names) + 2))
    return next(one for one in numbered if one not in names)
