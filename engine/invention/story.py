"""One patient from the first day to the last, in the order of a real record."""

from dataclasses import dataclass
from typing import Protocol

from engine.invention.attend import attend
from engine.invention.happen import happen
from engine.invention.measure import Exactly, take_findings, take_judgements
from engine.invention.patient import Patient, recorded
from engine.invention.values import value_of
from engine.language.core import Core
from engine.language.days import plus_months
from engine.language.values import Day
from engine.study.typical import EVERYBODY, Content, Happening


class Arms(Protocol):
    def next(self) -> str | None:
        """The arm that the next patient gets; None where there are none."""
        ...


@dataclass(frozen=True, slots=True)
class BornExactly:
    """A date of the patient lies so many years before a day, and so many days off."""

    variable: str
    day: Core
    years: int
    days: int


@dataclass(slots=True)
class Story:
    """What becomes of a patient; `arms` gives the arm if it comes to that."""

    patient: Patient
    content: Content
    arms: Arms
    exactly: Exactly | None = None
    born: BornExactly | None = None

    def tell(self) -> Patient:
        patient, typical = self.patient, self.patient.typical
        patient.add(typical.arrival, recorded(patient.arrival, None, self._no_attributes(typical.arrival)))
        for name, amount in self.content.facts.items():
            patient.set_fact(name, value_of(patient, amount))
        if self.born:
            self._date_exactly(self.born)
        if typical.allocation == typical.arrival:
            self._allocate()
        take_judgements(patient, self.content)
        self._happenings(None)
        for visit in patient.study.protocol.schedule.visits:
            attend(patient, visit, typical.attending[visit])
            if visit in patient.attended:
                take_findings(patient, self.content, visit, self.exactly)
            self._happenings(visit)
        return patient

    def _no_attributes(self, variable: str) -> dict[str, None]:
        return dict.fromkeys(self.patient.study.protocol.variables[variable].attributes)

    def _date_exactly(self, born: BornExactly) -> None:
        day = self.patient.day(born.day)
        moved = None if day is None else plus_months(day, -12 * born.years)
        if isinstance(moved, int):
            self.patient.set_fact(born.variable, Day(moved + born.days))

    def _happenings(self, visit: str | None) -> None:
        for happening in self.content.happenings.values():
            happens = _is_due(happening, visit) and happen(self.patient, happening, visit)
            if happens and happening.variable == self.patient.typical.allocation:
                self._allocate()

    def _allocate(self) -> None:
        """Gives the arm, and with it the course that the patient takes."""
        patient = self.patient
        arm = self.arms.next()
        variable = next((v.name for v in patient.study.protocol.variables.values() if v.role == "arm"), None)
        if arm is not None and variable is not None:
            patient.set_fact(variable, arm)
        courses = patient.typical.courses
        shares = courses.get(arm or EVERYBODY) or courses.get(EVERYBODY)
        patient.course = patient.chance.one_of(shares) if shares else None


def _is_due(happening: Happening, visit: str | None) -> bool:
    if happening.at:
        return visit in happening.at
    return happening.after == visit
