"""Every mutant tried on the cases: who notices it, if anybody does.

A case is asked again only if it looked at the node that is wrong, since up to
there everything goes as before. Answers go first, and then reasons.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from engine.assurance.cases import Case, Shown
from engine.assurance.mutation.looking import Looking
from engine.assurance.mutation.model import Equivalent, Killed, Mutant, Outcome, Survived, Tried
from engine.assurance.rewrite import Rewriting, with_expressions
from engine.assurance.run import Found, Runner, answered
from engine.assurance.simplify import simplified
from engine.language.core import Program
from engine.language.slots import expressions
from engine.reference.interpret import Log, Reading
from engine.study.linked import Study

Proof = Callable[[Mutant], str | None]
"""Why no case could notice a mutant; None where one might, or nobody knows."""

SIMPLIFIED = "with the figures of this version it says the same"


def trials(
    study: Study, cases: tuple[Case, ...], mutants: Iterable[Mutant], equivalent: Proof | None = None
) -> Iterator[Tried]:
    """The mutants one after another; all cases hold of the study as it is."""
    looking = Looking(Runner(study, True), cases)
    for mutant in mutants:
        outcome: Outcome | None = killed(looking, mutant)
        if outcome is None:
            why = unchanged(study, mutant) or (equivalent and equivalent(mutant))
            outcome = Equivalent(why) if why else Survived()
        yield Tried(mutant, outcome)


@dataclass(slots=True)
class Wrong(Runner):
    """Runs cases on a mutant.

    Where a case gives parameters other values, the rules that are not wrong are
    the usual ones with those values, which are made once for all mutants. Where
    it gives none, what does not rest on the mutant is known from the case as it is.
    """

    looking: Looking = field(kw_only=True)
    mutant: Mutant = field(kw_only=True)
    wrong: Program = field(init=False)
    reached: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.wrong = with_expressions(self.study.program, dict(self.mutant.changes))
        self.reached = self.looking.reached_by(self.mutant)

    def ask(self, case: Case, log: Log | None) -> Found:
        if case.given or log is not None:
            return Runner.ask(self, case, log)
        usual = self.looking.usually[id(case)]
        known = {key: value for key, value in usual.known.items() if _owner(key[0]) not in self.reached}
        days = {key: value for key, value in usual.days.items() if key[1] not in self.reached}
        return answered(Reading(self.wrong, case.timeline, case.as_of, known=known, days=days), case)

    def program(self, others: tuple[Shown, ...]) -> Program:
        if not others:
            return self.wrong
        changed = dict(self.mutant.changes)
        for shown in others:
            if shown.other is not None:
                rewriting = Rewriting(shown.parameter, shown.other)
                changed = {slot: rewriting.core(core) for slot, core in changed.items()}
        return with_expressions(self.looking.usual.program(others), changed)


def killed(looking: Looking, mutant: Mutant) -> Killed | None:
    """The first case that notices, or None."""
    for reasons in (False, True):
        runner = Wrong(looking.usual.study, reasons, looking=looking, mutant=mutant)
        for case in looking.at(mutant):
            if not reasons or _has_reasons(case):
                problems = runner.run(case).problems
                if problems:
                    return Killed(case, problems[0])
    return None


def _owner(rule: str) -> str:
    return rule.partition(".")[0]


def _has_reasons(case: Case) -> bool:
    return bool(case.decided_by or case.missing is not None or case.shows)


def unchanged(study: Study, mutant: Mutant) -> str | None:
    """Whether the rules come to the same once what the parameters settle is left out."""
    said = expressions(study.program)
    same = all(simplified(core, True) == simplified(said[slot], True) for slot, core in mutant.changes)
    return SIMPLIFIED if same else None
