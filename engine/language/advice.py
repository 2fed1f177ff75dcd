"""What to say of text the grammar refuses, and what would help.

Habits that people bring from elsewhere come first: a sign or a word by itself
(`≥`, `within`), then phrases (`average x`, a decimal comma). Otherwise the kinds
of phrase that could have stood there are named.
"""

import re
from dataclasses import dataclass
from typing import cast

from lark import Token, UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from engine.language.habits import WORDS, habit_in

OPERAND = {"NAME", "NUMBER", "SELECTOR", "LPAR"}
"""Where these could have stood, a value was missing."""

PERIOD = {"BEFORE", "UP", "AFTER", "FROM"}
ENDS = {"$END", "RPAR"}
"""Where one of these could have stood, what came before was whole."""

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
    "LEAST": "`least`",
}

_WORD = re.compile(r"\w+|&&|\|\||[<>!]=|\S|")


@dataclass(frozen=True, slots=True)
class Wrong:
    message: str
    help: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where the grammar stopped: what it found there, and what could have stood there."""

    start: int
    found: str
    expected: set[str]


def explain(problem: UnexpectedInput, text: str) -> Wrong:
    if not text.strip():
        return Wrong("the expression is empty", "write a rule, such as `age at consent >= 18 years`", 0, 0)
    stop = _stop(problem, text)
    habit = _habit(stop, text)
    start, found, help = habit if habit else (stop.start, stop.found, _could_be(stop))
    message = f"did not expect `{found}` here" if found else "the expression ends too early"
    return Wrong(message, help, start, start + max(len(found), 1))


def _stop(problem: UnexpectedInput, text: str) -> _Stop:
    match problem:
        case UnexpectedToken(token=token) if token.type != "$END":
            start = _start(token)
            return _Stop(start, _word_at(text, start), set(problem.accepts or problem.expected))
        case UnexpectedCharacters():
            start = cast(int, problem.pos_in_stream)
            return _Stop(start, _word_at(text, start), set(problem.allowed or ()))
        case UnexpectedToken() | UnexpectedEOF():
            expected = set(getattr(problem, "accepts", None) or problem.expected)
            return _Stop(len(text.rstrip()), "", expected)
        case _:
            return _Stop(0, _word_at(text, 0), set())


def _start(token: Token) -> int:
    return 0 if token.start_pos is None else token.start_pos


def _word_at(text: str, start: int) -> str:
    word = _WORD.match(text, start)
    return word[0] if word else ""


def _habit(stop: _Stop, text: str) -> tuple[int, str, str] | None:
    """Where a known habit stands, its word, and what to write instead."""
    if _mixed(stop):
        other = "and" if stop.found == "or" else "or"
        help = f"`{stop.found}` and `{other}` are mixed: put brackets round what belongs together"
        return stop.start, stop.found, help
    habit = habit_in(text[: stop.start + len(stop.found)], unfinished=not stop.found)
    if habit is None and stop.found in WORDS:
        return stop.start, stop.found, WORDS[stop.found]
    return habit


def _mixed(stop: _Stop) -> bool:
    other = {"and": "OR", "or": "AND"}.get(stop.found)
    return other in stop.expected and bool(ENDS & stop.expected) and stop.found.upper() not in stop.expected


def _could_be(stop: _Stop) -> str | None:
    expected = stop.expected
    if expected >= OPERAND:
        return "a value is missing here: a name, a number with its unit, or a selection such as `last weight`"
    if expected >= {"DATE", "NAME"}:
        return "a day is missing here: its name, a visit, a date such as `2024-03-01`, or `(D - 7 days)`"
    if expected <= {"NAME", "DOTTED"}:
        missing = "variable" if "DOTTED" in expected else "visit"
        return f"the name of a {missing} is missing here"
    if expected >= PERIOD and not expected & ENDS:
        return "say from which day: `up to D` (D in), `before D`, `after D` or `from D` (D in)"
    if stop.found and expected & ENDS:
        return _after_a_whole(stop)
    wanted = [UNDERSTOOD[name] for name in sorted(expected) if name in UNDERSTOOD]
    return f"expected {' or '.join(wanted)}" if 0 < len(wanted) <= 3 else None


def _after_a_whole(stop: _Stop) -> str:
    if stop.found == ")":
        return "no bracket is open here: take it out, or add the opening one"
    if "AT" in stop.expected and stop.found in ("in", "where", "has", "before", "after", "up", "from", "on"):
        return "say which of the records: put `last`, `any`, `highest` or `number of` before the variable"
    if "WHERE" in stop.expected:
        return "a selection goes on with `where (...)`, a period such as `up to D`, or a comparison"
    return "what stands before this is whole: join the two with `and` or `or`, or compare them"
