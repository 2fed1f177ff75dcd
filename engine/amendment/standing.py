"""Selections that are the same in two versions, by a name under which they stand for any answer.

Where a threshold moved, what is compared with it did not: whatever it is, it is
the same in both, and how it was selected need not be known to prove much.
"""

from dataclasses import dataclass, field

from engine.amendment.sides import Pair
from engine.language.core import CURRENT, Select
from engine.logic.finding import View
from engine.study.resting import mentions

Key = tuple[object, ...]


@dataclass(slots=True)
class Standing:
    """Names selections as they are met."""

    pair: Pair
    names: dict[Key, tuple[str, View]] = field(default_factory=dict)

    def name(self, core: Select, view: View) -> str | None:
        """One name for equal selections of one place; None where something below may be otherwise."""
        if not all(
            self.pair.untouched(view.visit or one if one == CURRENT else one) for one in mentions(core)
        ):
            return None
        key = (core, view.visit, *map(id, (view.record, view.this, view.previous)))
        # The view is kept beside the name, so that its records stay the only ones of their numbers.
        return self.names.setdefault(key, (f"selection {len(self.names)}", view))[0]
