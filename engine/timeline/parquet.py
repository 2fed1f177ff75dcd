"""Parquet: the columns of a table as text, a batch at a time.

The library that reads it is big, and so loaded only here. A row has no line:
its number, from 1, stands for it. A midnight is read as a day without a time,
since tools that know only timestamps write days so.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from engine.source.diagnostic import Diagnostic
from engine.source.place import Span, whole
from engine.timeline.rows import Row, Sheet

_BATCH = 1 << 14


def open_parquet(path: Path, file: str) -> Sheet | Diagnostic:
    """The sheet of a Parquet file."""
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        table = ParquetFile(path)
    except (pyarrow.ArrowException, OSError):
        return Diagnostic("not-parquet", "this file is not a Parquet table", whole(file))
    columns = tuple(table.schema_arrow.names)
    nested = [field.name for field in table.schema_arrow if pyarrow.types.is_nested(field.type)]
    if nested:
        message = f"column `{nested[0]}` holds lists or records, and a cell is a single value"
        return Diagnostic("not-a-cell", message, whole(file))
    return Sheet(file, columns, lambda _: whole(file), _rows(table, file))


def _batches(table: Any) -> Iterator[Any]:
    """The table a batch at a time. What is damaged inside shows only when it is reached."""
    import pyarrow

    try:
        yield from table.iter_batches(batch_size=_BATCH)
    except pyarrow.ArrowException as problem:
        raise OSError(str(problem)) from problem


def _rows(table: Any, file: str) -> Iterator[Row]:
    number = 0
    for batch in _batches(table):
        columns = [[_text(value) for value in column.to_pylist()] for column in batch.columns]
        for cells in zip(*columns, strict=True):
            number += 1
            at = Span(file, number, 1, number, 1)
            yield Row(cells, at, partial(_place, at))


def _place(at: Span, column: int) -> Span:
    return Span(at.file, at.line, column + 1, at.line, column + 1)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
