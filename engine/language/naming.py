"""Names and literals: what each stands for where it stands."""

from engine.language import selections
from engine.language import syntax as s
from engine.language.checker import Checker, fields_of
from engine.language.core import (
    BASELINE,
    CURRENT,
    Const,
    Core,
    Fact,
    Field,
    Parameter,
    VisitAspect,
    VisitDay,
)
from engine.language.days import parse_when
from engine.language.literals import quantity
from engine.language.names import Entry, ParameterName, RuleName, VariableName, VisitName
from engine.language.types import DAY, TRUTH, Type
from engine.language.units import UnitProblem
from engine.source.suggest import did_you_mean

ASPECTS: dict[str, VisitAspect] = {
    "target": "target",
    "opening": "opens",
    "closing": "closes",
    "attendance": "attended",
}


def a_quantity(checker: Checker, node: s.Quantity) -> Core | None:
    read = quantity(node.number, node.unit)
    if isinstance(read, UnitProblem):
        checker.fail("unit", read.message, node.at, read.help)
        return None
    return Const(read[0], read[1], node.at)


def a_date(checker: Checker, node: s.DateLiteral) -> Core | None:
    when = parse_when(node.text)
    if when is None:
        checker.fail("date", f"there is no day `{node.text}`", node.at, "a date is written `2024-03-01`")
        return None
    return Const(when.date, DAY, node.at)


def a_truth(checker: Checker, node: s.TruthLiteral) -> Core | None:
    return Const(node.value, TRUTH, node.at)


def a_code(checker: Checker, node: s.CodeLiteral) -> Core | None:
    message = f"nothing says which codelist `{node.code}` is from"
    checker.fail("code", message, node.at, "compare a variable with it")
    return None


def a_name(checker: Checker, node: s.Name) -> Core | None:
    fields = checker.fields()
    if node.name in fields:
        holder = checker.scope.record
        return Field("this" if holder is None else "record", node.name, fields[node.name], node.at)
    entry = checker.names.entries.get(node.name)
    return _built_in(checker, node) if entry is None else _entry(checker, entry, node)


def _built_in(checker: Checker, node: s.Name) -> Core | None:
    match node.name:
        case "visit" if checker.scope.visit:
            return VisitDay(CURRENT, at=node.at)
        case "baseline" if checker.names.baseline:
            return VisitDay(BASELINE, at=node.at)
        case "as_of":
            return Fact("as_of", DAY, at=node.at)
        case _:
            unknown_name(checker, node)
            return None


HINTS = {
    "visit": "only a rule with `at_each_visit` has a current visit",
    "baseline": "`protocol/schedule.yaml` declares no baseline",
    "today": "a rule has no today; `as_of` is the day up to which the data are known",
    "yes": "the truth values are `true` and `false`",
    "unknown": "ask `X is unknown`",
}


def unknown_name(checker: Checker, node: s.Name) -> None:
    help = HINTS.get(node.name) or did_you_mean(node.name, [*checker.fields(), *checker.names.entries])
    checker.fail("unknown-name", f"there is no name `{node.name}`", node.at, help)


def _entry(checker: Checker, entry: Entry, node: s.Name) -> Core | None:
    match entry:
        case ParameterName(name, value, type_):
            return Parameter(name, value, type_, node.at)
        case VisitName(name):
            return VisitDay(name, at=node.at)
        case RuleName():
            return selections.rule_alone(checker, entry, node.at)
        case VariableName(name, kind, value):
            return _variable(checker, entry, node) if kind != "fact" else _fact(entry, value, node)


def _fact(entry: VariableName, value: Type | None, node: s.Name) -> Core:
    assert value is not None
    return Fact(entry.name, value, entry.absent, node.at)


def _variable(checker: Checker, entry: VariableName, node: s.Name) -> Core | None:
    if entry.kind == "judgement":
        return selections.select(checker, s.Selection("last", node, at=node.at))
    word = "any" if entry.kind in ("event", "episode") else "last"
    message = f"`{entry.name}` is a series, and one value is needed"
    checker.fail("series", message, node.at, f"say which: `{word} {entry.name}`")
    return None


def an_attribute(checker: Checker, node: s.Attribute) -> Core | None:
    holder = checker.scope.this
    if node.of in ("this", "previous") and holder is not None:
        return _field(checker, node, holder)
    if node.of in ("this", "previous"):
        checker.fail("scope", f"`{node.of}` needs a rule with `for_each`", node.at)
    elif node.of in checker.names.entries:
        message = f"`{node.of}.{node.name}` is a series, and one value is needed"
        checker.fail("series", message, node.at, f"say which: `last {node.of}.{node.name}`")
    else:
        unknown_name(checker, s.Name(node.of, node.at))
    return None


def _field(checker: Checker, node: s.Attribute, holder: VariableName) -> Core | None:
    fields = fields_of(holder)
    if node.name not in fields:
        selections.no_attribute(checker, holder, node)
        return None
    return Field("this" if node.of == "this" else "previous", node.name, fields[node.name], node.at)


def a_visit_aspect(checker: Checker, node: s.VisitAspect) -> Core | None:
    visit = selections.visit_named(checker, s.Name(node.visit, node.at))
    if visit is None or visit == BASELINE:
        if visit == BASELINE:
            checker.fail("visit", f"baseline has no {node.aspect}", node.at, "its day is `baseline`")
        return None
    if node.aspect == "attendance" and not checker.names.attendance:
        help = "name the event under `attendance` in `protocol/schedule.yaml`"
        checker.fail("visit", "the schedule does not say which records show attendance", node.at, help)
        return None
    return VisitDay(visit, ASPECTS[node.aspect], node.at)
