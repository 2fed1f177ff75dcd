"""By what an answer was decided and what is missing, as names that a case can list.

A listed name accounts for a condition that decided if the condition reads it,
or if it is a rule that the same condition decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.assurance.cases import Case
from engine.language.core import Fact, Field, Records, Ref, Select, VisitDay
from engine.language.english import english
from engine.language.values import Value
from engine.reference.decisive import deciding
from engine.reference.interpret import Reading
from engine.reference.openness import undated
from engine.reference.trace import Trace, Traced
from engine.reference.unknown import unknowns, variable_of
from engine.study.linked import ELIGIBLE, Study


@dataclass(slots=True)
class Reasons:
    """The log of one answer, looked through for names."""

    study: Study
    reading: Reading
    end: int
    trace: Trace = field(init=False)
    seen: dict[int, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.trace = Trace(self.reading)

    @property
    def whole(self) -> Traced:
        return self.trace.at(self.end)

    # --------------------------------------------------------------- decided

    def not_decided_as(self, case: Case) -> Iterator[str]:
        """Where the names a case lists are not those that decided."""
        if not case.decided_by:
            return
        conditions = self.conditions(*self.answering(case))
        explained: set[int] = set()
        for name in case.decided_by:
            covered = {one for one, node in conditions.items() if name in self.read_by(node)}
            covered |= conditions.keys() & self.of_rule(name)
            if not covered:
                yield f"`{name}` did not decide"
            explained |= covered
        for index in conditions.keys() - explained:
            yield f"decided too: {english(conditions[index].core)}"

    def answering(self, case: Case) -> tuple[Traced, ...]:
        """What carried the answer; whether the rule applies is not part of it where it does."""
        whole = self.whole
        if case.rule == ELIGIBLE and whole.value is not True:
            return tuple(self.criteria(whole.value))
        exempting = f"{case.rule}.applies_when" in self.study.program.rules
        return (whole.parts[-1] if exempting and whole.parts else whole,)

    def criteria(self, decision: Value) -> Iterator[Traced]:
        """Every criterion that keeps the patient out, or leaves it open: the reading stops at the first."""
        for linked in self.study.of("inclusion", "exclusion"):
            rule = linked.rule
            if rule.part_of is None:
                found = self.reading.rule(rule.id)
                speaks_for = found if rule.role == "inclusion" or found is None else not found
                if speaks_for is decision:
                    yield self.trace.at(self.reading.finished[rule.id, None])

    def conditions(self, *wholes: Traced) -> dict[int, Traced]:
        return {each.traced.end: each.traced for whole in wholes for each in deciding(whole)}

    def of_rule(self, name: str) -> set[int]:
        """The conditions that decided a rule on the way, at whichever visits it was asked."""
        ends = (end for (rule, _), end in self.reading.finished.items() if rule == name)
        return {index for end in ends for index in self.conditions(self.trace.at(end))}

    def read_by(self, node: Traced) -> frozenset[str]:
        """The variables and rules a condition looked at; what its periods are counted from is not meant."""
        if node.end not in self.seen:
            found = set(self.named(node))
            for part in undated(node):
                found |= self.read_by(part)
            self.seen[node.end] = frozenset(found)
        return self.seen[node.end]

    def named(self, node: Traced) -> Iterator[str]:
        """The variable or rule that a node itself looks at."""
        match node.core:
            case Fact(name=name) | Ref(rule=name) | Select(source=Records(variable=name)):
                yield name
            case Field(of=of):
                yield variable_of(self.reading.timeline, node.view, of)
            case VisitDay(visit=visit):
                yield visit
            case _:
                pass

    # --------------------------------------------------------------- missing

    def not_missing_as(self, case: Case) -> Iterator[str]:
        """Where what a case lists as missing is not what is."""
        if case.missing is None:
            return
        found = self.missing()
        for name in case.missing:
            if name not in found:
                yield f"`{name}` is not missing"
        for name in found:
            if name not in case.missing:
                yield f"missing too: `{name}`"

    def missing(self) -> tuple[str, ...]:
        """The variables of which more would have to be known."""
        found = (name for unknown in unknowns(self.whole) for name in unknown.variables)
        return tuple(dict.fromkeys(found))
