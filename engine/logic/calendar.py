"""Calendar months as linear terms: a day taken apart into cycle, year, month and day of the month.

Between 1901 and February 2100 every fourth year is a leap year, so that a day is
`1461 c + 365 y + (days before the month) + d`, each part bounded. What lies
outside is left open: any answer is allowed there, which proves nothing wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from engine.language.days import months_between, plus_months
from engine.language.values import FIRST_DAY, LAST_DAY, Day, DayRange
from engine.logic import terms
from engine.logic.terms import Bool, Int, Whole

FIRST = date(1901, 1, 1).toordinal()
LAST = date(2100, 2, 28).toordinal()
CYCLE, YEAR, MONTHS_OF_CYCLE = 1461, 365, 48
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
BEFORE = tuple(sum(LENGTHS[:month]) for month in range(12))
LEAP = 3
"""The year of a cycle that has 29 February; cycles begin with 1901."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A day's cycle, year in it (0 to 3), month (0 to 11) and day of the month (from 1)."""

    cycle: Int
    year: Int
    month: Int
    day: Int

    @property
    def months(self) -> Int:
        """Calendar months since January 1901."""
        return terms.plus(terms.by(self.cycle, MONTHS_OF_CYCLE), terms.by(self.year, 12), self.month)

    @property
    def length(self) -> Int:
        """Days of its month."""
        usual = _by_month(self.month, LENGTHS)
        february = terms.every(terms.same(self.month, 1), self.is_leap)
        return terms.plus(usual, terms.choose(february, 1, 0))

    @property
    def is_leap(self) -> Bool:
        return terms.same(self.year, LEAP)

    def ordinal(self, day: Int) -> Int:
        leap_day = terms.every(terms.at_most(2, self.month), self.is_leap)
        return terms.plus(
            FIRST - 1,
            terms.by(self.cycle, CYCLE),
            terms.by(self.year, YEAR),
            _by_month(self.month, BEFORE),
            terms.choose(leap_day, 1, 0),
            day,
        )


def _by_month(month: Int, values: tuple[int, ...]) -> Int:
    found: Int = values[-1]
    for number in range(len(values) - 2, -1, -1):
        found = terms.choose(terms.at_most(month, number), values[number], found)
    return found


@dataclass(slots=True)
class Calendar:
    """Takes days apart, each once; `state` is told what the parts must be.

    Days are known by their number in the solver, and kept so that it stays theirs.
    """

    state: Callable[[Bool], None]
    taken: dict[int, tuple[Whole, Parts]] = field(default_factory=dict)
    moved: dict[tuple[int, int], Parts] = field(default_factory=dict)

    def plus_months(self, day: Int, n: int) -> Int:
        """The day `n` months on; the calendar's own first and last day stay at its ends."""
        if isinstance(day, int):
            return _end(plus_months(Day(day), n), n)
        moved = self._plus_months(day, n)
        for edge in (FIRST_DAY, LAST_DAY):
            moved = terms.choose(terms.same(day, edge), _end(plus_months(edge, n), n), moved)
        return moved

    def _plus_months(self, day: Whole, n: int) -> Int:
        parts = self.parts(day)
        key = day.number, n
        if key not in self.moved:
            found = self.moved[key] = self._unknown(f"{len(self.taken)} {n}")
            self.state(terms.every(terms.same(found.months, terms.plus(parts.months, n)), _proper(found)))
        target = self.moved[key]
        return target.ordinal(terms.lesser(parts.day, target.length))

    def months_between(self, a: Int, b: Int) -> Int:
        """The whole months from one day to another."""
        if isinstance(a, int) and isinstance(b, int):
            return months_between(Day(a), Day(b))
        start, end = self.parts(a), self.parts(b)
        full = terms.some(terms.at_most(start.day, end.day), terms.same(end.day, end.length))
        return terms.plus(end.months, terms.minus(start.months), terms.choose(full, 0, -1))

    def years_between(self, a: Int, b: Int) -> Int:
        return terms.shared(self.months_between(a, b), 12)

    def parts(self, day: Int) -> Parts:
        if isinstance(day, int):
            return _settled(day)
        key = day.number
        if key not in self.taken:
            found = self._unknown(f"{len(self.taken)}")
            self.taken[key] = day, found
            is_in = terms.every(terms.at_most(FIRST, day), terms.at_most(day, LAST))
            whole = terms.same(found.ordinal(found.day), day)
            self.state(terms.implies(is_in, terms.every(whole, _proper(found))))
        return self.taken[key][1]

    def _unknown(self, name: str) -> Parts:
        bounds = {"cycle": (0, 50), "year": (0, 3), "month": (0, 11), "day": (1, 31)}
        return Parts(*(terms.whole(f"{part} {name}", *ends) for part, ends in bounds.items()))


def _proper(parts: Parts) -> Bool:
    within = map(terms.within, (parts.cycle, parts.year, parts.month, parts.day))
    return terms.every(*within, terms.at_most(parts.day, parts.length))


def _settled(day: int) -> Parts:
    found = date.fromordinal(day)
    cycle, year = divmod(found.year - 1901, 4)
    return Parts(cycle, year, found.month - 1, found.day)


def _end(found: Day | DayRange | None, n: int) -> int:
    """A day moved, held at the calendar's ends."""
    if isinstance(found, int):
        return found
    return LAST_DAY if n > 0 else FIRST_DAY
