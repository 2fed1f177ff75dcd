"""Inclusion 1 to 6 and Exclusion 1 to 11, with their parts."""

from decimal import Decimal
from typing import Any

from benchmarks.by_hand.course import Course, age_at, months_on
from benchmarks.by_hand.kidney import egfr
from benchmarks.by_hand.known import Truth, all_of, any_of, at_least, at_most, less, negated, times
from benchmarks.by_hand.records import Test, answer, any_in, last_in, last_value, lies_in, records_of

CLASSES = frozenset(("III", "IV", "III+V", "IV+V"))
EXEMPT = frozenset(("skin_basal_cell", "skin_squamous_cell", "cervical_intraepithelial"))
CRITERIA = (
    *("malar_rash", "discoid_rash", "photosensitivity", "oral_ulcers", "acr_arthritis", "acr_serositis"),
    *("acr_renal_disorder", "acr_neurologic_disorder", "acr_hematologic_disorder"),
    *("acr_immunologic_disorder", "acr_antinuclear_antibody"),
)
COUNTS = (
    ("E4a", "wbc", Decimal(3), "low_wbc_due_to_sle"),
    ("E4b", "neutrophils", Decimal("1.5"), "low_neutrophils_due_to_sle"),
    ("E4c", "lymphocytes", Decimal("0.8"), "low_lymphocytes_due_to_sle"),
    ("E4d", "platelets", Decimal(50), "low_platelets_due_to_sle"),
)
LIVER = (("E5a", "alt"), ("E5b", "ast"), ("E5c", "bilirubin"))
FOREVER = 1

Verdicts = dict[str, Truth]


def eligibility(course: Course) -> Verdicts:
    verdicts = {**inclusion(course), **exclusion(course)}
    met = [verdicts[f"I{number}"] for number in range(1, 7)]
    free = [negated(verdicts[f"E{number}"]) for number in range(1, 12)]
    return {**verdicts, "eligible": all_of(*met, *free)}


# ------------------------------------------------------------------------ inclusion


def inclusion(course: Course) -> Verdicts:
    timeline, enrolment = course.timeline, course.enrolment
    age = age_at(course.birth, course.consent)
    of_age = None if age is None else age >= 18
    v: Verdicts = {}
    v["I1a"] = True if any_in(timeline, "informed_consent", FOREVER, enrolment) else None
    v["I1b"] = any_of(any_in(timeline, "guardian_consent", FOREVER, enrolment), of_age)
    v["I1c"] = any_of(any_in(timeline, "minor_assent", FOREVER, enrolment), of_age)
    v["I1"] = all_of(v["I1a"], v["I1b"], v["I1c"])
    v["I2"] = None if age is None else 14 <= age <= 65
    v["I3"] = at_least(4, (answer(timeline, name) for name in CRITERIA))
    v["I4"] = biopsied(course)
    v["I5"] = less(Decimal(6), last_value(timeline, "selena_sledai", enrolment - 28, enrolment))
    v["I6"] = less(Decimal(1), last_value(timeline, "urine_protein_24h", enrolment - 14, enrolment))
    return v


def biopsied(course: Course) -> Truth:
    """Without any biopsy on file nobody knows."""
    recent = months_on(course.enrolment, -6)
    records = [
        r for r in records_of(course.timeline, "kidney_biopsy") if lies_in(r, FOREVER, course.enrolment)
    ]
    return any_of(*(fitting_biopsy(record, recent) for record in records)) if records else None


def fitting_biopsy(record: Any, recent: int) -> Truth:
    fields = record.fields
    kind, edition = fields.get("isn_rps_class"), fields.get("edition")
    return all_of(
        record.start >= recent,
        None if kind is None else kind in CLASSES,
        None if edition is None else edition == "isn_rps_2018",
        fields.get("active"),
    )


# ------------------------------------------------------------------------ exclusion


def exclusion(course: Course) -> Verdicts:
    timeline, enrolment = course.timeline, course.enrolment
    v: Verdicts = {}
    creatinine = last_value(timeline, "creatinine", enrolment - 14, enrolment)
    v["E1"] = at_most(45, egfr(course, creatinine, enrolment))
    v |= recent_procedures(course)
    crisis = any_of(
        any_in(timeline, "critical_organ_damage", enrolment, enrolment),
        any_in(timeline, "lupus_crisis", enrolment, enrolment),
    )
    v["E3"] = all_of(crisis, answer(timeline, "crisis_makes_unsuitable"))
    v |= laboratory(course)
    v["E6"] = any_of(
        answer(timeline, "belimumab_contraindicated"), answer(timeline, "telitacicept_contraindicated")
    )
    month_ago = months_on(enrolment, -1)
    v["E7a"] = any_in(timeline, "active_infection", month_ago, enrolment)
    v["E7b"] = any_in(timeline, "iv_antibiotic", month_ago, enrolment)
    v["E7"] = any_of(v["E7a"], v["E7b"])
    v |= pregnancy(course)
    v |= diseases(course)
    v |= conditions(course)
    v["E11"] = answer(timeline, "other_unsuitable")
    return v


