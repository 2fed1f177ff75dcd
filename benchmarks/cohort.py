"""An invented cohort of the study: visits, laboratory values, drugs, and all that goes wrong with records.

The schedule says what is measured when and the dictionary in which unit; the
tables here say what such patients look like. A seed makes every run the same.
Written as files and read back, so that timelines are what they always are.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from engine import tasks
from engine.study.linked import Study
from engine.timeline.read import Cohort

Row = dict[str, object]

COLUMNS = ("patient", "variable", "start", "end", "value", "unit")
FIRST_DAY = date(2024, 1, 8)
MONTH = 30.4

# The middle of what is measured, and how far one in three lies from it, as a factor.
USUAL: Mapping[str, tuple[float, float]] = {
    "urine_protein_24h": (2.2, 1.7),
    "urine_creatinine_24h": (1.1, 1.2),
    "urine_pcr": (1.2, 2.0),
    "creatinine": (2.0, 1.3),
    "wbc": (6.0, 1.4),
    "neutrophils": (3.6, 1.4),
    "lymphocytes": (1.5, 1.4),
    "platelets": (220, 1.5),
    "hemoglobin": (115, 1.1),
    "alt": (24, 1.5),
    "ast": (24, 1.4),
    "bilirubin": (9, 1.5),
    "selena_sledai": (9, 1.4),
    "weight": (58, 1.2),
    "height": (163, 1.04),
}
LIMITS = {
    "alt": ("upper_limit", 40),
    "ast": ("upper_limit", 40),
    "bilirubin": ("upper_limit", 21),
    "creatinine": ("upper_limit", 1.2),
    "wbc": ("lower_limit", 4),
    "neutrophils": ("lower_limit", 1.8),
    "lymphocytes": ("lower_limit", 1),
    "platelets": ("lower_limit", 100),
}
HALVES = {"urine_protein_24h": 60}
"""In so many days of treatment."""

CENSORED = {"urine_protein_24h": 0.15, "bilirubin": 3.0}
"""Below this a laboratory only says that it is below."""

YES = {
    "malar_rash": 0.5,
    "discoid_rash": 0.2,
    "photosensitivity": 0.4,
    "oral_ulcers": 0.3,
    "acr_arthritis": 0.6,
    "acr_serositis": 0.3,
    "acr_renal_disorder": 0.95,
    "acr_neurologic_disorder": 0.1,
    "acr_hematologic_disorder": 0.5,
    "acr_immunologic_disorder": 0.8,
    "acr_antinuclear_antibody": 0.97,
    "breastfeeding": 0.02,
}
VERDICTS = (
    *(
        "low_wbc_due_to_sle",
        "low_neutrophils_due_to_sle",
        "low_lymphocytes_due_to_sle",
        "low_platelets_due_to_sle",
    ),
    *("crisis_makes_unsuitable", "belimumab_contraindicated", "telitacicept_contraindicated"),
    *("mmf_contraindicated", "severe_cardiovascular_disease", "other_unsuitable"),
)
PAST: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "renal_replacement_therapy": {"indication": ("lupus_nephritis", "other_indication")},
    "active_infection": {},
    "iv_antibiotic": {},
    "infectious_disease": {"disease": ("hepatitis_b", "tuberculosis", "hiv", "other_infection")},
    "peptic_ulcer": {},
    "substance_misuse": {},
    "copd": {"long_term_oral_steroid": ("yes", "no")},
    "asthma_or_allergy": {"long_term_oral_steroid": ("yes", "no")},
    "malignant_hypertension": {},
    "malignancy": {"neoplasm": ("skin_basal_cell", "other_malignancy"), "completely_treated": ("yes", "no")},
    "critical_organ_damage": {"manifestation": ("encephalopathy", "heart_failure")},
    "lupus_crisis": {"manifestation": ("encephalopathy",)},
}
"""What patients tell of the years before; not always to the day, and not always when it ended."""

PROCEDURES = ("plasma_exchange", "immunoadsorption", "iv_immunoglobulin")
AGENTS = (
    "cyclophosphamide",
    "azathioprine",
    "other_biologic",
    "antimalarial",
    "raas_inhibitor",
    "other_agent",
)
TAPER = (30, 25, 20, 15, 12.5, 10, 7.5, 5)


def invent(study: Study, folder: Path, patients: int) -> Cohort:
    """The cohort, through files of its own in a folder."""
    histories = [_History(study, Random(number), f"P{number:04}") for number in range(patients)]
    rows = [row for history in histories for row in history.told()]
    facts = [history.facts() for history in histories]
    _write(
        folder / "patients.csv", ("patient", *sorted({k for row in facts for k in row} - {"patient"})), facts
    )
    further = sorted({name for row in rows for name in row} - set(COLUMNS))
    _write(folder / "records.csv", (*COLUMNS, *further), rows)
    return tasks.read(study, folder)


def _write(path: Path, columns: tuple[str, ...], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


@dataclass(slots=True)
class _History:
    """One patient's course; `day_1` is that of the first dose."""

    study: Study
    random: Random
    patient: str
    day_1: date = field(init=False)
    arm: str = field(init=False)
    leaves: int = field(init=False)
    female: bool = field(init=False)
    amounts: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.day_1 = FIRST_DAY + timedelta(self.random.randrange(400))
        self.arm = self.random.choice(("biologics", "soc", "triple"))
        self.leaves = 200 if self.chance(0.85) else self.random.randrange(200)
        self.female = self.chance(0.85)

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def facts(self) -> Row:
        age = self.random.choice((12, 15, 17, *range(18, 64), 70))
        born = self.day_1 - timedelta(days=int(365.25 * age) + self.random.randrange(365))
        facts: Row = {"patient": self.patient, "arm": self.arm}
        facts["birth_date"] = "" if self.chance(0.02) else born.isoformat()
        facts["sex"] = "female" if self.female else "male"
        facts["surgically_sterile"] = "yes" if self.chance(0.05) else ""
        return facts

    def told(self) -> Iterator[Row]:
        yield from self.entry()
        yield from self.past()
        yield from self.visits()
        yield from self.oral()
        yield from self.infusions()
        yield from self.along_the_way()

    def at(self, variable: str, day: int, end: int | str | None = None, **more: object) -> Row:
        """A record so many days after Day 1."""
        ended = (self.day_1 + timedelta(end)).isoformat() if isinstance(end, int) else end
        start = (self.day_1 + timedelta(day)).isoformat()
        return {"patient": self.patient, "variable": variable, "start": start, "end": ended, **more}

    # ------------------------------------------------------------------ up to Day 1

    def entry(self) -> Iterator[Row]:
        for event, part in (("informed_consent", 0.97), ("guardian_consent", 0.2), ("minor_assent", 0.2)):
            if self.chance(part):
                yield self.at(event, -20)
        if self.chance(0.9):
            yield self.at("random_assignment", -1)
        yield self.at("eligibility_review", -2)
        for name, part in YES.items():
            if self.chance(0.95):
                yield self.at(name, -15, value="yes" if self.chance(part) else "no")
        for name in VERDICTS:
            if self.chance(0.9):
                yield self.at(name, -10, value="yes" if self.chance(0.02) else "no")
        if self.chance(0.97):
            yield self.biopsy(-self.random.randrange(10, 200))
        if self.female:
            yield self.at("pregnancy_test", -3, result="positive" if self.chance(0.03) else "negative")

    def biopsy(self, day: int) -> Row:
        kind = self.random.choice(("III", "IV", "III+V", "IV+V", "V"))
        return self.at(
            "kidney_biopsy",
            day,
            isn_rps_class=kind,
            edition="isn_rps_2018",
            active=self.random.choice(("yes", "yes", "")),
        )

    def past(self) -> Iterator[Row]:
        for variable, attributes in PAST.items():
            if self.chance(0.05):
                start = -self.random.randrange(0, 900)
                end = self.random.choice(("", "ongoing", start + self.random.randrange(200)))
                said = {name: self.random.choice(codes) for name, codes in attributes.items()}
                yield self.vaguely(self.at(variable, start, end, **said))
        for variable in PROCEDURES:
            if self.chance(0.04):
                dose = {"dose": self.random.choice((20, 60, 120))} if variable == "iv_immunoglobulin" else {}
                yield self.at(
                    variable, self.random.randrange(-120, 170), indication="lupus_nephritis", **dose
                )

    def vaguely(self, row: Row) -> Row:
        """Some remember the month only."""
        return {**row, "start": str(row["start"])[:7], "end": ""} if self.chance(0.2) else row

    # ------------------------------------------------------------------ visits

    def visits(self) -> Iterator[Row]:
        for number, visit in enumerate(self.study.protocol.schedule.visits.values(), -1):
            planned = -14 if number < 0 else round(number * MONTH)
            if planned > self.leaves or self.chance(0.02):
                continue
            day = planned if number < 1 else planned + self.random.randrange(-6, 7)
            if self.chance(0.95):
                yield self.at("study_visit", day, visit=visit.name)
            yield from self.measured((due.text for due in visit.due), day)

    def measured(self, due: Iterator[str], day: int) -> Iterator[Row]:
        variables = self.study.protocol.variables
        for name in due:
            variable = variables[name]
            if variable.kind == "measurement" and variable.value and not self.chance(0.03):
                row = self.at(name, day, value=self.value(name, day), unit=variable.value.unit)
                limit = LIMITS.get(name)
                yield row if limit is None or self.chance(0.03) else {**row, limit[0]: limit[1]}

    def value(self, name: str, day: int) -> str:
        step = self.study.protocol.variables[name].step
        if self.chance(0.02):
            return ""
        value = self.amount(name) * self.random.gauss(1, 0.08) * 2 ** (-max(day, 0) / HALVES.get(name, 1e9))
        least = CENSORED.get(name, 0)
        return f"{value:.{_digits(step)}f}" if value >= least else f"<{least}"

    def amount(self, name: str) -> float:
        """About what this patient has of it."""
        if name not in self.amounts:
            middle, spread = USUAL.get(name) or (self.low_in_range(name), 1.2)
            self.amounts[name] = middle * spread ** self.random.gauss(0, 1)
        return self.amounts[name]

    def low_in_range(self, name: str) -> float:
        value = self.study.protocol.variables[name].value
        assert value is not None
        low, high = float(value.low or 0), float(value.high or 1)
        return low + (high - low) / 10

    # ------------------------------------------------------------------ treatment

    def oral(self) -> Iterator[Row]:
        last = min(self.leaves, 180)
        for step, dose in enumerate(TAPER):
            start, after = step * 16, (step + 1) * 16 if step + 1 < len(TAPER) else last + 1
            if start < last:
                given = dose if not self.chance(0.05) else ("" if self.chance(0.3) else dose + 10)
                end = (
                    self.random.choice(("ongoing", ""))
                    if after > last and self.chance(0.2)
                    else min(after - 1, last)
                )
                yield self.at("prednisone", start, end, dose=given, compound="prednisone")
        if self.arm != "biologics" or self.chance(0.03):
            for start, end, gram in ((0, 27, 1), (28, last, 1.75)):
                if start < last:
                    yield self.at("mmf", start, min(end, last), dose=gram)

    def infusions(self) -> Iterator[Row]:
        if self.arm == "soc" and not self.chance(0.03):
            return
        drug, interval, dose = self.random.choice((("belimumab", 14, 600), ("telitacicept", 7, 160)))
        for day in range(0, min(self.leaves, 180), interval):
            if not self.chance(0.03):
                route = "intravenous" if drug == "belimumab" else "subcutaneous"
                yield self.at(drug, day + self.random.randrange(-1, 2) * (day > 0), dose=dose, route=route)

    def along_the_way(self) -> Iterator[Row]:
        for _ in range(self.random.randrange(3)):
            yield self.at("methylprednisolone_pulse", self.random.choice((0, 1, 2, 60)), dose=500)
        for _ in range(self.random.randrange(5)):
            agent = self.random.choice(AGENTS)
            start = self.random.randrange(-300, 170)
            end = self.random.choice(("ongoing", start + self.random.randrange(100)))
            said = {
                "agent": agent,
                "indication": self.random.choice(("lupus_nephritis", "other_indication", "")),
            }
            yield self.vaguely(self.at("concomitant_drug", start, end, **said))
        if self.chance(0.1):
            start = self.random.randrange(10, 150)
            yield self.at("treatment_hold", start, start + self.random.randrange(40), component="mmf")
        if self.chance(0.1):
            yield self.at("treatment_stop", self.random.randrange(20, 180), component="prednisone")
        if self.chance(0.05):
            yield self.at("treatment_switch", self.random.randrange(90, 125), agent="belimumab")
        yield self.at(
            "study_exit", self.leaves, reason="completed" if self.leaves >= 180 else "withdrew_consent"
        )


def _digits(step: object) -> int:
    return max(0, len(str(step).partition(".")[2])) if step is not None else 2
