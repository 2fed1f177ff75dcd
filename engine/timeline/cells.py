"""The text of a cell to a value of its content, or what is wrong with it.

Reading a cell depends on its text and on what is expected, and on nothing
else. So a `Trouble` knows no place (its row does), and every answer can be
remembered: a column of a million cells has a few thousand different ones.
Numbers, which have units, ranges and limits of detection, are in `numbers`.
"""

from collections.abc import Callable
from functools import lru_cache

from engine.language.days import parse_when
from engine.language.values import Value
from engine.source.suggest import did_you_mean
from engine.timeline.dictionary import Expected
from engine.timeline.numbers import number_reader
from engine.timeline.trouble import DATE_FORMS, Trouble

REMEMBERED = 1 << 13
YES_NO = {"yes": True, "no": False}
_YES = frozenset("y yes true t 1 x ja j oui si positive pos + ok".split())
_NO = frozenset("n no false f 0 nein non negative neg -".split())
MOST_CODES_SHOWN = 8

ReadCell = Callable[[str, str], Value | Trouble]
"""A cell's text and that of the unit beside it, to a value; an empty cell is None."""


def reader_of(expected: Expected, unit_is_implied: bool) -> ReadCell:
    """How to read such a cell. Where the unit is implied, a number needs none beside it."""
    read = _READERS.get(expected.content)
    return lru_cache(REMEMBERED)(
        number_reader(expected, unit_is_implied) if read is None else _without_unit(expected, read)
    )


def _without_unit(expected: Expected, read: Callable[[Expected, str], Value | Trouble]) -> ReadCell:
    def read_cell(text: str, unit: str) -> Value | Trouble:
        if unit:
            message = f"`{expected.name}` is no number, and has the unit `{unit}` here"
            return Trouble("unit-not-expected", message, "leave `unit` empty", of_unit=True)
        return read(expected, text) if text else None

    return read_cell


def _yes_no(expected: Expected, text: str) -> Value | Trouble:
    if text in YES_NO:
        return YES_NO[text]
    word = text.casefold()
    help = "write `yes`" if word in _YES else "write `no`" if word in _NO else "leave it empty if not known"
    return Trouble("bad-yes-no", f"`{expected.name}` is `{text}`, and must be `yes` or `no`", help)


def _code(expected: Expected, text: str) -> Value | Trouble:
    if text in expected.codes:
        return text
    codes = [f"`{code}`" for code in expected.codes][:MOST_CODES_SHOWN]
    rest = ", ..." if len(expected.codes) > MOST_CODES_SHOWN else ""
    help = did_you_mean(text, expected.codes) or f"its codes are {', '.join(codes)}{rest}"
    return Trouble("unknown-code", f"`{text}` is not a code of `{expected.name}`", help)


def _date(expected: Expected, text: str) -> Value | Trouble:
    when = parse_when(text)
    if when is None:
        return Trouble("bad-date", f"`{expected.name}` is `{text}`, which is no date", DATE_FORMS)
    return when.date


_READERS: dict[str, Callable[[Expected, str], Value | Trouble]] = {
    "yes_no": _yes_no,
    "code": _code,
    "date": _date,
}
