"""What several values of one variable on one day mean, as the dictionary declares.

Every rule is worked out on bounds, so that a censored or missing value counts
for all it could be: the highest of `5` and a value nobody knows is `5` or
more. The answer never depends on the order of the rows. A record whose day is
only partly known may share it with others: then each of them stands for
whatever it and those others could amount to, and the one with the partial day
may or may not count. So does one whose row was refused.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import cast

from engine.language.days import high, low
from engine.language.values import DayRange, NumberRange, Numeric, Value
from engine.study.model import SameDay
from engine.timeline.model import Record

_INFINITE = Decimal("Infinity")

Low = tuple[Numeric, bool]
"""A lower end and whether it is open: greater means less is left below."""

High = tuple[Numeric, bool]
"""An upper end and whether it is closed: greater means more is left above."""

Ends = tuple[Low, High]


@dataclass(frozen=True, slots=True)
class Settled:
    """The records of a series, one a day where days are known; and those of them in conflict."""

    records: list[Record]
    conflicts: list[Record]


def settle(records: Sequence[Record], rule: SameDay) -> Settled:
    """The records, sorted by day, as the rule for values of one day leaves them."""
    merged, conflicts = [], []
    for day, same in groupby(records, key=lambda record: record.start):
        group = list(same)
        if len(group) == 1 or isinstance(day, DayRange):
            merged.extend(group)
            continue
        one = _RULES[rule](group)
        merged.append(one)
        if one.fields["value"] is None and any(record.fields["value"] is not None for record in group):
            conflicts.append(one)
    return Settled(merged, conflicts)


# ------------------------------------------------------------------ the rules


def _highest(group: list[Record]) -> Record:
    if not _is_of_numbers(group):
        return _conflict(group)
    ends = [_ends(record.fields["value"]) for record in group]
    low, high = max(low for low, _ in ends), max(high for _, high in ends)
    winners = [record for record, (_, most) in zip(group, ends, strict=True) if _meet(low, most)]
    return _merged(winners, _value((low, high)))


def _lowest(group: list[Record]) -> Record:
    if not _is_of_numbers(group):
        return _conflict(group)
    ends = [_ends(record.fields["value"]) for record in group]
    low, high = min(low for low, _ in ends), min(high for _, high in ends)
    winners = [record for record, (least, _) in zip(group, ends, strict=True) if _meet(least, high)]
    return _merged(winners, _value((low, high)))


def _meet(low: Low, high: High) -> bool:
    """Whether any number is above the one end and below the other: what loses for sure has none."""
    (least, is_open), (most, is_closed) = low, high
    return least < most or (least == most and is_closed and not is_open)


def _mean(group: list[Record]) -> Record:
    if not _is_of_numbers(group):
        return _conflict(group)
    ends = [_ends(record.fields["value"]) for record in group]
    lows, highs = zip(*ends, strict=True)
    low = _quotient(low for low, _ in lows), any(is_open for _, is_open in lows)
    high = _quotient(high for high, _ in highs), all(is_closed for _, is_closed in highs)
    return _merged(group, _value((low, high)))


def _quotient(numbers: Iterable[Numeric]) -> Decimal:
    """The exact sum by how many there are, binary64, to 12 significant digits: no order of adding shows."""
    ends = list(numbers)
    infinite = next((end for end in ends if end in (_INFINITE, -_INFINITE)), None)
    if infinite is not None:
        return Decimal(infinite)
    return Decimal(f"{float(sum(map(Fraction, ends))) / len(ends):.11e}").normalize()


def _last_recorded(group: list[Record]) -> Record:
    """The latest of those with a time, unless one without it was later."""
    latest = max((record.minute for record in group if record.minute is not None), default=None)
    winners = [record for record in group if record.minute in (None, latest)]
    return _conflict(winners) if len(winners) > 1 else winners[0]


def _conflict(group: list[Record]) -> Record:
    return _merged(group, _agreed(record.fields["value"] for record in group))


_RULES: dict[SameDay, Callable[[list[Record]], Record]] = {
    "highest": _highest,
    "lowest": _lowest,
    "mean": _mean,
    "last recorded": _last_recorded,
    "conflict": _conflict,
}


def _merged(rows: Sequence[Record], value: Value) -> Record:
    """One record of several: what they do not agree on is not known."""
    first = rows[0]
    minutes = {row.minute for row in rows}
    return replace(
        first,
        minute=first.minute if len(minutes) == 1 else None,
        fields=_agreed_fields(rows) | {"value": value},
        at=tuple(sorted(place for row in rows for place in row.at)),
    )


def _agreed_fields(rows: Sequence[Record]) -> dict[str, Value]:
    return {name: _agreed(row.fields[name] for row in rows) for name in rows[0].fields}


def _agreed(values: Iterable[Value]) -> Value:
    """The one value that all are, else None."""
    first, *others = values
    return first if all(other == first for other in others) else None


# ------------------------------------------------------- days not wholly known

_NEEDS_ONE = ("conflict", "last recorded")
"""Rules that leave the value open where it differs: whose day is partial has no time to go by."""


def doubted(records: list[Record], rule: SameDay) -> list[Record]:
    """The records, in order, with those that may share their day with another in doubt."""
    if not any(isinstance(record.start, DayRange) or record.doubtful for record in records):
        return records
    sharing: list[list[Record]] = [[] for _ in records]
    for at, record in enumerate(records):
        for other in range(at + 1, len(records)):
            if low(records[other].start) > high(record.start):
                break
            sharing[at].append(records[other])
            sharing[other].append(record)
    return [
        _in_doubt(record, others, rule) if others else record
        for record, others in zip(records, sharing, strict=True)
    ]


def _in_doubt(record: Record, others: list[Record], rule: SameDay) -> Record:
    rows = [record, *others]
    if rule in _NEEDS_ONE or not _is_of_numbers(rows):
        value = _agreed(row.fields["value"] for row in rows)
    else:
        ends = [_ends(row.fields["value"]) for row in rows]
        value = _value((min(low for low, _ in ends), max(high for _, high in ends)))
    fields = _agreed_fields(rows) | {"value": value, "start": record.start}
    own = set(record.at)
    at = (*record.at, *sorted({place for other in others for place in other.at} - own))
    is_doubtful = record.doubtful or isinstance(record.start, DayRange)
    return replace(record, fields=fields, at=at, doubtful=is_doubtful)


# --------------------------------------------------------------------- bounds


def _is_of_numbers(rows: Sequence[Record]) -> bool:
    """Whether the values are numbers: yes and no have no highest, and no mean."""
    return not any(isinstance(row.fields["value"], bool) for row in rows)


def _ends(value: Value) -> Ends:
    if value is None:
        return (-_INFINITE, True), (_INFINITE, False)
    if isinstance(value, NumberRange):
        low = -_INFINITE if value.low is None else value.low
        high = _INFINITE if value.high is None else value.high
        return (low, value.low_open), (high, not value.high_open)
    number = cast(Numeric, value)
    return (number, False), (number, True)


def _value(ends: Ends) -> Value:
    (low, low_open), (high, high_closed) = ends
    if low == high:
        return low
    known_low, known_high = low != -_INFINITE, high != _INFINITE
    if not known_low and not known_high:
        return None
    return NumberRange(
        low if known_low else None,
        high if known_high else None,
        known_low and low_open,
        known_high and not high_closed,
    )
