"""Whether there is a solver to prove with: it is an extra, and without it a command says less."""

from importlib.util import find_spec

from engine.command.screen import Screen

SOLVER = "z3"
LEFT_OUT = (
    "nothing was proved, as the solver is not installed: "
    "`pip install 'trial-protocol[proof]'` brings it, and more can be said"
)


def can_prove(screen: Screen) -> bool:
    """Whether rules can be asked of every patient; where not, that is said in a line."""
    there = find_spec(SOLVER) is not None
    if not there:
        screen.note(LEFT_OUT)
    return there
