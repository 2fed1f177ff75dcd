"""Suggested cases as a file to be put beside the others, once somebody has read it."""

from collections.abc import Iterator
from pathlib import Path

from engine.assurance.boundary.suggested import Suggested
from engine.assurance.written import FOLDER

SCHEMA_LINE = "# yaml-language-server: $schema="
SCHEMA = "../../.schemas/cases.schema.json"
"""Where a study of its own keeps the schema, as seen from its cases."""

HEAD = """\
# Boundaries that no other case tries, and patients who are on them. The answers are those that the rules give
# today: each must be confirmed against the protocol's words, and put right with its rule where that is wrong.
"""


def case_file(found: Suggested, folder: Path) -> str:
    """The text of the file, with the schema line that the study's other cases begin with."""
    items: list[str] = []
    before = None
    for one in found.suggestions:
        if one.boundary.owner != before:
            items.append(_heading(one.boundary.owner))
            before = one.boundary.owner
        items.append(one.text)
    return f"{SCHEMA_LINE}{schema_of(folder)}\n{HEAD}cases:\n{''.join(items)}"


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
