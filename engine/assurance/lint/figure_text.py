"""Figures with their units, as protocols write them: `1.0 g/d`, `50,000/μL`, `14-65 years`, `six months`.

Only what is surely a figure is taken: a number with a unit, after a sign, or
before "times". `24-hour` is part of a name, and `2:2:1` no number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from engine.language.units import ONE, Unit, UnitProblem, parse_unit

_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?P<sign>[<>=≤≥])?\s*(?<![\w.,:/])(?:(?P<low>{_NUMBER})(?:\s*[-–]\s*(?P<high>{_NUMBER}))?"
    rf"|(?P<word>\b(?:{'|'.join(_WORDS)})\b))(?![:\d]|\.\d|,\d)(?P<gap>\s*)",
    re.IGNORECASE,
)
_STOP = re.compile(r"[(),;:≥≤<>=]|\.(?=\s|$)")
_ENDS = re.compile(r"(?<=[\w%°²³])(?![\w²³^])")
_UNIT_STARTS = re.compile(r"[^\W\d]|[%°/µμ]|10\^")
LONGEST_UNIT = 30
TIMES = "times"
NO_UNITS = frozenset({"a", "m", "s", "h", "C", "U", "d"})
"""Letters that are units in a table and, alone in a sentence, mostly something else."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in its unit, with the words it was found as."""

    value: Fraction
    unit: Unit
    words: str

    @property
    def size(self) -> Fraction:
        """In the bases of its dimension, so that two units can be held against each other."""
        return self.value * self.unit.scale


def figures(text: str) -> Iterator[Figure]:
    """Every figure of a text, in order; of `14-65 years` both."""
    flat = " ".join(text.split())
    position = 0
    while found := _FIGURE.search(flat, position):
        position = found.end()
        unit, length = _unit(flat[position : position + LONGEST_UNIT], found["gap"])
        if unit is None and found["sign"] and not found["word"]:
            unit = ONE
        if unit is None:
            continue
        position += length
        said = flat[position - length : position]
        for number in filter(None, (found["low"], found["high"], found["word"])):
            yield Figure(_value(number), unit, f"{number}{found['gap'] if said else ''}{said}")


def _value(number: str) -> Fraction:
    word = number.casefold()
    return Fraction(_WORDS.index(word) + 1) if word in _WORDS else Fraction(number.replace(",", ""))


def _unit(rest: str, gap: str) -> tuple[Unit | None, int]:
    """The longest beginning that is a unit, and how long it is."""
    if rest.startswith(TIMES) and gap:
        return ONE, len(TIMES)
    stop = _STOP.search(rest)
    rest = rest[: stop.start()] if stop else rest
    if not _UNIT_STARTS.match(rest):
        return None, 0
    for end in reversed([found.start() for found in _ENDS.finditer(rest)]):
        unit = None if gap and rest[:end] in NO_UNITS else parse_unit(rest[:end])
        if unit is not None and not isinstance(unit, UnitProblem):
            return unit, end
    return None, 0
