"""The tables of operators and selectors: one name in each, explained in one chapter and reached by its cases.

Adding an operator is a row in each table and a chapter that shows it; these
tests name the row that is missing.
"""

from collections import Counter
from functools import cache

import pytest

from engine.handbook.chapters import Chapter, chapters
from engine.handbook.example import Example, example_of
from engine.language.core import Call, Core, Select
from engine.language.operators import OPERATORS, SELECTORS
from engine.language.walk import nodes
from engine.reference.operators import OPERATE
from engine.reference.selectors import SELECT

NAMES = {**OPERATORS, **SELECTORS}


def test_the_reference_has_each_operator() -> None:
    assert OPERATE.keys() == OPERATORS.keys()


def test_the_reference_has_each_selector() -> None:
    assert SELECT.keys() == SELECTORS.keys()


def test_no_operator_has_the_name_of_a_selector() -> None:
    assert not OPERATORS.keys() & SELECTORS.keys()


def test_each_is_explained_in_one_chapter() -> None:
    explained = Counter(name for chapter in chapters() for name in chapter.about)
    assert explained == Counter(NAMES.keys())


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.name)
def test_a_chapter_reaches_what_it_explains(chapter: Chapter) -> None:
    assert not set(chapter.about) - reached(chapter)


@cache
def reached(chapter: Chapter) -> frozenset[str]:
    """Every operator and selector in the questions of a chapter that can be asked, and in its rules."""
    examples = [example_of(chapter, case) for case in chapter.cases]
    asked = [example for example in examples if isinstance(example, Example)]
    cores = [core for one in asked for core in (one.core, *one.study.program.rules.values())]
    return frozenset(filter(None, (name_of(node) for core in cores for node in nodes(core))))


def name_of(node: Core) -> str | None:
    match node:
        case Call(operator):
            return operator
        case Select(selector):
            return selector
        case _:
            return None
