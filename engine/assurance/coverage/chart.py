"""Which condition each node of a program is.

A case may ask another program than the study's, with other values of
parameters: its rules are made anew, but the way down to a condition is the same.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.assurance.coverage.expressions import Condition, Expression
from engine.assurance.rewrite import with_nodes
from engine.language.core import Const, Core, Program
from engine.language.types import TRUTH
from engine.language.walk import parts

Expressions = Mapping[str, Expression]


@dataclass(frozen=True, slots=True)
class Chart:
    """By the identity of a node, which the program keeps alive: nodes that are equal may stand at two places.

    A node may be a condition of two rules: whether a rule applies is one of that rule as well.
    """

    program: Program
    wholes: Mapping[int, str]
    conditions: Mapping[int, tuple[Condition, ...]]
    nodes: Mapping[Condition, frozenset[int]]
    turned: dict[tuple[Condition, bool], Core] = field(default_factory=dict)

    def with_answer(self, condition: Condition, answer: bool) -> Core:
        """The rule of a condition as it would be if that always gave one answer."""
        key = condition, answer
        if key not in self.turned:
            core = self.program.rules[condition.rule]
            always = Const(answer, TRUTH, condition.core.at)
            self.turned[key] = with_nodes(core, self.nodes[condition], always)
        return self.turned[key]


def chart_of(expressions: Expressions, program: Program) -> Chart:
    nodes: dict[Condition, set[int]] = defaultdict(set)
    conditions: dict[int, list[Condition]] = defaultdict(list)
    for name, expression in expressions.items():
        known = {id(one.core): one for one in expression.conditions}
        for core, node in _side_by_side(expression.core, program.rules[name]):
            condition = known.get(id(core))
            if condition is not None and id(node) not in nodes[condition]:
                nodes[condition].add(id(node))
                conditions[id(node)].append(condition)
    return Chart(
        program,
        {id(program.rules[name]): name for name in expressions},
        {place: tuple(found) for place, found in conditions.items()},
        {condition: frozenset(found) for condition, found in nodes.items()},
    )


def _side_by_side(core: Core, other: Core) -> Iterator[tuple[Core, Core]]:
    """The nodes of an expression and of one made from it; a length that has become another has no parts."""
    yield core, other
    for pair in zip(parts(core), parts(other), strict=False):
        yield from _side_by_side(*pair)
