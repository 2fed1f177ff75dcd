"""Whether one answer is among those that another stands for."""

from typing import Any

from engine.language.values import DayRange, OneOf
from engine.reference.compare import codes
from engine.reference.numbers import bounds, comparable


def holds(vague: Any, better: Any) -> bool:
    """Whether an answer is one of those that a vaguer one stands for; unknown stands for all."""
    match vague:
        case None:
            return True
        case _ if better is None or isinstance(vague, bool):
            return vague is better
        case int() | DayRange():
            return _first(vague) <= _first(better) and _last(better) <= _last(vague)
        case str() | OneOf():
            return codes(better) <= codes(vague)
        case _:
            return _within(vague, better)


def _first(day: int | DayRange) -> int:
    return day.low if isinstance(day, DayRange) else day


def _last(day: int | DayRange) -> int:
    return day.high if isinstance(day, DayRange) else day


def _within(vague: Any, better: Any) -> bool:
    x, y = bounds(vague), bounds(better)
    if comparable(y.low) < comparable(x.low) or comparable(y.high) > comparable(x.high):
        return False
    exact = not any(isinstance(end, float) for end in (x.low, x.high, y.low, y.high))
    leaves_low = exact and x.low_open and not y.low_open and y.low == x.low
    leaves_high = exact and x.high_open and not y.high_open and y.high == x.high
    return not leaves_low and not leaves_high
