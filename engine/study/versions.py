"""The versions of a protocol: the base, and what each approved amendment makes of the one before.

A version is a study like any other, with its own name and fingerprint. Drafts
stand on top of the newest, and are named with it: `1.1+wider-windows`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.language.values import Day
from engine.study.linked import Study
from engine.study.model import Amendment

JOIN = "+"
"""Stands between the newest version and the drafts on top of it, where no name can have it."""

CONSENT = "consent"
"""The anchor by whose day a patient is judged where the study names no other."""


@dataclass(frozen=True, slots=True)
class Version:
    """The protocol as it stood at one time: by the files alone, or as an amendment has made it."""

    id: str
    amendment: Amendment | None
    study: Study

    @property
    def since(self) -> Day | None:
        """The day from which on it is in force; None for the first, which was so from the start."""
        return None if self.amendment is None else self.amendment.effective


@dataclass(frozen=True, slots=True)
class History:
    """The versions of a protocol that were approved, from the first to the newest."""

    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        return self.versions[-1]

    def in_force(self, day: Day) -> Version:
        """The version that governed whoever came in on a day."""
        begun = [version for version in self.versions if version.since is None or version.since <= day]
        return begun[-1]

    def known(self, as_of: Day) -> "History":
        """The versions that had come into force by a day."""
        last = self.versions.index(self.in_force(as_of))
        return History(self.versions[: last + 1])


def only(study: Study) -> History:
    """A version that everybody is judged by, whenever they came in."""
    return History((Version(study.protocol.version, None, study),))


def approved(amendments: Iterable[Amendment]) -> tuple[Amendment, ...]:
    return tuple(one for one in amendments if one.status == "approved")


def drafts(amendments: Iterable[Amendment]) -> tuple[Amendment, ...]:
    return tuple(one for one in amendments if one.status == "draft")
