"""Habits that people bring from elsewhere, and what this language writes instead.

`WORDS` are wrong by themselves where they stand. `PHRASES` need what comes
before them: each pattern ends where the grammar stopped, and its group `at` is
the word to blame.
"""

import re
from functools import cache

WORDS: dict[str, str] = {
    "within": "say whether the index day counts: `in the 14 days up to D` (D in), `before D`, `after D`",
    "≥": "write `>=`",
    "≤": "write `<=`",
    "≠": "write `!=`",
    "&": "write `and`",
    "&&": "write `and`",
    "|": "write `or`",
    "||": "write `or`",
    "!": "write `not`, or `!=` for a comparison",
    '"': "put codes in single quotes: `'III+V'`",
    "'": "a code in quotes needs a quote at both ends: `'III+V'`",
    "#": "a comment stands on its own line, outside the expression",
    ":": "there is no `:` in an expression",
    ";": "join conditions with `and` or `or`",
    "?": "a choice is written `if C then X else Y`",
    "[": "codes stand in braces: `{a, b}`",
    "%": "a share is written `85 % of X`",
    ".": "a number starts with a digit: `0.5`",
    "²": "write `^ 2`",
    "³": "write `^ 3`",
    "÷": "write `/`",
    "×": "write `*`",
    "−": "write the plain sign `-`",
    "–": "write the plain sign `-`",
    "x": "write `*`",
    "times": "write `*`",
    "plus": "write `+`",
    "minus": "write `-`",
    "equals": "write `=`",
    "mod": "there is no remainder; compare with `days from A to B` instead",
    "the": "leave it out",
    "with": "say what each record must be: `where (...)`",
    "whose": "say what each record must be: `where (...)`",
    "until": "a length is `days from A to B`; a period is `up to D`, or `from A to B`",
    "since": "a period is `from D` (D in), or `after D`",
    "during": "a period is `from A to B`",
    "than": "compare with `<`, `<=`, `>` or `>=`",
}

SYNONYMS = {
    "sum": "total",
    "average": "mean",
    "count": "number of",
    "latest": "last",
    "newest": "last",
    "earliest": "first",
    "maximum": "highest",
    "minimum": "lowest",
    "peak": "highest",
    "each": "every",
    "some": "any",
}
SELECTORS = "first|last|highest|lowest|mean|median|total|any|no|every"
SHOUTED = "and or not unless if then else is in at between first last highest lowest any every".split()

PHRASES: tuple[tuple[str, str], ...] = (
    (r"(?P<at>==)", "write one `=` to compare"),
    (r"(?P<at><>)", "write `!=`"),
    (r"(?P<at>=>)", "write `>=`"),
    (r"(?P<at>=<)", "write `<=`"),
    (r"(?P<at>\*\*)", "write `^`"),
    (r"(?P<at>\b(?:days|months|years))\s+between\b.*", "the time between two dates is `days from A to B`"),
    (r"\bbetween\b[^()]*\b(?P<at>or|to)", "a range is written `between A and B`"),
    (r"\bbetween\b[^()]*(?P<at>,)", "a range is written `between A and B`"),
    (r"\b(?:and|or)\s*(?P<at>[<>]=?|=)", "say again what is compared, as in `x >= 3 and x < 5`"),
    (r"[<>=][^<>=()]*(?P<at>[<>]=?|=)", "a comparison has two sides; a range is `x between A and B`"),
    (r"\bin\s+\w+\s*(?P<at>,)", "codes stand in braces: `{a, b}`"),
    (r"\bin\s*(?P<at>\()", "codes stand in braces: `{a, b}`"),
    (r"\{\s*(?P<at>\})", "write at least one code between the braces"),
    (r"\{[^}]*,\s*(?P<at>\})", "a code is missing after the comma"),
    (r"\{[^}]*(?P<at>[-+/])", "a code with a sign in it needs quotes, as in `'III+V'`"),
    (
        r"\{[^}]*(?<!\w)(?P<at>\d+)",
        "a code that is a number needs quotes: `'3'`; compare numbers with `=`",
    ),
    (r"\{(?:[^}]*,)?\s*(?P<at>[a-z]+)", "a code that the language uses too needs quotes: `'first'`"),
    (r"%\s*(?P<at>\w+)", "a share is written `85 % of X`"),
    (r"\d(?P<at>,)", "decimals are written with a point: `1.5`"),
    (r"\w\.\w+(?P<at>\.)", "an attribute follows one point, as in `study_drug.dose`"),
    (r"\bin\s+(?P<at>\d+)", "a length of time is written `in the 14 days up to D`"),
    (r"\bin\s+the\s+(?P<at>last|past|previous)", "say up to which day: `in the 14 days up to D`"),
    (r"\d\s+[a-z]+\s+(?P<at>before|after)", "another day is `D - 14 days` or `D + 14 days`"),
    (r"\bat\s+\w+\s+(?P<at>\d+)", "a visit is one name, as in `month_3`"),
    (
        rf"\b(?:{SELECTORS})\s+[\w.]+\s+(?P<at>at)",
        "a value at a visit needs no selector: `weight at month_3`",
    ),
    (r"(?P<at>\bnumber)\s+\S+", "write `number of`"),
    (r"(?P<at>\b(?:all|any|none))\s*\(", "write `all of (...)`, `any of (...)` or `none of (...)`"),
    (r"(?P<at>\b(?:min|max|abs|round))\s+\S+", "the values stand in brackets, as in `max(a, b)`"),
    (rf"\b(?:{SELECTORS})\s+(?P<at>of)", "leave it out: only `number of` has it"),
    (rf"\b(?:{SELECTORS}|number\s+of)\s*(?P<at>\()", "leave out the brackets: `last x up to D`"),
    (r"\bis\s+(?P<at>not)", "write `is unknown`; for a yes or no `not X`, for a code `X != a`"),
    (r"\bis\s+(?P<at>true|false)", "a yes or no is asked by its name alone: `X`, or `not X`"),
    (r"(?P<at>\bis)\s+\S+", "compare with `=`; besides that, only `is known` and `is unknown` can be asked"),
    (r"=\s*(?P<at>no)\s+\w+", "the truth values are `true` and `false`; `not X` says it shorter"),
    *((rf"(?P<at>\b{word})(?:\s*\(|\s+[\w.]+)", f"write `{instead}`") for word, instead in SYNONYMS.items()),
    *(
        (rf"(?P<at>\b(?:{word.upper()}|{word.title()}))(?:\s*\(|\s+\S+)?", f"write `{word}` in small letters")
        for word in SHOUTED
    ),
)

UNFINISHED: tuple[tuple[str, str], ...] = (
    (r"=\s*(?P<at>no)\s*", "the truth values are `true` and `false`; `not X` says it shorter"),
    (r"(?P<at>\bnumber)\s*", "write `number of`"),
)
"""The same, of a text that ends too early."""


@cache
def _compiled(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"{pattern}\Z"), help) for pattern, help in rows)


def habit_in(text: str, *, unfinished: bool) -> tuple[int, str, str] | None:
    """The habit that a text ends with: where its word stands, the word, and what to write instead."""
    for pattern, help in _compiled(UNFINISHED if unfinished else PHRASES):
        found = pattern.search(text)
        if found:
            return found.start("at"), found["at"], help
    return None
