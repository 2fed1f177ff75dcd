"""Two versions compared: what is otherwise, and whom each rule that may answer otherwise lets in or out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from engine.amendment.diff import Change, Difference, changes
from engine.amendment.model import Compared, Unsettled
from engine.amendment.rule_aspects import EXPRESSIONS
from engine.amendment.sides import Pair, pair_of
from engine.assurance.proving.nearness import read_below
from engine.authoring.matrix import figures
from engine.authoring.reading import criteria
from engine.logic.presence import has_solver
from engine.study.linked import ELIGIBLE, Study
from engine.study.resting import resting

NO_SOLVER = "the solver is not installed: it comes with the extra `proof`"


@dataclass(slots=True)
class Comparing:
    """One comparison of two studies; rules are named as the later one does."""

    before: Study
    after: Study
    pair: Pair = field(init=False)

    def __post_init__(self) -> None:
        self.pair = pair_of(self.before, self.after)

    def difference(self, rule: str | None = None) -> Difference:
        """What is otherwise, of all, or of one rule with what it rests on."""
        found = changes(self.pair)
        if rule is not None:
            about = self.about(rule)
            found = tuple(change for change in found if change.name in about or change.was_called in about)
        names = self.touched() if rule is None else self.named(rule)
        compared = tuple(self.relations(names))
        return Difference(self.pair, tuple(as_proved(change, compared) for change in found), compared)

    def relations(self, names: Sequence[str]) -> Iterator[Compared]:
        """Each rule as it is to what it was; those are looked at first that others rest on."""
        if not has_solver():
            yield from (self.unsettled(name) for name in names)
            return
        from engine.amendment.relation import Relating

        relating, below = Relating(self.pair), resting(self.pair.after)
        for name in sorted(names, key=lambda name: len(below[name.partition(".")[0]])):
            relating.compared(name)
        yield from (relating.compared(name) for name in names)

    def unsettled(self, name: str) -> Compared:
        now = self.pair.renamed.now(name)
        return Compared(name, now, (("otherwise", Unsettled(NO_SOLVER)),))

    # ------------------------------------------------------------- by earlier names

    def named(self, rule: str) -> tuple[str, ...]:
        """A rule with its further expressions, as far as both versions have them."""
        old = self.pair.renamed.rule(rule)
        return tuple(name for name in self.shared() if name.partition(".")[0] == old)

    def shared(self) -> tuple[str, ...]:
        """What both versions answer: the criteria, the decision, and then all else."""
        before, after = (program.rules for program in self.pair.programs)
        first = dict.fromkeys((*criteria(self.pair.before), ELIGIBLE))
        return tuple(name for name in {**first, **dict.fromkeys(before)} if name in before and name in after)

    def touched(self) -> tuple[str, ...]:
        """Of those, whatever may answer otherwise."""
        return tuple(name for name in self.shared() if not self.pair.untouched(name))

    def proved(self) -> tuple[str, ...]:
        """The criteria and the decision, be they touched or not, and what else may answer otherwise."""
        always = {*criteria(self.pair.before), ELIGIBLE}
        return tuple(name for name in self.shared() if name in always or not self.pair.untouched(name))

    def about(self, rule: str) -> frozenset[str]:
        """A rule and all that it rests on in either version, by whatever name."""
        return frozenset(self._about(self.pair.before, self.pair.renamed.rule(rule))) | frozenset(
            self._about(self.pair.written, rule)
        )

    def _about(self, study: Study, rule: str) -> Iterator[str]:
        if rule not in study.program.rules:
            return
        names = {rule, *resting(study)[rule]}
        yield from names
        yield from read_below(study.program, rule)
        yield from (name for one in names if one in study.rules for name in figures(study.rules[one]))


def as_proved(change: Change, compared: Sequence[Compared]) -> Change:
    """A rule that says otherwise what is proved to be the same is only worded otherwise."""
    about = [one for one in compared if one.now.partition(".")[0] == change.name]
    own = [one for one in change.aspects if not one.is_words]
    is_rule = change.kind == "changed" and all(one.what in EXPRESSIONS for one in own)
    if not (about and is_rule and all(one.relation == "equal" for one in about)):
        return change
    aspects = tuple(replace(one, is_words=True) for one in change.aspects)
    return replace(change, kind="renamed" if change.was_called else "reworded", aspects=aspects)
