"""Rules in plain English beside the protocol's words, for whoever proof-reads them."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.source.diagnostic import Diagnostics
from engine.study.load import load

ROOT = Path(__file__).parents[2]
STUDIES = [ROOT, ROOT / "examples" / "streptomycin-1948"]

Trial = Callable[..., Any]


def test_a_rule_is_read_beside_the_protocols_words(trial: Trial, study: Path) -> None:
    ran = trial("read", "I3", "--study", study)
    assert ran.code == 0
    first, second, *_ = ran.out.split("\n")
    assert first == "I3: High blood pressure (inclusion criterion)"
    assert re.fullmatch(r"  The protocol says +\|  The rule says, once for each patient", second)
    assert '"Systolic blood pressure of 140 mmHg or above' in ran.out
    assert "It must be that `pressure_at_screening` is at least 140 mmHg" in ran.out
    assert "pressure_at_entry = 140 mmHg (registered; protocol, Inclusion 3)" in ran.out
    assert "mmHg: millimetres of mercury" in ran.out
    assert (
        "It uses\n\n  pressure_at_screening: Pressure that eligibility is judged by (definition)" in ran.out
    )
    assert "screening_window" in ran.out
    assert "consent: Day" not in ran.out


def test_deep_follows_all_of_it(trial: Trial, study: Path) -> None:
    near, deep = (trial("read", "I3", *words, "--study", study).out for words in ([], ["--deep"]))
    assert len(deep) > len(near)
    assert "enrolment: " in deep


def test_a_rule_as_text_and_as_data(trial: Trial, study: Path) -> None:
    text = trial("read", "I3", "--format", "text", "--study", study).out
    assert "|" not in text
    assert max(map(len, text.split("\n"))) <= 100
    found = json.loads(trial("read", "I3", "--format", "json", "--study", study).out)
    assert found["text"] == "Systolic blood pressure of 140 mmHg or above at screening."
    assert found["english"] == [
        "It must be that `pressure_at_screening` is at least 140 mmHg (`pressure_at_entry`)"
    ]
    assert [figure["status"] for figure in found["figures"]] == ["registered"]
    assert [used["id"] for used in found["uses"]] == ["pressure_at_screening"]


def test_a_figure_is_said_as_it_was_written_with_its_question(trial: Trial) -> None:
    out = trial("read", "belimumab_dose_given", "--study", ROOT).out
    assert "10 mg/kg (`belimumab_per_weight`)" in out
    assert "question: Q3: is the dose 10 mg/kg or 600 mg?" in out
    assert "0.00001" not in out


def test_the_decision_is_read_too(trial: Trial, study: Path) -> None:
    out = trial("read", "eligible", "--format", "text", "--study", study).out
    assert "A patient is eligible when `I1` and `I2` and `I3` and not `E1` and not `E2`" in out
    assert "E2: Not suitable (exclusion criterion)" in out


@pytest.mark.parametrize("folder", STUDIES, ids=["here", "streptomycin"])
def test_every_rule_is_read_once(trial: Trial, folder: Path) -> None:
    ran = trial("read", "--format", "json", "--study", folder)
    assert ran.code == 0
    study = load(folder, Diagnostics())
    assert study is not None
    assert sorted(rule["id"] for rule in json.loads(ran.out)) == sorted(study.rules)
    for format in ("text", "table"):
        assert trial("read", "--format", format, "--study", folder).code == 0


def test_rules_are_read_in_the_order_of_the_protocol(trial: Trial) -> None:
    found = [rule["id"] for rule in json.loads(trial("read", "--format", "json", "--study", ROOT).out)]
    order = [
        "prednisone_start",
        "to_triple",
        "complete_response",
        "FAS",
        "I1",
        "I1a",
        "I6",
        "E1",
        "E4",
        "E4d",
        "E11",
    ]
    assert sorted(order, key=found.index) == order


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["I33"], "there is no rule `I33`; did you mean"),
        (["pressure_at_entry"], "is no rule but a parameter"),
        (["--deep"], "name a rule"),
    ],
)
def test_what_cannot_be_read_is_said(trial: Trial, study: Path, words: list[str], said: str) -> None:
    ran = trial("read", *words, "--study", study)
    assert ran.code == 2
    assert said in ran.err
