"""Every boundary of a study, in the order of its rules.

A comparison of two figures of the protocol is none, since no patient is on
either side of it; nor is a side on which the data dictionary lets nobody be.
Two nodes of a rule that mean the same are one boundary.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.assurance.boundary.model import Boundary, End, Side
from engine.assurance.lint.intervals import Interval
from engine.assurance.lint.possible import About, Possibilities
from engine.language.core import Call, Const, Core, Parameter, Records, Select
from engine.language.operators import OPPOSITE
from engine.language.types import Day, Number
from engine.language.walk import nodes, parts
from engine.study.linked import Study

OF_PERIODS: tuple[Side, ...] = ("in", "out")
APPLIES = "applies_when"
"""A rule's own expression holds this one, so it is not looked through twice."""

Node = tuple[Core, tuple[int, ...], About]
Same = dict[object, tuple[Boundary, ...]]


@dataclass(slots=True)
class Boundaries:
    """The boundaries of a study; `of_node` finds those of a node of the log by its identity."""

    study: Study
    of_node: dict[int, tuple[Boundary, ...]] = field(default_factory=dict)
    all: tuple[Boundary, ...] = ()

    def __post_init__(self) -> None:
        possibilities, same = Possibilities(self.study), dict[object, tuple[Boundary, ...]]()
        for rule, core in self.study.program.rules.items():
            if not rule.endswith(f".{APPLIES}"):
                self._of_rule(rule, core, (possibilities, same))
        self.all = tuple(boundary for found in same.values() for boundary in found)

    def _of_rule(self, rule: str, core: Core, found: tuple[Possibilities, Same]) -> None:
        linked, (possibilities, same) = self.study.rules.get(rule.partition(".")[0]), found
        for node, path, about in _nodes(core, (), About(this=linked.for_each if linked else None)):
            key = _meaning(rule, node, about)
            if key not in same:
                ends = _ends(node, about, possibilities)
                same[key] = tuple(Boundary(rule, path, end, node, about, sides) for end, sides in ends)
            self.of_node[id(node)] = same[key]


def _meaning(rule: str, node: Core, about: About) -> object:
    """What makes two nodes one boundary; the window of a visit is the same for every rule."""
    match node:
        case Select(source=Records(variable=variable, visit=str(visit))):
            return variable, visit
        case Select(source=source):
            return rule, source
        case _:
            return rule, node, about


def _nodes(core: Core, path: tuple[int, ...], about: About) -> Iterator[Node]:
    """Comparisons and selections of records, each with the way to it and what is in view there."""
    if _is_selection(core) or _is_comparison(core):
        yield core, path, about
    for number, part in enumerate(parts(core)):
        yield from _nodes(part, (*path, number), _inside(core, part, about))


def _is_selection(core: Core) -> bool:
    return isinstance(core, Select) and isinstance(core.source, Records)


def _is_comparison(core: Core) -> bool:
    """Whether it compares with something that is known of a patient."""
    is_order = isinstance(core, Call) and core.operator in OPPOSITE
    return is_order and not all(isinstance(node, Const | Parameter | Call) for node in nodes(core))


def _inside(core: Core, part: Core, about: About) -> About:
    """What is in view in a part: the records of a selection, but not where its period is said."""
    if not isinstance(core, Select) or not isinstance(core.source, Records):
        return about
    is_of_record = part is core.element or part is core.source.where
    return about._replace(record=core.source.variable) if is_of_record else about


def _ends(node: Core, about: About, possibilities: Possibilities) -> Iterator[tuple[End, tuple[Side, ...]]]:
    match node:
        case Select(source=Records(period=period, visit=visit)):
            if visit is not None or (period is not None and period.start is not None):
                yield "start", OF_PERIODS
            if visit is not None or (period is not None and period.end is not None):
                yield "end", OF_PERIODS
        case Call(args=(one, other)):
            sides = tuple(_sides((one, other), about, possibilities))
            if sides:
                yield "limit", sides
        case _:
            pass


def _sides(args: tuple[Core, Core], about: About, possibilities: Possibilities) -> Iterator[Side]:
    """The sides on which somebody can be; a quotient or a power seldom meets its limit, and need not."""
    kinds = [arg.type for arg in args]
    one, other = (possibilities.of(arg, about) for arg in args)
    if any(isinstance(kind, Day) for kind in kinds):
        yield from ("at", "below", "above")
    elif isinstance(one, Interval) and isinstance(other, Interval):
        is_exact = all(isinstance(kind, Number) and kind.exact for kind in kinds)
        if is_exact and one.low <= other.high and other.low <= one.high:
            yield "at"
        if one.low < other.high:
            yield "below"
        if one.high > other.low:
            yield "above"
