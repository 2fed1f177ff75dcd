"""The meaning of core: one match over its nodes, for one patient.

A `Reading` remembers what each rule gave at each visit. Where it is watched it
writes a log, one `Step` a node in the order they were finished; explanation
and coverage read that log and never evaluate anything themselves.
"""

from dataclasses import dataclass, field
from typing import Any

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
from engine.reference.finding import attended, find
from engine.reference.operators import LAZY, STRICT
from engine.reference.selectors import SELECT
from engine.reference.view import View
from engine.timeline.model import Record, Timeline

PATIENT = View()


@dataclass(frozen=True, slots=True)
class Step:
    """A node finished: its value, and where in the log its first part began."""

    core: Core
    view: View
    value: Value
    began: int


@dataclass(slots=True)
class Reading:
    """One patient read by one program, as known up to `as_of`.

    `finished` says where in the log a rule's own expression ended, `planned`
    from where to where the steps behind a day of a visit stand.
    """

    program: Program
    timeline: Timeline
    as_of: Day
    log: list[Step] | None = None
    known: dict[tuple[str, str | None], Value] = field(default_factory=dict)
    finished: dict[tuple[str, str | None], int] = field(default_factory=dict)
    planned: dict[tuple[str, str], range] = field(default_factory=dict)

    def rule(self, name: str, visit: str | None = None) -> Any:
        """What a rule gives for the patient, or at a visit."""
        key = (name, visit)
        if key not in self.known:
            self.known[key] = self.value(self.program.rules[name], View(visit) if visit else PATIENT)
            if self.log is not None:
                self.finished[key] = len(self.log) - 1
        return self.known[key]

    def of_record(self, name: str, this: Record, previous: Record | None) -> Any:
        """What a rule `for each` record gives for one of them."""
        return self.value(self.program.rules[name], View(this=this, previous=previous))

    def value(self, core: Core, view: View) -> Any:
        log = self.log
        if log is None:
            return self._value(core, view)
        began = len(log)
        value = self._value(core, view)
        log.append(Step(core, view, value, began))
        return value

    def _value(self, core: Core, view: View) -> Any:
        match core:
            case Call(operator, args):
                strict = STRICT.get(operator)
                if strict is not None:
                    return strict(*[self.value(arg, view) for arg in args])
                return LAZY[operator](lambda part: self.value(part, view), args)
            case Const(value):
                return value
            case Parameter(_, value):
                return value
            case Field(of, name):
                record = getattr(view, of)
                return None if record is None else record.fields.get(name)
            case Select(selector):
                found, look = find(self, core, view)
                return SELECT[selector](found, look)
            case Ref(rule, visit):
                return self.rule(rule, view.visit if visit == CURRENT else visit)
            case Fact(name, _, absent):
                return self._fact(name, absent)
            case VisitDay(visit, aspect):
                return self.visit_day(view.visit if visit == CURRENT else visit, aspect)

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
        key = (f"{aspect} of", visit)
        if key not in self.known:
            began = len(self.log or ())
            self.known[key] = self._visit_day(visit, aspect)
            self.planned[key] = range(began, len(self.log or ()))
        return self.known[key]

    def _visit_day(self, visit: str, aspect: VisitAspect) -> Any:
        if visit == BASELINE:
            assert self.program.baseline is not None
            return self.value(self.program.baseline.day, PATIENT)
        plan = self.program.visits[visit]
        match aspect:
            case "day":
                recorded = self.visit_day(visit, "attended")
                return self.visit_day(visit, "target") if recorded is None else recorded
            case "attended":
                return attended(self, visit)
            case "target":
                return self.value(plan.target, PATIENT)
            case "opens":
                return self.value(plan.opens, PATIENT)
            case "closes":
                return self.value(plan.closes, PATIENT)
