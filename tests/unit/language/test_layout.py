"""Expressions over several lines: the same meaning at every width, and lines that read down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.language import syntax as s
from engine.language.layout import flat, laid_out
from engine.language.parse import nowhere, parse
from engine.source.diagnostic import Diagnostics
from tests.generative.trees import syntax


def read(text: str) -> s.Syntax:
    findings = Diagnostics()
    found = parse(text, nowhere, findings)
    assert found is not None, (text, [finding.message for finding in findings])
    return found


@given(syntax, st.integers(10, 130))
def test_lines_read_back_at_every_width(written: s.Syntax, width: int) -> None:
    assert read("\n".join(laid_out(written, width))) == written


@given(syntax)
def test_the_readers_brackets_change_nothing(written: s.Syntax) -> None:
    assert read(flat(written)) == written


WIDE = 60
LAID_OUT = {
    "parts": """
        last wbc in the look_back up to enrolment < wbc_minimum
        unless low_wbc_due_to_disease""",
    "list": """
        at least needed of (
          first_criterion,
          second_criterion,
          any third_criterion up to enrolment
        )""",
    "list behind a word": """
        urine at visit < limit
        and none of (
          rescue at visit,
          withdrawal at visit,
          failing_switch at visit
        )""",
    "bracket": """
        start between first_dose and last_dose
        and (severity = severe
             or (interest is known and interest = infection))""",
    "clause": """
        any biopsy up to enrolment has (
          start >= enrolment - biopsy_look_back
          and class in biopsy_classes
        )""",
    "filter": """
        any malignancy where (
          not (neoplasm in exempt and completely_treated)
          and start >= enrolment - look_back
        ) in the look_back up to enrolment""",
    "clause that fits below": """
        any hold where (component = 'a') from day_1 to visit
          has (days from start to end + 1 day > hold_limit)
        or other_hold""",
    "choices": """
        if platelets at visit < 25 10^9/L then 4
        else if platelets at visit < 50 10^9/L then 3
        else 0""",
    "choice in a choice": """
        if first_edition then (if sex = female then 1 else 2)
        else (if sex = female then 3 else 4)""",
    "branch below": """
        if adult_at_enrolment then
          scale_of_the_equation
          * yearly_factor ^ equation_age_at_enrolment
          * sex_factor
        else 1""",
    "fallbacks": """
        (if first a <= first b then first a else first b)
        if known else first a if known else first b""",
    "comparison": """
        any urine_protein from day_1 to closing of month_6
        >= proteinuria_multiple * urine_protein at baseline""",
    "function": """
        abs(
          dose
          - given
            / (if drug = 'a' then standard
               else if drug = 'b' then another_standard
               else last_standard)
        ) <= tolerance""",
}


@pytest.mark.parametrize("name", LAID_OUT)
def test_lines_read_down(name: str) -> None:
    lines = [line.removeprefix(" " * 8) for line in LAID_OUT[name].strip("\n").split("\n")]
    assert list(laid_out(read("\n".join(lines)), WIDE)) == lines


def test_known_is_asked_of_the_selection_and_not_of_its_last_word() -> None:
    text = "(last urine up to enrolment) is unknown"
    assert flat(read(text)) == text
