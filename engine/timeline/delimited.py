"""CSV, TSV and semicolons: rows of a text table, each cell with its line and column.

The standard reader splits the cells, as it is quick and strict; it does not
say where they stood. So the lines of the row in hand are kept, and a cell is
found in them again only when something is wrong with it.
"""

import csv
from collections.abc import Iterable, Iterator
from functools import partial

from engine.source.diagnostic import Diagnostic
from engine.source.place import Span, whole
from engine.timeline.rows import Row, Sheet, unsplit
from engine.timeline.share import ALL, Share

DELIMITERS = ",;\t"


def open_delimited(lines: Iterable[str], file: str, share: Share = ALL) -> Sheet | Diagnostic:
    """The sheet of a text table; its first line that is not blank names the columns.

    Lines that are plainly of another share are passed over unread.
    """
    source = iter(lines)
    number, header = next(((n, line) for n, line in enumerate(source, 1) if line.strip()), (0, ""))
    if not header:
        return Diagnostic("empty-file", "this file is empty", whole(file), "its first line names the columns")
    if len(header) > csv.field_size_limit():
        return Diagnostic("no-header", "this line is too long to name columns", _line(file, number, header))
    delimiter = max(DELIMITERS, key=lambda mark: len(_split(header, mark)))
    columns = tuple(cell.strip() for cell in _split(header, delimiter))
    at = _line(file, number, header)
    reading = _Reading(file, delimiter, len(columns), number)
    if share != ALL and "patient" in columns:
        source = reading.of_share(source, share, columns.index("patient"))
    return Sheet(file, columns, partial(_place, at, delimiter, header), reading.rows(source))


def _split(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter))


def _line(file: str, number: int, text: str) -> Span:
    return Span(file, number, 1, number, len(text.rstrip("\r\n")) + 1)


class _Reading:
    """One pass over the lines below a header that is `width` cells wide."""

    def __init__(self, file: str, delimiter: str, width: int, above: int) -> None:
        self.file, self.delimiter, self.width, self.above = file, delimiter, width, above
        self.kept: list[str] = []

    def rows(self, lines: Iterator[str]) -> Iterator[Row]:
        reader = csv.reader(self.keeping(lines), delimiter=self.delimiter, strict=True)
        kept, width = self.kept, self.width
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as problem:
                at = self.span(reader.line_num)
                yield unsplit(at, self.unreadable(str(problem), at))
                kept.clear()
                continue
            if cells:
                at = self.span(reader.line_num)
                place = partial(_place, at, self.delimiter, kept[0] if len(kept) == 1 else "".join(kept))
                broken = () if len(cells) == width else (self.wrong_width(len(cells), at),)
                yield Row([*map(str.strip, cells)], at, place, broken)
            kept.clear()

    def of_share(self, lines: Iterator[str], share: Share, column: int) -> Iterator[str]:
        """Without the lines that are a row each, of a patient of another share."""
        last, is_mine, between = "", share.is_first, self.width - 1
        for line in lines:
            if not self.kept and '"' not in line and line.count(self.delimiter) == between:
                patient = line.split(self.delimiter, column + 1)[column].strip()
                if patient != last:
                    last, is_mine = patient, share.has(patient)
                if not is_mine:
                    self.above += 1
                    continue
            yield line

    def keeping(self, lines: Iterator[str]) -> Iterator[str]:
        keep = self.kept.append
        for line in lines:
            keep(line)
            yield line

    def span(self, read: int) -> Span:
        last = read + self.above
        first = last if len(self.kept) == 1 else last - len(self.kept) + 1
        return Span(self.file, first, 1, last, len(self.kept[-1].rstrip("\r\n")) + 1)

    def wrong_width(self, found: int, at: Span) -> Diagnostic:
        message = f"this row has {found} cells, and the header has {self.width}"
        help = "put quotes around text that holds a comma, semicolon or tab" if found > self.width else None
        return Diagnostic("wrong-width", message, at, help or "a row must end with its empty cells too")

    def unreadable(self, problem: str, at: Span) -> Diagnostic:
        if not any('"' in line for line in self.kept):
            return Diagnostic("long-cell", "a cell of this line is too long to be one value", at)
        if "field limit" in problem or "unexpected end" in problem:
            message, help = (
                "a cell is opened here by a quote and never closed",
                "close it, or remove the quote",
            )
        else:
            message, help = "there is text after a closing quote", "inside quotes, write a quote twice"
        return Diagnostic("bad-quotes", message, at, help)


def _place(at: Span, delimiter: str, text: str, column: int) -> Span:
    """Where a cell stands in the lines of its row, quotes and all."""
    if '"' not in text:
        before = text.split(delimiter, column + 1)[:column]
        start = sum(map(len, before)) + column
        return _between(at, text, (start, _end_of(text, delimiter, start)))
    cells, start, quoted = 0, 0, False
    for position, letter in enumerate(text):
        if letter == '"' and text[start] == '"':
            quoted = not quoted
        elif not quoted and letter in delimiter:
            if cells == column:
                return _between(at, text, (start, position))
            cells, start = cells + 1, position + 1
    return _between(at, text, (start, len(text.rstrip("\r\n")))) if cells == column else at


def _end_of(text: str, delimiter: str, start: int) -> int:
    end = text.find(delimiter, start)
    return len(text.rstrip("\r\n")) if end < 0 else end


def _between(at: Span, text: str, ends: tuple[int, int]) -> Span:
    (line, column), (end_line, end_column) = (_position(text, end) for end in ends)
    return Span(at.file, at.line + line, column, at.line + end_line, end_column)


def _position(text: str, offset: int) -> tuple[int, int]:
    """Lines down, and column: a line ends at a line feed, a carriage return or both."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n"), len(before) - before.rfind("\n")
