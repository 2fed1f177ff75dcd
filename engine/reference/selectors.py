"""What each selector means over the records found: the names of the language's table.

`sure` records are in the series; `maybe` records may or may not be, because a
date is partial or a filter unknown. A selector's answer is known only if it is
the same either way.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any

from engine.language.days import high, low, spanning
from engine.language.values import DayRange, Number, NumberRange, Numeric, Value
from engine.reference import numbers
from engine.reference.compare import Truth
from engine.reference.numbers import bounds
from engine.reference.possible import join
from engine.timeline.model import Record

Look = Callable[[Record], Value]
"""The element of a record that the selector works on."""


@dataclass(frozen=True, slots=True)
class Found:
    """The records of a series, by start.

    `exact`: every start is a known day and none is doubtful. `none_known`: if
    nothing was found, that is known to be so. `open_ended`: the period goes on
    after the day up to which the data are known. `target` is a visit's day.
    """

    sure: Sequence[Record]
    maybe: Sequence[Record]
    exact: bool
    none_known: bool
    open_ended: bool = False
    target: Value = None


Selector = Callable[[Found, Look], Value]


def any_of(found: Found, look: Look) -> Truth:
    result: Truth = False if found.none_known and not found.open_ended else None
    for record in found.sure:
        truth = look(record)
        if truth is True:
            return True
        if truth is None:
            result = None
    return None if any(look(record) is not False for record in found.maybe) else result


def every(found: Found, look: Look) -> Truth:
    result: Truth = True if found.none_known and not found.open_ended else None
    for record in found.sure:
        truth = look(record)
        if truth is False:
            return False
        if truth is None:
            result = None
    return None if any(look(record) is not True for record in found.maybe) else result


def number_of(found: Found, look: Look) -> Number | None:
    if not found.none_known:
        return None
    least = len(found.sure)
    if found.open_ended:
        return NumberRange(Decimal(least), None)
    return numbers.between(Decimal(least), Decimal(least + len(found.maybe)))


def total(found: Found, look: Look) -> Number | None:
    values = _values(found.sure, look)
    extra = _values(found.maybe, look)
    if not found.none_known or found.open_ended or values is None or extra is None:
        return None
    summed: Number = Decimal(0)
    for value in [*values, *(numbers.hull(Decimal(0), value) for value in extra)]:
        summed = numbers.plus(summed, value)
    return summed


def _values(records: Sequence[Record], look: Look) -> list[Number] | None:
    values = [look(record) for record in records]
    return None if any(value is None for value in values) else values  # type: ignore[return-value]


def mean(found: Found, look: Look) -> Number | None:
    values = _settled(found, look)
    if values is None or isinstance(values, NumberRange):
        return values
    limits = [bounds(value) for value in values]
    return numbers.between(
        _average([b.low for b in limits]),
        _average([b.high for b in limits]),
        any(b.low_open for b in limits),
        any(b.high_open for b in limits),
    )


def _average(values: list[Numeric]) -> float:
    return math.fsum(float(value) for value in values) / len(values)


def median(found: Found, look: Look) -> Number | None:
    values = _settled(found, look)
    if values is None or isinstance(values, NumberRange):
        return values
    limits = [bounds(value) for value in values]
    return numbers.between(_middle([b.low for b in limits]), _middle([b.high for b in limits]))


def _middle(values: list[Numeric]) -> float:
    ordered = sorted(float(value) for value in values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _settled(found: Found, look: Look) -> list[Number] | NumberRange | None:
    """The values of a settled series; of an unsettled one, the range they span."""
    values, extra = _values(found.sure, look), _values(found.maybe, look)
    if not values or extra is None or found.open_ended:
        return None
    if not extra:
        return values
    spanned = join([numbers.approximate(value) for value in [*values, *extra]])
    return spanned if isinstance(spanned, NumberRange) else [spanned]  # type: ignore[list-item]


def highest(found: Found, look: Look) -> Value:
    return _extreme(found, look, _higher)


def lowest(found: Found, look: Look) -> Value:
    return _extreme(found, look, _lower)


def _extreme(found: Found, look: Look, further: Callable[[Any, Any], Value]) -> Value:
    """The furthest of the sure values, or as far as a doubtful one may go."""
    values, extra = [look(record) for record in found.sure], [look(record) for record in found.maybe]
    if not values or None in values or None in extra or found.open_ended:
        return None
    furthest = reduce(further, values)
    return reduce(lambda value, other: join((value, further(value, other))), extra, furthest)


def _is_date(value: Value) -> bool:
    return isinstance(value, int | DayRange)


def _higher(a: Any, b: Any) -> Value:
    if _is_date(a):
        return spanning(max(low(a), low(b)), max(high(a), high(b)))
    return numbers.higher(a, b)


def _lower(a: Any, b: Any) -> Value:
    if _is_date(a):
        return spanning(min(low(a), low(b)), min(high(a), high(b)))
    return numbers.lower(a, b)


def first(found: Found, look: Look) -> Value:
    return _outermost(found, look, last=False)


def last(found: Found, look: Look) -> Value:
    return None if found.open_ended else _outermost(found, look, last=True)


def _outermost(found: Found, look: Look, last: bool) -> Value:
    if not found.sure:
        return None
    if found.exact and not found.maybe:
        return join(map(look, _tied(found.sure, last)))
    return join(map(look, _could_be_outermost([*found.sure, *found.maybe], found.sure, last)))


def _tied(records: Sequence[Record], last: bool) -> Sequence[Record]:
    """The outermost record, with those of its day that the time of day does not tell apart."""
    edge = records[-1 if last else 0]
    tied = [record for record in (reversed(records) if last else records) if record.start == edge.start]
    if any(record.minute is None for record in tied):
        return tied
    minute = (max if last else min)(record.minute for record in tied if record.minute is not None)
    return [record for record in tied if record.minute == minute]


def _could_be_outermost(records: Sequence[Record], sure: Sequence[Record], last: bool) -> list[Record]:
    """The records beyond which no sure record certainly lies."""
    if last:
        edge = max(low(record.start) for record in sure)
        return [record for record in records if high(record.start) >= edge]
    edge = min(high(record.start) for record in sure)
    return [record for record in records if low(record.start) <= edge]


def nearest(found: Found, look: Look) -> Value:
    """The value nearest to the target; a tie goes to the later day."""
    if not found.sure or found.target is None:
        return None
    if found.exact and not found.maybe and isinstance(found.target, int):
        day = min((abs(r.start - found.target), -r.start) for r in found.sure)[1]  # type: ignore[operator]
        return join(map(look, _tied([r for r in found.sure if r.start == -day], last=True)))
    closest = min(_distance(record, found.target)[1] for record in found.sure)
    return join(look(r) for r in (*found.sure, *found.maybe) if _distance(r, found.target)[0] <= closest)


def _distance(record: Record, target: Any) -> tuple[int, int]:
    """The least and the most days a record can be from its target."""
    ahead, behind = low(record.start) - high(target), low(target) - high(record.start)
    furthest = max(high(record.start) - low(target), high(target) - low(record.start))
    return max(ahead, behind, 0), furthest


SELECT: dict[str, Selector] = {
    "first": first,
    "last": last,
    "at": nearest,
    "highest": highest,
    "lowest": lowest,
    "mean": mean,
    "median": median,
    "total": total,
    "number of": number_of,
    "any": any_of,
    "every": every,
}
