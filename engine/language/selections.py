"""Series taken to one value: which records, in which period, and what of each.

A series is a variable's records, or the visits at which a rule is asked. The
comparison of a quantified series is of each element: `every X <= 5` selects
`every` over `X <= 5`.
"""

from collections.abc import Callable
from dataclasses import replace

from engine.language import syntax as s
from engine.language.apply import KINDS, SAID, said
from engine.language.checker import Checker, fields_of
from engine.language.core import (
    BASELINE,
    CURRENT,
    TRUE,
    Bound,
    Call,
    Core,
    Fact,
    Field,
    Period,
    Records,
    Ref,
    Select,
    VisitDay,
    Visits,
)
from engine.language.names import RuleName, VariableName, VisitName
from engine.language.operators import SELECTORS, Selector
from engine.language.periods import period_of
from engine.language.types import DAY, TRUTH, Number, Truth, Type
from engine.language.units import ONE
from engine.source.place import Span
from engine.source.suggest import did_you_mean

QUANTIFIERS = ("any", "no", "every")
Predicate = Callable[[Core], Core | None]
"""From the element of a series to the condition asked of it."""


def is_quantified(node: s.Selection) -> bool:
    return node.selector in QUANTIFIERS and node.has is None


def select(checker: Checker, node: s.Selection) -> Core | None:
    return of_each(checker, node, None)


def of_each(checker: Checker, node: s.Selection, predicate: Predicate | None) -> Core | None:
    """The selection; `predicate` is the comparison that stood behind a quantified one."""
    thing = checker.names.entries.get(
        node.thing.of if isinstance(node.thing, s.Attribute) else node.thing.name
    )
    match thing:
        case VariableName(kind="fact"):
            message = f"`{thing.name}` is one value, not a series"
            checker.fail("series", message, node.thing.at, f"leave out `{node.selector}`")
            return None
        case VariableName():
            return _of_records(checker, node, thing, predicate)
        case RuleName(visits=visits) if visits is not None and isinstance(node.thing, s.Name):
            return _of_visits(checker, node, thing, predicate)
        case None:
            checker.check(node.thing)
            return None
        case _:
            pass
    checker.fail(
        "series",
        f"`{thing.name}` is not a series",
        node.thing.at,
        "a series is a variable or a rule of visits",
    )
    return None


# -------------------------------------------------------------------- records


def _of_records(
    checker: Checker, node: s.Selection, variable: VariableName, predicate: Predicate | None
) -> Core | None:
    period = period_of(checker, node.period)
    inner = checker.inside(checker.scope.selecting(variable))
    where = None if node.where is None else _condition(inner, node.where)
    element = _element(checker, inner, node, variable)
    if element is not None and predicate is not None:
        element = predicate(element)
    if element is None or (node.period and period is None) or (node.where and where is None):
        return None
    assert variable.kind != "fact"
    source = Records(variable.name, variable.kind, variable.absent, period, where)
    return _selected(checker, node, source, element)


def _condition(checker: Checker, node: s.Syntax) -> Core | None:
    condition = checker.check(node)
    if condition is not None and condition.type != TRUTH:
        checker.fail("type", f"a condition is needed; this is {said(condition.type)}", condition.at)
        return None
    return condition


def _element(checker: Checker, inner: Checker, node: s.Selection, variable: VariableName) -> Core | None:
    """What of each record the selector works on."""
    if node.has is not None and isinstance(node.thing, s.Attribute):
        checker.fail(
            "type", f"`has` looks at whole records: write `{variable.name} ... has (...)`", node.thing.at
        )
        return None
    if node.has is not None:
        return inner.check(node.has)
    if isinstance(node.thing, s.Attribute):
        return field(checker, variable, node.thing)
    if node.selector == "number of" or (node.selector in ("any", "no") and variable.kind != "judgement"):
        return _whole_record(variable, node)
    return _own_value(checker, variable, node)


def _whole_record(variable: VariableName, node: s.Selection) -> Core:
    """`any wbc` asks for a record; with a comparison behind it, for a value."""
    if variable.value is not None and node.selector != "number of":
        return Field("record", "value", variable.value, node.thing.at)
    return replace(TRUE, at=node.thing.at)


def _own_value(checker: Checker, variable: VariableName, node: s.Selection) -> Core | None:
    if variable.value is not None:
        return Field("record", "value", variable.value, node.thing.at)
    if node.selector in ("first", "last"):
        return Field("record", "start", DAY, node.thing.at)
    attributes = ", ".join(f"`{variable.name}.{name}`" for name in variable.attributes)
    help = f"select one of {attributes}" if attributes else "it can be counted: `any`, `no`, `number of`"
    checker.fail("type", f"`{variable.name}` has no value for `{node.selector}` to take", node.thing.at, help)
    return None


def field(checker: Checker, variable: VariableName, node: s.Attribute) -> Core | None:
    fields = fields_of(variable)
    if node.name not in fields:
        no_attribute(checker, variable, node)
        return None
    return Field("record", node.name, fields[node.name], node.at)


