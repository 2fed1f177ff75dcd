"""What each selector means over the records found: the names of the language's table.

`sure` records are in the series; `maybe` records may or may not be, because a
date is partial or a filter unknown. A selector's answer is known only if it is
the same either way.
"""

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any, NamedTuple

from engine.language.days import high, low, spanning
from engine.language.values import FIRST_DAY, LAST_DAY, DayRange, Number, NumberRange, Numeric, Value
from engine.reference import numbers
from engine.reference.compare import Truth
from engine.reference.numbers import bounds
from engine.reference.possible import join
from engine.timeline.model import Record

Look = Callable[[Record], Value]
"""The element of a record that the selector works on."""


class Found(NamedTuple):
    """The records of a series, by start.

    `exact`: every start is a known day and none is doubtful. `none_known`: if
    nothing was found, that is known to be so. `open_ended`: the period goes on
    after the day up to which the data are known. `target` is a visit's day.
    `own_day`: what is looked at in a record is its own day. `nothing` is what
    it means that nobody answered, where that means something.
    """

    sure: Sequence[Record]
    maybe: Sequence[Record]
    exact: bool
    none_known: bool
    open_ended: bool = False
    target: Value = None
    own_day: bool = False
    nothing: Value = None


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


def _average(values: Sequence[Numeric]) -> float:
    return math.fsum(float(value) for value in values) / len(values)


def median(found: Found, look: Look) -> Number | None:
    values = _settled(found, look)
    if values is None or isinstance(values, NumberRange):
        return values
    limits = [bounds(value) for value in values]
    lows = _middle([(float(b.low), b.low_open) for b in limits])
    highs = _middle([(float(b.high), not b.high_open) for b in limits])
    return numbers.between(
        _average([low for low, _ in lows]),
        _average([high for high, _ in highs]),
        any(is_open for _, is_open in lows),
        not all(is_closed for _, is_closed in highs),
    )


def _middle(ends: list[tuple[float, bool]]) -> list[tuple[float, bool]]:
    """The one or two in the middle: an open lower end lies above an equal closed one, an upper end below."""
    ordered = sorted(ends)
    half = len(ordered) // 2
    return ordered[half : half + 1] if len(ordered) % 2 else ordered[half - 1 : half + 1]


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
    return _extreme(found, look, (_higher, _or_higher))


def lowest(found: Found, look: Look) -> Value:
    return _extreme(found, look, (_lower, _or_lower))


Further = tuple[Callable[[Any, Any], Value], Callable[[Any], Value]]
"""The further of two values, and a value or any further one."""


def _extreme(found: Found, look: Look, ways: Further) -> Value:
    """The furthest of the sure values, or as far as a doubtful or unknown one may go."""
    further, or_further = ways
    values, extra = [look(record) for record in found.sure], [look(record) for record in found.maybe]
    known: list[Any] = [value for value in values if value is not None]
    if not known:
        return None
    furthest: Value = reduce(further, known)
    if None in values or None in extra or found.open_ended:
        return or_further(furthest)
    for value in extra:
        furthest = join((furthest, further(furthest, value)))
    return furthest


def _or_higher(a: Any) -> Value:
    if _is_date(a):
        return spanning(low(a), LAST_DAY)
    least = bounds(a)
    return numbers.between(least.low, numbers.INFINITE, least.low_open)


def _or_lower(a: Any) -> Value:
    if _is_date(a):
        return spanning(FIRST_DAY, high(a))
    most = bounds(a)
    return numbers.between(-numbers.INFINITE, most.high, high_open=most.high_open)


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
        return found.nothing if not found.maybe else None
    if found.exact and not found.maybe:
        return join(map(look, _tied(found.sure, last)))
    records = _could_be_outermost([*found.sure, *found.maybe], found.sure, last)
    if found.own_day:
        return _outermost_day(records, found.sure, last)
    return join(map(look, records))


def _outermost_day(records: Sequence[Record], sure: Sequence[Record], last: bool) -> Value:
    """The first day of several is no later than that of any sure record, wherever the others lie."""
    if last:
        return spanning(max(low(r.start) for r in sure), max(high(r.start) for r in records))
    return spanning(min(low(r.start) for r in records), min(high(r.start) for r in sure))


def _tied(records: Sequence[Record], last: bool) -> Sequence[Record]:
    """The outermost record, with those of its day that the time of day does not tell apart."""
    edge = records[-1 if last else 0]
    if len(records) == 1 or records[-2 if last else 1].start != edge.start:
        return (edge,)
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
    if not found.sure:
        return found.nothing if not found.maybe else None
    if found.target is None:
        return None
    if len(found.sure) == 1 and not found.maybe:
        return look(found.sure[0])
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
