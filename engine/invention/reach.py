"""Which variables each rule reads, through all it refers to.

A patient in the making is asked again and again; what was answered before
stays good until something is recorded that the answer was read from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.language.core import Core, Fact, Program, Records, Ref, Select, VisitAspect, VisitDay, Visits
from engine.language.walk import nodes

Variables = frozenset[str]
DATED_BY_ATTENDANCE: tuple[VisitAspect, ...] = ("day", "attended")


@dataclass(frozen=True, slots=True)
class Reach:
    """What each rule reads, what the plan of the visits reads, and what their attendance adds."""

    rules: Mapping[str, Variables]
    planned: Variables
    attended: Variables

    def of_day(self, aspect: VisitAspect) -> Variables:
        """The variables behind a day of a visit."""
        return self.attended if aspect in DATED_BY_ATTENDANCE else self.planned


def reach_of(program: Program) -> Reach:
    finder = _Finder(program, {})
    planned = finder.of_all(_schedule(program))
    attendance = frozenset() if program.attendance is None else frozenset({program.attendance.variable})
    attended = planned | attendance
    rules = {name: finder.of_rule(name) for name in program.rules}
    by_visit = {name for name, core in program.rules.items() if finder.looks_at_visits(name)}
    return Reach(
        {name: found | attended if name in by_visit else found for name, found in rules.items()},
        planned,
        attended,
    )


def _schedule(program: Program) -> list[Core]:
    plans = [core for plan in program.visits.values() for core in (plan.target, plan.opens, plan.closes)]
    return plans if program.baseline is None else [*plans, program.baseline.day, program.baseline.opens]


@dataclass(slots=True)
class _Finder:
    program: Program
    found: dict[str, tuple[Variables, bool]]

    def of_rule(self, name: str) -> Variables:
        return self._rule(name)[0]

    def looks_at_visits(self, name: str) -> bool:
        return self._rule(name)[1]

    def of_all(self, cores: Iterable[Core]) -> Variables:
        return frozenset().union(*(self._core(core)[0] for core in cores))

    def _rule(self, name: str) -> tuple[Variables, bool]:
        if name not in self.found:
            self.found[name] = self._core(self.program.rules[name])
        return self.found[name]

    def _core(self, core: Core) -> tuple[Variables, bool]:
        """What is read, and whether any visit's day is among it."""
        variables: set[str] = set()
        visits = False
        for node in nodes(core):
            match node:
                case Fact(name):
                    variables.add(name)
                case Select(source=Records() as source):
                    variables.add(source.variable)
                    visits = visits or source.visit is not None
                case Select(source=Visits()) | VisitDay():
                    visits = True
                case Ref(rule):
                    read, dated = self._rule(rule)
                    variables |= read
                    visits = visits or dated
                case _:
                    pass
        return frozenset(variables), visits
