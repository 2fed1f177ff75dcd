"""When a visit took place: its recorded day, else its target.

A record that does not say which visit it was may be of any. Then a visit may
have been on that day, or on another, or not at all.
"""

from typing import NamedTuple

from engine.language.values import OneOf, Value
from engine.reference.possible import join
from engine.reference.selectors import Found, nearest
from engine.reference.view import Asked
from engine.timeline.model import Record, Series

NONE = Series((), ())


class Shown(NamedTuple):
    """The records that show a visit, and those that perhaps do."""

    sure: list[Record]
    maybe: list[Record]


def actual_day(reading: Asked, visit: str) -> Value:
    """The recorded day of a visit, else its target."""
    found = shown(reading, visit)
    if found.sure:
        return reading.visit_day(visit, "attended")  # type: ignore[no-any-return]
    return join([reading.visit_day(visit, "target"), *(record.start for record in found.maybe)])


def attended(reading: Asked, visit: str) -> Value:
    """The recorded day of a visit: of several, the nearest to its target, then the later."""
    sure, maybe = shown(reading, visit)
    if not sure:
        return None
    if len(sure) == 1 and not maybe:
        return sure[0].start
    target = reading.visit_day(visit, "target")
    if target is None:
        return join(record.start for record in (*sure, *maybe))
    exact = all(type(record.start) is int for record in sure)
    return nearest(Found(sure, maybe, exact, True, target=target), lambda record: record.start)


def shown(reading: Asked, visit: str) -> Shown:
    """The records of attendance that are, or may be, about a visit."""
    attendance = reading.program.attendance
    found = Shown([], [])
    if attendance is None:
        return found
    for record in reading.timeline.series.get(attendance.variable, NONE).records:
        code = record.fields.get(attendance.attribute)
        if code == visit and not record.doubtful:
            found.sure.append(record)
        elif code is None or code == visit or (isinstance(code, OneOf) and visit in code.codes):
            found.maybe.append(record)
    return found
