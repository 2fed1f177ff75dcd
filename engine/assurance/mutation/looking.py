"""Which cases look at what: every case asked once of the study as it is, and watched."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product

from engine.assurance.cases import Case, Shown
from engine.assurance.mutation.model import Mutant
from engine.assurance.run import Runner, ask
from engine.language.core import Program
from engine.language.slots import expressions
from engine.language.walk import nodes
from engine.reference.interpret import Log, Reading
from engine.study.resting import resting


@dataclass(slots=True)
class Looking:
    """By the study's own nodes, which cases look at them; `costs` is how much each case looks at.

    `usually` are the readings of the cases on the study as it is.
    """

    usual: Runner
    cases: tuple[Case, ...]
    costs: list[int] = field(default_factory=list)
    by_node: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    usually: dict[int, Reading] = field(default_factory=dict)
    above: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for name, below in resting(self.usual.study).items():
            for one in below:
                self.above[one].add(name)
        for number, case in enumerate(self.cases):
            looked: set[int] = set()
            for others in (case.given, *((*case.given, shown) for shown in case.shows if shown.other)):
                looked |= self.looked_at(case, others)
            self.usually[id(case)] = self.usual.ask(case, None).reading
            self.costs.append(len(looked))
            for node in looked:
                self.by_node[node].append(number)

    def at(self, mutant: Mutant) -> tuple[Case, ...]:
        """Those that ask the rule itself first, then those that look at least."""
        found = {number for node in mutant.touched for number in self.by_node.get(id(node), ())}
        ordered = sorted(found, key=lambda n: (self.cases[n].owner != mutant.of, self.costs[n], n))
        return tuple(self.cases[number] for number in ordered)

    def reached_by(self, mutant: Mutant) -> frozenset[str]:
        """The rules and visits that are wrong, and all that rest on them."""
        return mutant.rules.union(*(self.above[name] for name in mutant.rules))

    def looked_at(self, case: Case, others: tuple[Shown, ...]) -> set[int]:
        """By the answer and by the reasons, for which more may be asked."""
        log: Log = []
        program = self.usual.program(others)
        found = ask(program, case, log)
        if others == case.given:
            tuple(self.usual.deeper(case, found))
        looked = {id(step[0]) for step in log}
        return looked if program is self.usual.study.program else self.as_written(program, looked)

    def as_written(self, program: Program, looked: set[int]) -> set[int]:
        """The study's own nodes, where those of a program with other parameters were looked at."""
        found = set(looked)
        said = expressions(self.usual.study.program)
        for slot, core in expressions(program).items():
            if core is not said[slot]:
                others, own = list(nodes(core)), list(nodes(said[slot]))
                is_alike = len(others) == len(own)  # days for months are said in fewer nodes
                pairs = zip(others, own, strict=True) if is_alike else product(others, own)
                found.update(id(node) for other, node in pairs if id(other) in looked)
        return found
