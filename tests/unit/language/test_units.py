"""Units: every spelling that is read, what is refused and how, and exact conversion."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.language.unit_table import ATOMS
from engine.language.units import (
    DAY_UNIT,
    MONTH_UNIT,
    ONE,
    PERCENT,
    YEAR_UNIT,
    Unit,
    UnitProblem,
    convert,
    describe,
    exactly,
    factor,
    known_symbols,
    over,
    parse_unit,
    power,
    times,
)


def unit(text: str) -> Unit:
    found = parse_unit(text)
    assert isinstance(found, Unit), found
    return found


def problem(text: str) -> UnitProblem:
    found = parse_unit(text)
    assert isinstance(found, UnitProblem), found
    return found


def rate(source: str, target: str, molar_mass: str | None = None) -> Fraction | None:
    return factor(unit(source), unit(target), None if molar_mass is None else Decimal(molar_mass))


known_units = st.sampled_from([unit(symbol) for symbol in known_symbols()])
numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9)


@pytest.mark.parametrize(
    ("same", "spellings"),
    [
        ("g/d", "g/day|g/24h|g/(24.h)|g/24 h|g / 24 h|g.d-1"),
        ("mg/d", "mg/24h|mg/day|mg/(24.h)"),
        ("/uL", "/µL|/μL|/ul|cells/uL|{cells}/uL|1/uL|10^6/L|10*6/L|copies/uL|/mm3|/mm^3"),
        ("10^9/L", "10*9/L|x10^9/L|x 10^9/L|×10⁹/L|10^3/uL|10*3/uL|10*3{cells}/uL|K/uL|GI/L|THOU/uL|K/cumm"),
        ("mL/min/1.73m2", "mL/min/1.73 m2|mL/min/{1.73_m2}|ml/min/1.73m²|ml/min/1.73 m^2|mL/(min.1.73m2)"),
        ("mg/kg/d", "mg/kg/day|mg/(kg.d)|mg/(kg·d)|(mg/kg)/d"),
        ("mg/dL", "mg/dl|mg / dL"),
        ("umol/L", "µmol/L|umol/l|mmol/m3"),
        ("1", "g/g|mg/mg|{score}|cells"),
        ("mg/g", "g/kg|mg/g{creat}|mmol/mol"),
        ("g/mol", "mg/mmol|ug/umol"),
        ("IU/mL", "[IU]/mL|kIU/L|k[IU]/L|[iU]/mL"),
        ("kU/L", "U/mL"),
        ("ug", "µg|mcg"),
        ("kg/m2", "kg/m^2|kg/m²"),
        ("mmHg", "mm[Hg]"),
        ("Cel", "°C|C"),
        ("L", "l|dm3"),
        ("d", "day|days|(24.h)"),
        ("wk", "week|weeks"),
        ("h", "hour|hours"),
        ("years", "a|year"),
        ("months", "mo|month"),
        ("/HPF", "/hpf|/[HPF]|RBC/hpf|{RBC}/[HPF]"),
        ("U", "umol/min"),
        ("kat", "mol/s"),
    ],
)
def test_spellings_of_one_unit(same: str, spellings: str) -> None:
    for spelling in spellings.split("|"):
        assert unit(spelling) == unit(same), spelling


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("g/day", "g/day"),
        ("g/24 h", "g/24h"),
        ("mg/dl", "mg/dL"),
        ("µmol/l", "umol/L"),
        ("mcg", "ug"),
        ("x10*9/L", "10^9/L"),
        ("K/uL", "10^3/uL"),
        ("{cells}/uL", "/uL"),
        ("m[IU]/mL", "mIU/mL"),
        ("ml/min/{1.73_m2}", "mL/min/1.73m2"),
        ("kg/m²", "kg/m2"),
        ("days", "days"),
        ("°C", "°C"),
        ("1", "1"),
    ],
)
def test_how_a_unit_is_shown(written: str, shown: str) -> None:
    assert unit(written).symbol == shown


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        ("MG/DL", "unknown unit `MG` in `MG/DL`", "did you mean `mg/dL`?"),
        ("Mg/dl", "unknown unit `Mg` in `Mg/dl`", "did you mean `mg/dL`?"),
        ("gm/dL", "unknown unit `gm` in `gm/dL`", "did you mean `g/dL`?"),
        ("mg/DL", "unknown unit `DL` in `mg/DL`", "did you mean `mg/dL`?"),
        ("iu/ml", "unknown unit `iu` in `iu/ml`", "did you mean `IU/mL`?"),
        ("yrs", "unknown unit `yrs`", "did you mean `years`?"),
        ("mM", "unknown unit `mM`", "did you mean `mmol/L`?"),
        ("10e9/L", "unknown unit `10e9` in `10e9/L`", "did you mean `10^9/L`?"),
        ("G/L", "unknown unit `G` in `G/L`", "write `10^9/L` for a count, `g/L` for a mass"),
        ("°F", "unknown unit `°F`", "temperatures are in `Cel`"),
        ("", "the unit is empty", "write `1` where there is no unit"),
        ("mg/dL/", "`mg/dL/` cannot be read as a unit", "did you mean `mg/dL`?"),
        ("g/24.h", "`g/24.h` cannot be read as a unit", "put brackets around what is divided by: `g/(24.h)`"),
        ("mg d", "unknown unit `mg d`", "did you mean `mg/d`?"),
        ("mL/min/1.73", "unknown unit `1.73` in `mL/min/1.73`", "did you mean `mL/min/1.73m2`?"),
    ],
)
def test_what_is_said_of_what_is_no_unit(text: str, message: str, advice: str) -> None:
    assert problem(text) == UnitProblem(message, advice)


UNKNOWN = "banana|mg/banana|mgd|Month|D|MMHG|cel|Ml|MOL|K|F|C/L|G/24h|10e9/L|mL/min/m2.8"
NUMBERS = "10|10 g|24h|g/24|1.5g|10^999|1.73|mL/min/1.8m2|mL/min/{1.73 sqm}|٣"
UNFINISHED = "g/|/|mg//L|(mg|mg)|()|mg.|.mg|g(|mg mg|mol/l/|{a|g^|g^x|mg\nL|mg/kg.d|10^9 /L x"


@pytest.mark.parametrize("text", [*UNKNOWN.split("|"), *NUMBERS.split("|"), *UNFINISHED.split("|")])
def test_nothing_is_guessed(text: str) -> None:
    found = problem(text)
    assert found.message.startswith(("unknown unit `", "`"))
    assert found.help


def test_no_spelling_has_two_meanings() -> None:
    spellings = [p + s for row in ATOMS for s in row[0].split() for p in ["", *row[1]]]
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("g/d", "mg/d", Fraction(1000)),
        ("mg/d", "g/24h", Fraction(1, 1000)),
        ("/uL", "10^9/L", Fraction(1, 1000)),
        ("mg/dL", "g/L", Fraction(1, 100)),
        ("h", "d", Fraction(1, 24)),
        ("years", "months", Fraction(12)),
        ("ukat/L", "U/L", Fraction(60)),
        ("%", "1", Fraction(1, 100)),
        ("mg/kg/d", "mg/kg/wk", Fraction(7)),
    ],
)
def test_factors(source: str, target: str, expected: Fraction) -> None:
    assert rate(source, target) == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("months", "d"),
        ("years", "days"),
        ("/mo", "/d"),
        ("mL/min", "mL/min/1.73m2"),
        ("mL/min/m2", "mL/min/1.73m2"),
        ("IU/L", "U/L"),
        ("IU", "mg"),
        ("g/d", "g"),
        ("mg/dL", "umol/L"),
        ("Cel", "1"),
        ("mmHg", "mm"),
        ("g/g", "g"),
    ],
)
def test_another_dimension_is_never_converted(source: str, target: str) -> None:
    assert rate(source, target) is None
    assert rate(target, source) is None


def test_molar_mass_takes_mass_to_amount_and_back() -> None:
    assert rate("mg/dL", "umol/L", "113.12") == Fraction(10_000) / Fraction("113.12")
    assert rate("umol/L", "mg/dL", "113.12") == Fraction("113.12") / 10_000
    assert rate("mg/g", "mg/mmol", "113.12") == Fraction("0.11312")
    assert rate("g", "1", "113.12") is None
    assert rate("g/d", "mol", "113.12") is None
    assert rate("g", "mol", "0") is None


def test_known_conversions_of_the_clinic() -> None:
    to_molar = rate("mg/dL", "umol/L", "113.12")
    assert to_molar is not None
    assert convert(Decimal("1.0"), to_molar) == Decimal("88.4016973126")
    assert convert(Decimal(3000), rate("/uL", "10^9/L") or Fraction(0)) == Decimal(3)
    assert convert(Decimal("1.50"), Fraction(1)).as_tuple() == Decimal("1.50").as_tuple()


@given(numbers, known_units, known_units)
def test_a_finite_conversion_comes_back_exactly(value: Decimal, source: Unit, target: Unit) -> None:
    there, back = factor(source, target), factor(target, source)
    if there is None or back is None:
        assert there is None
        assert back is None
        return
    assert there * back == 1
    if exactly(there) is not None:
        assert convert(convert(value, there), back) == value


@given(numbers, st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**6))
def test_conversion_is_exact_or_right_to_twelve_digits(value: Decimal, by: Fraction) -> None:
    exact, found = Fraction(value) * by, convert(value, by)
    if exactly(exact) is None:
        assert len(found.as_tuple().digits) <= 12
        assert abs(Fraction(found) - exact) <= abs(exact) / (2 * 10**11)
    else:
        assert Fraction(found) == exact


@given(st.decimals(allow_nan=False, allow_infinity=False, places=40))
def test_a_decimal_is_exactly_itself(value: Decimal) -> None:
    assert exactly(Fraction(value)) == value


def test_what_has_no_end_is_no_decimal() -> None:
    assert exactly(Fraction(1, 3)) is None
    assert exactly(Fraction(1, 2**90 * 5**70)) == Decimal(5**20).scaleb(-90)


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        (times(unit("mg/kg/d"), unit("kg")), "mg/d"),
        (times(unit("kg"), unit("mg/kg/d")), "mg/d"),
        (times(unit("g/day"), unit("days")), "g"),
        (times(unit("mg"), ONE), "mg"),
        (over(unit("kg"), unit("m2")), "kg/m2"),
        (over(unit("kg"), power(unit("m"), 2)), "kg/m2"),
        (over(unit("mg/d"), unit("kg")), "mg/kg/d"),
        (over(unit("g/d"), unit("g/d")), "1"),
        (over(unit("g/d"), DAY_UNIT), "g/d/days"),
        (over(unit("mmol"), unit("mol")), "mmol/mol"),
        (over(ONE, DAY_UNIT), "/d"),
        (power(unit("m"), 2), "m2"),
        (power(unit("g"), 0), "1"),
        (power(unit("mg/dL"), -2), "/((mg/dL)^2)"),
        (times(unit("/uL"), unit("kg")), "(/uL).kg"),
    ],
)
def test_how_a_computed_unit_is_shown(made: Unit, shown: str) -> None:
    assert made.symbol == shown


@given(known_units, known_units, st.integers(-3, 3))
def test_a_computed_unit_is_read_as_it_is_shown(a: Unit, b: Unit, n: int) -> None:
    for made in (times(a, b), over(a, b), power(a, n), over(times(a, b), power(b, n))):
        assert unit(made.symbol) == made


@given(known_units, known_units, st.integers(-3, 3))
def test_units_multiply_as_numbers_do(a: Unit, b: Unit, n: int) -> None:
    assert times(a, b) == times(b, a)
    assert over(times(a, b), b) == a
    assert power(times(a, b), n) == times(power(a, n), power(b, n))
    assert power(over(a, b), -n) == power(over(b, a), n)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1", "a plain number"),
        ("%", "a plain number"),
        ("g/d", "mass per time"),
        ("mg/dL", "mass per volume"),
        ("kg/m2", "mass per area"),
        ("/uL", "number per volume"),
        ("U/L", "amount per volume per time"),
        ("IU/mL", "international units per volume"),
        ("mL/min/1.73m2", "volume per time per body surface"),
        ("months", "calendar time"),
        ("g.d", "mass times time"),
        ("/s2", "number per time to the power of 2"),
    ],
)
def test_the_dimension_in_words(text: str, words: str) -> None:
    assert describe(unit(text)) == words


def test_constants_are_what_their_symbols_say() -> None:
    for constant in (ONE, PERCENT, DAY_UNIT, MONTH_UNIT, YEAR_UNIT):
        assert unit(constant.symbol) == constant
