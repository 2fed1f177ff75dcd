"""What YAML's scanner and parser complain of, in words a protocol writer can act on.

The C parser and the Python one word the same complaint differently, so each
row below is found by words that both use.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from yaml import Mark, MarkedYAMLError

from engine.source.diagnostic import Diagnostics, Label
from engine.source.place import Span

IN_QUOTES = "put the text in quotes, or in a `|` block"


@dataclass(frozen=True, slots=True)
class _Wording:
    """A complaint, known by words of it; `at_start` blames where the broken thing began."""

    known_by: tuple[str, ...]
    message: str
    help: str
    code: str = "yaml-syntax"
    at_start: bool = False
    began: str | None = None

    def fits(self, said: str) -> bool:
        return any(words in said for words in self.known_by)


_WORDINGS = (
    _Wording(
        ("mapping values are not allowed",),
        "a `: ` cannot stand here: the text before it is a value already",
        f"{IN_QUOTES}; if this is meant as a key, check its indentation, and the `:` of the key above",
    ),
    _Wording(
        ("could not find expected ':'",),
        "this line is neither a `key: value` nor part of the value above",
        "add the `: ` after the key, or indent the line to go on with the value above",
        at_start=True,
    ),
    _Wording(
        ("found unexpected end of stream", "found unexpected document"),
        "this quotation mark is never closed",
        "close it; inside single quotes, a `'` is written twice",
        at_start=True,
    ),
    _Wording(
        ("',' or ']'",),
        "a `,` or the `]` that closes the list is missing before this",
        f"a bracket that is part of a text needs quotes: {IN_QUOTES}",
        began="the list starts here",
    ),
    _Wording(
        ("',' or '}'",),
        "a `,` or the `}` that closes these entries is missing before this",
        f"a bracket that is part of a text needs quotes: {IN_QUOTES}",
        began="they start here",
    ),
    _Wording(
        ("while parsing a block mapping",),
        "this does not fit with the keys above it",
        "start all keys that belong together in the same column",
        began="the keys start here",
    ),
    _Wording(
        ("while parsing a block collection",),
        "this does not fit with the list above it",
        "start each item of a list with `- `, in the same column",
        began="the list starts here",
    ),
    _Wording(
        ("escape character", "hexdecimal", "hexadecimal"),
        "there is no such escape in double quotes",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    _Wording(
        ("sequence entries are not allowed",),
        "a list cannot start here",
        "start it on the next line, or write `[a, b]`; if this is a text, put it in quotes",
    ),
    _Wording(
        ("while scanning a block scalar",),
        "a `|` or `>` that starts a value must be the last thing on its line",
        "put the text in quotes, or start it on the next line",
        at_start=True,
    ),
    _Wording(
        ("undefined tag handle",),
        "a value cannot have a YAML tag, and this is one",
        "remove it; to start a text with `!`, put the text in quotes",
        code="yaml-tag",
    ),
    _Wording(
        ("while scanning a directive", "incompatible YAML", "directive"),
        "directives (`%`) are not read",
        "remove this line",
        code="yaml-directive",
        at_start=True,
    ),
    _Wording(
        ("while scanning an alias", "while scanning an anchor"),
        "a text cannot start with `*` or `&`",
        IN_QUOTES,
        at_start=True,
    ),
    _Wording(
        ("node content",),
        "a value is missing here",
        "write the value; a bracket that is part of a text needs quotes around the text",
    ),
    _Wording(
        ("<document start>",),
        "a second document starts here, and only one is read from a file",
        "remove the `...`, or put what follows in a file of its own",
        code="several-documents",
    ),
)
_TAB = _Wording(
    (),
    "a tab cannot indent a line",
    "indent with spaces",
)
_NO_KEY = _Wording(
    (),
    "a key is missing before this `:`",
    "write `key: value`",
    code="bad-key",
)
_ENDED = _Wording(
    ("while parsing a block mapping", "while parsing a block collection"),
    "the value before this has ended already",
    f"a value ends where its quotes or brackets close; if this is part of it, {IN_QUOTES}",
)


def report_problem(problem: MarkedYAMLError, lines: Sequence[str], where: tuple[str, Diagnostics]) -> None:
    """Adds the error that a complaint of the parser comes to."""
    file, findings = where
    at = _span(problem.problem_mark or problem.context_mark, lines, file)
    start = _span(problem.context_mark or problem.problem_mark, lines, file)
    wording = _wording(problem, lines[at.line - 1], at.column - 1)
    labels = (Label(start, wording.began),) if wording.began and start != at else ()
    findings.error(
        wording.code, wording.message, start if wording.at_start else at, help=wording.help, labels=labels
    )


def _wording(problem: MarkedYAMLError, line: str, column: int) -> _Wording:
    said, character = f"{problem.context} {problem.problem}", line[column : column + 1]
    if character == "\t" and "character" in said:
        return _TAB
    if line[:column].rstrip().endswith(("'", '"', "]", "}")) and _ENDED.fits(said):
        return _ENDED
    if character == ":" and not line[:column].strip():
        return _NO_KEY
    for wording in _WORDINGS:
        if wording.fits(said):
            return wording
    if "cannot start any token" in said:
        first = "a backtick" if character == "`" else f"`{character}`"
        return _Wording((), f"a text cannot start with {first}", IN_QUOTES)
    return _Wording((), f"this cannot be read as YAML: {problem.problem}", IN_QUOTES)


def _span(mark: Mark | None, lines: Sequence[str], file: str) -> Span:
    """One character wide; a complaint about the end of the file is shown after its last word."""
    if mark is None:
        return Span(file, 1, 1, 1, 1)
    line, column = mark.line, mark.column
    if not any(lines[line:]):
        line = max((n for n, words in enumerate(lines) if words.strip()), default=0)
        column = len(lines[line])
    return Span(file, line + 1, column + 1, line + 1, column + 2)
