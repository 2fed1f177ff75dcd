"""A misspelt name and the one that was meant."""

import pytest

from engine.source.suggest import did_you_mean, distance, nearest

KNOWN = [
    "proteinuria",
    "urine_protein_24h",
    "serum_creatinine",
    "complete_response",
    "partial_response",
    "egfr",
    "alt",
    "III+V",
    "month_1",
    "month_12",
    "randomization",
]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("protienuria", "proteinuria"),
        ("protenuria", "proteinuria"),
        ("proteinurria", "proteinuria"),
        ("randomisation", "randomization"),
        ("Randomization", "randomization"),
        ("iii+v", "III+V"),
        ("EGFR", "egfr"),
        ("efgr", "egfr"),
        ("complete-response", "complete_response"),
        ("completeresponse", "complete_response"),
        ("creatinine", "serum_creatinine"),
        ("response_complete", "complete_response"),
        ("urine_protein", "urine_protein_24h"),
        ("egfr_at_baseline", "egfr"),
        ("rando", "randomization"),
        ("month", "month_1"),
    ],
)
def test_the_name_that_was_meant(word: str, name: str) -> None:
    assert nearest(word, KNOWN) == name


@pytest.mark.parametrize(
    "word", ["hydroxychloroquine", "x", "", "I9", "at", "weight", "response_to_treatment"]
)
def test_no_guess_is_made_from_afar(word: str) -> None:
    assert nearest(word, KNOWN) is None
    assert did_you_mean(word, KNOWN) is None


def test_the_order_of_the_known_names_does_not_matter() -> None:
    assert (
        nearest("month_2", ["month_3", "month_1"]) == nearest("month_2", ["month_1", "month_3"]) == "month_1"
    )


def test_nothing_is_near_nothing() -> None:
    assert nearest("x", []) is None


def test_a_word_is_never_its_own_correction() -> None:
    assert nearest("egfr", ["egfr"]) is None


def test_the_phrase() -> None:
    assert did_you_mean("protienuria", set(KNOWN)) == "did you mean `proteinuria`?"


@pytest.mark.parametrize(
    ("a", "b", "steps"),
    [("", "", 0), ("", "ab", 2), ("ab", "ba", 1), ("abc", "acb", 1), ("kitten", "sitting", 3), ("a", "b", 1)],
)
def test_distance(a: str, b: str, steps: int) -> None:
    assert distance(a, b) == distance(b, a) == steps
