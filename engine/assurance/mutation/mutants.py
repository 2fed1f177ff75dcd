"""Every mutant of a study once, in the order of the places where it is written.

What is written once may stand in several places of the core: the day of a
period in both of its bounds, that of a visit in its window too, and where a
rule applies in the rule itself. It is wrong in all of them at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine.assurance.mutation.kinds import CHANGING
from engine.assurance.mutation.model import Changing, Ground, Mutant, Spot
from engine.assurance.mutation.parameters import other_parameters
from engine.assurance.mutation.wording import in_words
from engine.assurance.paths import Path, along, is_same, rewritten, spots
from engine.assurance.simplify import simplified
from engine.language.core import Call, Core, Records, Select
from engine.language.slots import Slot, expressions
from engine.source.place import NOWHERE, Span
from engine.study.linked import Study
from engine.study.resting import resting


def mutants_of(study: Study) -> tuple[Mutant, ...]:
    """No two of them are the same, and none is the study itself."""
    made = (*Mutating(study).mutants(), *other_parameters(study))
    return tuple(sorted(made, key=lambda one: (one.at, one.kind)))


def about(mutants: Iterable[Mutant], rule: str | None) -> tuple[Mutant, ...]:
    """Those of one rule, with those of the parameters it reads; or all."""
    return tuple(one for one in mutants if rule is None or rule in one.rules)


@dataclass(slots=True)
class Mutating:
    """`shortest` are the expressions of the study in shortest form, `seen` those of the mutants so far."""

    study: Study
    said: dict[Slot, Core] = field(init=False)
    ground: Ground = field(init=False)
    unwritten: frozenset[Span] = field(init=False)
    places: dict[Span, list[tuple[Slot, Core]]] = field(default_factory=lambda: defaultdict(list))
    shortest: dict[Slot, Core] = field(init=False)
    seen: set[frozenset[tuple[Slot, Core]]] = field(default_factory=set)

    def __post_init__(self) -> None:
        study = self.study
        self.said = expressions(study.program)
        self.shortest = {slot: simplified(core) for slot, core in self.said.items()}
        anchors = tuple(linked.rule.id for linked in study.of("anchor"))
        self.ground = Ground(study, anchors, tuple(study.program.visits), resting(study))
        self.unwritten = frozenset({NOWHERE, *(linked.rule.at for linked in study.rules.values())})
        for slot, core in self.said.items():
            for _, node in spots(core):
                self.places[node.at].append((slot, node))

    def mutants(self) -> Iterator[Mutant]:
        """Parts before the whole: of two that are the same, the one that changes less is kept."""
        for slot, core in self.said.items():
            for path, node in reversed(tuple(spots(core))):
                spot = self.spot(slot, path, node)
                for kind, changing in CHANGING.items():
                    if self.is_written(kind, node):
                        yield from self.of_kind(kind, spot, changing)

    def spot(self, slot: Slot, path: Path, node: Core) -> Spot:
        linked = self.study.rules.get(slot.rule)
        *around, _ = along(self.said[slot], path)
        sources = [one.source for one in reversed(around) if isinstance(one, Select)]
        record = next((source.variable for source in sources if isinstance(source, Records)), None)
        this, visits = (linked.for_each, linked.visits) if linked else (None, ())
        return Spot(node, slot, self.ground, tuple(around), record, this, visits)

    def is_written(self, kind: str, node: Core) -> bool:
        """What only the engine joins, as all criteria to a decision, can only lack a part."""
        if node.at not in self.unwritten:
            return True
        return kind == "clause" and isinstance(node, Call) and node.operator == "and"

    def of_kind(self, kind: str, spot: Spot, changing: Changing) -> Iterator[Mutant]:
        for change in changing(spot):
            touched = self.written_with(spot)
            changes = {slot: rewritten(self.said[slot], spot.node, change.node) for slot, _ in touched}
            if self.is_new(changes):
                nodes = tuple(node for _, node in touched)
                words = in_words(spot, change)
                yield Mutant(kind, spot.slot.rule, change.at, *words, tuple(changes.items()), nodes)

    def written_with(self, spot: Spot) -> list[tuple[Slot, Core]]:
        """All the nodes that are this one as it was written."""
        if spot.node.at in self.unwritten:
            return [(spot.slot, spot.node)]
        return [(slot, node) for slot, node in self.places[spot.node.at] if is_same(node, spot.node)]

    def is_new(self, changes: dict[Slot, Core]) -> bool:
        shortest = frozenset((slot, simplified(core)) for slot, core in changes.items())
        is_other = any(core != self.shortest[slot] for slot, core in shortest)
        is_new = is_other and shortest not in self.seen
        self.seen.add(shortest)
        return is_new
