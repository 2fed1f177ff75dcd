"""Some of a cohort's patients: those that fall to one of so many shares, the same ones each time.

Each share can be read by a process of its own. All go over all rows, and take
those of their patients; who a row belongs to is all that is looked at of the others.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple
from zlib import crc32

from engine.timeline.rows import Row, Sheet


class Share(NamedTuple):
    """Share `number` of `of`; what belongs to no patient, or to the files as such, falls to the first."""

    number: int = 0
    of: int = 1

    @property
    def is_first(self) -> bool:
        return self.number == 0

    def has(self, patient: str) -> bool:
        return (
            crc32(patient.encode("utf-8", "replace")) % self.of == self.number if patient else self.is_first
        )

    def rows_of(self, sheet: Sheet) -> Sheet:
        """The sheet with the rows of these patients alone."""
        if self.of == 1 or "patient" not in sheet.columns:
            return sheet
        column, width = sheet.columns.index("patient"), len(sheet.columns)
        mine = (row for row in sheet.rows if self.has(_patient(row, column, width)))
        return replace(sheet, rows=mine)


ALL = Share()


def _patient(row: Row, column: int, width: int) -> str:
    """Of a row whose cells cannot be told apart only a first cell can be trusted."""
    cells: Sequence[str] = row.cells
    if len(cells) == width:
        return cells[column]
    return cells[0] if column == 0 and cells else ""
