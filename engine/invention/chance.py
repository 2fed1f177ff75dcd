"""Where patients differ: drawn at random from a seed, or never, which gives the typical patient."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol


class Chance(Protocol):
    def happens(self, share: float) -> bool:
        """Whether something of this share happens."""
        ...

    def normal(self) -> float:
        """So many standard deviations from the typical value."""
        ...

    def other(self, shares: Sequence[float]) -> int | None:
        """Which of several other values; None is the typical one."""
        ...

    def one_of(self, shares: Mapping[str, float]) -> str:
        """One name by its share."""
        ...


@dataclass(frozen=True, slots=True)
class Drawn:
    """Patients as they come."""

    random: Random

    def happens(self, share: float) -> bool:
        """What is certain, or out of the question, draws nothing."""
        return share >= 1 or (share > 0 and self.random.random() < share)

    def normal(self) -> float:
        return self.random.gauss(0.0, 1.0)

    def other(self, shares: Sequence[float]) -> int | None:
        drawn = self.random.random()
        for place, share in enumerate(shares):
            drawn -= share
            if drawn < 0:
                return place
        return None

    def one_of(self, shares: Mapping[str, float]) -> str:
        names = list(shares)
        return self.random.choices(names, [shares[name] for name in names])[0]


@dataclass(frozen=True, slots=True)
class Usual:
    """The typical patient: what is more likely than not, and nothing unusual."""

    def happens(self, share: float) -> bool:
        return share >= 0.5

    def normal(self) -> float:
        return 0.0

    def other(self, shares: Sequence[float]) -> int | None:
        return None

    def one_of(self, shares: Mapping[str, float]) -> str:
        return max(shares, key=lambda name: shares[name])
