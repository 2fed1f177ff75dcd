"""A protocol to a linked study: each expression parsed, checked and tied to the others.

A rule is checked when another first asks for its type, so the order of writing
does not matter and a circle is found where it closes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.language.apply import apply
from engine.language.check import check
from engine.language.core import TRUE, Attendance, Call, Core, Parameter, Program, Ref, VisitPlan
from engine.language.names import Entry, Given, Names, RuleName, Scope, VariableName, VisitName
from engine.language.parse import parse
from engine.language.types import TRUTH, Type
from engine.language.walk import nodes
from engine.source.diagnostic import Diagnostics, Label
from engine.source.place import Span
from engine.source.tree import Scalar, span_in
from engine.study.expected import check_extra, check_result
from engine.study.linked import ELIGIBLE, LinkedRule, Study
from engine.study.model import Protocol, Rule
from engine.study.visits import baseline_of, check_overlap, plan_of
from engine.study.vocabulary import parameter_name, variable_name

DECIDING = ("inclusion", "exclusion")


def link(protocol: Protocol, fingerprint: str, findings: Diagnostics) -> Study | None:
    """The study, or None where anything in it has errors."""
    linker = Linker(protocol, findings)
    rules = {rule.id: linker.linked(rule) for rule in protocol.rules.values()}
    program = linker.program()
    check_overlap(protocol.schedule, program, findings)
    if findings.failed:
        return None
    sound = {name: rule for name, rule in rules.items() if rule is not None}
    return Study(protocol, sound, program, linker.settled_names(), fingerprint)


@dataclass(slots=True)
class Linker:
    """Checks each rule once; `open` are those being checked, innermost last."""

    protocol: Protocol
    findings: Diagnostics
    names: Names = field(init=False)
    cores: dict[str, Core | None] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        schedule = self.protocol.schedule
        birth = (v.name for v in self.protocol.variables.values() if v.role == "birth")
        self.names = Names(
            dict(self._entries()),
            birth=next(birth, None),
            baseline=schedule.baseline_day is not None,
            attendance=schedule.attendance is not None,
        )

    # --------------------------------------------------------- the namespace

    def _entries(self) -> Iterator[tuple[str, Entry]]:
        for variable in self.protocol.variables.values():
            yield variable.name, variable_name(variable, self.protocol.codelists)
        for parameter in self.protocol.parameters.values():
            named = parameter_name(parameter, self.protocol, self.findings)
            if named is not None:
                yield parameter.name, named
        for visit in self.protocol.schedule.visits:
            yield visit, VisitName(visit)
        for rule in self.protocol.rules.values():
            yield rule.id, self._rule_name(rule)
        yield ELIGIBLE, RuleName(ELIGIBLE, Given(TRUTH))

    def settled_names(self) -> Names:
        """The namespace once every rule's type is known."""
        entries = {name: self._settled(entry) for name, entry in self.names.entries.items()}
        return replace(self.names, entries=entries)

    def _settled(self, entry: Entry) -> Entry:
        core = self.cores.get(entry.name)
        return replace(entry, type=Given(core.type)) if isinstance(entry, RuleName) and core else entry

    def _rule_name(self, rule: Rule) -> RuleName:
        visits = self.visits_of(rule)
        for_each = None if rule.for_each is None else rule.for_each.text
        return RuleName(rule.id, lambda at: self.type_of(rule, at), visits or None, for_each)

    def visits_of(self, rule: Rule) -> tuple[str, ...]:
        written = [scalar.text for scalar in rule.visits]
        return tuple(self.protocol.schedule.visits) if written == ["all"] else tuple(written)

    # ----------------------------------------------------------- expressions

    def type_of(self, rule: Rule, at: Span) -> Type | None:
        """A rule's type, for the place that refers to it; a circle is reported there."""
        if rule.id in self.open:
            self._circle(rule, at)
            return None
        core = self.core_of(rule)
        return None if core is None else core.type

    def core_of(self, rule: Rule) -> Core | None:
        if rule.id not in self.cores:
            self.open.append(rule.id)
            self.cores[rule.id] = self._where_it_applies(
                rule, self.expression(rule.expression, self._scope(rule))
            )
            self.open.pop()
        return self.cores[rule.id]

    def _where_it_applies(self, rule: Rule, core: Core | None) -> Core | None:
        """A rule with `applies_when` is kept wherever that is false."""
        if "applies_when" not in rule.extra or core is None:
            return core
        applies = self.extra(rule, "applies_when")
        exempt = apply("not", (applies,), rule.at, self.findings)
        return apply("or", (exempt, core), rule.at, self.findings)

    def extra(self, rule: Rule, key: str) -> Core | None:
        """One of a rule's further expressions, checked once."""
        name = f"{rule.id}.{key}"
        if name not in self.cores:
            self.cores[name] = self.expression(rule.extra[key], self._scope(rule))
        return self.cores[name]

    def _circle(self, rule: Rule, at: Span) -> None:
        circle = [*self.open[self.open.index(rule.id) :], rule.id]
        labels = tuple(Label(self.protocol.rules[name].at, f"`{name}`") for name in circle[:-1])
        path = " -> ".join(f"`{name}`" for name in circle)
        self.findings.error("circle", f"`{rule.id}` is defined by itself: {path}", at, labels=labels)

    def _scope(self, rule: Rule) -> Scope:
        this = None if rule.for_each is None else self.names.entries.get(rule.for_each.text)
        return Scope(visit=bool(rule.visits), this=this if isinstance(this, VariableName) else None)

    def expression(self, scalar: Scalar, scope: Scope) -> Core | None:
        if not scalar.one_to_one:
            help = "write it on one line, or after `|` over several"
            self.findings.error("expression", "an expression cannot be folded", scalar.at, help=help)
            return None
        syntax = parse(scalar.text, lambda start, end: span_in(scalar, start, end), self.findings)
        return None if syntax is None else check(syntax, self.names, scope, self.findings)

    # ----------------------------------------------------------------- rules

    def linked(self, rule: Rule) -> LinkedRule | None:
        core = self.core_of(rule)
        extra = {key: self.extra(rule, key) for key in rule.extra}
        if core is None or not check_result(rule, core.type, self.findings):
            return None
        sound = {key: part for key, part in extra.items() if part is not None}
        check_extra(rule, sound, self.findings)
        for_each = None if rule.for_each is None else rule.for_each.text
        relies = tuple(sorted(self._relied([core, *sound.values()], set())))
        return LinkedRule(rule, core, sound, self.visits_of(rule), for_each, relies)

    def _relied(self, cores: list[Core], seen: set[str]) -> set[str]:
        """The parameters read, here and in every rule referred to."""
        found: set[str] = set()
        for node in (node for core in cores for node in nodes(core)):
            if isinstance(node, Parameter):
                found.add(node.name)
            elif isinstance(node, Ref) and node.rule not in seen:
                seen.add(node.rule)
                core = self.decision() if node.rule == ELIGIBLE else self.cores.get(node.rule)
                found |= self._relied([core], seen) if core is not None else set()
        return found

    def decision(self) -> Core:
        """Eligible: every inclusion criterion true and every exclusion criterion false."""
        rules = [r for r in self.protocol.rules.values() if r.role in DECIDING and r.part_of is None]
        parts = [self._criterion(rule) for rule in rules]
        return Call("and", tuple(parts), TRUTH) if parts else TRUE

    def _criterion(self, rule: Rule) -> Core:
        asked = Ref(rule.id, None, TRUTH, rule.at)
        return asked if rule.role == "inclusion" else Call("not", (asked,), TRUTH, rule.at)

    # -------------------------------------------------------------- schedule

    def program(self) -> Program:
        rules = {name: core for name, core in self.cores.items() if core is not None}
        baseline = baseline_of(self.protocol.schedule, self.plainly, self.findings)
        return Program({**rules, ELIGIBLE: self.decision()}, self._plans(), baseline, self._attendance())

    def _plans(self) -> Mapping[str, VisitPlan]:
        visits = self.protocol.schedule.visits.values()
        plans = [plan_of(visit, self.plainly, self.findings) for visit in visits]
        return {plan.name: plan for plan in plans if plan is not None}

    def plainly(self, scalar: Scalar) -> Core | None:
        """An expression of the schedule, where no visit or record is in view."""
        return self.expression(scalar, Scope())

    def _attendance(self) -> Attendance | None:
        attendance = self.protocol.schedule.attendance
        return None if attendance is None else Attendance(attendance[0].text, attendance[1].text)
