"""The meaning of core as terms: one match over its nodes, for every patient of a history.

A rule that is `cut` stands for any answer of its type at all: whatever is then
proved does not depend on it, and is proved sooner.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
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
from engine.language.types import Code, CodeSet, Day, Number, Type
from engine.language.types import Truth as TruthType
from engine.language.values import FIRST_DAY, LAST_DAY
from engine.logic import amounts, terms
from engine.logic.amounts import Amount
from engine.logic.answers import (
    NO,
    Answer,
    Codes,
    Range,
    Truth,
    joined,
    picked,
    point,
)
from engine.logic.arithmetic import Opaque
from engine.logic.calendar import Calendar
from engine.logic.finding import View, find
from engine.logic.history import Patient, Slot
from engine.logic.operators import OPERATE
from engine.logic.selectors import SELECT, Found, Looked, nearest
from engine.logic.terms import Bool, every, implies, no, some
from engine.logic.written import nothing_of, written

PATIENT = View()


@dataclass(slots=True)
class Reading:
    """One program read for every patient of a history; `opaques` is where it could say little.

    Of two programs read `beside` each other, what is `alike` in both is read once. A selection
    that `stands` has a name, and stands for any answer wherever it has that name.
    """

    program: Program
    history: Patient
    calendar: Calendar
    cut: Callable[[str], bool] = lambda _: False
    beside: "Reading | None" = None
    alike: Callable[[str], bool] = lambda _: False
    stands: Callable[[Select, View], str | None] = lambda *_: None
    known: dict[tuple[str, str | None], Answer] = field(default_factory=dict)
    days: dict[tuple[VisitAspect, str], Answer] = field(default_factory=dict)
    selections: dict[tuple[object, ...], Answer] = field(default_factory=dict)
    opaques: list[Opaque] = field(default_factory=list)

    def rule(self, name: str, visit: str | None = None) -> Any:
        """What a rule gives, or at a visit."""
        if self.beside is not None and self.alike(name):
            return self.beside.rule(name, visit)
        key = (name, visit)
        if key not in self.known:
            core = self.program.rules[name]
            view = View(visit) if visit else PATIENT
            self.known[key] = (
                self.free(f"{name} at {visit}", core.type) if self.cut(name) else self.answer(core, view)
            )
        return self.known[key]

    def of_record(self, name: str, this: Slot, previous: Slot | None) -> Any:
        """What a rule `for each` record gives for one of them."""
        return self.answer(self.program.rules[name], View(this=this, previous=previous))

    def answer(self, core: Core, view: View) -> Any:
        """What a node gives here."""
        match core:
            case Ref():
                return self.rule(core.rule, view.visit if core.visit == CURRENT else core.visit)
            case Call():
                return OPERATE[core.operator](tuple(self.answer(arg, view) for arg in core.args), self)
            case Const() | Parameter():
                return written(core.value, core.type)
            case Field():
                return self._field(core, view)
            case Select():
                return self._selected(core, view)
            case VisitDay():
                visit = view.visit if core.visit == CURRENT else core.visit
                assert visit is not None
                return self.visit_day(visit, core.aspect)
            case Fact():
                return self._fact(core)

    # ------------------------------------------------------- for the operators

    def state(self, fact: Bool) -> None:
        self.history.state(fact)

    # ------------------------------------------------------------------ leaves

    def _field(self, core: Field, view: View) -> Any:
        slot: Slot | None = getattr(view, core.of)
        if slot is None or core.name not in slot.fields:
            return nothing_of(core.type)
        return slot.fields[core.name]

    def _fact(self, core: Fact) -> Answer:
        if core.name == "as_of":
            return point(Amount(self.history.as_of))
        held = self.history.fact(core.name)
        absent = NO if core.absent == "no" and isinstance(core.type, TruthType) else nothing_of(core.type)
        return picked(held.present, held.value, absent)

    def slots(self, variable: str) -> tuple[Slot, ...]:
        return self.history.records(variable)

    def past(self, day: Range) -> Bool:
        """Whether a day certainly or possibly comes after what is known."""
        return terms.below(self.history.as_of, day.high.term)

    def _selected(self, core: Select, view: View) -> Answer:
        """A selection is written again and again; what it gives is worked out once."""
        key = core, view.visit, *map(id, (view.record, view.this, view.previous))
        name = self.stands(core, view)
        if name is not None:
            return self.free(name, core.type)
        if key not in self.selections:
            found = find(self, core, view)
            result = SELECT[core.selector](found, nothing_of(core.element.type))
            self.selections[key] = within_calendar(result) if isinstance(core.type, Day) else result
        return self.selections[key]

    # ------------------------------------------------------------------ visits

    def visit_day(self, visit: str, aspect: VisitAspect) -> Any:
        """A day of a visit; its recorded day goes before its target."""
        if self.beside is not None and self.alike(visit):
            return self.beside.visit_day(visit, aspect)
        key = (aspect, visit)
        if key not in self.days:
            self.days[key] = self._visit_day(visit, aspect)
        return self.days[key]

    def _visit_day(self, visit: str, aspect: VisitAspect) -> Any:
        if self.cut(visit):
            return self.free(f"{aspect} of {visit}", Day())
        if visit == BASELINE:
            baseline = self.program.baseline
            assert baseline is not None
            return self.answer(baseline.opens if aspect == "opens" else baseline.day, PATIENT)
        plan = self.program.visits[visit]
        match aspect:
            case "day":
                return self._actual_day(visit)
            case "attended":
                return self._attended(visit)
            case "target":
                return self.answer(plan.target, PATIENT)
            case "opens":
                return self.answer(plan.opens, PATIENT)
            case "closes":
                return self.answer(plan.closes, PATIENT)

    def _actual_day(self, visit: str) -> Answer:
        shown = self._shown(visit)
        day: Answer = self.visit_day(visit, "target")
        for one in shown.records:
            day = picked(one.maybe, joined((day, one.value)), day)
        return picked(shown.some_sure, self.visit_day(visit, "attended"), day)

    def _attended(self, visit: str) -> Answer:
        """The recorded day of a visit: of several, the nearest to its target, then the later."""
        shown = self._shown(visit)
        near = nearest(shown, nothing_of(Day()))
        every_day: Answer = nothing_of(Day())
        has: Bool = False
        for one in shown.records:
            both = picked(has, joined((every_day, one.value)), one.value) if has is not False else one.value
            every_day, has = picked(one.possible, both, every_day), some(has, one.possible)
        target = shown.target
        assert target is not None
        unplanned = picked(shown.some_sure, every_day, nothing_of(Day()))
        return picked(target.known, near, unplanned)

    def _shown(self, visit: str) -> Found:
        """The records that show a visit, and those that perhaps do."""
        attendance = self.program.attendance
        target = self.visit_day(visit, "target")
        if attendance is None:
            return Found((), True, target=target)
        records = []
        for slot in self.slots(attendance.variable):
            code = slot.fields[attendance.attribute]
            assert isinstance(code, Codes)
            is_it = every(code.known, code.could[visit])
            records.append(
                Looked(
                    every(slot.present, is_it), every(slot.present, no(code.known)), slot.start, slot.start
                )
            )
        return Found(tuple(records), True, target=target)

    # ------------------------------------------------------------ any answer

    def free(self, name: str, type_: Type) -> Answer:
        """Any answer of a type."""
        known = terms.flag(f"{name} known")
        match type_:
            case TruthType():
                yes, not_ = terms.flag(f"{name} yes"), terms.flag(f"{name} no")
                self.state(no(every(yes, not_)))
                return Truth(yes, not_)
            case Day():
                low, high = (terms.whole(f"{name} {end}", FIRST_DAY, LAST_DAY) for end in ("from", "to"))
                self.state(every(terms.within(low), terms.within(high), terms.at_most(low, high)))
                return Range(known, Amount(low), Amount(high))
            case Code(codes=codes):
                could = {code: terms.flag(f"{name} {code}") for code in codes}
                self.state(some(*could.values()))
                return Codes(known, could)
            case Number():
                start, end = (Amount(terms.whole(f"{name} {side}"), 10**6) for side in ("from", "to"))
                no_low, no_high = (terms.flag(f"{name} {side}less") for side in ("start", "end"))
                self.state(implies(no(some(no_low, no_high)), amounts.at_most(start, end)))
                return Range(known, start, end, no_low, no_high)
            case CodeSet():
                raise AssertionError(type_)


def within_calendar(answer: Answer) -> Range:
    """A day that may be any later one may be any until the calendar ends."""
    assert isinstance(answer, Range)
    low = amounts.choose(answer.no_low, Amount(FIRST_DAY), answer.low)
    high = amounts.choose(answer.no_high, Amount(LAST_DAY), answer.high)
    return replace(answer, low=low, high=high, no_low=False, no_high=False)
