"""Names and literals: what each stands for where it stands."""

from engine.language import selections, visits
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
from engine.language.types import DAY, TRUTH, Code, Type
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
        checker.fail("unit", read.message, node.at.last(len(node.unit or "")), read.help)
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
    message, help = (
        f"nothing says which codelist `{node.code}` is from",
        "compare a variable that holds codes with it",
    )
    if node.code[:1].isdigit():
        help = "a number or a date is written without quotes"
    checker.fail("code", message, node.at, help)
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
    "today": "a rule has no today; `as_of` is the day up to which the data are known",
    "yes": "the truth values are `true` and `false`",
    "no": "the truth values are `true` and `false`",
    "unknown": "ask `X is unknown`",
    **dict.fromkeys(("days", "months", "years"), "the time between two dates is `days from A to B`"),
    "previous": "say what of it: `previous.start`",
    "this": "say what of it: `this.start`",
    "value": "only a measurement and a judgement have a value, inside `where (...)` and `has (...)`",
    "start": "it is the day of a record, inside `where (...)` and `has (...)`",
    "end": "only an episode has an end, inside `where (...)` and `has (...)`",
    "number": "a count is `number of X`",
}


def unknown_name(checker: Checker, node: s.Name) -> None:
    if node.name in checker.names.in_doubt:
        return
    if node.name in visits.UNDECLARED:
        checker.fail("visit", *visits.undeclared(node))
        return
    known = [*checker.fields(), *checker.names.entries]
    help = HINTS.get(node.name) or _elsewhere(checker, node.name) or did_you_mean(node.name, known)
    message = f"there is no name `{node.name}`"
    checker.fail("unknown-name", message, node.at, help or _defined(checker))


def _defined(checker: Checker) -> str:
    """Where names come from, for one that is like no other."""
    fields = ", ".join(f"`{name}`" for name in checker.fields())
    return f"a record here has {fields}" if fields else "a variable must be in `protocol/variables.yaml`"


def _elsewhere(checker: Checker, word: str) -> str | None:
    """Where a word does mean something: as an attribute, or as a code."""
    for variable in (entry for entry in checker.names.entries.values() if isinstance(entry, VariableName)):
        if word in variable.attributes:
            return f"it is recorded with `{variable.name}`: write `last {variable.name}.{word}`"
        for type_ in fields_of(variable).values():
            if isinstance(type_, Code) and word in type_.codes:
                return (
                    f"it is a code of `{type_.codelist}`; beside a variable it is read as one: `X = {word}`"
                )
    return None


def _entry(checker: Checker, entry: Entry, node: s.Name) -> Core | None:
    match entry:
        case ParameterName(name, value, type_):
            return Parameter(name, value, type_, node.at)
        case VisitName(name):
            return VisitDay(name, at=node.at)
        case RuleName():
            return visits.rule_alone(checker, entry, node.at)
        case VariableName(name, kind, value):
            return _variable(checker, entry, node) if kind != "fact" else _fact(entry, value, node)


def _fact(entry: VariableName, value: Type | None, node: s.Name) -> Core:
    assert value is not None
    return Fact(entry.name, value, entry.absent, node.at)


def _variable(checker: Checker, entry: VariableName, node: s.Name) -> Core | None:
    if entry.kind == "judgement":
        return selections.select(checker, s.Selection("last", node, at=node.at))
    message = f"`{entry.name}` is a series, and one value is needed"
    help = f"say which: `last {entry.name}`, or `{entry.name} at` a visit"
    if entry.kind in ("event", "episode"):
        help = f"ask `any {entry.name}`, or for its day `first {entry.name}`"
    checker.fail("series", message, node.at, help)
    return None


def an_attribute(checker: Checker, node: s.Attribute) -> Core | None:
    holder = checker.scope.this
    if node.of in ("this", "previous") and holder is not None:
        return _field(checker, node, holder)
    if node.of in ("this", "previous"):
        help = "in any other rule, select the record: `last study_drug.dose`"
        checker.fail("scope", f"`{node.of}` needs a rule with `for_each`", node.at, help)
    elif node.of in checker.names.entries:
        message = f"`{node.of}.{node.name}` is a series, and one value is needed"
        checker.fail("series", message, node.at, f"say which: `last {node.of}.{node.name}`")
    else:
        unknown_name(checker, s.Name(node.of, node.at.first(len(node.of))))
    return None


def _field(checker: Checker, node: s.Attribute, holder: VariableName) -> Core | None:
    fields = fields_of(holder)
    if node.name not in fields:
        selections.no_attribute(checker, holder, node)
        return None
    return Field("this" if node.of == "this" else "previous", node.name, fields[node.name], node.at)


def a_visit_aspect(checker: Checker, node: s.VisitAspect) -> Core | None:
    visit = visits.visit_named(checker, s.Name(node.visit, node.at.last(len(node.visit))))
    if visit is None or visit == BASELINE:
        if visit == BASELINE:
            checker.fail("visit", f"baseline has no {node.aspect}", node.at, "its day is `baseline`")
        return None
    if node.aspect == "attendance" and not checker.names.attendance:
        help = "name the event under `attendance` in `protocol/schedule.yaml`"
        checker.fail("visit", "the schedule does not say which records show attendance", node.at, help)
        return None
    return VisitDay(visit, ASPECTS[node.aspect], node.at)
