"""What was found wrong with data: everything counted, the first of each kind kept.

A column in the wrong unit is wrong a million times. The first few hundred say
what to do about it; the rest would only hide what else is wrong.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.source.diagnostic import Diagnostic, Diagnostics, Severity
from engine.source.place import Span, whole

MOST_OF_A_KIND = 200

MORE = "more-findings"
"""The code of a finding that counts others."""


@dataclass(slots=True)
class Findings:
    """A bag of diagnostics; of each code it keeps as many as it has room for."""

    room: int = MOST_OF_A_KIND
    kept: Diagnostics = field(default_factory=Diagnostics)
    _counted: Counter[tuple[str, Severity]] = field(default_factory=Counter)

    def add(self, finding: Diagnostic) -> None:
        kind = finding.code, finding.severity
        self._counted[kind] += 1
        if self._counted[kind] <= self.room:
            self.kept.found.append(finding)

    def error(self, code: str, message: str, at: Span, *, help: str | None = None) -> None:
        self.add(Diagnostic(code, message, at, help))

    def warn(self, code: str, message: str, at: Span, *, help: str | None = None) -> None:
        self.add(Diagnostic(code, message, at, help, severity="warning"))

    @property
    def counted(self) -> Mapping[str, int]:
        """How many there were of each code, kept or not."""
        return {code: number for (code, _), number in sorted(self._counted.items())}

    def closed(self, file: str) -> tuple[Diagnostic, ...]:
        """Those kept, in order of place, and last how many more there were."""
        return (*self.kept, *self._left_out(file))

    def _left_out(self, file: str) -> tuple[Diagnostic, ...]:
        return tuple(
            Diagnostic(
                MORE,
                f"{number - self.room} more findings `{code}` are not shown: the first {self.room} are",
                whole(file),
                severity=severity,
            )
            for (code, severity), number in sorted(self._counted.items())
            if number > self.room
        )
