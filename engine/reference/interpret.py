"""The meaning of core: one match over its nodes, for one patient.

A `Reading` remembers what each rule gave at each visit. Where it is watched it
writes a log, one `Step` a node in the order they were finished; explanation
and coverage read that log and never evaluate anything themselves.
"""

from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from engine.language.core import (
    BASELINE,
    CURRENT,
    Call,
    Const,
    Core,
    Fact,
    Field,
    Parameter,
    Program,
    Ref,
    Select,
    VisitAspect,
    VisitDay,
)
from engine.language.values import Day, Value
from engine.reference.attendance import actual_day, attended
from engine.reference.finding import find
from engine.reference.operators import OPERATE
from engine.reference.selectors import SELECT
from engine.reference.view import View
from engine.timeline.known import known_by
from engine.timeline.model import Record, Timeline

PATIENT = View()


class Step(NamedTuple):
    """A node finished: its value, and where in the log its first part began."""

    core: Core
    view: View
    value: Value
    began: int


Log = list[tuple[Core, View, Value, int]]
"""The steps, as bare tuples: a patient has thousands, and naming each costs more than all else."""

BEGAN: Final = 3
"""Where in such a tuple it stands from where on its parts are."""


@dataclass(slots=True)
class Reading:
    """One patient read by one program, as known up to `as_of`.

    `finished` says where in the log a rule's own expression ended, `planned`
    from where to where the steps behind a day of a visit stand.
    """

    program: Program
    timeline: Timeline
    as_of: Day
    log: Log | None = None
    known: dict[tuple[str, str | None], Value] = field(default_factory=dict)
    finished: dict[tuple[str, str | None], int] = field(default_factory=dict)
    days: dict[tuple[VisitAspect, str], Value] = field(default_factory=dict)
    planned: dict[tuple[VisitAspect, str], range] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.timeline = known_by(self.timeline, self.as_of)

    def rule(self, name: str, visit: str | None = None) -> Any:
        """What a rule gives for the patient, or at a visit."""
        key = (name, visit)
        if key in self.known:
            return self.known[key]
        value = self.known[key] = self.value(self.program.rules[name], View(visit) if visit else PATIENT)
        if self.log is not None:
            self.finished[key] = len(self.log) - 1
        return value

    def of_record(self, name: str, this: Record, previous: Record | None) -> Any:
        """What a rule `for each` record gives for one of them."""
        return self.value(self.program.rules[name], View(this=this, previous=previous))

    def value(self, core: Core, view: View) -> Any:
        """What a node means here; the commonest nodes come first."""
        log = self.log
        began = 0 if log is None else len(log)
        value: Any
        match core:
            case Ref():
                key = (core.rule, view.visit if core.visit == CURRENT else core.visit)
                value = self.known[key] if key in self.known else self.rule(*key)
            case Call():
                value = OPERATE[core.operator](self.value, core.args, view)
            case Const() | Parameter():
                value = core.value
            case Field():
                record = getattr(view, core.of)
                value = None if record is None else record.fields.get(core.name)
            case Select():
                found, look = find(self, core, view)
                value = SELECT[core.selector](found, look)
            case VisitDay():
                value = self.visit_day(view.visit if core.visit == CURRENT else core.visit, core.aspect)
            case Fact():
                value = self._fact(core.name, core.absent)
        if log is not None:
            log.append((core, view, value, began))
        return value

    def step(self, index: int) -> Step:
        """A step of the log."""
        assert self.log is not None
        return Step(*self.log[index])

    def _fact(self, name: str, absent: str) -> Value:
        if name == "as_of":
            return self.as_of
        fact = self.timeline.facts.get(name)
        if fact is None:
            return False if absent == "no" else None
        return fact.value

    def visit_day(self, visit: str | None, aspect: VisitAspect) -> Any:
        """A day of a visit; its recorded day goes before its target."""
        assert visit is not None
        key = (aspect, visit)
        if key not in self.days:
            began = len(self.log or ())
            self.days[key] = self._visit_day(visit, aspect)
            self.planned[key] = range(began, len(self.log or ()))
        return self.days[key]

    def _visit_day(self, visit: str, aspect: VisitAspect) -> Any:
        if visit == BASELINE:
            baseline = self.program.baseline
            assert baseline is not None
            return self.value(baseline.opens if aspect == "opens" else baseline.day, PATIENT)
        plan = self.program.visits[visit]
        match aspect:
            case "day":
                return actual_day(self, visit)
            case "attended":
                return attended(self, visit)
            case "target":
                return self.value(plan.target, PATIENT)
            case "opens":
                return self.value(plan.opens, PATIENT)
            case "closes":
                return self.value(plan.closes, PATIENT)
