"""Suggested cases as a file to be put beside the others, once somebody has read it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.assurance.written import FOLDER

SCHEMA_LINE = "# yaml-language-server: $schema="
SCHEMA = "../../.schemas/cases.schema.json"
"""Where a study of its own keeps the schema, as seen from its cases."""

HEAD = """\
# What no other case tries or shows, and patients who do. The answers are those that the rules give today:
# each must be confirmed against the protocol's words, and put right with its rule where that is wrong.
"""

Item = tuple[str, str]
"""A rule, and the text of a case about it."""


def case_file(items: Iterable[Item], folder: Path) -> str:
    """The text of the file, with the schema line that the study's other cases begin with."""
    lines: list[str] = []
    before = None
    for owner, text in items:
        lines += [] if owner == before else [_heading(owner)]
        lines.append(text)
        before = owner
    return f"{SCHEMA_LINE}{schema_of(folder)}\n{HEAD}cases:\n{''.join(lines)}"


def _heading(rule: str) -> str:
    return f"  # {'-' * 66} {rule}\n"


def schema_of(folder: Path) -> str:
    """Where the cases of a study find their schema, by the first of them that says so."""
    return next(_schemas(folder), SCHEMA)


def _schemas(folder: Path) -> Iterator[str]:
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        first = path.read_text("utf-8").partition("\n")[0]
        if first.startswith(SCHEMA_LINE):
            yield first.removeprefix(SCHEMA_LINE).strip()
