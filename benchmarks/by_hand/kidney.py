"""Estimated glomerular filtration rate: CKD-EPI 2021 for adults, CKiD U25 for minors."""

from typing import Any

from benchmarks.by_hand.course import Course, age_at, months_on
from benchmarks.by_hand.records import last_value


def egfr(course: Course, creatinine: Any, day: int) -> float | None:
    """By the age on a day; which equation is fixed by the age at enrolment."""
    age = age_at(course.birth, day)
    if creatinine is None or age is None:
        return None
    if course.adult:
        return adult_egfr(float(creatinine), age, course.female)
    height = last_value(course.timeline, "height", months_on(day, -6), day)
    if height is None:
        return None
    return child_factor(age, course.female) * (float(height) / 100) / float(creatinine)


def adult_egfr(creatinine: float, age: int, female: bool) -> float:
    turning_point, low_exponent, factor = (0.7, -0.241, 1.012) if female else (0.9, -0.302, 1.0)
    ratio = creatinine / turning_point
    egfr: float = 142 * min(ratio, 1.0) ** low_exponent * max(ratio, 1.0) ** -1.2 * 0.9938**age * factor
    return egfr


def child_factor(age: int, female: bool) -> float:
    if age < 12:
        return (36.1 if female else 39.0) * 1.008 ** (age - 12)
    if age < 18:
        return 36.1 * 1.023 ** (age - 12) if female else 39.0 * 1.045 ** (age - 12)
    return 41.4 if female else 50.8
