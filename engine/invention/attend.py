"""Whether and when a patient comes to a visit."""

from engine.invention.patient import Patient, recorded
from engine.language.days import high, low
from engine.language.values import Day
from engine.reference.view import View
from engine.study.typical import Attending


def attend(patient: Patient, visit: str, attending: Attending) -> None:
    """Puts the day of a visit down, if it takes place."""
    chance = patient.chance
    if not patient.is_so(attending.when, View(visit)) or chance.happens(attending.missed):
        return
    day = _day(patient, visit, attending)
    if day is None or (patient.end is not None and day > patient.end):
        return
    attendance = patient.study.program.attendance
    if attendance is not None:
        patient.add(attendance.variable, recorded(day, None, {attendance.attribute: visit}))
    patient.attended[visit] = day


def _day(patient: Patient, visit: str, attending: Attending) -> Day | None:
    jitter = round(patient.chance.normal() * attending.jitter) if attending.jitter else 0
    if attending.on is not None:
        day = patient.day(attending.on, View(visit))
        return None if day is None else Day(day + jitter)
    target = patient.visit_day(visit, "target")
    opens, closes = patient.visit_day(visit, "opens"), patient.visit_day(visit, "closes")
    if target is None or opens is None or closes is None:
        return None
    if patient.chance.happens(attending.out_of_window):
        away = 1 + abs(round(patient.chance.normal() * 2))
        return Day(high(closes) + away if patient.chance.happens(0.7) else low(opens) - away)
    return Day(min(max(low(target) + jitter, low(opens)), high(closes)))
