"""All that somebody needs who is to approve an amendment, in one place.

What runs the cases and looks for new ones stands beside this room, so here are
only the results, in words.
"""

from dataclasses import dataclass

from engine.amendment.impact import Impact
from engine.study.model import Amendment


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that a version answers otherwise: where it is written, what it asks, in what it differs."""

    place: str
    name: str
    about: str
    problem: str


@dataclass(frozen=True, slots=True)
class CaseRun:
    """The cases run on one version; `unread` says what of them it cannot understand."""

    cases: int
    failures: tuple[Failure, ...]
    unread: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not (self.failures or self.unread)


@dataclass(frozen=True, slots=True)
class Untried:
    """A side of a boundary of a rule that says something else, on which no case of the new version stands.

    `case` is one that would, as it would be written, or None where no patient was found.
    """

    rule: str
    place: str
    boundary: str
    side: str
    case: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """A version and what it would be amended to; `amendment` is None where a folder was named instead."""

    amendment: Amendment | None
    impact: Impact
    before: CaseRun
    after: CaseRun
    untried: tuple[Untried, ...]

    @property
    def is_open(self) -> bool:
        """Whether anything is left for somebody to look at."""
        return bool(self.impact.effects or self.untried) or not (self.before.passed and self.after.passed)
