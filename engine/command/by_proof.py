"""What coverage, mutants and suggested cases ask of the solver, where it is there."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from engine.assurance.cases import Case
from engine.assurance.coverage.result import Coverage
from engine.assurance.mutation.model import Mutant
from engine.command.proving import can_prove
from engine.command.screen import Screen
from engine.study.linked import Study

if TYPE_CHECKING:
    from engine.assurance.proving.gaps import Filled


def with_proofs(found: Coverage, study: Study, screen: Screen) -> Coverage:
    """What no case shows and no patient can is not counted as missing."""
    goals = [goal for gap in found.gaps for goal in gap.goals]
    if not goals or not can_prove(screen):
        return found
    from engine.assurance.proving.proofs import Proofs

    proving = Proofs(study).unreachable(found.expressions, goals)
    proved = screen.progress(proving, len(goals), "proving what no patient can show")
    return found.with_proofs({goal: why for goal, why in proved if why is not None})


def equivalence(study: Study, screen: Screen) -> Callable[[Mutant], str | None] | None:
    """Tells why nobody could notice a mutant."""
    if not can_prove(screen):
        return None
    from engine.assurance.proving.proofs import Proofs

    return Proofs(study).equivalent


def patients(
    study: Study, cases: Sequence[Case], survivors: Sequence[Mutant], screen: Screen
) -> dict[Mutant, str]:
    """A case that would tell a survivor from the study, for each of these where one is found."""
    if not survivors:
        return {}
    found = screen.progress(_patients(study, cases, survivors), len(survivors), "looking for patients")
    return {mutant: text for mutant, text in found if text is not None}


def _patients(
    study: Study, cases: Sequence[Case], survivors: Sequence[Mutant]
) -> Iterator[tuple[Mutant, str | None]]:
    from engine.assurance.proving.patients import Suggesting, origins
    from engine.assurance.told.case import Teller

    teller = Teller(study)
    suggesting = Suggesting(study, origins(teller, cases))
    for mutant in survivors:
        case = suggesting.telling_apart(mutant)
        yield mutant, None if case is None else teller.told(case)


def filled(study: Study, cases: Sequence[Case], rule: str | None, screen: Screen) -> "Iterator[Filled]":
    """Cases for what coverage misses of all rules, or of one."""
    if can_prove(screen):
        from engine.assurance.proving import gaps

        yield from gaps.filled(study, cases, rule)
