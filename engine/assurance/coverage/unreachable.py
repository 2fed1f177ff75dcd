"""What no case can show, as far as declared ranges, codelists and the parameters' values prove it.

What lint holds possible is more than there is, so what is not possible there is
certain. Whatever else cannot be shown takes a proof of another kind.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.assurance.coverage.expressions import TRUTHS, Condition, Expression, Goal, Wanted
from engine.assurance.lint.could import Could, Outcomes
from engine.assurance.lint.possible import About, Possibilities
from engine.assurance.places import Path, Placed, below
from engine.assurance.rewrite import with_nodes
from engine.language.core import FALSE, TRUE, Call, Core, Ref
from engine.study.linked import Study

SETTLED: Final = "ranges, codelists and parameters leave no patient for whom it is {}"
HAS_VALUE: Final = "it always has a value"
NOT_ASKED: Final = "it is never looked at: with the parameters as they are, what stands beside it decides"
NEVER_KNOWN: Final = "it is never known"
ONLY_KNOWN: Final = "the rule asks whether it is known, and not what it is"
SAME_EITHER_WAY: Final = "with the parameters as they are, the rule gives the same answer either way"


def unreachable(
    study: Study, expressions: Mapping[str, Expression], goals: Iterable[Goal]
) -> Mapping[Goal, str]:
    """Those of the goals that cannot be reached, each with the reason."""
    by_rule: dict[str, set[Goal]] = {}
    for goal in goals:
        by_rule.setdefault(goal.rule, set()).add(goal)
    proving = Proving(Possibilities(study))
    return {
        goal: why
        for name, wanted in by_rule.items()
        for goal, why in proving.proofs(expressions[name], wanted)
        if goal in wanted
    }


@dataclass(frozen=True, slots=True)
class Proving:
    """Looks for proofs, one expression at a time."""

    possible: Possibilities

    def proofs(self, expression: Expression, wanted: set[Goal]) -> Iterator[tuple[Goal, str]]:
        yield from self.of_the_answer(expression)
        skipped = frozenset(self.skipped(Placed(expression.core, (), expression.about)))
        for condition in expression.conditions:
            if wanted.isdisjoint(condition.goals):
                continue
            if any(condition.path[: len(path)] == path for path in skipped):
                yield from ((goal, NOT_ASKED) for goal in condition.goals)
            else:
                yield from self.of_a_condition(expression, condition)

    def of_the_answer(self, expression: Expression) -> Iterator[tuple[Goal, str]]:
        could = self.possible.rule(expression.name)
        if isinstance(could, Outcomes):
            settled = _settled(could)
            yield from ((Goal(expression.name, None, word), why) for word, why in settled)
        elif not could.unknown:
            yield Goal(expression.name, None, "unknown"), HAS_VALUE

    def of_a_condition(self, expression: Expression, condition: Condition) -> Iterator[tuple[Goal, str]]:
        could = self.could(condition.core, condition)
        assert isinstance(could, Outcomes)
        decisive = condition.goal("decisive")
        yield from ((condition.goal(word), why) for word, why in _settled(could))
        if not could.values:
            yield decisive, NEVER_KNOWN
        elif _is_asked_only_whether_known(expression.core, condition.path):
            yield decisive, ONLY_KNOWN
        elif self.is_same_either_way(expression, condition):
            yield decisive, SAME_EITHER_WAY

    def could(self, core: Core, condition: Condition) -> Could:
        """What a condition could give; another rule, what that gives."""
        if isinstance(core, Ref):
            return self.possible.rule(core.rule)
        return self.possible.of(core, condition.about)

    def is_same_either_way(self, expression: Expression, condition: Condition) -> bool:
        """Whether the rule can have one known answer alone, whatever a condition in it says."""
        place = frozenset((id(condition.core),))
        cores = (with_nodes(expression.core, place, always) for always in (TRUE, FALSE))
        found = [self.possible.of(core, expression.about) for core in cores]
        values = [one.values for one in found if isinstance(one, Outcomes)]
        return len(values) == 2 and len(values[0] | values[1]) < 2

    def skipped(self, node: Placed) -> Iterator[Path]:
        """The parts below a node that are never looked at, whoever the patient is."""
        parts = below(node)
        looked_at = self.looked_at(node.core, parts)
        for part in parts:
            if part.path[-1] in looked_at:
                yield from self.skipped(part)
            else:
                yield part.path

    def looked_at(self, core: Core, parts: tuple[Placed, ...]) -> range | tuple[int, ...]:
        """The numbers of the parts of a node that may be looked at."""
        match core:
            case Call("and" | "or" as operator):
                stop = operator == "or"
                ends = (number for number, part in enumerate(parts, 1) if self.is_always(part, stop))
                return range(next(ends, len(parts)))
            case Call("if"):
                taken = {True: (0, 1), False: (0, 2)}
                ways = (taken[way] for way in taken if self.is_always(parts[0], way))
                return next(ways, (0, 1, 2))
            case Call("if_known"):
                return range(2 if self.possible.of(parts[0].core, parts[0].about).unknown else 1)
            case _:
                return range(len(parts))

    def is_always(self, part: Placed, answer: bool) -> bool:
        could = self.possible.of(part.core, part.about)
        return isinstance(could, Outcomes) and could.all == {answer}


def _settled(could: Outcomes) -> Iterator[tuple[Wanted, str]]:
    """The answers that cannot be had."""
    for word, answer in zip(TRUTHS, (True, False, None), strict=True):
        if answer not in could.all:
            yield word, SETTLED.format(word)


def _is_asked_only_whether_known(whole: Core, path: Path) -> bool:
    """Whether a condition stands right under `is known`, which is the same for true and false."""
    above = tuple(_way(whole, path))[:-1]
    nearest = next((one for one in reversed(above) if not _is_negation(one)), None)
    return isinstance(nearest, Call) and nearest.operator == "known"


def _is_negation(core: Core) -> bool:
    return isinstance(core, Call) and core.operator == "not"


def _way(core: Core, path: Path) -> Iterator[Core]:
    """The nodes from a whole expression down to the one at a path."""
    node = Placed(core, (), About())
    yield node.core
    for number in path:
        node = below(node)[number]
        yield node.core
