"""The spelling of units: one form of what is typed in many, and the parts it is made of."""

import re

from engine.language.unit_table import SURFACE, SYNONYMS

_SUPERSCRIPT = re.compile("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹µμ·×", "-0123456789uu.x")
_SPACED_MARK = re.compile(r"\s*([/.()])\s*")
_SURFACE = re.compile(r"\{1\.73[ _]?m2\}|1\.73 ?m\^?2(?!\d)")

# A note in braces says nothing of the size, unless it is the body surface
# misspelt: then it must not be dropped. `count` is the 24 of `g/24h`; a
# `number` stands alone, as in `1/uL` or `g/(24.h)`.
TOKEN = re.compile(
    r"(?P<note>\{(?!1\.73)[^{}]*\})"
    r"|(?P<surface>1\.73m2)"
    r"|(?P<unread>x? ?10[eE]\d+|\d+\.\d+)"
    r"|(?:x ?)?10[\^*](?P<ten>-?\d{1,2})(?!\d)"
    r"|(?:(?P<count>[1-9]\d*) ?)?(?P<atom>(?:[^\W\d_]|[%°]|\[[^\[\]]*\])+)(?:\^?(?P<power>-?\d{1,2})(?!\d))?"
    r"|(?P<number>1(?!\d)|[1-9]\d*(?=\.))"
    r"|(?P<mark>[/.(])"
    r"|\)(?:\^?(?P<closing>-?\d{1,2})(?!\d))?"
)


def tidied(text: str) -> str:
    """One spelling of spaces, superscripts, micro signs, body surface and whole synonyms."""
    flat = _SUPERSCRIPT.sub(lambda found: "^" + found[0], text.strip()).translate(_PLAIN)
    tidy = _SURFACE.sub(SURFACE, _SPACED_MARK.sub(r"\1", flat))
    return SYNONYMS.get(tidy, tidy)


def unmatched(text: str, position: int) -> str:
    """What to name where no token begins: the part, or all of it at a stray space."""
    rest = text[position:]
    return text if rest[0].isspace() else re.split(r"(?<=.)[/.()]", rest)[0]
