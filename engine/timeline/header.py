"""The columns that a table has, against those it may and must have."""

from collections.abc import Iterator, Sequence

from engine.source.diagnostic import Diagnostic
from engine.timeline.dictionary import BASE_COLUMNS, Dictionary
from engine.timeline.rows import Sheet, unknown_column

_FATAL = {"missing-column", "duplicate-column"}


def is_fatal(finding: Diagnostic) -> bool:
    """Whether rows under it cannot be read. Those that fill an unknown column are refused one by one."""
    return finding.code in _FATAL


def check_records(sheet: Sheet, dictionary: Dictionary) -> Iterator[Diagnostic]:
    """What is wrong with the header of a long table."""
    yield from _missing(sheet, BASE_COLUMNS)
    for index, name in _unknown(sheet, dictionary.record_columns):
        if name not in sheet.columns[:index]:
            yield unknown_column(name, dictionary.record_columns, sheet.place(index))
    yield from _repeated(sheet)


def check_facts(sheet: Sheet, dictionary: Dictionary) -> Iterator[Diagnostic]:
    """What is wrong with the header of a table of facts."""
    yield from _missing(sheet, ("patient",))
    for index, name in _unknown(sheet, dictionary.fact_columns):
        entry = dictionary.entries.get(name)
        if entry:
            message = f"`{name}` is no fact but of kind {entry.variable.kind}"
            yield Diagnostic(
                "unknown-column", message, sheet.place(index), "its values are rows of the records"
            )
        elif name not in sheet.columns[:index]:
            yield unknown_column(name, dictionary.fact_columns, sheet.place(index))
    yield from _repeated(sheet)


def _missing(sheet: Sheet, required: Sequence[str]) -> Iterator[Diagnostic]:
    names = ", ".join(f"`{name}`" for name in required if name not in sheet.columns)
    if names:
        help = "the first line names the columns: " + ", ".join(f"`{name}`" for name in required)
        yield Diagnostic("missing-column", f"there is no column {names}", sheet.place(0), help)


def _unknown(sheet: Sheet, known: Sequence[str]) -> Iterator[tuple[int, str]]:
    return ((index, name) for index, name in enumerate(sheet.columns) if name not in known)


def _repeated(sheet: Sheet) -> Iterator[Diagnostic]:
    for index, name in enumerate(sheet.columns):
        if name in sheet.columns[:index]:
            yield Diagnostic("duplicate-column", f"there are two columns `{name}`", sheet.place(index))
