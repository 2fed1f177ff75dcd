"""A value of a patient: the typical one, what some have instead, and how it varies."""

import math
from calendar import monthrange
from datetime import date
from decimal import Decimal

from engine.invention.patient import Patient
from engine.language.core import Core
from engine.language.days import day_of, spanning
from engine.language.types import Day as DayType
from engine.language.types import Number
from engine.language.values import Date, Day, DayRange, NumberRange, Value
from engine.reference.interpret import PATIENT
from engine.reference.view import View
from engine.study.typical import Amount, Spread

LONGEST_MONTH = 31
FIGURES = 3
"""So many significant figures, where nothing says what a varying value is rounded to."""


def value_of(patient: Patient, amount: Amount, view: View = PATIENT) -> Value:
    """A value as one patient has it; None where it is not known."""
    if patient.chance.happens(amount.missing or 0.0):
        return None
    core = chosen(patient, amount)
    if isinstance(core.type, DayType):
        return _blurred(patient, day_of_patient(patient, amount, (core, view)), amount)
    if isinstance(core.type, Number):
        return _number(patient, amount, (core, view))
    found: Value = patient.ask(core, view)
    return found


def chosen(patient: Patient, amount: Amount) -> Core:
    """The typical value, or the one that this patient has instead."""
    if not amount.others:
        return amount.typical
    place = patient.chance.other([share for _, share in amount.others])
    return amount.typical if place is None else amount.others[place][0]


# ---------------------------------------------------------------------- dates


def day_of_patient(patient: Patient, amount: Amount, asked: tuple[Core, View]) -> Day | None:
    """A day, exactly."""
    day = patient.day(*asked)
    if day is None:
        return None
    if amount.spread:
        day = Day(day + round(patient.chance.normal() * amount.spread.size))
    lowest, highest = (patient.day(one, asked[1]) if one else None for one in (amount.low, amount.high))
    day = day if lowest is None else max(day, lowest)
    return day if highest is None else min(day, highest)


def _blurred(patient: Patient, day: Day | None, amount: Amount) -> Date | None:
    """The day as far as it is known: at times only its month, or its year."""
    if day is None or not (amount.month_only or amount.year_only):
        return day
    known = patient.chance.other([amount.month_only, amount.year_only])
    return day if known is None else month_of(day) if known == 0 else year_of(day)


def as_known(day: Day, other: Date) -> Date:
    """A day as far as another of the same record is known: nobody knows the end of what began some time."""
    if not isinstance(other, DayRange):
        return day
    return month_of(day) if other.high - other.low < LONGEST_MONTH else year_of(day)


def month_of(day: Day) -> Date:
    at = date.fromordinal(day)
    return spanning(day_of(at.year, at.month, 1), day_of(at.year, at.month, monthrange(at.year, at.month)[1]))


def year_of(day: Day) -> Date:
    year = date.fromordinal(day).year
    return spanning(day_of(year, 1, 1), day_of(year, 12, 31))


# -------------------------------------------------------------------- numbers


def number_in(patient: Patient, core: Core | None, view: View = PATIENT) -> float | None:
    """A number as such; of one that is only partly known, its nearer bound."""
    found = None if core is None else patient.ask(core, view)
    if isinstance(found, NumberRange):
        found = found.high if found.high is not None else found.low
    return None if found is None else float(found)


def varied(value: float, spread: Spread | None, deviation: float) -> float:
    """So many standard deviations away; a share of the value is never below nothing."""
    if spread is None:
        return value
    if spread.relative:
        return value * math.exp(deviation * spread.size)
    return value + deviation * spread.size


def within(value: float, lowest: float | None, highest: float | None) -> float:
    value = value if lowest is None else max(value, lowest)
    return value if highest is None else min(value, highest)


def _number(patient: Patient, amount: Amount, asked: tuple[Core, View]) -> Decimal | None:
    core, view = asked
    found = patient.ask(core, view)
    if isinstance(found, Decimal) and amount.spread is None and amount.step is None:
        return tidy(found)
    value = number_in(patient, core, view)
    if value is None:
        return None
    value = varied(value, amount.spread, patient.chance.normal() if amount.spread else 0.0)
    value = within(value, number_in(patient, amount.low, view), number_in(patient, amount.high, view))
    return tidy(stepped(value, amount.step or step_for(value)))


def stepped(value: float, step: Decimal) -> Decimal:
    """The nearest multiple of a step, with as many places as the step has."""
    return Decimal(round(value / float(step))) * step


def step_for(value: float) -> Decimal:
    if not value:
        return Decimal(1)
    return Decimal(1).scaleb(math.floor(math.log10(abs(value))) - FIGURES + 1)


def tidy(value: Decimal) -> Decimal:
    """Without the zeros at the end that say nothing."""
    short = value.normalize()
    return short if short.as_tuple().exponent <= 0 else short.quantize(Decimal(1))  # type: ignore[operator]


def length_of(patient: Patient, amount: Amount) -> int:
    """A length of time in days, at least one."""
    found = value_of(patient, amount)
    assert isinstance(found, Decimal)
    return max(1, round(found))
