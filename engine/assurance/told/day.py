"""A day in the words of a case: counted from an anchor or a visit where that reads better than a date."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from engine.language.days import months_between, plus_months, show
from engine.language.values import Date, Day
from engine.reference.interpret import Reading
from engine.study.linked import Study

NEAR = 60
"""Days up to which a date is counted in days; one further off is a date, or whole months or years."""

IN_A_YEAR = 12
FEW_MONTHS = 24
AROUND = (0, 1, -1)
"""A day to either side of whole months or years is told by them, too."""


@dataclass(frozen=True)
class Days:
    """The anchors and visits of a patient before the changes, to count from; `first` are those to prefer."""

    study: Study
    reading: Reading
    first: tuple[str, ...] = ()
    told: dict[Day, str] = field(default_factory=dict)

    @cached_property
    def known(self) -> dict[str, Day]:
        """Every anchor and then every visit whose day is known, by name."""
        names = {linked.rule.id: self.reading.rule(linked.rule.id) for linked in self.study.of("anchor")}
        visits = {visit: self.reading.visit_day(visit, "day") for visit in self.study.program.visits}
        found = {name: Day(day) for name, day in (names | visits).items() if isinstance(day, int)}
        return {name: found[name] for name in (*self.first, *found) if name in found}

    def words(self, date: Date) -> str:
        """The shortest that says this day and no other; what is known in part is told as it is known."""
        if not isinstance(date, int):
            return show(date)
        if date not in self.told:
            self.told[date] = min(self._ways(date), key=lambda way: way[0], default=(0, show(date)))[1]
        return self.told[date]

    def _ways(self, day: Day) -> Iterator[tuple[int, str]]:
        """Expressions with how far each has to count; of equally near ones the first stands."""
        for name, origin in self.known.items():
            if abs(day - origin) <= NEAR:
                yield abs(day - origin), _moved(name, day - origin, "day")
            else:
                yield from _in_months(name, origin, day)


def _in_months(name: str, origin: Day, day: Day) -> Iterator[tuple[int, str]]:
    for more in AROUND:
        months = months_between(origin, Day(day - more))
        if plus_months(origin, months) != day - more:
            continue
        years, rest = divmod(abs(months), IN_A_YEAR)
        if rest and abs(months) > FEW_MONTHS:
            continue
        sign = 1 if months > 0 else -1
        words = _moved(name, sign * years, "year") if not rest else _moved(name, months, "month")
        yield NEAR + abs(months) + abs(more), _moved(words, more, "day")


def _moved(origin: str, by: int, unit: str) -> str:
    if not by:
        return origin
    return f"{origin} {'+' if by > 0 else '-'} {abs(by)} {unit}{'' if abs(by) == 1 else 's'}"
