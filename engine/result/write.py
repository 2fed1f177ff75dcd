"""Tables to files: CSV, JSON or Parquet, written whole or not at all, the same each time."""

import csv
import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal

Format = Literal["csv", "json", "parquet"]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one dataclass under a name."""

    name: str
    row: type
    rows: Sequence[Any]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(field.name for field in fields(self.row))


def as_csv(table: Table) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([getattr(row, column) for column in table.columns] for row in table.rows)
    return text.getvalue()


def as_json(tables: Sequence[Table], about: Mapping[str, object]) -> str:
    document = {"about": dict(about), **{t.name: [asdict(row) for row in t.rows] for t in tables}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_parquet(table: Table) -> bytes:
    import pyarrow
    import pyarrow.parquet

    columns = {column: [getattr(row, column) for row in table.rows] for column in table.columns}
    types = {
        field.name: pyarrow.int64() if field.type is int else pyarrow.string() for field in fields(table.row)
    }
    arrays = [pyarrow.array(values, types[name]) for name, values in columns.items()]
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(pyarrow.table(arrays, names=list(columns)), sink)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


def write_tables(
    tables: Sequence[Table], about: Mapping[str, object], folder: Path, format: Format
) -> tuple[Path, ...]:
    """Every table into the folder, with `run.json` that says what made them."""
    folder.mkdir(parents=True, exist_ok=True)
    run = json.dumps(dict(about), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    contents: dict[str, bytes] = {"run.json": run.encode()}
    for table in tables:
        contents[f"{table.name}.{format}"] = _encoded(table, format)
    for name, content in contents.items():
        replace(folder / name, content)
    return tuple(folder / name for name in contents)


def _encoded(table: Table, format: Format) -> bytes:
    match format:
        case "csv":
            return as_csv(table).encode()
        case "json":
            return (
                json.dumps([asdict(row) for row in table.rows], ensure_ascii=False, indent=1) + "\n"
            ).encode()
        case "parquet":
            return as_parquet(table)


def replace(path: Path, content: bytes) -> None:
    """A file's content, in one step: whoever reads it sees the old or the new, never half."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
