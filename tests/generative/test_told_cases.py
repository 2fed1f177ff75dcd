"""A patient told as a case reads back to the same patient, whatever was changed of the typical one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date as CalendarDate
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from engine import tasks
from engine.assurance.cases import Case, Expected
from engine.assurance.patients import last_day
from engine.assurance.told.case import Teller
from engine.assurance.told.forms import is_day
from engine.assurance.told.same import same_question
from engine.language.days import low, plus_months
from engine.language.values import Date, Day, DayRange, Value
from engine.source.place import NOWHERE
from engine.timeline.known import known_by
from engine.timeline.model import FactValue, Record, Series, Timeline
from engine.timeline.series import in_order

ROOT = Path(__file__).parents[2]
STUDIES = (".", "examples/streptomycin-1948")
MOST_CHANGES = 4


@cache
def teller(study: str) -> Teller:
    opened = tasks.opened(ROOT / study).study
    assert opened is not None
    return Teller(opened)


def perturbed(told: Teller, random: Random) -> Timeline:
    """The typical patient of some arm with some variables recorded otherwise."""
    timeline = random.choice(told.bases).timeline
    facts, series = dict(timeline.facts), dict(timeline.series)
    for _ in range(random.randint(0, MOST_CHANGES)):
        name = random.choice(sorted((*facts, *series)))
        if name in facts:
            _change_fact(facts, name, random)
        else:
            series[name] = _changed(series[name], random, told.dictionary.entries[name].variable.kind)
    return replace(timeline, facts=facts, series=series)


def _change_fact(facts: dict[str, FactValue], name: str, random: Random) -> None:
    value = random.choice((None, moved(facts[name].value, random)))
    if random.random() < 0.2:
        del facts[name]
    else:
        facts[name] = replace(facts[name], value=value)


def _changed(series: Series, random: Random, kind: str) -> Series:
    """One record dropped, moved, repeated on another day, or with another value or a partial date."""
    records = list(series.records)
    if not records:
        return series
    one = random.choice(records)
    what = random.choice(("drop", "move", "add", "value", "unknown", "part"))
    if what != "add":
        records.remove(one)
    if what in ("move", "add"):
        records.append(dated(one, Day(low(one.start) + random.choice((-400, -31, -8, -1, 1, 7, 30, 365)))))
    elif what == "part" and kind in ("event", "episode"):
        first = Day(low(one.start) - CalendarDate.fromordinal(low(one.start)).day + 1)
        records.append(dated(one, DayRange(first, Day(plus_months(first, 1) - 1))))  # type: ignore[operator]
    elif what != "drop":
        names = sorted(one.fields.keys() - {"start", "end"})
        name = random.choice(names) if names else None
        fields = {name: None if what == "unknown" else moved(one.fields[name], random)} if name else {}
        records.append(replace(one, fields={**one.fields, **fields}))
    return settled(records, kind)


def dated(record: Record, start: Date) -> Record:
    """The record on another day; an episode goes with its end, as far as that is known."""
    by, end = low(start) - low(record.start), record.end
    end = Day(end + by) if is_day(end) else end
    if isinstance(end, DayRange):
        end = DayRange(max(end.low, low(start)), end.high)
    return replace(record, start=start, end=end, fields=_with_days(record.fields, start, end))


def _with_days(fields: Mapping[str, Value], start: Date, end: Value) -> Mapping[str, Value]:
    return {**fields, "start": start, **({"end": end} if "end" in fields else {})}


def settled(records: list[Record], kind: str) -> Series:
    """In order, one a day, as the readers of patient files leave them."""
    found = {low(record.start): record for record in in_order(records)}
    exact = kind != "episode" and all(is_day(record.start) for record in records)
    return Series(tuple(in_order(found.values())), tuple(found) if exact else None)


def moved(value: Value, random: Random) -> Value:
    """Another value of the same kind; codes stay, since which there are is not known here."""
    if isinstance(value, bool):
        return not value
    if is_day(value):
        return Day(value + random.choice((-6000, -366, -1, 1, 29)))
    if isinstance(value, Decimal):
        return value * random.choice((Decimal("0.9"), Decimal("0.99"), Decimal("1.01")))
    return value


@given(st.sampled_from(STUDIES), st.integers(0, 2**32))
@settings(max_examples=60)
def test_it_reads_back_the_same(study: str, seed: int) -> None:
    told = teller(study)
    timeline = perturbed(told, Random(seed))
    as_of = last_day(timeline)
    rule = "eligible"
    case = Case(f"patient {seed}", rule, known_by(timeline, as_of), as_of, Expected("unknown", None), NOWHERE)
    text = told.told(case)
    assert text is not None
    read = told.read(text)
    assert read is not None
    assert same_question(read, case)
    assert "patient:" not in text, "what differs a little needs no patient told in full"
