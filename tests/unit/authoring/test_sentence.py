"""An expression in one sentence: what an outline sets one below another is numbered there."""

import pytest

from engine.authoring.outline import Line
from engine.authoring.reading import Said, sentence

ONE_BELOW_ANOTHER = (
    Line(0, "all of these hold:"),
    Line(1, "A", True),
    Line(1, "any of these holds:", True),
    Line(2, "B", True),
    Line(2, "C", True),
    Line(1, "D", True),
)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((Line(0, "A"),), "It must be that A"),
        ((Line(0, "if A"), Line(1, "then B"), Line(0, "else C")), "It must be that if A then B else C"),
        (
            ONE_BELOW_ANOTHER,
            "It must be that all of these hold: (1) A; (2) any of these holds: (2.1) B; (2.2) C; (3) D",
        ),
    ],
)
def test_a_sentence(lines: tuple[Line, ...], said: str) -> None:
    assert sentence(Said("It must be that", lines)) == said
