"""An error as a value, and the bag that each pass fills.

Messages start in lower case, have no final stop, put the user's text in
backticks and name no Python type; what to do about it goes in `help`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from engine.source.place import Span

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that a diagnostic speaks of: "first defined here"."""

    at: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what is wrong, where, and what would help."""

    code: str
    message: str
    at: Span
    help: str | None = None
    labels: tuple[Label, ...] = ()
    severity: Severity = "error"


@dataclass(slots=True)
class Diagnostics:
    """The findings of one or more passes, in the order they were found."""

    found: list[Diagnostic] = field(default_factory=list)

    def error(self, code: str, message: str, at: Span, **more: object) -> None:
        """Adds an error; `more` is `help` and `labels`."""
        self.found.append(Diagnostic(code, message, at, **more))  # type: ignore[arg-type]

    def warn(self, code: str, message: str, at: Span, **more: object) -> None:
        """Adds a warning: the study loads, but somebody should look."""
        self.found.append(Diagnostic(code, message, at, severity="warning", **more))  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[Diagnostic]:
        """In order of place, so that the same study always reads the same."""
        return iter(sorted(set(self.found), key=lambda d: (d.at, d.severity, d.code, d.message)))

    @property
    def failed(self) -> bool:
        return any(d.severity == "error" for d in self.found)
