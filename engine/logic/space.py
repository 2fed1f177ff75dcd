"""All patients of a bounded history at once, and the programs that are asked about them.

Programs read in one space share its unknowns, so that their answers can be
compared. Whatever is stated on the way holds of every patient.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.language.core import Program
from engine.logic.calendar import Calendar
from engine.logic.history import History, Patient
from engine.logic.near import Key, Near, Origin
from engine.logic.reading import Reading
from engine.logic.terms import Bool
from engine.study.model import Protocol

Cut = Callable[[str], bool]


def nothing(_: str) -> bool:
    return False


@dataclass(slots=True)
class Space:
    """The unknowns of a patient, and the facts that hold of them."""

    facts: list[Bool] = field(default_factory=list)
    patient: Patient = field(init=False)
    calendar: Calendar = field(init=False)

    def read(self, program: Program, cut: Cut = nothing) -> Reading:
        return Reading(program, self.patient, self.calendar, cut)

    def read_both(
        self, programs: tuple[Program, Program], alike: Cut, cut: Cut = nothing
    ) -> tuple[Reading, Reading]:
        """Two programs, with the rules and visits that are alike in both read once."""
        one = self.read(programs[0], cut)
        return one, Reading(programs[1], self.patient, self.calendar, cut, beside=one, alike=alike)


def anybody(protocol: Protocol, size: int) -> Space:
    """Every patient with up to so many records of each variable."""
    space = _empty()
    space.patient = History(protocol, size, space.facts.append)
    return space


def near(protocol: Protocol, origin: Origin, size: int, loose: Callable[[Key], bool]) -> tuple[Space, Near]:
    """Every patient near another: of the variables that are loose up to so many records more."""
    space = _empty()
    found = Near(History(protocol, size, space.facts.append), origin, loose)
    space.patient = found
    return space, found


def _empty() -> Space:
    space = Space()
    space.calendar = Calendar(space.facts.append)
    return space
