"""What a solver has found of a study, for lints to say; it is kept, so that nobody has to prove it again.

To prove takes seconds and a solver; to say what was proved takes neither. A fact
holds of the very files that it was proved of, and is kept under their fingerprint.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.source import cache
from engine.study.linked import Study

PROVERS = ("assurance", "assurance/lint", "assurance/proving", "logic", "reference")
"""Where else the engine says what can be proved."""

MOST_KEPT = 20


@dataclass(frozen=True, slots=True)
class Never:
    """No patient gets this outcome of a rule."""

    rule: str
    outcome: bool


@dataclass(frozen=True, slots=True)
class Implied:
    """Whoever certainly passes all of `by` certainly passes a criterion as well."""

    rule: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """Nobody passes all of these criteria; in the order they were written."""

    rules: tuple[str, ...]


Fact = Never | Implied | Apart
KINDS: dict[str, Callable[..., Fact]] = {kind.__name__: kind for kind in (Never, Implied, Apart)}


@dataclass(frozen=True, slots=True)
class Proved:
    """All that was found, and of which patients it was proved."""

    facts: tuple[Fact, ...]
    bound: str

    @property
    def ground(self) -> str:
        return f"proved of every patient, {self.bound}"

    def never(self, outcome: bool) -> Iterator[str]:
        """The rules that cannot have an outcome."""
        yield from (one.rule for one in self.facts if isinstance(one, Never) and one.outcome is outcome)

    @property
    def implied(self) -> Iterator[Implied]:
        yield from (one for one in self.facts if isinstance(one, Implied))

    @property
    def apart(self) -> Iterator[Apart]:
        yield from (one for one in self.facts if isinstance(one, Apart))


# ------------------------------------------------------------------------ kept


def keep(study: Study, proved: Proved) -> None:
    """Keeps what was proved for the next run."""
    facts = [[type(one).__name__, *(getattr(one, name) for name in one.__slots__)] for one in proved.facts]
    text = json.dumps({"bound": proved.bound, "facts": facts})
    cache.keep(_path(study), text.encode(), MOST_KEPT)


def recall(study: Study) -> Proved | None:
    """What was proved of these very files before, by this very engine; None where nobody has tried."""
    try:
        kept = json.loads(_path(study).read_bytes())
        return Proved(tuple(_fact(*one) for one in kept["facts"]), kept["bound"])
    except (OSError, ValueError, LookupError, TypeError):  # a torn or foreign file proves nothing
        return None


def _fact(kind: str, *parts: Any) -> Fact:
    return KINDS[kind](*(tuple(part) if isinstance(part, list) else part for part in parts))


def _path(study: Study) -> Path:
    key = hashlib.sha256(f"{study.fingerprint}\n{cache.maker(*PROVERS)}".encode()).hexdigest()
    return cache.cache_folder() / f"{key[:32]}.proved"
