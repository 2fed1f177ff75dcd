"""A table as plain text, for a file or the next command in a pipe.

Each column is as wide as what it holds; where that is too much the widest give
way, and their words go on below. A terminal gets its tables from rich; what
rich takes to load is more than all else that a command does for one patient.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from unicodedata import combining, east_asian_width

GAP = 3
NARROWEST = 8
"""No column is made narrower than this, however many there are."""

RULE = "─"


def drawn(title: str, table: Sequence[Sequence[str]], width: int) -> str:
    """A title and a table, whose first row is its head."""
    widths = _widths(table, width)
    head, *rows = ("\n".join(_lines(row, widths)) for row in table)
    rule = f" {RULE * (sum(widths) + GAP * (len(widths) - 1) + 2)}"
    return "\n".join((title, "", head, rule, *rows, ""))


def _widths(table: Sequence[Sequence[str]], width: int) -> list[int]:
    """The widest column loses one at a time until all fit."""
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    room = width - GAP * (len(widths) - 1) - 3
    while sum(widths) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """A row of a table, on as many lines as its longest cell takes."""
    cells = [_folded(cell, width) for cell, width in zip(row, widths, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        padded = (part + " " * (width - _width(part)) for part, width in zip(parts, widths, strict=True))
        yield f"  {(' ' * GAP).join(padded)}".rstrip()


def _folded(text: str, width: int) -> list[str]:
    """A text on lines of a width, broken between words; a longer word is broken where it must be."""
    lines = [""]
    for word in chain.from_iterable(_pieces(word, width) for word in text.split(" ")):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if _width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    while _width(word) > width:
        size = next(n for n in range(len(word), 0, -1) if n == 1 or _width(word[:n]) <= width)
        yield word[:size]
        word = word[size:]
    yield word


def _width(text: str) -> int:
    """The columns that a text takes: a Chinese letter two, a mark on another letter none."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)
