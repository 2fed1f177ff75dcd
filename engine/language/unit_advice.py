"""What to write instead of a text that is no unit: near misses and common slips."""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches

from engine.language.unit_table import SURFACE

# Spellings with two meanings, or none here.
_ADVICE = {
    "": "write `1` where there is no unit",
    "G/L": "write `10^9/L` for a count, `g/L` for a mass",
    "G/l": "write `10^9/L` for a count, `g/L` for a mass",
    "T/L": "write `10^12/L` for a count",
    "M/uL": "write `10^6/uL` for a count",
    "K": "write `10^3/uL` for thousands in a microlitre; temperatures are in `Cel`",
    "F": "temperatures are in `Cel`",
    "°F": "temperatures are in `Cel`",
}

# What people mean by an atom that is none.
_MEANT = {
    wrong: right
    for right, wrongs in {
        "g": "gm gms gr gram grams",
        "mg": "mgs milligram milligrams",
        "kg": "kgs kilo kilogram kilograms",
        "ug": "ugs microgram micrograms",
        "L": "liter liters litre litres",
        "mL": "cc mls milliliter milliliters millilitre millilitres",
        "mmol/L": "mM",
        "umol/L": "uM",
        "nmol/L": "nM",
        "h": "hr hrs",
        "min": "mins minute minutes",
        "s": "sec secs second seconds",
        "wk": "w wks",
        "months": "mon mth mths mos",
        "years": "y yr yrs",
        "IU": "UI",
    }.items()
    for wrong in wrongs.split()
}

# Where two are the same unit, a computed one is shown as the first.
KNOWN = tuple(
    "g/d mg/d ug/d kg g mg ug ng mg/kg/d ug/kg/d g/kg/d mg/wk g/L mg/dL g/dL mg/L ug/L ng/mL ng/L "
    "mg/m2 g/m2 kg/m2 mol/L mmol/L umol/L nmol/L pmol/L mmol mol umol g/mol mg/mmol g/g mg/mg mg/g % "
    "10^9/L 10^12/L 10^3/uL 10^6/uL /uL cells/uL /mL /L /HPF U/L kU/L U/mL IU IU/L IU/mL kIU/L "
    "mL/min/1.73m2 mL/min mL/d L/d L mL dL uL fL m2 m cm mm mm/h mmHg Cel "
    "d h min s wk months years days weeks hours /d /wk /min".split()
)

_CLOSE = 0.7
_EXAMPLES = "units are written as in `g/d`, `mg/dL`, `10^9/L`, `mL/min/1.73m2`"


def advice(text: str, part: str, atoms: Iterable[str], shown: Callable[[str], str | None]) -> str:
    """Help for a text whose `part` is no unit; `shown` gives the symbol of a text that is one."""
    known = _ADVICE.get(text) or _ADVICE.get(part)
    if known:
        return known
    near = _near_part(text, part, atoms, shown) or _near_whole(text)
    if near:
        return f"did you mean `{near}`?"
    if part[0].isdigit():
        return "write numbers apart from the unit; it may hold a power of ten, or what is divided by: `g/24h`"
    if re.search(r"/.*\.", text.replace(SURFACE, "")):
        return "put brackets around what is divided by: `g/(24.h)`"
    return _EXAMPLES


def _near_part(text: str, part: str, atoms: Iterable[str], shown: Callable[[str], str | None]) -> str | None:
    """The text with its odd part put right: what is commonly meant, or but for case."""
    folded = {atom.casefold(): atom for atom in atoms}
    for meant in (_MEANT.get(part), _MEANT.get(part.casefold()), folded.get(part.casefold())):
        near = meant and shown(text.replace(part, meant, 1))
        if near:
            return near
    return None


def _near_whole(text: str) -> str | None:
    """A common unit that is spelled nearly so."""
    folded = {symbol.casefold(): symbol for symbol in KNOWN}
    if text.casefold() in folded:
        return folded[text.casefold()]
    close = get_close_matches(text, KNOWN, n=1, cutoff=_CLOSE) if len(text) > 2 else []
    return close[0] if close else None
