"""International units are read as those of an enzyme where the dictionary declares one, and nowhere else."""

from decimal import Decimal
from fractions import Fraction

import pytest

from engine.language.enzyme_units import factor_of_record
from tests.unit.language.test_units import unit


@pytest.mark.parametrize(
    ("recorded", "declared", "by"),
    [
        ("IU/L", "U/L", Fraction(1)),
        ("[iU]/L", "U/L", Fraction(1)),
        ("mIU/mL", "U/L", Fraction(1)),
        ("IU/L", "kU/L", Fraction(1, 1000)),
        ("IU/L", "nkat/L", Fraction(1000, 60)),
        ("IU", "U", Fraction(1)),
        ("nkat/L", "U/L", Fraction(60, 1000)),
        ("mg/dL", "g/L", Fraction(1, 100)),
        ("U/mL", "IU/mL", None),
        ("IU", "umol/min", None),
        ("IU/d", "mmol/d", None),
        ("IU/mL", "U", None),
        ("IU/L", "mg/L", None),
        ("kg/L", "U/L", None),
    ],
)
def test_what_a_recorded_number_is_multiplied_by(recorded: str, declared: str, by: Fraction | None) -> None:
    assert factor_of_record(unit(recorded), unit(declared), None) == by


def test_a_molar_mass_is_used_as_elsewhere() -> None:
    assert factor_of_record(unit("g/L"), unit("mmol/L"), Decimal(100)) == 10
