"""Finding records: the last of a period, the nearest to a day, any that lies in a period.

Records are untyped here: whoever asks knows what kind of value this variable has.
"""

from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.by_hand.known import Truth
from engine.language.values import DayRange
from engine.timeline.model import Timeline

Test = Callable[[Any], Truth]


def records_of(timeline: Timeline, variable: str) -> Sequence[Any]:
    series = timeline.series.get(variable)
    return series.records if series else ()


def fact(timeline: Timeline, name: str) -> Any:
    found = timeline.facts.get(name)
    return found.value if found else None


def last_in(timeline: Timeline, variable: str, first: int, until: int) -> Any:
    """The last record from `first` to `until`, of a variable whose days are all known."""
    for record in reversed(records_of(timeline, variable)):
        if record.start <= until:
            return record if record.start >= first else None
    return None


def last_value(timeline: Timeline, variable: str, first: int, until: int) -> Any:
    record = last_in(timeline, variable, first, until)
    return record.fields["value"] if record else None


def nearest_value(timeline: Timeline, variable: str, window: tuple[int, int], target: int) -> Any:
    """The value nearest to a target day within a window; of two as near, the later."""
    first, until = window
    found, least = None, until - first + 1
    for record in records_of(timeline, variable):
        if first <= record.start <= until:
            distance = abs(record.start - target)
            if distance <= least:
                found, least = record, distance
    return found.fields["value"] if found else None


def answer(timeline: Timeline, variable: str) -> Truth:
    """What an investigator said last."""
    records = records_of(timeline, variable)
    return records[-1].fields["value"] if records else None


def any_in(
    timeline: Timeline, variable: str, first: int | None, until: int, test: Test | None = None
) -> Truth:
    """Whether any record lies from `first` (None if not known) to `until`, and passes a test."""
    result: Truth = False
    for record in records_of(timeline, variable):
        inside = lies_in(record, first, until)
        if inside is not False:
            passes = test(record) if test else True
            if passes and inside:
                return True
            if passes is not False:
                result = None
    return result


def lies_in(record: Any, first: int | None, until: int) -> Truth:
    """Whether any day of a record lies in a period; its own first and last may be vague."""
    start = record.start
    end = start if record.end is None else record.end
    start_low, start_high = (start.low, start.high) if type(start) is DayRange else (start, start)
    end_low, end_high = (end.low, end.high) if type(end) is DayRange else (end, end)
    if start_low > until or (first is not None and end_high < first):
        return False
    certain = start_high <= until and first is not None and end_low >= first
    return True if certain else None
