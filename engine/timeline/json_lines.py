"""JSON lines: one object a line, its names those of the columns.

Numbers keep the digits they were written with, `true` and `false` are `yes`
and `no`, and `null` is an empty cell.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.source.diagnostic import Diagnostic
from engine.source.place import Span, whole
from engine.timeline.rows import Named, Row, Sheet, row_of, unsplit


@dataclass(frozen=True, slots=True)
class _Object:
    """A JSON object as it was written, so that a name given twice is seen."""

    pairs: list[tuple[str, object]]


_DECODER = json.JSONDecoder(object_pairs_hook=_Object, parse_float=str, parse_int=str, parse_constant=str)


def open_json_lines(lines: Iterable[str], file: str, columns: Sequence[str]) -> Sheet:
    """The sheet of a file of JSON lines, with the columns that its lines may name."""
    rows = (_row(line, Span(file, n, 1, n, len(line.rstrip()) + 1), columns) for n, line in _filled(lines))
    return Sheet(file, tuple(columns), lambda _: whole(file), rows)


def _filled(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _row(line: str, at: Span, columns: Sequence[str]) -> Row:
    try:
        found = _DECODER.decode(line.rstrip())
    except json.JSONDecodeError as problem:
        here = Span(at.file, at.line, problem.colno, at.line, problem.colno + 1)
        return unsplit(at, Diagnostic("bad-json", "this line is not JSON from here on", here))
    except RecursionError:
        return unsplit(at, Diagnostic("bad-json", "this line is nested too deep", at))
    if not isinstance(found, _Object):
        return unsplit(at, Diagnostic("bad-json", "a line must hold one object: `{...}`", at))
    return row_of(
        (Named(name, _text(value), _place(name, line, at)) for name, value in found.pairs), columns, at
    )


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value.strip() if isinstance(value, str) else None


def _place(name: str, line: str, at: Span) -> Span:
    """Where the name stands, if it was written without escapes."""
    quoted = f'"{name}"'
    column = line.find(quoted) + 1
    return Span(at.file, at.line, column, at.line, column + len(quoted)) if column else at
