"""Numbers in cells: `0.82`, `<0.15`, `40 mg/d`, to a number in the dictionary's unit.

A censored number becomes the range of what it could be, from its limit to the
end of the plausible range. A number that is not plausible is not used: it was
taken, and what it was is not known.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache

from engine.language.enzyme_units import factor_of_record
from engine.language.units import ONE, UnitProblem, convert, describe, parse_unit
from engine.language.values import NumberRange, Value
from engine.timeline.dictionary import Expected
from engine.timeline.trouble import Trouble

# A unit starts with a letter, a mark or a power of ten: `1 234` is no 1 in units of 234.
_NUMBER = re.compile(
    r"(?P<sign>[<>]=?)?\s*(?P<digits>[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?)"
    r"(?:\s*(?P<unit>(?:[^\W\d_]|[%°\[{/]).*)|\s+(?P<power>10[\^*].*))?"
)
_COMMA = re.compile(r"(?P<sign>[<>]=?)?\s*(?P<whole>[-+]?[0-9]+),(?P<part>[0-9]+)(?P<rest>\s.*)?")
_LONGEST = 40
_LARGEST = Decimal("1e30")

Scale = Fraction | Trouble


def number_reader(expected: Expected, unit_is_implied: bool) -> Callable[[str, str], Value | Trouble]:
    """How to read a number; `unit_is_implied` lets it stand without a unit."""
    implied = unit_is_implied or expected.unit == ONE

    @cache
    def scale_of(unit: str) -> Scale:
        return Fraction(1) if implied and not unit else _scale(expected, unit)

    def read_number(text: str, unit: str) -> Value | Trouble:
        if not text:
            return None
        found = _NUMBER.fullmatch(text) if len(text) <= _LONGEST else None
        if found is None:
            return _no_number(expected, text)
        own = found["unit"] or found["power"]
        if own and unit:
            message = f"`{expected.name}` is `{text}`, which has a unit, and `{unit}` stands beside it"
            return Trouble("unit-twice", message, "write the unit once", of_unit=True)
        scale = scale_of(own or unit)
        if isinstance(scale, Trouble):
            return scale
        return _in_range(expected, convert(Decimal(found["digits"]), scale), (found["sign"], text))

    return read_number


def _no_number(expected: Expected, text: str) -> Trouble:
    return Trouble("bad-number", f"`{expected.name}` is `{text}`, which is no number", _help(text))


def _help(text: str) -> str:
    comma = _COMMA.fullmatch(text)
    if comma:
        point, joined = f"{comma['whole']}.{comma['part']}", f"{comma['whole']}{comma['part']}"
        if len(comma["part"]) == 3:
            return f"write `{point}` or `{joined}`: a comma may mean either"
        return f"write `{point}`: the decimal sign is a point"
    if text[0] in "≤≥":
        return f"write `{'<' if text[0] == '≤' else '>'}=`"
    return "write a number such as `0.82` or `<0.15`; leave it empty if it is not known"


def _scale(expected: Expected, text: str) -> Scale:
    """What to multiply a number in this unit by."""
    shown = expected.unit.symbol
    if not text:
        message = f"`{expected.name}` has no unit"
        help = f"write the unit it was measured in, such as `{shown}`"
        return Trouble("missing-unit", message, help, of_unit=True)
    unit = parse_unit(text)
    if isinstance(unit, UnitProblem):
        return Trouble("unknown-unit", f"unit of `{expected.name}`: {unit.message}", unit.help, of_unit=True)
    scale = factor_of_record(unit, expected.unit, expected.molar_mass)
    if scale is not None:
        return scale
    message = f"`{expected.name}` is in `{shown}`, and `{text}` cannot be converted to it"
    help = f"`{text}` is {describe(unit)}, `{shown}` is {describe(expected.unit)}"
    return Trouble("wrong-dimension", message, help, of_unit=True)


def _in_range(expected: Expected, number: Decimal, written: tuple[str | None, str]) -> Value | Trouble:
    sign, text = written
    low, high = expected.low, expected.high
    if abs(number) > _LARGEST or (low is not None and number < low) or (high is not None and number > high):
        return _out_of_range(expected, text)
    if sign is None:
        return number
    end = low if sign.startswith("<") else high
    if end == number:
        return number if sign.endswith("=") else _out_of_range(expected, text)
    if sign.startswith("<"):
        return NumberRange(low, number, high_open=sign == "<")
    return NumberRange(number, high, low_open=sign == ">")


def _out_of_range(expected: Expected, text: str) -> Trouble:
    low, high = expected.low, expected.high
    ends = [f"{word} {end:f}" for word, end in (("from", low), ("to", high)) if end is not None]
    plausible = " ".join(ends) or "a smaller number"
    unit = "" if expected.unit == ONE else f" {expected.unit.symbol}"
    message = f"`{expected.name}` is `{text}`; {plausible}{unit} is plausible"
    return Trouble("out-of-range", message, "check it at its source; it is not used", severity="warning")
