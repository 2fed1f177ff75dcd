"""What is wrong with a cell, said before anyone knows where the cell stands."""

from dataclasses import dataclass

from engine.source.diagnostic import Severity

DATE_FORMS = (
    "write it as `2024-03-01`, `2024-03-01T08:30`, or `2024-03` or `2024` if that is all that is known"
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """An error refuses the row; after a warning the row counts, and its value is not known.

    `of_unit` says that it is the unit beside the cell that is to blame.
    """

    code: str
    message: str
    help: str | None = None
    of_unit: bool = False
    severity: Severity = "error"