def no_attribute(checker: Checker, variable: VariableName, node: s.Attribute) -> None:
    fields = fields_of(variable)
    help = did_you_mean(node.name, fields) or f"it has {', '.join(f'`{name}`' for name in fields)}"
    checker.fail("unknown-name", f"`{variable.name}` has no attribute `{node.name}`", node.at, help)


# --------------------------------------------------------------------- visits


def _of_visits(
    checker: Checker, node: s.Selection, rule: RuleName, predicate: Predicate | None
) -> Core | None:
    type_ = rule.type(node.thing.at)
    period = period_of(checker, node.period)
    if node.where is not None or node.has is not None:
        checker.fail("type", f"`{rule.name}` is a rule of visits and has no records to look into", node.at)
        return None
    if type_ is None or (node.period and period is None):
        return None
    value = Ref(rule.name, CURRENT, type_, node.thing.at)
    where, element = _visit_element(node, value, predicate)
    assert rule.visits is not None
    return None if element is None else _selected(checker, node, Visits(rule.visits, period, where), element)


def _visit_element(
    node: s.Selection, value: Ref, predicate: Predicate | None
) -> tuple[Core | None, Core | None]:
    """The visits that count, and what is taken of each.

    A yes-or-no rule happens at the visits where it is true; any other has a
    record at the visits where its value is known.
    """
    if isinstance(value.type, Truth):
        if node.selector in ("first", "last"):
            return value, VisitDay(CURRENT, at=value.at)
        return (value, TRUE) if node.selector == "number of" else (None, value)
    has_value = Call("known", (value,), TRUTH, value.at)
    if node.selector == "number of":
        return has_value, TRUE
    return has_value, value if predicate is None else predicate(value)


# ------------------------------------------------------------------- the type


def _selected(checker: Checker, node: s.Selection, source: Records | Visits, element: Core) -> Core | None:
    selector = SELECTORS["any" if node.selector == "no" else node.selector]
    if (
        isinstance(element, Field)
        and element.name == "value"
        and selector.name == "any"
        and not _is_truth(element)
    ):
        element = replace(TRUE, at=element.at)
    if not _suits(selector, element.type):
        checker.fail("type", *_unsuited(node, selector, element.type))
        return None
    chosen = Select(selector.name, source, element, _type(selector, element.type), node.at)
    return Call("not", (chosen,), TRUTH, node.at) if node.selector == "no" else chosen


def _is_truth(element: Core) -> bool:
    return isinstance(element.type, Truth)


def _suits(selector: Selector, type_: Type) -> bool:
    return selector.takes == "nothing" or isinstance(type_, KINDS[selector.takes])


def _unsuited(node: s.Selection, selector: Selector, type_: Type) -> tuple[str, Span, str | None]:
    assert selector.takes != "nothing"
    help = "compare each: `every X <= 5 mg/d`" if selector.takes == "truth" else None
    return (
        f"`{node.selector}` needs {SAID[selector.takes]} of each record; this is {said(type_)}",
        node.at,
        help,
    )


def _type(selector: Selector, element: Type) -> Type:
    match selector.gives:
        case "truth":
            return TRUTH
        case "count":
            return Number(ONE)
        case "element":
            return element
        case "number":
            assert isinstance(element, Number)
            return replace(element, exact=element.exact and selector.exact)


# ------------------------------------------------------------------ at a visit


def rule_alone(checker: Checker, rule: RuleName, at: Span) -> Core | None:
    """A rule named alone: its value, if it has one for the patient."""
    if rule.for_each is not None:
        help = f"it is asked of each `{rule.for_each}`; select among those records instead"
        checker.fail("series", f"`{rule.name}` has no one value", at, help)
        return None
    if rule.visits is not None:
        help = f"ask it at a visit: `{rule.name} at visit`, `any {rule.name} from ... to ...`"
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
        checker.fail("unknown-name", "no variable has `role: birth` to count ages from", node.thing.at)
        return None
    day = checker.check(node.visit)
    return checker.call("years_between", node.at, Fact(checker.names.birth, DAY, at=node.thing.at), day)


def _rule_at(checker: Checker, node: s.At, rule: RuleName, visit: str) -> Core | None:
    type_ = rule.type(node.thing.at)
    asked = rule.visits or ()
    if visit not in (CURRENT, BASELINE, *asked):
        help = f"it is asked at {', '.join(f'`{v}`' for v in asked)}"
        checker.fail("visit", f"`{rule.name}` is not asked at `{visit}`", node.visit.at, help)
        return None
    return None if type_ is None else Ref(rule.name, visit, type_, node.at)


def _record_at(checker: Checker, node: s.At, variable: VariableName, visit: str) -> Core | None:
    if isinstance(node.thing, s.Attribute):
        element = field(checker, variable, node.thing)
    else:
        element = _own_value(checker, variable, s.Selection("last", node.thing, at=node.at))
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
    visits = [name for name, entry in checker.names.entries.items() if isinstance(entry, VisitName)]
    help = did_you_mean(node.name, [*visits, BASELINE, CURRENT])
    if node.name == CURRENT:
        help = "only a rule with `at_each_visit` has a current visit"
    checker.fail("visit", f"`{node.name}` is not a visit", node.at, help)
    return None
