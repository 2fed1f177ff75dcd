"""Whether there is a solver to prove with: it is an extra, and without it a command says less."""

from engine.command.screen import Screen
from engine.logic.presence import has_solver

LEFT_OUT = (
    "nothing was proved, and less can be said: there is no solver here; `pip install z3-solver` brings it"
)


def can_prove(screen: Screen) -> bool:
    """Whether rules can be asked of every patient; where not, that is said in a line."""
    there = has_solver()
    if not there:
        screen.note(LEFT_OUT)
    return there
