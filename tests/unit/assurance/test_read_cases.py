"""Cases of a small study: which record a change is about, which one a rule is asked of, how answers agree."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.assurance.cases import Case
from engine.assurance.read import read_cases
from engine.assurance.run import Result, run_cases
from engine.language.days import show
from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from tests.unit.invention.small import sound

Read = Callable[[str], tuple[Case, ...]]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return sound(tmp_path)


@pytest.fixture
def read(study: Study, tmp_path: Path) -> Read:
    """Cases from the text below `cases:`."""

    def reading(text: str) -> tuple[Case, ...]:
        findings = Diagnostics()
        found = read_cases(study, written(tmp_path, text), findings)
        assert not list(findings)
        return found

    return reading


def written(folder: Path, text: str) -> Path:
    (folder / "rules" / "cases").mkdir(parents=True, exist_ok=True)
    (folder / "rules" / "cases" / "mine.yaml").write_text(f"cases:\n{text}", encoding="utf-8")
    return folder


def errors(study: Study, folder: Path, text: str) -> list[str]:
    findings = Diagnostics()
    read_cases(study, written(folder, text), findings)
    return [finding.message for finding in findings]


def of(text: str) -> str:
    return f"  - {{name: one, {text}}}\n"


def days_of(case: Case, variable: str) -> list[str]:
    return [show(record.start) for record in case.timeline.series[variable].records]


def values_of(case: Case, variable: str) -> list[str]:
    return [str(record.fields["value"]) for record in case.timeline.series[variable].records]


def only(results: tuple[Result, ...]) -> Result:
    (result,) = results
    return result


# ------------------------------------------------------------------------ changes


def test_what_a_case_leaves_alone_stays(read: Read) -> None:
    (changed, same) = read(
        "  - {name: a, rule: I3, but: {fit: no}, expect: false}\n  - {name: b, rule: I3, expect: true}\n"
    )
    assert changed.timeline.series["weight"] == same.timeline.series["weight"]
    assert changed.timeline.facts == same.timeline.facts


def test_a_value_stands_in_place_of_the_last_up_to_the_day(read: Read) -> None:
    (usual,) = read(of("rule: I2, expect: true"))
    (case,) = read(of("rule: I2, day: day_1, but: {pressure: 99 mmHg}, expect: false"))
    assert days_of(case, "pressure") == days_of(usual, "pressure")
    changed = [
        a for a, b in zip(values_of(case, "pressure"), values_of(usual, "pressure"), strict=True) if a != b
    ]
    assert changed == ["99"]


def test_a_value_at_the_visit_of_the_case(read: Read) -> None:
    (case,) = read(of("rule: better, visit: month_2, but: {pressure: 99 mmHg}, expect: true"))
    assert values_of(case, "pressure")[-1] == "99"


def test_a_change_where_nothing_is_recorded_stands_on_the_day(read: Read) -> None:
    (case,) = read(of("rule: I1, day: 2025-02-03, but: {left: {reason: lost}}, expect: true"))
    assert days_of(case, "left") == ["2025-02-03"]


def test_none_takes_every_record_away(read: Read) -> None:
    (case,) = read(of("rule: I2, but: {pressure: none}, expect: unknown, missing: pressure"))
    assert "pressure" not in case.timeline.series


def test_unknown_is_a_value_that_nobody_knows(read: Read) -> None:
    (case,) = read(of("rule: I1, but: {birth_date: unknown}, expect: unknown"))
    assert case.timeline.facts["birth_date"].value is None


def test_a_list_is_all_there_is(read: Read) -> None:
    records = "[{start: 2025-01-01, value: 60 kg}, {start: 2025-01-01, value: 61000 g}]"
    (case,) = read(of(f"rule: I2, but: {{weight: {records}}}, expect: true"))
    assert values_of(case, "weight") == ["61"]  # of one day the highest counts


def test_also_adds_to_what_there_is(read: Read) -> None:
    (usual,) = read(of("rule: I2, expect: true"))
    (case,) = read(of("rule: I2, also: {weight: {start: 2025-01-01, value: 60 kg}}, expect: true"))
    assert len(days_of(case, "weight")) == len(days_of(usual, "weight")) + 1


def test_what_changes_without_a_day_must_be_the_only_one(study: Study, tmp_path: Path) -> None:
    (message,) = errors(study, tmp_path, of("rule: I2, but: {pressure: 99 mmHg}, expect: false"))
    assert message.endswith("records of `pressure`, and nothing says which is meant")


def test_an_arm_that_is_none(study: Study, tmp_path: Path) -> None:
    assert errors(study, tmp_path, of("rule: I2, arm: activ, expect: true")) == ["there is no arm `activ`"]


# ------------------------------------------------------------------------ answers


def test_a_patient_told_counts_days_from_what_is_dated(read: Read, study: Study) -> None:
    cases = read(
        "  - name: one\n    rule: I2\n    expect: true\n    patient:\n      records:\n"
        "        - {variable: pressure, start: consent - 1 day, value: 150 mmHg}\n"
        "        - {variable: informed_consent, start: 2025-03-01}\n"
    )
    assert days_of(cases[0], "pressure") == ["2025-02-28"]
    assert only(run_cases(study, cases)).passed


def test_an_anchor_answers_with_a_day(read: Read, study: Study) -> None:
    cases = read(
        "  - {name: a, rule: consent, expect: 2025-01-06}\n"
        "  - {name: b, rule: consent, expect: consent + 1 day}\n"
    )
    good, wrong = run_cases(study, cases)
    assert good.passed
    assert wrong.problems == ("found 2025-01-06, expected consent + 1 day",)


def test_a_row_stands_where_it_is_written(read: Read) -> None:
    first, second = read(
        "  - name: a\n    rule: I3\n    table:\n      set: fit\n      rows:\n"
        "        - [yes, true]\n        - [no, false]\n"
    )
    assert (first.at.line, second.at.line) == (7, 8)
    assert (first.name, second.name) == ("a [yes]", "a [no]")


def test_without_reasons_only_answers_are_compared(read: Read, study: Study) -> None:
    cases = read(of("rule: eligible, but: {fit: no}, expect: ineligible, decided_by: I1"))
    assert not only(run_cases(study, cases)).passed
    assert only(run_cases(study, cases, reasons=False)).passed


def test_another_value_of_a_parameter(read: Read, study: Study) -> None:
    cases = read(
        of(
            "rule: I2, day: day_1, but: {pressure: 130 mmHg}, given: {lowest_pressure: 120 mmHg},"
            " expect: true, shows: {lowest_pressure: {140 mmHg: false}}"
        )
    )
    assert only(run_cases(study, cases)).passed
