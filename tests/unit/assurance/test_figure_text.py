"""Figures in the words of protocols."""

import pytest

from engine.assurance.lint.figure_text import figures

TEXTS = {
    "Urine protein quantification > 1.0 g/d.": ["1.0 g/d"],
    "White blood cells <3000/μL, platelet count <50,000/μL (unless due)": ["3000 /uL", "50000 /uL"],
    "Age 14-65 years (inclusive), any gender.": ["14 years", "65 years"],
    "at 0.5 mg/kg/day (max 40 mg/day), with a taper to ≤5 mg/day by Month 4": [
        "0.5 mg/kg/day",
        "40 mg/day",
        "5 mg/day",
    ],
    "a rate of ≥45 ml/min/1.73 m².": ["45 mL/min/1.73m2"],
    "within the past six months, or in Five years": ["6 months", "5 years"],
    "a score > 6": ["6 1"],
    "exceeding 2 times the upper limit": ["2 1"],
    "≥85% of the baseline value": ["85 %"],
    "(600 mg/dose) every 2 weeks": ["600 mg", "2 weeks"],
    "The target dose is 1.5-2.0 g/day, maintained": ["1.5 g/day", "2.0 g/day"],
    "24-hour urine, a 6-month period, in 2018 (1997), 2:2:1, n≈20, Months 5-6, class III/IV": [],
    "one of them, 12 patients, section 4.1 and 4.2.1": [],
}


@pytest.mark.parametrize("text", TEXTS)
def test_figures_are_found_with_their_units(text: str) -> None:
    found = [f"{float(one.value):g} {one.unit.symbol}" for one in figures(text)]
    assert found == [f"{float(said.split()[0]):g} {said.split()[1]}" for said in TEXTS[text]]
