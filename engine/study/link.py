"""A protocol to a linked study: each expression parsed, checked and tied to the others.

A rule is checked after all that it rests on, so the order of writing does not
matter, and a circle is found where it closes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.language.apply import apply
from engine.language.check import check
from engine.language.core import TRUE, Attendance, Call, Const, Core, Fact, Program, Ref, VisitPlan
from engine.language.names import Entry, Given, Names, RuleName, Scope, VariableName, VisitName
from engine.language.parse import parse
from engine.language.syntax import Syntax
from engine.language.types import TRUTH, Code, CodeSet, Type
from engine.source.diagnostic import Diagnostics, Label
from engine.source.place import NOWHERE, Span
from engine.source.tree import Scalar, span_in
from engine.study.expected import check_extra, check_result
from engine.study.linked import ELIGIBLE, LinkedRule, Study
from engine.study.model import Protocol, Rule
from engine.study.rests import Rest, Rests, deciding
from engine.study.typical_read import link_typical
from engine.study.visits import baseline_of, check_overlap, plan_of
from engine.study.vocabulary import parameter_name, variable_name

DEEPEST = 50
"""So many rules may rest one upon another: every reading follows them down, and so must a reader."""

MOST_SHOWN = 8
"""Of a longer circle, so many rules are named."""


def link(protocol: Protocol, fingerprint: str, findings: Diagnostics) -> Study | None:
    """The study, or None where anything in it has errors."""
    linker = Linker(protocol, findings)
    for name in protocol.rules:
        linker.settle(name)
    rules = {rule.id: linker.linked(rule) for rule in protocol.rules.values()}
    program = linker.program()
    check_overlap(protocol.schedule, program, findings)
    typical = link_typical(protocol, linker.names, findings)
    if findings.failed:
        return None
    sound = {name: rule for name, rule in rules.items() if rule is not None}
    return Study(protocol, sound, program, linker.settled_names(), fingerprint, typical)


@dataclass(slots=True)
class Linker:
    """Checks each rule once; `heights` says of the settled ones how many rules they stand on."""

    protocol: Protocol
    findings: Diagnostics
    names: Names = field(init=False)
    cores: dict[str, Core | None] = field(default_factory=dict)
    syntaxes: dict[Span, Syntax | None] = field(default_factory=dict)
    heights: dict[str, int] = field(default_factory=dict)
    rests: Rests = field(init=False)

    def __post_init__(self) -> None:
        self.rests = Rests(self.protocol, self.read)
        schedule = self.protocol.schedule
        birth = (v.name for v in self.protocol.variables.values() if v.role == "birth")
        entries = dict(self._entries())
        in_doubt = self.protocol.in_doubt | (self.protocol.parameters.keys() - entries.keys())
        self.names = Names(
            {name: entry for name, entry in entries.items() if name not in in_doubt},
            birth=next(birth, None),
            in_doubt=in_doubt,
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
        return RuleName(rule.id, lambda at: self._type_of(rule.id), visits or None, for_each)

    def visits_of(self, rule: Rule) -> tuple[str, ...]:
        written = [scalar.text for scalar in rule.visits]
        return tuple(self.protocol.schedule.visits) if written == ["all"] else tuple(written)

    # ----------------------------------------------------------- expressions

    def _type_of(self, name: str) -> Type | None:
        """A rule's type; None where it has errors, or is in a circle that was reported."""
        core = self.cores.get(name)
        return None if core is None else core.type

    def settle(self, first: str) -> None:
        """Checks a rule after all that it rests on. A loop and no recursion: a row of rules can be long."""
        path = {first: self.rests.of(first, NOWHERE)} if first not in self.heights else {}
        while path:
            name, below = next(reversed(path.items()))
            rest = next((rest for rest in below if rest.name not in self.heights), None)
            if rest is None:
                del path[name]
                self._conclude(name)
            elif rest.name in path:
                self._circle(list(path), rest)
            else:
                path[rest.name] = self.rests.of(rest.name, rest.at)

    def _conclude(self, name: str) -> None:
        height = 1 + max((self.heights.get(rest.name, 0) for rest in self.rests.of(name, NOWHERE)), default=0)
        self.heights[name] = height
        rule = self.protocol.rules.get(name)
        if rule is not None and height == DEEPEST + 1:
            message = f"`{name}` rests on more than {DEEPEST} rules, one upon another"
            help = "say more in one rule: nobody can follow so many"
            self.findings.error("too-deep", message, rule.at, help=help)
        elif rule is not None and height <= DEEPEST:
            self.cores[name] = self._checked(rule)

    def _checked(self, rule: Rule) -> Core | None:
        core = self.expression(rule.expression, self._scope(rule))
        if core is None or not check_result(rule, core.type, self.findings):
            return None
        return self._from_its_arms(rule, self._where_it_applies(rule, core))

    def _from_its_arms(self, rule: Rule, core: Core | None) -> Core | None:
        """A switch is allowed from the arms it says, whatever else its rule asks."""
        arm = next((v.name for v in self.protocol.variables.values() if v.role == "arm"), None)
        entry = None if arm is None else self.names.entries.get(arm)
        if core is None or rule.moves is None or not isinstance(entry, VariableName):
            return core
        if not isinstance(entry.value, Code):
            return core
        held = Fact(entry.name, entry.value, entry.absent, rule.at)
        codes = Const(frozenset(rule.moves[0]), CodeSet(entry.value), rule.at)
        return apply(
            "and", (apply("in", (held, codes), rule.at, self.findings), core), rule.at, self.findings
        )

    def _where_it_applies(self, rule: Rule, core: Core) -> Core | None:
        """A rule with `applies_when` is kept wherever that is false."""
        applies = self.extra(rule, "applies_when") if "applies_when" in rule.extra else None
        if applies is None or applies.type != TRUTH:
            return core
        exempt = apply("not", (applies,), rule.at, self.findings)
        return apply("or", (exempt, core), rule.at, self.findings)

    def extra(self, rule: Rule, key: str) -> Core | None:
        """One of a rule's further expressions, checked once."""
        name = f"{rule.id}.{key}"
        if name not in self.cores:
            self.cores[name] = self.expression(rule.extra[key], self._scope(rule))
        return self.cores[name]

    def _circle(self, path: list[str], closing: Rest) -> None:
        circle = path[path.index(closing.name) :]
        if len(circle) > MOST_SHOWN:
            circle = [*circle[: MOST_SHOWN - 1], circle[-1]]
        rules = (self.protocol.rules[name] for name in circle if name in self.protocol.rules)
        labels = tuple(Label(rule.at, f"`{rule.id}`") for rule in rules)
        steps = [*circle, *([closing.through] if closing.through else []), closing.name]
        message = f"`{closing.name}` is defined by itself: " + " -> ".join(f"`{name}`" for name in steps)
        help = "one of these must do without the others" if len(steps) > 2 else "say it without its own name"
        self.findings.error("circle", message, closing.at, help=help, labels=labels)

    def _scope(self, rule: Rule) -> Scope | None:
        """What is in view in a rule; None where what it is asked of was not understood."""
        visit = bool(rule.visits) or rule.id in self.names.in_doubt
        if rule.for_each is None:
            return Scope(visit=visit)
        this = self.names.entries.get(rule.for_each.text)
        return Scope(visit, this) if isinstance(this, VariableName) and this.kind != "fact" else None

    def expression(self, scalar: Scalar, scope: Scope | None) -> Core | None:
        syntax = self.read(scalar)
        return None if syntax is None or scope is None else check(syntax, self.names, scope, self.findings)

    def read(self, scalar: Scalar) -> Syntax | None:
        """What an expression says; read once, whoever asks first."""
        if scalar.at not in self.syntaxes:
            self.syntaxes[scalar.at] = self._parsed(scalar)
        return self.syntaxes[scalar.at]

    def _parsed(self, scalar: Scalar) -> Syntax | None:
        if not scalar.one_to_one:
            _report_unlike(scalar, self.findings)
            return None
        return parse(scalar.text, lambda start, end: span_in(scalar, start, end), self.findings)

    # ----------------------------------------------------------------- rules

    def linked(self, rule: Rule) -> LinkedRule | None:
        core = self.cores.get(rule.id)
        extra = {key: self.extra(rule, key) for key in rule.extra}
        sound = {key: part for key, part in extra.items() if part is not None}
        check_extra(rule, sound, self.findings)
        if core is None:
            return None
        for_each = None if rule.for_each is None else rule.for_each.text
        return LinkedRule(rule, core, sound, self.visits_of(rule), for_each)

    def decision(self) -> Core:
        """Eligible: every inclusion criterion true and every exclusion criterion false."""
        parts = [self._criterion(rule) for rule in deciding(self.protocol)]
        return Call("and", tuple(parts), TRUTH) if parts else TRUE

    def _criterion(self, rule: Rule) -> Core:
        asked = Ref(rule.id, None, TRUTH, rule.at)
        return asked if rule.role == "inclusion" else Call("not", (asked,), TRUTH, rule.at)

    # -------------------------------------------------------------- schedule

    def program(self) -> Program:
        rules = {name: core for name, core in self.cores.items() if core is not None}
        baseline = baseline_of(self.protocol.schedule, self._before_baseline, self.findings)
        return Program({**rules, ELIGIBLE: self.decision()}, self._plans(), baseline, self._attendance())

    def _plans(self) -> Mapping[str, VisitPlan]:
        visits = self.protocol.schedule.visits.values()
        anchored = [visit for visit in visits if self._is_anchor(visit.anchor.text)]
        plans = [plan_of(visit, self.plainly, self.findings) for visit in anchored]
        return {plan.name: plan for plan in plans if plan is not None}

    def _is_anchor(self, name: str) -> bool:
        """Whether visits can be counted from it; where not, that was said when the files were read."""
        return name in self.protocol.rules and self.protocol.rules[name].role == "anchor"

    def plainly(self, scalar: Scalar) -> Core | None:
        """An expression of the schedule, where no visit or record is in view."""
        return self.expression(scalar, Scope())

    def _before_baseline(self, scalar: Scalar) -> Core | None:
        """What the baseline is made of, where there is none yet."""
        syntax = self.read(scalar)
        names = replace(self.names, baseline=False)
        return None if syntax is None else check(syntax, names, Scope(), self.findings)

    def _attendance(self) -> Attendance | None:
        attendance = self.protocol.schedule.attendance
        return None if attendance is None else Attendance(attendance[0].text, attendance[1].text)


def _report_unlike(scalar: Scalar, findings: Diagnostics) -> None:
    """An expression that does not stand in the file character by character: no error in it could be shown."""
    message = "an expression over several lines must stand after `|`"
    help = "write `|` here, and the expression on the lines below"
    if scalar.at.line == scalar.at.end_line:
        message = "an expression cannot hold escapes or doubled quotes"
        help = "leave out the quotes round the expression, or write it after `|` on the next line"
    findings.error("expression", message, scalar.at, help=help)
