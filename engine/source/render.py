"""A diagnostic as people and programs read it: a snippet with carets, or JSON.

What a file holds is never trusted on a terminal: control characters, and those
that turn the direction of text, are shown as a replacement mark.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.source.diagnostic import Diagnostic, Diagnostics
from engine.source.place import NOWHERE, Span, whole

Lines = Callable[[str], Sequence[str] | None]
"""The lines of a source file by its name, or None; see `lines.Sources`."""

Paint = Callable[[str, str], str]
"""Gives a text the colour of its role, or leaves it as it is."""

WIDTH = 100
_TAB = " " * 4
_CUT = "..."
_COLOURS = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "strong": "1",
    "edge": "34",
    "label": "36",
    "help": "32",
}


def plain_text(diagnostic: Diagnostic, lines: Lines) -> str:
    """A diagnostic for a file or a pipe."""
    return _text(diagnostic, lines, lambda _, text: text)


def coloured(diagnostic: Diagnostic, lines: Lines) -> str:
    """A diagnostic for a terminal, in ANSI colours."""
    return _text(diagnostic, lines, lambda role, text: f"\x1b[{_COLOURS[role]}m{text}\x1b[0m")


def report(findings: Diagnostics, lines: Lines, *, colour: bool = False) -> str:
    """All findings in order of place, and how many there are."""
    show = coloured if colour else plain_text
    return "\n\n".join([*(show(found, lines) for found in findings), counted(findings)])


def counted(findings: Diagnostics) -> str:
    """`2 errors, 1 warning`."""
    severities = [found.severity for found in findings]
    counts = [(severities.count("error"), "error"), (severities.count("warning"), "warning")]
    return ", ".join(f"{n} {what}{'s' * (n > 1)}" for n, what in counts if n) or "no errors"


def as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """A diagnostic for a program: always the same keys, lines and columns from 1."""
    return {
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "at": _place(diagnostic.at),
        "help": diagnostic.help,
        "labels": [{"at": _place(label.at), "text": label.text} for label in diagnostic.labels],
    }


def _place(at: Span) -> dict[str, object] | None:
    if at == NOWHERE:
        return None
    return {
        "file": at.file,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
    }


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place to underline, with what, and what to say of it."""

    at: Span
    sign: str
    role: str
    text: str = ""

    def lines(self) -> list[int]:
        """The lines to show: all of a short stretch, both ends of a long one."""
        first, last = self.at.line, self.last_line
        return [*range(first, last + 1)] if last - first < 4 else [first, first + 1, last]

    @property
    def last_line(self) -> int:
        """A stretch that ends before the first character of a line does not touch that line."""
        return self.at.end_line - (self.at.end_column <= 1 and self.at.end_line > self.at.line)

    def columns(self, number: int, line: str) -> tuple[int, int]:
        """Which characters of a line it covers, from 0; always at least one."""
        first = self.at.column - 1 if number == self.at.line else len(line) - len(line.lstrip())
        last = self.at.end_column - 1 if number == self.at.end_line else len(line)
        return first, max(last, first + 1)


def _text(diagnostic: Diagnostic, lines: Lines, paint: Paint) -> str:
    marks = [_Mark(diagnostic.at, "^", diagnostic.severity)]
    marks += [_Mark(label.at, "-", "label", safe(label.text)) for label in diagnostic.labels]
    marks = [mark for mark in marks if mark.at != NOWHERE]
    margin = " " * max((len(str(mark.last_line)) for mark in marks), default=1)
    page = _Page(margin, lines, paint)
    return "\n".join([_title(diagnostic, paint), *page.snippets(marks), *page.help(diagnostic.help)])


def _title(diagnostic: Diagnostic, paint: Paint) -> str:
    kind = paint(diagnostic.severity, f"{diagnostic.severity}[{diagnostic.code}]")
    return f"{kind}{paint('strong', f': {safe(diagnostic.message)}')}"


