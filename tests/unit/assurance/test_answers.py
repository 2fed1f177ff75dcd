"""When a value is the one that somebody wrote: as far as it was written."""

from decimal import Decimal

import pytest

from engine.assurance.answers import agrees
from engine.assurance.cases import Expected
from engine.language.values import Day, DayRange, NumberRange, Value


@pytest.mark.parametrize(
    ("found", "so"),
    [
        (44.85, True),
        (44.949, True),
        (44.96, False),
        (Decimal("44.9"), True),
        (None, False),
        (NumberRange(Decimal(44), Decimal(45)), False),
    ],
)
def test_a_number_agrees_as_far_as_it_is_written(found: Value, so: bool) -> None:
    assert agrees(Expected("44.9", Decimal("44.9"), 0.05), found) is so


def test_an_exact_number_is_exact() -> None:
    assert agrees(Expected("0", Decimal(0), 0.0), Decimal(0))
    assert not agrees(Expected("0", Decimal(0), 0.0), 0.001)


def test_truths_are_no_numbers() -> None:
    assert not agrees(Expected("true", True), Decimal(1))
    assert not agrees(Expected("unknown", None), False)
    assert agrees(Expected("unknown", None), None)


def test_days() -> None:
    assert agrees(Expected("day", Day(5)), Day(5))
    assert not agrees(Expected("day", Day(5)), DayRange(Day(5), Day(6)))
