"""Which files of a path hold patients, and in what form."""

from dataclasses import dataclass
from pathlib import Path

from engine.source.diagnostic import Diagnostic
from engine.source.place import Span, whole

TABLES = frozenset({".csv", ".tsv", ".jsonl", ".ndjson", ".parquet"})
YAML = frozenset({".yaml", ".yml"})
_HELP = (
    "give a table (.csv, .tsv, .jsonl, .parquet), a patient (.yaml), "
    "or a folder of patients, or one with the tables `patients` and `records`"
)


@dataclass(frozen=True, slots=True)
class Files:
    """What to read: tables of facts and of records, and patients in YAML; what else was found."""

    facts: tuple[Path, ...] = ()
    records: tuple[Path, ...] = ()
    patients: tuple[Path, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


def ending(path: Path) -> str:
    """What kind of file a name says it is; capitals are a matter of taste."""
    return path.suffix.lower()


def files_of(path: Path) -> Files:
    """The files that a path stands for."""
    if path.is_dir():
        return _in_folder(sorted(one for one in path.iterdir() if ending(one) in TABLES | YAML))
    if not path.exists():
        return _nothing("no-such-file", "there is no such file or folder", whole(path.name))
    if ending(path) in YAML:
        return Files(patients=(path,))
    if ending(path) in TABLES:
        return Files(records=(path,))
    return _nothing("unknown-file", "this is no kind of file that is read", whole(path.name))


def _in_folder(paths: list[Path]) -> Files:
    facts, records = (
        tuple(one for one in paths if one.stem == name and ending(one) in TABLES)
        for name in ("patients", "records")
    )
    patients = () if facts or records else tuple(one for one in paths if ending(one) in YAML)
    if not (facts or records or patients):
        return _nothing("no-patients", "this folder holds no patients", whole("."))
    used = {*facts[:1], *records[:1], *patients}
    problems = [_not_read(one) for one in paths if one not in used]
    if facts and not records:
        problems.append(_no_records())
    return Files(facts[:1], records[:1], patients, tuple(problems))


def _nothing(code: str, message: str, at: Span) -> Files:
    return Files(problems=(Diagnostic(code, message, at, _HELP),))


def _no_records() -> Diagnostic:
    """Not wrong in itself, but a table left behind would look the same: as if nothing had ever happened."""
    message = "there is no table `records`, so nothing that has a day is known of anybody"
    return Diagnostic("no-records", message, whole("."), severity="warning")


def _not_read(path: Path) -> Diagnostic:
    at = whole(path.name)
    if path.stem in ("patients", "records") and ending(path) in TABLES:
        message = f"there is another table `{path.stem}`, and this one is not read"
        return Diagnostic("table-twice", message, at, "keep one of them")
    help = "tables in a folder are `patients` and `records`; if this is neither, move it away"
    return Diagnostic("file-not-read", "this file is not read", at, help, severity="warning")
