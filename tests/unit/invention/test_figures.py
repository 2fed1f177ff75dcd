"""The figures that rules compare variables with."""

from decimal import Decimal
from pathlib import Path

from engine.invention.figures import ages_of, figures_of
from engine.language.core import Call, Const, Parameter
from tests.unit.invention.small import FILES, sound

RULES = FILES["rules/eligibility.yaml"]


def test_literals_and_parameters(tmp_path: Path) -> None:
    found = figures_of(sound(tmp_path))
    values = {(f.variable, f.value.value, f.decides) for f in found if isinstance(f.value, Const | Parameter)}
    assert values == {("pressure", Decimal(140), True), ("pressure", Decimal(140), False)}


def test_each_record_is_compared_with_its_own_attribute(tmp_path: Path) -> None:
    rule = "  I4: {title: W, text: t, source: s, require: any weight has (value > 300 * scale)}\n"
    found = figures_of(sound(tmp_path, eligibility=RULES + rule))
    assert any(f.variable == "weight" and isinstance(f.value, Call) for f in found)


def test_through_a_choice_and_a_conversion_of_the_literal(tmp_path: Path) -> None:
    rule = (
        "  I4: {title: W, text: t, source: s, "
        "require: (if sex = female then first weight else last weight) > 50000 g}\n"
    )
    found = figures_of(sound(tmp_path, eligibility=RULES + rule))
    assert [f.value.value for f in found if f.variable == "weight" and isinstance(f.value, Const)] == [50]


def test_ages(tmp_path: Path) -> None:
    (age,) = ages_of(sound(tmp_path))
    assert (age.variable, age.years) == ("birth_date", 18)
