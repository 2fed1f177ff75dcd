"""A scalar of YAML: what it means, and where each character of it stands."""

import re
from collections.abc import Sequence
from decimal import Decimal

from yaml.events import Event, ScalarEvent

from engine.source.place import Span
from engine.source.tree import Plain, Scalar

_WORDS: dict[str, Plain] = {"": None, "~": None}
_WORDS |= dict.fromkeys(("null", "Null", "NULL"), None)
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True)
_WORDS |= dict.fromkeys(("false", "False", "FALSE"), False)
# Longer figures and exponents stay text: no protocol has them, and reckoning with them takes hours.
_NUMBER = re.compile(
    r"(?P<whole>[-+]?[0-9]{1,60})|[-+]?(\.[0-9]{1,60}|[0-9]{1,60}(\.[0-9]{0,60})?)([eE][-+]?[0-9]{1,3})?"
)
_NUMBER_STARTS = frozenset("0123456789+-.")


def resolved(text: str) -> Plain:
    """What a plain scalar means by YAML 1.2's core schema, less octal, hex, inf and nan."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    number = _NUMBER.fullmatch(text)
    if not number:
        return text
    return int(text) if number["whole"] else Decimal(text)


def span_of(event: Event, file: str) -> Span:
    """The place of an event, from the marks that the parser puts on every one."""
    start, end = event.start_mark, event.end_mark
    assert start is not None
    assert end is not None
    return Span(file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def scalar_of(event: ScalarEvent, file: str, lines: Sequence[str]) -> Scalar:
    """A leaf of the tree; `lines` are those of the file, to find a block's columns in."""
    at, style, text = span_of(event, file), event.style, event.value
    if style and style in "|>":
        return _block(event, at, lines)
    quote = 1 if style else 0
    column = at.column + quote
    # Every escape and every fold is longer than what it stands for, so equal length is equal text.
    same = at.line == at.end_line and at.end_column - at.column == len(text) + 2 * quote
    return Scalar(text if style else resolved(text), text, at, (at.line, column), column, same)


def _block(event: ScalarEvent, found: Span, lines: Sequence[str]) -> Scalar:
    """A `|` or `>` block; what its first line with words lost of its source is the indentation."""
    text, first = event.value, found.line
    last = _last_line(found, lines)
    at = Span(found.file, found.line, found.column, last, len(lines[last - 1]) + 1)
    if event.style == ">":
        return Scalar(text, text, at, (at.line, at.column), at.column, False)
    words = next(((n, line) for n, line in enumerate(text.split("\n")) if line), None)
    column = len(lines[first + words[0]]) - len(words[1]) + 1 if words else 1
    return Scalar(text, text, at, (first + 1, column), column, True)


def _last_line(found: Span, lines: Sequence[str]) -> int:
    """A block's last line with words: the parser ends it after the blank lines that follow."""
    last = found.end_line - 1 if found.end_column == 1 else found.end_line
    last = min(last, len(lines))
    while last > found.line and not lines[last - 1].strip():
        last -= 1
    return last
