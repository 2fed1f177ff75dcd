"""Outcomes that no patient gets of a rule, however it is asked."""

from engine.assurance.proving.beyond import enough
from engine.logic.answers import Truth
from engine.logic.asking import Question, questions
from engine.logic.proof import Proving
from engine.logic.reading import Reading
from engine.logic.solve import solve
from engine.logic.space import Cut
from engine.logic.terms import Bool, every


def never(proving: Proving, rule: str, outcome: bool) -> bool:
    """Whether nobody gets an outcome: first where other rules stand for anything, at last as they are."""
    asked = questions(proving.study, rule)
    return all(any(_never(proving, one, (outcome, cut)) for cut in proving.cuts()) for one in asked)


def _never(proving: Proving, question: Question, looked: tuple[bool, Cut]) -> bool:
    outcome, cut = looked

    def gets(reading: Reading) -> tuple[Bool]:
        answer = reading.answer(reading.program.rules[question.rule], question.view(reading))
        assert isinstance(answer, Truth)
        return (every(question.can_be_asked(reading), answer.yes if outcome else answer.no),)

    found = enough(proving, cut, gets)
    if found is None:
        return False
    return solve([*found.space.facts, *found.conditions], proving.steps)[0] == "impossible"
