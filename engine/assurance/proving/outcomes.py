"""Outcomes that no patient gets of a rule, however it is asked."""

from collections.abc import Callable

from engine.assurance.proving.beyond import enough
from engine.logic.answers import Truth
from engine.logic.asking import Question, questions
from engine.logic.proof import Proving
from engine.logic.reading import Reading
from engine.logic.solve import Verdict, solve
from engine.logic.space import Cut
from engine.logic.terms import Bool, every


def never(proving: Proving, rule: str, outcome: bool) -> bool:
    """Whether nobody gets an outcome, at whichever visit and of whichever record it is asked."""
    return all(_never(proving, one, outcome) for one in questions(proving.study, rule))


def _never(proving: Proving, question: Question, outcome: bool) -> bool:
    """First where other rules stand for anything, at last as they are; what takes too long is let be."""

    def gets(reading: Reading) -> tuple[Bool]:
        answer = reading.answer(reading.program.rules[question.rule], question.view(reading))
        assert isinstance(answer, Truth)
        return (every(question.can_be_asked(reading), answer.yes if outcome else answer.no),)

    found: Verdict = "possible"
    for cut in proving.cuts():
        if found == "possible":
            found = _found(proving, cut, gets)
    return found == "impossible"


def _found(proving: Proving, cut: Cut, gets: Callable[[Reading], tuple[Bool]]) -> Verdict:
    asked = enough(proving, cut, gets)
    if asked is None:
        return "undecided"
    return solve([*asked.space.facts, *asked.conditions], proving.steps)[0]
