"""What coverage, mutants and suggested cases ask of the solver, where it is there."""

from collections.abc import Callable, Iterator, Sequence

from engine.assurance.coverage.result import Coverage
from engine.assurance.mutation.model import Mutant, Survived, Tried
from engine.command.proving import can_prove
from engine.command.screen import Screen
from engine.study.linked import Study


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


def patients(study: Study, tried: Sequence[Tried], screen: Screen) -> dict[Mutant, str]:
    """A case that would tell a survivor from the study, for each of these where one is found."""
    survivors = [one.mutant for one in tried if isinstance(one.outcome, Survived)]
    if not survivors:
        return {}
    found = screen.progress(_patients(study, survivors), len(survivors), "looking for patients")
    return {mutant: text for mutant, text in found if text is not None}


def _patients(study: Study, survivors: Sequence[Mutant]) -> Iterator[tuple[Mutant, str | None]]:
    from engine.assurance.proving.patients import Suggesting
    from engine.assurance.told.case import Teller

    teller = Teller(study)
    suggesting = Suggesting(study, [base.timeline for base in teller.bases])
    for mutant in survivors:
        case = suggesting.telling_apart(mutant)
        yield mutant, None if case is None else teller.told(case)
