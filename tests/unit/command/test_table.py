"""Tables for people: as wide as what they hold, and never wider than the screen."""

import pytest

from engine.command.table import NARROWEST, drawn


def lines(table: list[list[str]], width: int = 60) -> list[str]:
    return drawn("Title", table, width).split("\n")


def test_columns_are_as_wide_as_what_they_hold() -> None:
    assert lines([["a", "longer"], ["value", "b"]]) == [
        "Title",
        "",
        "  a       longer",
        " ────────────────",
        "  value   b",
        "",
    ]


def test_the_widest_column_gives_way_and_its_words_go_on_below() -> None:
    found = lines([["id", "words"], ["P1", "one two three four five six"]], 26)
    assert found[4:] == ["  P1   one two three four", "       five six", ""]


def test_a_word_that_is_too_long_is_broken() -> None:
    found = lines([["id", "words"], ["P1", "x" * 30]], 26)
    assert found[4:] == ["  P1   xxxxxxxxxxxxxxxxxx", "       xxxxxxxxxxxx", ""]


def test_a_letter_that_takes_two_columns() -> None:
    found = lines([["word", "b"], ["狼疮性肾炎", "b"], ["e\u0301e\u0301", "b"]])
    assert found[4:6] == ["  狼疮性肾炎   b", "  e\u0301e\u0301           b"]


@pytest.mark.parametrize("width", [0, 10, 40])
def test_no_column_is_squeezed_to_nothing(width: int) -> None:
    found = lines([["first", "second"], ["x" * 40, "y" * 40]], width)
    assert max(map(len, found)) <= max(width, 2 * NARROWEST + 6)
    assert "".join(found).count("x") == "".join(found).count("y") == 40
