"""Every case of every chapter of the handbook, answered by the reference."""

import pytest

from engine.handbook.chapters import Case, Chapter, chapters
from engine.handbook.example import Refusal, example_of
from tests.spec.reading import answered

CASES = [
    pytest.param(chapter, case, id=f"{chapter.name}: {case.name}")
    for chapter in chapters()
    for case in chapter.cases
]


@pytest.mark.parametrize(("chapter", "case"), CASES)
def test_the_reference_gives_the_answer_of_the_chapter(chapter: Chapter, case: Case) -> None:
    example = example_of(chapter, case)
    if isinstance(example, Refusal):
        verb, _, part = case.answer.partition(": ")
        assert (verb, part in example.said) == (example.verb, True), example.said
    else:
        assert answered(example) == case.answer


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 250


def test_no_two_chapters_have_one_title() -> None:
    titles = [chapter.title for chapter in chapters()]
    assert len(set(titles)) == len(titles)
