"""What to say of text the grammar refuses, and what would help.

A table of habits people bring from elsewhere (`>=` typed as one sign, `within`,
a decimal comma) comes first; otherwise the kinds of phrase that could have
stood there are named.
"""

from dataclasses import dataclass
from typing import cast

from lark import Token, UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

OPERAND = {"NAME", "NUMBER", "SELECTOR", "LPAR"}
"""Where these could have stood, a value was missing."""

HABITS: dict[str, str] = {
    "within": "say whether the index day counts: `in the 14 days up to D` (D in), `before D`, `after D`, `from D`",
    "≥": "write `>=`",
    "≤": "write `<=`",
    "≠": "write `!=`",
    "&": "write `and`",
    "|": "write `or`",
    "!": "write `not`, or `!=` for a comparison",
    '"': "put codes in single quotes: `'III+V'`",
    "'": "a code in quotes needs a quote at both ends: `'III+V'`",
    "#": "a comment stands on its own line, outside the expression",
    ":": "there is no `:` in an expression",
    "[": "codes stand in braces: `{a, b}`",
    "times": "write `*`",
    "mod": "there is no remainder; compare with `days from A to B` instead",
    "÷": "write `/`",
    "×": "write `*`",
    "−": "write the plain sign `-`",
    "–": "write the plain sign `-`",
}

UNDERSTOOD: dict[str, str] = {
    "RPAR": "a closing bracket `)`",
    "RBRACE": "a closing brace `}`",
    "OF": "`of (...)`",
    "TO": "`to`",
    "THEN": "`then`",
    "ELSE": "`else`",
    "AND": "`and`",
    "KNOWN": "`known`",
    "UNKNOWN": "`unknown`",
    "LBRACE": "codes in braces: `{a, b}`",
    "IN": "`in`",
    "LPAR": "an opening bracket `(`",
    "THE": "`the`",
    "LEAST": "`least`",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    message: str
    help: str | None
    start: int
    end: int


def explain(problem: UnexpectedInput, text: str) -> Wrong:
    start, found, expected = _unexpected(problem, text)
    if not text.strip():
        return Wrong("the expression is empty", "write a rule, such as `age at consent >= 18 years`", 0, 0)
    message = f"did not expect `{found}` here" if found else "the expression ends too early"
    return Wrong(message, _help(found, expected, text[:start]), start, start + max(len(found), 1))


def _unexpected(problem: UnexpectedInput, text: str) -> tuple[int, str, set[str]]:
    """Where the grammar stopped, what it found there and what could have stood there."""
    match problem:
        case UnexpectedToken(token=token) if token.type != "$END":
            return _start(token), str(token), set(problem.accepts or problem.expected)
        case UnexpectedCharacters():
            return cast(int, problem.pos_in_stream), problem.char, set(problem.allowed or ())
        case UnexpectedToken() | UnexpectedEOF():
            return len(text.rstrip()), "", set(getattr(problem, "accepts", None) or problem.expected)
        case _:
            return 0, text[:1], set()


def _start(token: Token) -> int:
    return 0 if token.start_pos is None else token.start_pos


def _help(found: str, expected: set[str], before: str) -> str | None:
    word = found[:1] if found[:1] in HABITS else found.split(" ")[0]
    if word in HABITS and not (word == "'" and found.count("'") > 1):
        return HABITS[word]
    return _habit_of_phrase(found, expected, before) or _could_be(expected)


def _habit_of_phrase(found: str, expected: set[str], before: str) -> str | None:
    last = before.split()[-1] if before.split() else ""
    if (
        found in ("and", "or")
        and expected & {"AND", "OR"}
        and last != "between"
        and "$END" in expected | {"$END"}
    ):
        other = "and" if found == "or" else "or"
        if other.upper() in expected and found.upper() not in expected and "between" not in before:
            return f"`{found}` and `{other}` are mixed: put brackets round what belongs together"
        if "between" in before and expected == {"AND"}:
            return "a range is written `between A and B`"
    if found == "," and last[-1:].isdigit():
        return "decimals are written with a point: `1.5`"
    if found == "=" and last.endswith("="):
        return "write one `=` to compare"
    if found in ("in the", "where", "has", "before", "after", "up", "from", "on") and "AT" in expected:
        return f"say which of the records: `last {last} {found} ...`, or `any`, `highest`, `number of`"
    if found[:1].isdigit() and last == "in":
        return "a length of time is written `in the 14 days up to D`"
    if last == "number":
        return "write `number of`"
    if found == "not" and last == "is":
        return "write `is unknown`"
    return None


def _could_be(expected: set[str]) -> str | None:
    if expected >= OPERAND:
        return "a value is missing here: a name, a number with its unit, or a selection such as `last wbc`"
    if expected == {"NAME", "DOTTED"}:
        return "the name of a variable is missing here"
    wanted = [UNDERSTOOD[name] for name in sorted(expected) if name in UNDERSTOOD]
    return f"expected {' or '.join(wanted)}" if 0 < len(wanted) <= 3 else None
