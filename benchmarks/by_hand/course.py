"""The days of one patient's course, worked out once before the rules are asked."""

from dataclasses import dataclass

from benchmarks.by_hand.records import fact, records_of
from engine.language.days import plus_months, years_between
from engine.language.values import Day
from engine.timeline.model import Timeline

MONTHS = range(1, 7)


@dataclass(slots=True)
class Course:
    timeline: Timeline
    as_of: int
    consent: int | None
    randomization: int | None
    enrolment: int
    day_1: int
    birth: int | None
    female: bool
    adult: bool | None


def course_of(timeline: Timeline, as_of: int) -> Course:
    randomization = first_day(timeline, "random_assignment")
    review = last_day(timeline, "eligibility_review")
    enrolment = review if randomization is None else randomization
    assert enrolment is not None
    doses = [first_day(timeline, drug) for drug in ("prednisone", "mmf", "belimumab", "telitacicept")]
    birth = fact(timeline, "birth_date")
    age = age_at(birth, enrolment)
    return Course(
        timeline,
        as_of,
        first_day(timeline, "informed_consent"),
        randomization,
        enrolment,
        min((day for day in doses if day is not None), default=enrolment),
        birth,
        fact(timeline, "sex") == "female",
        None if age is None else age >= 18,
    )


def first_day(timeline: Timeline, variable: str) -> int | None:
    records = records_of(timeline, variable)
    return records[0].start if records else None


def last_day(timeline: Timeline, variable: str) -> int | None:
    records = records_of(timeline, variable)
    return records[-1].start if records else None


def age_at(birth: int | None, day: int | None) -> int | None:
    """In completed years."""
    return None if birth is None or day is None else years_between(Day(birth), Day(day))


def months_on(day: int, months: int) -> int:
    moved = plus_months(Day(day), months)
    assert isinstance(moved, int)
    return moved


@dataclass(slots=True)
class Visit:
    """A monthly visit: its target, its window, and the day it took place, or its target."""

    target: int
    window: tuple[int, int]
    day: int


def visit_of(course: Course, month: int) -> Visit:
    target = months_on(course.day_1, month)
    reach = 14 if month == 6 else 7
    name = f"month_{month}"
    came = [r.start for r in records_of(course.timeline, "study_visit") if r.fields.get("visit") == name]
    day = min(came, key=lambda day: abs(day - target)) if came else target
    return Visit(target, (target - reach, target + reach), day)
