"""Tables to files: CSV, JSON or Parquet, written whole or not at all, the same each time."""

import csv
import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
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
    """Every table into the folder, with `run.json` that says what made them and what they hold."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {f"{table.name}.{format}": _encoded(table, format) for table in tables}
    files = {name: sha256(content).hexdigest() for name, content in contents.items()}
    run = json.dumps({**about, "files": files}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    contents["run.json"] = run.encode()
    replace({folder / name: content for name, content in contents.items()})
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


def replace(contents: Mapping[Path, bytes]) -> None:
    """The contents of files, each in one step and none before all are written.

    Whoever reads one sees the old or the new, never half; whoever stops the
    writing leaves the old ones.
    """
    partial = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in contents}
    try:
        for path, content in contents.items():
            _write(partial[path], content, path)
        for path in contents:
            partial[path].replace(path)
    finally:
        for path in partial.values():
            path.unlink(missing_ok=True)


def _write(partial: Path, content: bytes, path: Path) -> None:
    try:
        partial.write_bytes(content)
    except OSError as problem:
        raise OSError(problem.errno, problem.strerror, str(path)) from problem
