"""Units in words, for those who proof-read."""

import pytest

from engine.language.unit_words import in_words


@pytest.mark.parametrize(
    ("symbol", "words"),
    [
        ("g/d", "grams per day"),
        ("mg/kg/d", "milligrams per kilogram per day"),
        ("/uL", "per microlitre"),
        ("10^9/L", "billion (10^9) per litre"),
        ("kg/m2", "kilograms per square metre"),
        ("mL/min/1.73m2", "millilitres per minute per 1.73 square metres of body surface"),
        ("mmHg", "millimetres of mercury"),
        ("%", "per cent"),
        ("days", "days"),
        ("furlongs", None),
        ("g/furlong", None),
    ],
)
def test_a_unit_in_words(symbol: str, words: str | None) -> None:
    assert in_words(symbol) == words
