"""The least patient for whom something holds: as few changes of an origin as there can be, each as small.

A wide space, in which all that matters may change, says by its unsatisfiable cores
which changes are needed; a narrow one, in which only the chosen few may, is asked
for the patient. What is not linear is corrected by lemmas until the model is right.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from engine.logic import terms
from engine.logic.arithmetic import Opaque
from engine.logic.closest import MOST_LEMMAS, Closest
from engine.logic.history import Slot
from engine.logic.lemmas import Course
from engine.logic.near import END, PRESENT, START, VALUE, Change, Key, Origin
from engine.logic.solve import ALL_STEPS, STEPS, Effort, Solver, Verdict, smallest_with_each
from engine.logic.space import Space, near
from engine.logic.terms import Bool, no
from engine.logic.witness import Witness, witness_of
from engine.study.model import Protocol

MOST_ROUNDS = 60
"""So many sets of changes are tried."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is wanted of a patient, where it rests on what is not linear, and of which record it is asked."""

    holds: Bool
    opaques: list[Opaque]
    record: Slot | None = None


Goal = Callable[[Space], Sought]


def nearest(search: "Search", tiers: Sequence[frozenset[str]]) -> Witness | Verdict:
    """The least patient, of whom first only what is nearest to the rule may be otherwise, then more."""
    found: Witness | Verdict = "impossible"
    for variables in tiers:
        found = replace(search, variables=variables).run()
        if isinstance(found, Witness):
            break
    return found


@dataclass(frozen=True, slots=True)
class Search:
    """Looks for the least patient near an origin, of whose `variables` anything may change.

    To find the patient may take `ample` times the steps that it may take to see which
    changes are needed. `fixed` is what may not change even so.
    """

    protocol: Protocol
    origin: Origin
    goal: Goal
    confirmed: Callable[[Witness], bool]
    variables: frozenset[str] = frozenset()
    size: int = 1
    steps: int = STEPS
    effort: Effort = field(default_factory=lambda: Effort(ALL_STEPS))
    ample: int = 1
    rounds: int = MOST_ROUNDS
    fixed: Callable[[Key], bool] = lambda _: False

    def run(self) -> Witness | Verdict:
        """A patient, or why there is none."""
        wide, changes, opaques = self._wide()
        held = [no(change.made) for change in changes]
        needed, undecided = list[frozenset[int]](), set[frozenset[int]]()
        for _ in range(self.rounds):
            made = smallest_with_each(needed, undecided)
            if made is None:
                break
            narrow = self._narrow([changes[place].key for place in sorted(made)])
            if isinstance(narrow, Witness):
                return narrow
            kept = [True if place in made else term for place, term in enumerate(held)]
            core = None if narrow == "undecided" else _core(wide, kept, opaques)
            if core == frozenset():
                return "impossible"
            if core is None:
                undecided.add(made)
            else:
                needed.append(core)
        return "undecided"

    def any(self) -> Witness | Verdict:
        """A patient of whom no single change can be left out, though fewer others may do."""
        wide, changes, _ = self._wide()
        found = wide.check()
        if found != "possible":
            return found
        kept, made = list[Bool](), list[Key]()
        for change in reversed(changes):
            if wide.check(*kept, no(change.made)) == "possible":
                kept.append(no(change.made))
            else:
                made.append(change.key)
        return self._narrow(made)

    def _wide(self) -> tuple[Solver, list[Change], list[Opaque]]:
        space, patient = near(self.protocol, self.origin, self.size, self._loose)
        sought = self.goal(space)
        solver = Solver(self.steps, self.effort)
        solver.add([*space.facts, sought.holds])
        return solver, sorted(patient.changes, key=_plainest_first), sought.opaques

    def _loose(self, key: Key) -> bool:
        return key.variable in self.variables and not self.fixed(key)

    def _narrow(self, keys: Sequence[Key]) -> Witness | Verdict:
        """The patient if only these may change."""
        chosen = frozenset(keys)
        space, patient = near(self.protocol, self.origin, self.size, lambda key: key in chosen)
        sought = self.goal(space)
        solver = Solver(self.steps * self.ample, self.effort)
        solver.add([*space.facts, sought.holds])
        size = terms.plus(*(change.size for change in patient.changes))
        found, model = Closest(solver, size, sought.opaques).run()
        if model is None:
            return found
        witness = witness_of(model, patient, sought.record)
        return witness if self.confirmed(witness) else "undecided"


def _core(wide: Solver, kept: Sequence[Bool], opaques: list[Opaque]) -> frozenset[int] | None:
    """Changes of which one is needed; None where that could not be found out."""
    for _ in range(MOST_LEMMAS):
        found = wide.check(*kept)
        if found != "possible":
            return wide.core(kept) if found == "impossible" else None
        learnt = list(Course(wide.model).lemmas(opaques))
        if not learnt:
            return None
        wide.add(learnt)
    return None


PLAINEST = (VALUE, PRESENT, END, START)


def _plainest_first(change: Change) -> tuple[int, Key]:
    """Another value is easier to see than another day."""
    what = change.key.what
    return PLAINEST.index(what) if what in PLAINEST else 1, change.key
