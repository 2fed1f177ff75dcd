"""Whether there is a solver: it is an extra, and what needs none is not to load it."""

from importlib.util import find_spec

SOLVER = "z3"


def has_solver() -> bool:
    return find_spec(SOLVER) is not None
