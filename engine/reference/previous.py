"""Each record with the one before it, as a rule `for each` record sees them."""

from collections.abc import Iterator, Sequence

from engine.language.days import high, low
from engine.reference.compare import Truth
from engine.reference.possible import join
from engine.timeline.model import Record


def with_previous(records: Sequence[Record]) -> Iterator[tuple[Record, Record | None]]:
    """By start; where it is open which came before, what all that may have been share.

    The first record has none before it. Where even that is open, as it is for
    two of one day without times, nothing is known of the one before.
    """
    starts = [record.start for record in records]
    if all(type(start) is int for start in starts) and len(set(starts)) == len(starts):
        yield from zip(records, (None, *records[:-1]), strict=False)
        return
    for record in records:
        yield record, _previous(records, record)


def _previous(records: Sequence[Record], record: Record) -> Record | None:
    before = [r for r in records if r is not record and _precedes(r, record) is not False]
    certain = [r for r in before if _precedes(r, record) and not r.doubtful]
    if not certain:
        return None
    edge = max(low(r.start) for r in certain)
    last = [r for r in certain if low(r.start) == edge]
    found = [r for r in before if high(r.start) >= edge and not any(_precedes(r, other) for other in last)]
    return found[0] if len(found) == 1 else _any_of(found)


def _precedes(a: Record, b: Record) -> Truth:
    """Whether one record is before another: by day and, within a day, by time if both have one."""
    if high(a.start) < low(b.start):
        return True
    if low(a.start) > high(b.start):
        return False
    is_one_day = low(a.start) == high(a.start) == low(b.start) == high(b.start)
    if not is_one_day or a.minute is None or b.minute is None or a.minute == b.minute:
        return None
    return a.minute < b.minute


def _any_of(records: Sequence[Record]) -> Record:
    names = {name for record in records for name in record.fields}
    fields = {name: join(record.fields.get(name) for record in records) for name in sorted(names)}
    start = join(record.start for record in records)
    return Record(start, None, None, fields, tuple(at for r in records for at in r.at))  # type: ignore[arg-type]
