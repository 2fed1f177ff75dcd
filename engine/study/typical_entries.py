"""The entries of `protocol/typical.yaml`: facts, happenings, measurements and judgements, one by one."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.language.core import Core
from engine.language.enzyme_units import factor_of_record
from engine.language.names import Scope, VariableName
from engine.language.types import Number
from engine.language.units import Unit, UnitProblem, describe, parse_unit
from engine.source.suggest import did_you_mean
from engine.source.tree import Scalar
from engine.study.entry import Entry
from engine.study.model import Attribute, Kind, Protocol, Variable
from engine.study.typical import (
    ALL,
    Amount,
    Happening,
    Judged,
    Measured,
    Monthly,
    OtherUnit,
    Repeated,
    Step,
)
from engine.study.typical_values import CONDITION, DATE, LENGTH, NEVER, Values, Wanted, entry_scalar
from engine.study.vocabulary import type_of

AT_A_VISIT = Scope(visit=True)


@dataclass(frozen=True, slots=True)
class EntryReader:
    """Reads entries by the dictionary; None where one names nothing that is there."""

    protocol: Protocol
    values: Values
    courses: tuple[str, ...]

    # --------------------------------------------------------------- names

    def variable(self, name: Scalar, kinds: tuple[Kind, ...]) -> Variable | None:
        """The variable of this name, which must be of one of the kinds."""
        found = self.protocol.variables.get(name.text)
        fitting = [one.name for one in self.protocol.variables.values() if one.kind in kinds]
        if found is None:
            help = did_you_mean(name.text, fitting)
            self.values.findings.error(
                "unknown-variable", f"there is no variable `{name.text}`", name.at, help=help
            )
        elif found.kind not in kinds:
            wanted = " or ".join(_a(kind) for kind in kinds)
            message = f"`{name.text}` is {_a(found.kind)}, and {wanted} must stand here"
            self.values.fail(message, name.at, did_you_mean(name.text, fitting))
            return None
        return found

    def no_visit(self, name: Scalar) -> None:
        self.unknown("visit", name, did_you_mean(name.text, self.protocol.schedule.visits))

    def unknown(self, what: str, name: Scalar, help: str | None) -> None:
        self.values.findings.error(f"unknown-{what}", f"there is no {what} `{name.text}`", name.at, help=help)

    def visits(self, names: tuple[Scalar, ...]) -> tuple[str, ...]:
        for name in names:
            if name.text not in self.protocol.schedule.visits:
                self.no_visit(name)
        return tuple(name.text for name in names if name.text in self.protocol.schedule.visits)

    def visits_of(self, entry: Entry) -> tuple[str, ...]:
        """Those it names, else those where the schedule has the variable due."""
        if entry.items("at"):
            return self.visits(entry.scalars("at"))
        planned = self.protocol.schedule.visits.values()
        due = tuple(visit.name for visit in planned if any(one.text == entry.name for one in visit.due))
        if not due:
            help = "name the visits: `at: [..]`"
            self.values.fail(f"the schedule has `{entry.name}` due at no visit", entry.at, help)
        return due

    # -------------------------------------------------------------- values

    def wanted(self, attribute: Attribute, scope: Scope = NEVER) -> Wanted:
        return Wanted(type_of(attribute, self.protocol.codelists), attribute.low, attribute.high, scope)

    def day(self, scalar: Scalar | None, scope: Scope) -> Core | None:
        return self.values.expression(scalar, Wanted(DATE.type, scope=scope))

    def condition(self, scalar: Scalar | None, scope: Scope) -> Core | None:
        return self.values.expression(scalar, Wanted(CONDITION.type, scope=scope))

    def attributes(self, entry: Entry, variable: Variable, scope: Scope) -> Mapping[str, Amount]:
        read = {one.name: self.attribute(one, variable, scope) for one in entry.entries("with")}
        return {name: amount for name, amount in read.items() if amount}

    def attribute(self, entry: Entry, variable: Variable, scope: Scope) -> Amount | None:
        attribute = variable.attributes.get(entry.name)
        if attribute is None:
            message = f"`{variable.name}` has no attribute `{entry.name}`"
            help = did_you_mean(entry.name, variable.attributes)
            self.values.findings.error("unknown-attribute", message, entry.at, help=help)
            return None
        return self.values.amount(entry.tree, self.wanted(attribute, scope))

    # ------------------------------------------------------------- entries

    def fact(self, entry: Entry) -> Amount | None:
        variable = self.variable(entry.key, ("fact",))
        if variable is None or variable.value is None:
            return None
        if variable.role == "arm":
            help = "name the event at which it is given: `allocation: {with: ..}`"
            self.values.fail(f"`{variable.name}` is the arm, which is given by allocation", entry.at, help)
        return self.values.amount(entry.tree, self.wanted(variable.value))

    def judgement(self, entry: Entry) -> Judged | None:
        variable = self.variable(entry.key, ("judgement",))
        amount = self.own(entry, variable)
        if variable is None or amount is None:
            return None
        if entry.find("on") is not None:
            day = self.values.amount(entry.find("on"), DATE)
            return Judged(variable.name, amount, (), self.condition(entry.scalar("when"), NEVER), day)
        when = self.condition(entry.scalar("when"), AT_A_VISIT)
        return Judged(variable.name, amount, self.visits_of(entry), when)

    def own(self, entry: Entry, variable: Variable | None) -> Amount | None:
        """The value of the entry itself, whose keys stand beside others."""
        if variable is None or variable.value is None:
            return None
        return self.values.amount(entry.tree, self.wanted(variable.value, AT_A_VISIT))

    def measurement(self, entry: Entry) -> Measured | None:
        variable = self.variable(entry.key, ("measurement",))
        amount = self.own(entry, variable)
        if variable is None or variable.value is None or amount is None:
            return None
        wanted = self.wanted(variable.value, AT_A_VISIT)
        low, high = self.values.bounds(entry, "limits", wanted)
        return Measured(
            variable=variable.name,
            amount=amount,
            visits=self.visits_of(entry),
            when=self.condition(entry.scalar("when"), AT_A_VISIT),
            noise=self.values.spread(entry.scalar("noise"), wanted),
            each_month=self.each_month(entry, wanted),
            low=low,
            high=high,
            attributes=self.attributes(entry, variable, AT_A_VISIT),
            other_unit=self.other_unit(entry.inner("other_unit"), variable, wanted),
            detected_from=self.values.expression(entry.scalar("detected_from"), wanted),
        )

    def each_month(self, entry: Entry, wanted: Wanted) -> Mapping[str, Monthly]:
        """The change in a month by course; one that stands alone is that of every course."""
        alone = entry.scalar("each_month")
        if alone:
            change = self.values.monthly(alone, wanted)
            return {course: change for course in (*self.courses, "") if change}
        listed = entry.entries("each_month")
        self.course_names(listed)
        read = {one.name: self.values.monthly(entry_scalar(one), wanted) for one in listed}
        return {name: change for name, change in read.items() if change}

    def course_names(self, entries: tuple[Entry, ...]) -> None:
        for entry in entries:
            if entry.name not in self.courses:
                self.unknown("course", entry.key, did_you_mean(entry.name, self.courses))

    def other_unit(self, entry: Entry | None, variable: Variable, wanted: Wanted) -> OtherUnit | None:
        written = entry.scalar("unit") if entry else None
        step = entry.number("step") if entry else None
        if written is None or step is None or not isinstance(wanted.type, Number):
            return None
        unit = parse_unit(written.text)
        if isinstance(unit, UnitProblem):
            self.values.findings.error("unit", unit.message, written.at, help=unit.help)
            return None
        by = factor_of_record(unit, wanted.type.unit, variable.molar_mass)
        if by is None:
            self.cannot_convert(written, unit, (variable, wanted.type.unit))
            return None
        return OtherUnit(written.text, by, step)

    def cannot_convert(self, written: Scalar, unit: Unit, own: tuple[Variable, Unit]) -> None:
        variable, usual = own
        message = f"`{variable.name}` is in `{usual.symbol}`, and `{written.text}` cannot be converted to it"
        help = f"`{written.text}` is {describe(unit)}, `{usual.symbol}` is {describe(usual)}"
        self.values.findings.error("unit", message, written.at, help=help)

    # ---------------------------------------------------------- happenings

    def happening(self, entry: Entry) -> Happening | None:
        variable = self.variable(entry.scalar("of") or entry.key, ("event", "episode"))
        if variable is None:
            return None
        at = self.visits(entry.scalars("at"))
        scope = Scope(visit=bool(at))
        if not at and entry.find("on") is None:
            help = "say `on:` which day, or `at:` which visits"
            self.values.fail(f"nothing says when `{entry.name}` happens", entry.at, help)
        record = Scope(visit=bool(at), this=self.named(variable))
        after = self.visits(entry.scalars("after"))
        new_course = entry.entries("new_course")
        self.course_names(new_course)
        return Happening(
            name=entry.name,
            variable=variable.name,
            on=self.values.amount(entry.find("on"), Wanted(DATE.type, scope=scope)),
            at=at,
            after=after[0] if after else None,
            when=self.condition(entry.scalar("when"), scope),
            chance=self.share(entry, "chance", 1.0),
            repeated=self.repeated(entry),
            until=self.day(entry.scalar("until"), scope),
            lasts=self.values.amount(entry.find("lasts"), LENGTH),
            ongoing=self.share(entry, "ongoing", 0.0),
            end_unknown=self.share(entry, "end_unknown", 0.0),
            steps=tuple(self.step(Entry(entry.key, one), variable, record) for one in entry.items("steps")),
            attributes=self.attributes(entry, variable, record),
            ends=self.ends(entry),
            new_course=self.values.shares(new_course) if new_course else None,
        )

    def share(self, entry: Entry, key: str, otherwise: float) -> float:
        found = self.values.share(entry.scalar(key))
        return otherwise if found is None else found

    def named(self, variable: Variable) -> VariableName | None:
        found = self.values.names.entries.get(variable.name)
        return found if isinstance(found, VariableName) else None

    def repeated(self, entry: Entry) -> Repeated | None:
        every = self.values.length(entry.scalar("every"))
        if every is None:
            return None
        if entry.find("until") is None:
            message = f"nothing says up to when `{entry.name}` happens again and again"
            self.values.fail(message, entry.at, "say `until:` which day")
        jitter = self.values.length(entry.scalar("jitter"))
        return Repeated(every, jitter or 0.0, self.share(entry, "skipped", 0.0))

    def step(self, entry: Entry, variable: Variable, scope: Scope) -> Step:
        return Step(
            self.values.amount(entry.find("lasts"), LENGTH),
            self.day(entry.scalar("until"), NEVER),
            self.attributes(entry, variable, scope),
        )

    def ends(self, entry: Entry) -> tuple[str, ...]:
        names = entry.scalars("ends")
        if [name.text for name in names] == [ALL]:
            return (ALL,)
        kinds: tuple[Kind, ...] = ("measurement", "event", "episode", "judgement")
        found = [self.variable(name, kinds) for name in names]
        return tuple(variable.name for variable in found if variable)


def _a(kind: Kind) -> str:
    return f"an {kind}" if kind[0] == "e" else f"a {kind}"
