"""Rules and parameters that are the same under another name.

A rule was renamed where one that is gone means what a new one does, the renamed
rules and parameters it reads allowed for; so names are matched again and again
until no more are found. A parameter was renamed where all is the same but its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.assurance.paths import with_parts
from engine.language.core import Baseline, Core, Parameter, Program, Ref, VisitPlan
from engine.language.walk import parts
from engine.study.linked import LinkedRule, Study
from engine.study.model import Parameter as Figure

Same = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """The earlier names of what is called otherwise now, by the name it has now."""

    rules: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)

    def core(self, core: Core) -> Core:
        """An expression with the earlier names."""
        match core:
            case Ref(rule=rule):
                return replace(core, rule=self.rule(rule))
            case Parameter(name=name):
                return replace(core, name=self.parameters.get(name, name))
            case _:
                inside = parts(core)
                return with_parts(core, [self.core(part) for part in inside]) if inside else core

    def rule(self, name: str) -> str:
        """A rule, or one of its further expressions, by its earlier name."""
        owner, dot, extra = name.partition(".")
        return f"{self.rules.get(owner, owner)}{dot}{extra}"

    def now(self, name: str) -> str:
        """The name of today for an earlier one."""
        owner, dot, extra = name.partition(".")
        return f"{next((new for new, old in self.rules.items() if old == owner), owner)}{dot}{extra}"

    # ----------------------------------------------------------------- a study

    def study(self, study: Study) -> Study:
        """A study that calls everything by its earlier name; no answer of it is another."""
        if not self.rules and not self.parameters:
            return study
        rules = {self.rule(name): self.linked(linked) for name, linked in study.rules.items()}
        return replace(study, rules=rules, program=self.program(study.program))

    def linked(self, linked: LinkedRule) -> LinkedRule:
        extra = {key: self.core(core) for key, core in linked.extra.items()}
        rule = replace(linked.rule, id=self.rule(linked.rule.id))
        return replace(linked, rule=rule, core=self.core(linked.core), extra=extra)

    def program(self, program: Program) -> Program:
        rules = {self.rule(name): self.core(core) for name, core in program.rules.items()}
        visits = {name: self.plan(plan) for name, plan in program.visits.items()}
        baseline = program.baseline
        if baseline is not None:
            baseline = Baseline(self.core(baseline.day), self.core(baseline.opens))
        return replace(program, rules=rules, visits=visits, baseline=baseline)

    def plan(self, plan: VisitPlan) -> VisitPlan:
        return VisitPlan(plan.name, *map(self.core, (plan.target, plan.opens, plan.closes)))


def renamed(before: Study, after: Study) -> Renamed:
    """What the one calls otherwise than the other did."""
    found = Renamed({}, _matched(_figures(before), _figures(after)))
    while True:
        more = {new: old for new, old in _same_rules(before, after, found).items() if new not in found.rules}
        if not more:
            return found
        found = replace(found, rules={**found.rules, **more})


def _same_rules(before: Study, after: Study, found: Renamed) -> Mapping[str, str]:
    said = {name: meaning(linked) for name, linked in before.rules.items()}
    says = {name: meaning(found.linked(linked)) for name, linked in after.rules.items()}
    return _matched(said, says)


def meaning(linked: LinkedRule) -> Same:
    """What a rule says whatever it is called, and whatever words stand beside it."""
    rule = linked.rule
    asked = (rule.role, linked.visits, linked.for_each, rule.severity, rule.moves)
    return (*asked, linked.core, *sorted(linked.extra.items()))


def _figures(study: Study) -> Mapping[str, Same]:
    return {name: _as_figure(one) for name, one in study.protocol.parameters.items()}


def _as_figure(figure: Figure) -> Same:
    written = figure.value if isinstance(figure.value, tuple) else (figure.value,)
    texts = tuple(scalar.text for scalar in written)
    return texts, figure.title, figure.source, figure.status, figure.codelist


def _matched(said: Mapping[str, Same], says: Mapping[str, Same]) -> dict[str, str]:
    """Each that is new by the first that is gone and is the same; none is taken twice."""
    gone = [name for name in said if name not in says]
    found: dict[str, str] = {}
    for new in (name for name in says if name not in said):
        old = next((name for name in gone if said[name] == says[new]), None)
        if old is not None:
            gone.remove(old)
            found[new] = old
    return found