@dataclass(frozen=True, slots=True)
class _Page:
    """What all rows of one diagnostic share: margin, sources and colours."""

    margin: str
    lines: Lines
    paint: Paint

    def snippets(self, marks: Sequence[_Mark]) -> Iterator[str]:
        """The first file is pointed at with `-->`, what stands in others with `:::`."""
        for n, file in enumerate(dict.fromkeys(mark.at.file for mark in marks)):
            here = [mark for mark in marks if mark.at.file == file]
            source = None if here[0].at == whole(file) else self.lines(file)
            arrow = "-->" if n == 0 else ":::"
            yield from self.places(here, arrow) if source is None else self.snippet(here, arrow, source)

    def places(self, marks: Sequence[_Mark], arrow: str) -> Iterator[str]:
        """What is said of a file whose lines cannot be shown."""
        for mark in marks:
            place = mark.at.file if mark.at == whole(mark.at.file) else str(mark.at)
            yield f"{self.margin}{self.paint('edge', arrow)} {safe(place)}{mark.text and f': {mark.text}'}"
            arrow = ":::"

    def snippet(self, marks: Sequence[_Mark], arrow: str, source: Sequence[str]) -> Iterator[str]:
        yield f"{self.margin}{self.paint('edge', arrow)} {safe(str(marks[0].at))}"
        yield f"{self.margin} {self.paint('edge', '|')}"
        shown = sorted({number for mark in marks for number in mark.lines()})
        for before, number in pairwise([shown[0] - 1, *shown]):
            if number > before + 1:
                yield self.paint("edge", _CUT)
            line = source[number - 1] if number <= len(source) else ""
            yield from self.row(number, line, [mark for mark in marks if number in mark.lines()])

    def row(self, number: int, line: str, marks: Sequence[_Mark]) -> Iterator[str]:
        """A line of source, and below it one line for each mark."""
        view = _view(line, marks[0].columns(number, line), WIDTH - len(self.margin) - 3)
        edge = self.paint("edge", f"{number:>{len(self.margin)}} |")
        yield f"{edge} {view.text}".rstrip()
        for mark in marks:
            if not line.strip() and number != mark.at.line:
                continue
            before, below = view.underline(mark.columns(number, line))
            said = f" {mark.text}" if mark.text and number == mark.last_line else ""
            drawn = self.paint(mark.role, f"{mark.sign * below}{said}")
            yield f"{self.margin} {self.paint('edge', '|')} {' ' * before}{drawn}"

    def help(self, text: str | None) -> Iterator[str]:
        """Further lines of a help stand under its first."""
        for n, line in enumerate(text.split("\n") if text else ()):
            lead = f"{self.margin} {self.paint('edge', '=')} {self.paint('help', 'help')}: "
            yield (lead if n == 0 else f"{self.margin}         ") + safe(line)


@dataclass(frozen=True, slots=True)
class _View:
    """The part of a line that is shown: `text` begins with column `first` of the line."""

    text: str
    starts: Sequence[int]
    first: int

    def underline(self, columns: tuple[int, int]) -> tuple[int, int]:
        """How many cells stand before the covered characters, and how many these take."""
        first, last = (self.cell(column) for column in columns)
        return first, max(last - first, 1)

    def cell(self, column: int) -> int:
        """Where a character of the line stands in the view, or the edge that it is beyond."""
        offset = self.starts[min(column, len(self.starts) - 1)] - self.first
        return _cells(self.text[: max(offset, 0)])


def _view(line: str, columns: tuple[int, int], room: int) -> _View:
    """A line made safe to show, cut so that it fits with room for a caret after its end."""
    shown = [_TAB if character == "\t" else safe(character) for character in line]
    starts = [0]
    for piece in shown:
        starts.append(starts[-1] + len(piece))
    text = "".join(shown)
    if len(text) < room:
        return _View(text, starts, 0)
    seen = starts[min(columns[0], len(line))]
    first = max(0, min(seen - room // 3, len(text) + 1 - room))
    left, right = _CUT * (first > 0), _CUT * (first + room < len(text))
    return _View(left + text[first + len(left) : first + room - len(right)] + right, starts, first)


def safe(text: str) -> str:
    """A line of text as a terminal may show it."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return "\ufffd"
    return character


def _cells(text: str) -> int:
    """How many cells a terminal takes for a text."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def _cells_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
