"""Each record with the one before it, as a rule `for each` record sees them."""

from collections.abc import Iterator, Sequence

from engine.language.days import high, low
from engine.reference.possible import join
from engine.timeline.model import Record


def with_previous(records: Sequence[Record]) -> Iterator[tuple[Record, Record | None]]:
    """By start; where partial dates leave open which came before, what all candidates share."""
    starts = [record.start for record in records]
    if all(type(start) is int for start in starts) and len(set(starts)) == len(starts):
        yield from zip(records, (None, *records[:-1]), strict=False)
        return
    for place, record in enumerate(records):
        earlier = records[place - 1] if place else None
        if earlier is None or _settled(records, place):
            yield record, earlier
        else:
            yield record, _any_of(_candidates(records, record))


def _settled(records: Sequence[Record], place: int) -> bool:
    """Whether the record and its two neighbours before it lie on distinct, ordered days."""
    before = [high(r.start) for r in records[:place]]
    after = [low(r.start) for r in records[place + 1 :]]
    record = records[place]
    ordered = max(before) <= low(record.start) and (not after or high(record.start) <= min(after))
    last = records[place - 1]
    return (
        ordered
        and isinstance(last.start, int)
        and sum(high(r.start) == last.start for r in records[:place]) == 1
    )


def _candidates(records: Sequence[Record], record: Record) -> list[Record]:
    """The records that could be the last one before this one."""
    others = [r for r in records if r is not record and low(r.start) <= high(record.start)]
    certain = [low(r.start) for r in others if high(r.start) <= low(record.start)]
    edge = max(certain, default=None)
    return [r for r in others if edge is None or high(r.start) >= edge]


def _any_of(records: Sequence[Record]) -> Record | None:
    if not records:
        return None
    names = {name for record in records for name in record.fields}
    fields = {name: join(record.fields.get(name) for record in records) for name in sorted(names)}
    start = join(record.start for record in records)
    return Record(start, None, None, fields, tuple(at for r in records for at in r.at))  # type: ignore[arg-type]
