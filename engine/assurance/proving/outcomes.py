"""Outcomes that no patient gets of a rule, however it is asked."""

from engine.assurance.proving.beyond import enough
from engine.logic.answers import Truth
from engine.logic.asking import Question, questions
from engine.logic.proof import Proving
from engine.logic.reading import Reading
from engine.logic.solve import Effort, Verdict, solve
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
    for depth, (cut, steps) in enumerate(zip(proving.cuts(), proving.steps, strict=True)):
        effort = proving.effort if depth else Effort(steps)
        if found == "possible" and effort.left:
            asked = enough(proving, cut, gets)
            found = "undecided" if asked is None else solve(asked.facts, steps, effort)[0]
    return found == "impossible"