def recent_procedures(course: Course) -> Verdicts:
    timeline, until = course.timeline, course.enrolment
    since = months_on(until, -2)
    doses = [
        r.fields.get("dose") for r in records_of(timeline, "iv_immunoglobulin") if lies_in(r, since, until)
    ]
    v: Verdicts = {
        "E2a": any_in(timeline, "renal_replacement_therapy", since, until),
        "E2b": any_in(timeline, "plasma_exchange", since, until),
        "E2c": any_in(timeline, "immunoadsorption", since, until),
        "E2d": None if None in doses else sum(doses) >= 100,
    }
    v["E2"] = any_of(*v.values())
    return v


def laboratory(course: Course) -> Verdicts:
    """Blood counts unless lupus explains them; liver values against their own limit of normal."""
    timeline, until = course.timeline, course.enrolment
    v: Verdicts = {}
    for name, variable, minimum, excuse in COUNTS:
        low = less(last_value(timeline, variable, until - 14, until), minimum)
        v[name] = all_of(low, negated(answer(timeline, excuse)))
    v["E4"] = any_of(v["E4a"], v["E4b"], v["E4c"], v["E4d"])
    for name, variable in LIVER:
        record = last_in(timeline, variable, until - 14, until)
        limit = times(Decimal(2), record.fields.get("upper_limit")) if record else None
        v[name] = less(limit, record.fields["value"]) if record else None
    v["E5"] = any_of(v["E5a"], v["E5b"], v["E5c"])
    return v


def pregnancy(course: Course) -> Verdicts:
    timeline, until = course.timeline, course.enrolment
    if not course.female:
        return {"E8a": False, "E8b": False, "E8": False}
    test = last_in(timeline, "pregnancy_test", until - 7, until)
    result = test.fields.get("result") if test else None
    sterile = timeline.facts.get("surgically_sterile")
    pregnant = None if result is None else result == "positive"
    excused: Any = sterile.value if sterile else False
    v: Verdicts = {"E8a": all_of(pregnant, negated(excused))}
    v["E8b"] = answer(timeline, "breastfeeding")
    v["E8"] = any_of(v["E8a"], v["E8b"])
    return v


def of_disease(disease: str) -> Test:
    return lambda record: is_code(record, "disease", disease)


def is_code(record: Any, name: str, code: str) -> Truth:
    found = record.fields.get(name)
    return None if found is None else found == code


DISEASES = {
    "E9a": of_disease("hepatitis_b"),
    "E9b": of_disease("hepatitis_c"),
    "E9c": of_disease("tuberculosis"),
    "E9d": of_disease("cmv_pneumonia"),
    "E9e": of_disease("fungal_infection"),
    "E9f": of_disease("syphilis"),
}


def diseases(course: Course) -> Verdicts:
    timeline, until = course.timeline, course.enrolment
    since = months_on(until, -3)
    v: Verdicts = {}
    for name, disease in DISEASES.items():
        v[name] = any_in(timeline, "infectious_disease", since, until, disease)
    v["E9g"] = any_in(timeline, "infectious_disease", FOREVER, until, of_disease("hiv"))
    v["E9h"] = any_in(timeline, "peptic_ulcer", since, until)
    v["E9i"] = any_in(timeline, "substance_misuse", since, until)
    v["E9j"] = malnourished(course)
    v["E9"] = any_of(*v.values())
    return v


def malnourished(course: Course) -> Truth:
    """By weight and height of one day."""
    timeline, until = course.timeline, course.enrolment
    weighed = last_in(timeline, "weight", until - 28, until)
    if weighed is None:
        return None
    weight, height = weighed.fields["value"], last_value(timeline, "height", weighed.start, weighed.start)
    return None if weight is None or height is None else float(weight) / (float(height) / 100) ** 2 < 16


def conditions(course: Course) -> Verdicts:
    timeline, until = course.timeline, course.enrolment
    v: Verdicts = {"E10a": answer(timeline, "severe_cardiovascular_disease")}
    v["E10b"] = any_in(timeline, "copd", until, until)
    v["E10c"] = any_in(timeline, "asthma_or_allergy", until, until, needs_steroid)
    v["E10d"] = any_in(timeline, "malignant_hypertension", until, until)
    v["E10e"] = any_in(timeline, "malignancy", months_on(until, -60), until, counting_malignancy)
    v["E10"] = any_of(*v.values())
    return v


def needs_steroid(record: Any) -> Truth:
    needed: Truth = record.fields.get("long_term_oral_steroid")
    return needed


def counting_malignancy(record: Any) -> Truth:
    neoplasm = record.fields.get("neoplasm")
    exempt = None if neoplasm is None else neoplasm in EXEMPT
    return negated(all_of(exempt, record.fields.get("completely_treated")))
