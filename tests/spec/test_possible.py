"""What lint holds possible, against the reference: every answer of the handbook must be possible."""

from decimal import Decimal
from fractions import Fraction

import pytest

from engine.assurance.lint.could import Codes, Could, Outcomes, SomeDay
from engine.assurance.lint.intervals import Interval
from engine.assurance.lint.possible import OPERATE, About, Possibilities
from engine.handbook.chapters import Case, Chapter, chapters
from engine.handbook.example import Refusal, example_of
from engine.language.operators import OPERATORS
from engine.language.values import NumberRange, OneOf, Value
from engine.reference.interpret import Reading
from tests.spec.reading import view_of

CASES = [
    pytest.param(chapter, case, id=f"{chapter.name}: {case.name}")
    for chapter in chapters()
    for case in chapter.cases
]


def test_lint_knows_every_operator() -> None:
    assert OPERATE.keys() == OPERATORS.keys()


@pytest.mark.parametrize(("chapter", "case"), CASES)
def test_what_the_reference_answers_is_possible(chapter: Chapter, case: Case) -> None:
    example = example_of(chapter, case)
    if not isinstance(example, Refusal):
        could = Possibilities(example.study).of(example.core, About(this=example.variable))
        reading = Reading(example.study.program, example.timeline, example.as_of)
        answer = reading.value(example.core, view_of(example))
        assert is_possible(answer, could), (answer, could)


def is_possible(value: Value, could: Could) -> bool:
    """Whether it is counted with; what is known in part must meet what is possible."""
    if value is None:
        return could.unknown
    match could:
        case Outcomes():
            return value in could.all
        case Codes(codes):
            return bool(codes & value.codes if isinstance(value, OneOf) else value in codes)
        case SomeDay():
            return True
        case Interval(low, high):
            least, most = ends(value)
            return (least is None or least <= high) and (most is None or most >= low)


def ends(value: Value) -> tuple[Fraction | None, Fraction | None]:
    if isinstance(value, NumberRange):
        low, high = value.low, value.high
        return None if low is None else Fraction(low), None if high is None else Fraction(high)
    assert isinstance(value, Decimal | float)
    return Fraction(value), Fraction(value)
