"""What the solver can say for lints: rules that go only one way, criteria implied or at odds.

Nothing is asked that intervals have settled or that some patient has shown, and
what follows from another thing that is said is not said.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from engine.assurance.cases import Case
from engine.assurance.lint.model import Subject
from engine.assurance.lint.outcomes import JUDGED, one_way
from engine.assurance.lint.proved import Fact, Implied, Never, Proved
from engine.assurance.proving.criteria import Criteria, required
from engine.assurance.proving.outcomes import never
from engine.assurance.proving.seen import Seen
from engine.logic.bound import BOUND
from engine.logic.proof import Proving
from engine.logic.solve import Effort
from engine.study.linked import LinkedRule, Study

STEPS, ALL_STEPS = (500_000, 2_000_000, 5_000_000), 20_000_000
"""Up to half a second for each way to look at a question, and some seconds for all but the quickest."""


@dataclass(eq=False)
class Proofs:
    """Proves what can be proved of one study, one question after another."""

    study: Study
    cases: Sequence[Case]
    open: tuple[LinkedRule, ...] = field(init=False)
    found: list[Fact] = field(default_factory=list)

    def __post_init__(self) -> None:
        subject = Subject(self.study)
        self.open = tuple(one for one in self.study.of(*JUDGED) if one_way(subject, one) is None)

    @property
    def size(self) -> int:
        """About how many questions there are."""
        return 2 * (len(self.open) + len(required(self.study)))

    def run(self) -> Iterator[None]:
        """Asks all of them, and lets go after each, so that progress can be shown."""
        seen, proving = Seen(self.study, self.cases), self._proving()
        for rule in (one.rule.id for one in self.open):
            for outcome in (True, False):
                if (rule, outcome) not in seen.outcomes and never(proving, rule, outcome):
                    self.found.append(Never(rule, outcome))
                yield
        for some in self._of_criteria(seen):
            self.found.extend(some)
            yield

    def _of_criteria(self, seen: Seen) -> Iterator[Sequence[Fact]]:
        """Of those that can be passed, and can fail to be."""
        settled = {one.rule for one in self.found if isinstance(one, Never)}
        can_go_both_ways = {one.rule.id for one in self.open} - settled
        names = tuple(name for name in required(self.study) if name in can_go_both_ways)
        criteria = Criteria(seen, self._proving(), names)
        yield from map(criteria.nobody, criteria.groups())
        yield from map(criteria.implied, names)

    def _proving(self) -> Proving:
        return Proving(self.study, steps=STEPS, effort=Effort(ALL_STEPS))

    @property
    def proved(self) -> Proved:
        said = {one for one in self.found if isinstance(one, Implied)}
        facts = (one for one in self.found if not (isinstance(one, Implied) and self._follows(one, said)))
        return Proved(tuple(facts), BOUND)

    def _follows(self, one: Implied, said: Set[Implied]) -> bool:
        """Whether the same is said of its whole, or by a part of the other, or of a later one by this."""
        rules, (by, *others) = self.study.rules, one.by
        whole = rules[one.rule].rule.part_of
        if whole is not None and Implied(whole, one.by) in said:
            return True
        if others:
            return False
        parts = [Implied(one.rule, (name,)) for name, part in rules.items() if part.rule.part_of == by]
        order = list(rules)
        other_way = Implied(by, (one.rule,)) in said and order.index(by) > order.index(one.rule)
        return other_way or not said.isdisjoint(parts)
