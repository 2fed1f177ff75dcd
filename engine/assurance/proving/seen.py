"""What patients have shown already: of that no solver needs to be asked.

The patients are those of the study's cases, and the typical one of each arm. The
reference reads them, so what one of them shows can be; a proof that it cannot be
would be looked for in vain.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from engine.assurance.cases import Case
from engine.assurance.patients import ARRIVES, last_day
from engine.assurance.run import answered
from engine.invention.cohort import typical_patient
from engine.reference.interpret import Reading
from engine.reference.judge import judge
from engine.study.linked import ELIGIBLE, Study

PASSES = {"inclusion": True, "exclusion": False}
"""The outcome by which a criterion of a role is passed."""


def passed(study: Study, name: str, reading: Reading) -> bool:
    """Whether a patient certainly passes a criterion."""
    return reading.rule(name) is PASSES[study.rules[name].rule.role]


@dataclass(eq=False)
class Seen:
    """What the patients of one study show; of cases those that leave the parameters as they are."""

    study: Study
    cases: Sequence[Case]
    asked: dict[str, list[Reading]] = field(default_factory=dict)

    @cached_property
    def outcomes(self) -> frozenset[tuple[str, bool]]:
        """The rules with the outcomes that somebody got."""
        return frozenset([*self._of_typical(), *self._of_cases()])

    def _of_typical(self) -> Iterator[tuple[str, bool]]:
        arms: list[str | None] = [arm.code for arm in self.study.protocol.arms]
        for arm in arms or [None]:
            timeline = typical_patient(self.study, ARRIVES, arm)
            if timeline is not None:
                judgement = judge(self.study, timeline, last_day(timeline), traced=False)
                self.asked.setdefault(ELIGIBLE, []).append(judgement.reading)
                for verdict in judgement.verdicts:
                    if verdict.outcome is not None:
                        yield verdict.rule.rule.id, verdict.outcome

    def _of_cases(self) -> Iterator[tuple[str, bool]]:
        for case in self.cases:
            if not case.given:
                reading = Reading(self.study.program, case.timeline, case.as_of)
                self.asked.setdefault(case.rule, []).append(reading)
                outcome = answered(reading, case).value
                if isinstance(outcome, bool):
                    yield case.rule, outcome

    # ---------------------------------------------------------------- criteria

    def fails_alone(self, name: str, others: Iterable[str]) -> bool:
        """Whether somebody passes all others and not this criterion; who was asked about it comes first."""
        patients = chain(self.about(name), *(self.about(other) for other in self._criteria))
        return any(
            not self._passes(one, name) and all(self._passes(one, other) for other in others)
            for one in patients
        )

    @cached_property
    def _criteria(self) -> tuple[str, ...]:
        return (ELIGIBLE, *(one.rule.id for one in self.study.of(*PASSES)))

    def pass_together(self, names: Iterable[str]) -> bool:
        """Whether somebody passes all of these."""
        return any(all(self._passes(one, name) for name in names) for one in self.about(ELIGIBLE))

    def about(self, name: str) -> Sequence[Reading]:
        """The patients who were asked about."""
        assert self.outcomes is not None
        return self.asked.get(name, ())

    def _passes(self, reading: Reading, name: str) -> bool:
        return passed(self.study, name, reading)
