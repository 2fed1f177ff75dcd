"""Makes `data/` from the published table, the same bytes each time.

The table has no dates. Each patient is admitted on one nominal day and the
chest film is judged six months later; `README.md` says what follows from that.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).parent
ADMISSION, MONTH_6 = "1947-01-01", "1947-07-01"

ARM = {"Streptomycin": "streptomycin", "Control": "control"}
SEX = {"F": "female", "M": "male"}

# By the number in front of each category: its wording differs between rows of the source.
CONDITION = {"1": "good", "2": "fair", "3": "poor"}
TEMPERATURE = {
    "1": "f_98_9_and_under",
    "2": "f_99_0_to_99_9",
    "3": "f_100_0_to_100_9",
    "4": "f_101_0_and_over",
}
SEDIMENTATION_RATE = {
    "": "",
    "1": "mm_0_to_10",
    "2": "mm_11_to_20",
    "3": "mm_21_to_50",
    "4": "mm_51_and_over",
}
RESISTANCE = {"1": "sensitive", "2": "moderate", "3": "resistant"}
RATING = {
    "1": "death",
    "2": "considerable_deterioration",
    "3": "moderate_deterioration",
    "4": "no_change",
    "5": "moderate_improvement",
    "6": "considerable_improvement",
}

FACTS = (
    "patient",
    "arm",
    "sex",
    "baseline_condition",
    "baseline_temperature",
    "baseline_sedimentation_rate",
    "cavitation",
    "streptomycin_resistance",
)
COLUMNS = ("patient", "variable", "start", "end", "value", "unit", "rating", "dose")

Row = dict[str, str]


def category(text: str) -> str:
    """The number in front of `2_Fair`; nothing of nothing."""
    return text.partition("_")[0]


def patient_of(row: Row) -> str:
    return f"P{int(row['patient_id']):03}"


def facts_of(row: Row) -> Row:
    return {
        "patient": patient_of(row),
        "arm": ARM[row["arm"]],
        "sex": SEX[row["gender"]],
        "baseline_condition": CONDITION[category(row["baseline_condition"])],
        "baseline_temperature": TEMPERATURE[category(row["baseline_temp"])],
        "baseline_sedimentation_rate": SEDIMENTATION_RATE[category(row["baseline_esr"])],
        "cavitation": row["baseline_cavitation"],
        "streptomycin_resistance": RESISTANCE[category(row["strep_resistance"])],
    }


def records_of(row: Row) -> Iterator[Row]:
    patient = patient_of(row)
    yield {"patient": patient, "variable": "trial_admission", "start": ADMISSION}
    yield {"patient": patient, "variable": "panel_acceptance", "start": ADMISSION, "value": "yes"}
    if row["dose_strep_g"] != "0":
        dose = row["dose_strep_g"]
        yield {"patient": patient, "variable": "streptomycin_injections", "start": ADMISSION, "dose": dose}
    rating = RATING[row["rad_num"]]
    yield {"patient": patient, "variable": "radiologic_assessment", "start": MONTH_6, "rating": rating}


def write(name: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    with (HERE / "data" / name).open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def main() -> None:
    with (HERE / "source" / "strep_tb.csv").open(encoding="utf-8", newline="") as file:
        patients = list(csv.DictReader(file))
    write("patients.csv", FACTS, (facts_of(row) for row in patients))
    write("records.csv", COLUMNS, (record for row in patients for record in records_of(row)))


if __name__ == "__main__":
    main()
