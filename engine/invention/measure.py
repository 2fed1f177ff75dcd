"""Measurements and judgements at one visit: each patient's own level, moved by the course."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from engine.invention.patient import Level, Patient, recorded
from engine.invention.values import chosen, number_in, stepped, value_of, varied, within
from engine.language.core import BASELINE, Core
from engine.language.days import low
from engine.language.units import convert
from engine.language.values import Day, DayRange, NumberRange, Value
from engine.reference.view import View
from engine.study.model import Variable
from engine.study.typical import Content, Judged, Measured
from engine.timeline.model import Record

MONTH = 365.25 / 12
EARLIER, LATER = 8 * 60 + 10, 11 * 60 + 40
"""The minutes of the day at which what is taken twice is taken."""


@dataclass(frozen=True, slots=True)
class Exactly:
    """A value that one patient has at one visit: so many steps from a figure of the rules."""

    variable: str
    visit: str
    figure: Core
    steps: int


def take_findings(patient: Patient, content: Content, visit: str, exactly: Exactly | None) -> None:
    """Everything that is measured and judged at a visit that is attended."""
    months = _months(patient, patient.attended[visit])
    for measured in content.measurements.values():
        if visit in measured.visits and _is_taken(patient, measured, visit):
            here = exactly is not None and (exactly.variable, exactly.visit) == (measured.variable, visit)
            _Taking(patient, measured, visit, months, exactly if here else None).take()
    for judged in content.judgements.values():
        if visit in judged.visits and _is_taken(patient, judged, visit):
            found = value_of(patient, replace(judged.amount, missing=0.0), View(visit))
            patient.add(judged.variable, recorded(patient.attended[visit], None, {"value": found}))


def take_judgements(patient: Patient, content: Content) -> None:
    """The judgements that are given on a day of their own."""
    for judged in content.judgements.values():
        if judged.on and patient.is_so(judged.when):
            day, found = value_of(patient, judged.on), value_of(patient, judged.amount)
            if found is not None and isinstance(day, int | DayRange):
                patient.add(judged.variable, recorded(day, None, {"value": found}))  # type: ignore[arg-type]


def _is_taken(patient: Patient, item: Measured | Judged, visit: str) -> bool:
    usual = patient.typical.attending[visit].missing
    missing = usual if item.amount.missing is None else item.amount.missing
    return not patient.chance.happens(missing) and patient.is_so(item.when, View(visit))


def _months(patient: Patient, day: Day) -> float:
    """How long ago the baseline is on a day; nothing before it."""
    if patient.study.program.baseline is None:
        first = min(patient.attended.values())
    else:
        found = patient.visit_day(BASELINE, "day")
        first = day if found is None else low(found)
    return max(0, day - first) / MONTH


@dataclass(frozen=True, slots=True)
class _Taking:
    """One measurement of one patient at one visit, so many months after the baseline."""

    patient: Patient
    measured: Measured
    visit: str
    months: float
    exactly: Exactly | None

    @property
    def variable(self) -> Variable:
        return self.patient.study.protocol.variables[self.measured.variable]

    @property
    def day(self) -> Day:
        return self.patient.attended[self.visit]

    def take(self) -> None:
        attributes = self.attributes()
        value = self.figure(attributes) if self.exactly else self.drawn()
        if value is None:
            return
        if self.patient.chance.happens(self.patient.typical.keeping.blank):
            self.patient.add(self.variable.name, self.record(None, attributes), ("", ""))
            return
        reported = self.reported(value)
        self.patient.add(self.variable.name, self.record(reported[0], attributes), reported[1])
        if self.patient.chance.happens(self.patient.typical.keeping.repeated):
            self.repeat(value, attributes)

    def attributes(self) -> Mapping[str, Value]:
        given = self.measured.attributes
        view = View(self.visit)
        return {
            name: value_of(self.patient, given[name], view) if name in given else None
            for name in self.variable.attributes
        }

    def record(self, value: Value, attributes: Mapping[str, Value]) -> Record:
        return recorded(self.day, None, {**attributes, "value": value})

    # -------------------------------------------------------------- values

    def figure(self, attributes: Mapping[str, Value]) -> float | None:
        """So many steps from a figure that a rule compares it with."""
        assert self.exactly is not None
        view = View(self.visit, record=self.record(None, attributes))
        found = number_in(self.patient, self.exactly.figure, view)
        return None if found is None else found + self.exactly.steps * float(self.step)

    @property
    def step(self) -> Decimal:
        return self.variable.step or Decimal("0.01")

    def drawn(self) -> float | None:
        """The patient's level on this day, as it is found this time."""
        level = self.level()
        own = number_in(self.patient, level.typical, View(self.visit))
        if own is None:
            return None
        amount, measured = self.measured.amount, self.measured
        own = self.bounded(varied(own, amount.spread, level.deviation), amount.low, amount.high)
        moved = self.bounded(own * level.factor + level.shift, measured.low, measured.high)
        noisy = varied(moved, measured.noise, self.patient.chance.normal() if measured.noise else 0.0)
        return self.plausible(self.bounded(noisy, measured.low, measured.high))

    def bounded(self, value: float, lowest: Core | None, highest: Core | None) -> float:
        if lowest is None and highest is None:
            return value
        low, high = (number_in(self.patient, core, View(self.visit)) for core in (lowest, highest))
        return within(value, low, high)

    def plausible(self, value: float) -> float:
        """Not beyond the range of the dictionary, where it would not be used."""
        own = self.variable.value
        assert own is not None
        low, high = (None if end is None else float(end) for end in (own.low, own.high))
        return within(value, low, high)

    def level(self) -> Level:
        """Where the patient stands, after the months since the last time."""
        levels, amount = self.patient.levels, self.measured.amount
        level = levels.get(self.measured.variable)
        if level is None:
            deviation = self.patient.chance.normal() if amount.spread else 0.0
            level = levels[self.measured.variable] = Level(chosen(self.patient, amount), deviation)
        since = self.months
        month = self.measured.each_month.get(self.patient.course or "")
        if month and since > level.months:
            passed = since - level.months
            if month.relative:
                level.factor *= max(0.0, 1 + month.size) ** passed
            else:
                level.shift += month.size * passed
        level.months = max(since, level.months)
        return level

    # ----------------------------------------------------------- reporting

    def reported(self, value: float) -> tuple[Value, tuple[str, str]]:
        """The value as the laboratory reports it, and its text and unit."""
        own = self.variable.value
        assert own is not None
        other = self.measured.other_unit if self.patient.other_units and not self.exactly else None
        unit = other.text if other else own.unit or ""
        unit = "" if unit == "1" else unit
        limit = number_in(self.patient, self.measured.detected_from)
        if limit is not None and value < limit and not self.exactly:
            shown = stepped(limit / float(other.factor), other.step) if other else stepped(limit, self.step)
            least = convert(shown, other.factor) if other else shown
            return NumberRange(own.low, least, high_open=True), (f"<{shown:f}", unit)
        if other:
            shown = stepped(value / float(other.factor), other.step)
            return convert(shown, other.factor), (f"{shown:f}", unit)
        exact = stepped(value, self.step)
        return exact, (f"{exact:f}", unit)

    def repeat(self, value: float, attributes: Mapping[str, Value]) -> None:
        """The same measurement earlier that day; which of the two counts is the dictionary's word."""
        rule = self.variable.same_day
        if rule not in ("last recorded", "highest", "lowest"):
            return
        away = max(abs(value) * 0.04, float(self.step))
        away = away if rule == "lowest" or (rule != "highest" and self.patient.chance.happens(0.5)) else -away
        found, shown = self.reported(self.plausible(value + away))
        earlier = replace(self.record(found, attributes), minute=EARLIER)
        self.patient.add_beside(self.variable.name, earlier, shown)
        kept = self.patient.kept[self.variable.name]
        kept[-2] = replace(kept[-2], record=replace(kept[-2].record, minute=LATER))
