"""What a lint is, what it looks at, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from engine.assurance.lint.possible import Possibilities
from engine.assurance.lint.proved import Proved
from engine.assurance.lint.uses import Uses, uses_of
from engine.source.diagnostic import Diagnostic, Label
from engine.source.place import Span
from engine.study.linked import Study
from engine.study.model import Acceptance


class Subject:
    """A linked study, with what several lints ask of it worked out once."""

    def __init__(self, study: Study, proved: Proved | None = None) -> None:
        self.study = study
        self.is_proved, self.proved = proved is not None, proved or Proved((), "")

    @cached_property
    def possible(self) -> Possibilities:
        return Possibilities(self.study)

    @cached_property
    def uses(self) -> Uses:
        return uses_of(self.study)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found, and the name of what it is said of."""

    of: str
    message: str
    at: Span
    help: str | None = None
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Lint:
    """One row of the table. An `info` is no fault: somebody has to answer, and knows it.

    What is `proved` takes a solver to be found in full.
    """

    code: str
    title: str
    means: str
    mend: str
    look: Callable[[Subject], Iterator[Found]]
    severity: Literal["warning", "info"] = "warning"
    proved: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What a lint found, and the acceptance that covers it, if one does."""

    lint: Lint
    found: Found
    accepted: Acceptance | None = None

    @property
    def diagnostic(self) -> Diagnostic:
        found = self.found
        return Diagnostic(
            self.lint.code, found.message, found.at, found.help, found.labels, self.lint.severity
        )
