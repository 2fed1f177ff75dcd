"""Complete, partial and overall response at each month."""

from decimal import Decimal
from typing import Any

from benchmarks.by_hand.course import MONTHS, Course, Visit, months_on, visit_of
from benchmarks.by_hand.eligibility import is_code
from benchmarks.by_hand.kidney import egfr
from benchmarks.by_hand.known import Truth, all_of, any_of, at_most, less, negated, times
from benchmarks.by_hand.records import Test, any_in, fact, last_value, lies_in, nearest_value, records_of
from engine.language.days import high, low

RESCUE_AGENTS = frozenset(("cyclophosphamide", "calcineurin_inhibitor", "anti_cd20", "azathioprine"))
NEVER_PERMITTED = frozenset(("other_immunosuppressant", "other_biologic"))
PROCEDURES = ("plasma_exchange", "immunoadsorption", "iv_immunoglobulin", "renal_replacement_therapy")

Responses = dict[tuple[str, str | None], Truth]


def responses(course: Course) -> Responses:
    timeline, day_1 = course.timeline, course.day_1
    protein = last_value(timeline, "urine_protein_24h", day_1 - 28, day_1)
    filtration = egfr(course, last_value(timeline, "creatinine", day_1 - 28, day_1), day_1)
    end = months_on(day_1, 6)
    found: Responses = {}
    for month in MONTHS:
        complete, partial = response(course, visit_of(course, month), (protein, filtration, end))
        visit = f"month_{month}"
        found["complete_response", visit] = complete
        found["partial_response", visit] = partial
        found["overall_response", visit] = any_of(complete, partial)
    return found


def response(course: Course, visit: Visit, baseline: tuple[object, float | None, int]) -> tuple[Truth, Truth]:
    """Complete and partial; what ended or changed the treatment is looked for only if it matters."""
    protein_then, filtration_then, end = baseline
    timeline = course.timeline
    protein = nearest_value(timeline, "urine_protein_24h", visit.window, visit.target)
    halved = at_most(protein, times(Decimal("0.5"), protein_then))
    complete = less(protein, Decimal("0.5"))
    partial = all_of(halved, less(protein, Decimal(3)))
    if complete is False and partial is False:
        return False, False
    creatinine = nearest_value(timeline, "creatinine", visit.window, visit.target)
    filtration = egfr(course, creatinine, visit.day)
    stable = None if filtration_then is None else at_most(0.85 * filtration_then, filtration)
    if stable is False:
        return False, False
    untroubled = negated(
        any_of(rescued(course, visit, end), withdrawn(course, visit, end), switched(course, visit))
    )
    complete = all_of(complete, stable, untroubled)
    return complete, all_of(partial, stable, negated(complete), untroubled)


# ------------------------------------------------------------- what happened by a visit


def by_visit(course: Course, visit: Visit, variable: str, test: Test | None = None) -> Truth:
    """Any record from randomization to the visit; past the end of the data nobody knows."""
    found = any_in(course.timeline, variable, course.randomization, visit.day, test)
    return None if found is False and visit.day > course.as_of else found


def switched(course: Course, visit: Visit) -> Truth:
    return by_visit(course, visit, "treatment_switch")


def rescued(course: Course, visit: Visit, end: int) -> Truth:
    return any_of(
        by_visit(course, visit, "concomitant_drug", rescue_drug),
        *(by_visit(course, visit, procedure, for_nephritis) for procedure in PROCEDURES),
        late_pulse(course, visit),
        late_steroid(course, visit, end - 56),
        unassigned_drug(course, visit),
    )


def rescue_drug(record: Any) -> Truth:
    agent = record.fields.get("agent")
    if agent is None:
        return None
    if agent in NEVER_PERMITTED:
        return True
    return all_of(agent in RESCUE_AGENTS, for_nephritis(record))


def for_nephritis(record: Any) -> Truth:
    return is_code(record, "indication", "lupus_nephritis")


def late_pulse(course: Course, visit: Visit) -> Truth:
    found = any_in(course.timeline, "methylprednisolone_pulse", course.day_1 + 14, visit.day)
    return None if found is False and visit.day > course.as_of else found


def late_steroid(course: Course, visit: Visit, opens: int) -> Truth:
    """Three days in one record above 10 mg/d from the day it opens, or seven in all."""
    least = most = longest = 0
    open_ended = visit.day > course.as_of
    in_a_row: Truth = None if open_ended else False
    for record in records_of(course.timeline, "prednisone"):
        inside = lies_in(record, opens, visit.day)
        above = None if inside is False else less(Decimal(10), record.fields.get("dose"))
        if inside is False or above is False:
            continue
        shortest, longest = days_in(record, opens, visit.day)
        certain = bool(inside and above)
        least += shortest if certain else min(shortest, 0)
        most += longest if certain else max(longest, 0)
        if certain and shortest >= 3:
            in_a_row = True
        elif longest >= 3 and in_a_row is False:
            in_a_row = None
    in_all: Truth = True if least >= 7 else False if most < 7 else None
    return any_of(None if open_ended else in_all, in_a_row)


def days_in(record: Any, first: int, until: int) -> tuple[int, int]:
    """The fewest and the most days of a record in a period, both its ends counted."""
    assert record.end is not None
    return (
        min(low(record.end), until) - max(high(record.start), first) + 1,
        min(high(record.end), until) - max(low(record.start), first) + 1,
    )


def unassigned_drug(course: Course, visit: Visit) -> Truth:
    arm = fact(course.timeline, "arm")
    if arm == "biologics":
        given = by_visit(course, visit, "mmf")
    elif arm == "soc":
        given = any_of(by_visit(course, visit, "belimumab"), by_visit(course, visit, "telitacicept"))
    else:
        given = False
    return all_of(given, negated(switched(course, visit)))


def withdrawn(course: Course, visit: Visit, end: int) -> Truth:
    complete_from = end - 7

    def early(record: Any) -> Truth:
        return bool(record.start < complete_from)

    def early_exit(record: Any) -> Truth:
        return all_of(negated(is_code(record, "reason", "completed")), early(record))

    def too_long(record: Any) -> Truth:
        shortest, longest = days_in(record, low(record.start), visit.day)
        limit = 28 if record.fields.get("component") == "mmf" else 14
        return True if shortest > limit else False if longest <= limit else None

    return any_of(
        by_visit(course, visit, "treatment_stop", early),
        by_visit(course, visit, "study_exit", early_exit),
        by_visit(course, visit, "death", early),
        by_visit(course, visit, "treatment_hold", too_long),
    )
