"""A second reading of selections, as slow and as plain as the handbook words it.

It knows patients of whom everything is known, and walks through days one by
one. What it gives is a set: all the answers there are, where two records of a
day have no times to tell which was first.
"""

import calendar
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from statistics import median
from typing import Any

FAR = timedelta(days=4000)

SAME_DAY: dict[str, Callable[[list[Any]], Any]] = {"protein": max, "cells": min}


@dataclass(frozen=True, slots=True)
class Happening:
    """One record: its first and last day, its minute if a time was written, and what was recorded."""

    start: date
    end: date
    minute: str
    held: Any


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period phrase, with the days that are in it."""

    text: str
    has: Callable[[date], bool]


# -------------------------------------------------------------------- periods


def months_on(day: date, months: int) -> date:
    """Month by month to the one wanted; its last day where it is too short."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        year, month = (year + 1, 1) if month > 12 else (year - 1, 12) if month < 1 else (year, month)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def moved(day: date, length: str, sign: int) -> date:
    number, unit = length.split()
    many = sign * int(number)
    if unit.startswith("month") or unit.startswith("year"):
        return months_on(day, many * (12 if unit.startswith("year") else 1))
    return day + timedelta(days=many * (7 if unit.startswith("week") else 1))


def stretches(first: date, second: date, length: str) -> list[Stretch]:
    """Every period phrase of two days and a length."""
    before, after = moved(first, length, -1), moved(first, length, 1)
    return [
        Stretch("", lambda day: True),
        Stretch(f"before {first}", lambda day: day < first),
        Stretch(f"up to {first}", lambda day: day <= first),
        Stretch(f"after {first}", lambda day: day > first),
        Stretch(f"from {first}", lambda day: day >= first),
        Stretch(f"from {first} to {second}", lambda day: first <= day <= second),
        Stretch(f"on {first}", lambda day: day == first),
        Stretch(f"in the {length} before {first}", lambda day: before <= day < first),
        Stretch(f"in the {length} up to {first}", lambda day: before <= day <= first),
        Stretch(f"in the {length} after {first}", lambda day: first < day <= after),
        Stretch(f"in the {length} from {first}", lambda day: first <= day <= after),
    ]


def inside(happening: Happening, stretch: Stretch) -> bool:
    """Whether any day of it is in the period: each is looked at."""
    day, last = happening.start, min(happening.end, happening.start + FAR)
    while day <= last:
        if stretch.has(day):
            return True
        day += timedelta(days=1)
    return False


# -------------------------------------------------------------------- records


def one_a_day(variable: str, rows: Iterable[Happening]) -> list[Happening]:
    """What several values of a day come to; None where they are in conflict."""
    found = []
    for day, group in groupby(sorted(rows, key=lambda row: row.start), key=lambda row: row.start):
        same = list(group)
        held = _settled(variable, same)
        found.append(Happening(day, day, "", held))
    return found


def _settled(variable: str, same: list[Happening]) -> Any:
    values = [row.held for row in same]
    if variable in SAME_DAY:
        return SAME_DAY[variable](values)
    if variable == "weight":
        return Decimal(f"{float(sum(values)) / len(values):.11e}")
    if variable == "score":
        latest = max(row.minute for row in same)
        values = [row.held for row in same if row.minute in ("", latest)]
    return values[0] if len(set(values)) == 1 else None


# ------------------------------------------------------------------ selectors


def selected(selector: str, rows: Sequence[Happening], is_absent_no: bool) -> list[Any]:
    """The answers there are: one, or as many as there are ways to put one day in order."""
    values = [row.held for row in rows]
    if selector == "number of":
        return [Decimal(len(rows)) if rows or is_absent_no else None]
    if selector == "total":
        return [None if None in values else sum(values, Decimal(0)) if rows or is_absent_no else None]
    if selector in ("highest", "lowest"):
        return _extremes(selector, values)
    if not rows or (None in values and selector not in ("first", "last")):
        return [None]
    match selector:
        case "first" | "last":
            return _outermost(selector, rows)
        case "mean":
            return [float(sum(values)) / len(values)]
        case _:
            return [float(median(values))]


def _extremes(selector: str, values: list[Any]) -> list[Any]:
    """That of the known values, and whatever beyond it one that is not known may be."""
    known = [value for value in values if value is not None]
    if not known:
        return [None]
    furthest = max(known) if selector == "highest" else min(known)
    beyond = furthest + (1000 if selector == "highest" else -1000)
    return [furthest, beyond] if None in values else [furthest]


def _outermost(selector: str, rows: Sequence[Happening]) -> list[Any]:
    edge = (min if selector == "first" else max)(row.start for row in rows)
    same = [row for row in rows if row.start == edge]
    if all(row.minute for row in same):
        minute = (min if selector == "first" else max)(row.minute for row in same)
        same = [row for row in same if row.minute == minute]
    return [row.held for row in same]


def quantified(
    selector: str, rows: Sequence[Happening], asked: tuple[Callable[[Any], bool], bool]
) -> bool | None:
    """`any` and `every`; a value in conflict may or may not be as asked."""
    means, is_absent_no = asked
    if not rows and not is_absent_no:
        return None
    truths = [None if row.held is None else means(row.held) for row in rows]
    decided = selector == "any"
    if decided in truths:
        return decided
    return None if None in truths else not decided
