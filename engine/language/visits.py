"""Values at a visit, and what the names of visits stand for.

`weight at month_6` is the measurement in the visit's window, `response at
visit` the answer of another rule; `age at D` counts years up to a day.
"""

from engine.language import syntax as s
from engine.language.checker import Checker, meant
from engine.language.core import (
    BASELINE,
    CURRENT,
    Bound,
    Core,
    Fact,
    Period,
    Records,
    Ref,
    Select,
    VisitDay,
)
from engine.language.names import RuleName, VariableName, VisitName
from engine.language.selections import field, own_value
from engine.language.types import DAY
from engine.source.place import Span


def rule_alone(checker: Checker, rule: RuleName, at: Span) -> Core | None:
    """A rule named alone: its value, if it has one for the patient."""
    if rule.for_each is not None:
        message = f"`{rule.name}` is asked of each `{rule.for_each}`, and one value is needed"
        checker.fail("series", message, at, f"select among its records: `any {rule.for_each} where (...)`")
        return None
    if rule.visits is not None:
        help = f"ask it at a visit: `{rule.name} at {rule.visits[0]}`, `any {rule.name} from A to B`"
        checker.fail("series", f"`{rule.name}` is asked at visits, and one value is needed", at, help)
        return None
    type_ = rule.type(at)
    return None if type_ is None else Ref(rule.name, None, type_, at)


def at(checker: Checker, node: s.At) -> Core | None:
    if node.thing == s.Name("age") and "age" not in checker.names.entries:
        return _age(checker, node)
    named = checker.names.entries.get(
        node.thing.of if isinstance(node.thing, s.Attribute) else node.thing.name
    )
    if named is None:
        return checker.check(node.thing)
    visit = visit_named(checker, node.visit)
    if visit is None:
        return None
    match named:
        case RuleName(visits=visits) if visits is not None:
            return _rule_at(checker, node, named, visit)
        case VariableName(kind="measurement" | "judgement" | "event" | "episode"):
            return _record_at(checker, node, named, visit)
        case _:
            pass
    checker.fail(
        "series", f"`{named.name}` is the same at every visit", node.thing.at, f"write `{named.name}` alone"
    )
    return None


def _age(checker: Checker, node: s.At) -> Core | None:
    if checker.names.birth is None:
        help = "give the date of birth `role: birth` in `protocol/variables.yaml`"
        message = "no variable has `role: birth` to count ages from"
        if not checker.names.in_doubt:
            checker.fail("unknown-name", message, node.thing.at, help)
        return None
    day = checker.check(node.visit)
    return checker.call("years_between", node.at, Fact(checker.names.birth, DAY, at=node.thing.at), day)


def _rule_at(checker: Checker, node: s.At, rule: RuleName, visit: str) -> Core | None:
    type_ = rule.type(node.thing.at)
    asked = rule.visits or ()
    if visit not in (CURRENT, BASELINE, *asked):
        help = f"it is asked at {' and '.join(f'`{v}`' for v in asked)}"
        checker.fail("visit", f"`{rule.name}` is not asked at `{visit}`", node.visit.at, help)
        return None
    return None if type_ is None else Ref(rule.name, visit, type_, node.at)


def _record_at(checker: Checker, node: s.At, variable: VariableName, visit: str) -> Core | None:
    if isinstance(node.thing, s.Attribute):
        element = field(checker, variable, node.thing)
    else:
        element = own_value(checker, variable, s.Selection("last", node.thing, at=node.at))
    if element is None:
        return None
    assert variable.kind != "fact"
    if variable.kind == "episode":
        day = Bound(VisitDay(visit, at=node.visit.at))
        ongoing = Records(variable.name, "episode", variable.absent, Period(day, day))
        return Select("last", ongoing, element, element.type, node.at)
    source = Records(variable.name, variable.kind, variable.absent, visit=visit)
    return Select("at", source, element, element.type, node.at)


def visit_named(checker: Checker, node: s.Name) -> str | None:
    """The visit a name stands for: `visit`, `baseline` or one of the schedule's."""
    if node.name == CURRENT and checker.scope.visit:
        return CURRENT
    if node.name == BASELINE and checker.names.baseline:
        return BASELINE
    if isinstance(checker.names.entries.get(node.name), VisitName):
        return node.name
    if node.name in UNDECLARED:
        checker.fail("visit", *undeclared(node))
    elif node.name not in checker.names.in_doubt:
        visits = [name for name, entry in checker.names.entries.items() if isinstance(entry, VisitName)]
        help = meant(node.name, visits)
        if node.name in checker.names.entries:
            help = "; ".join(filter(None, (meant("", visits), "the value on any other day is `last X on D`")))
        checker.fail("visit", f"`{node.name}` is not a visit", node.at, help)
    return None


UNDECLARED = {
    CURRENT: ("there is no current visit here", "only a rule with `at_each_visit` has one"),
    BASELINE: ("there is no baseline here", "say when it is: `baseline` in `protocol/schedule.yaml`"),
}


def undeclared(node: s.Name) -> tuple[str, Span, str]:
    """What to say of `visit` and `baseline` where there is none."""
    message, help = UNDECLARED[node.name]
    return message, node.at, help
