"""Series taken to one value: which records, in which period, and what of each.

A series is a variable's records, or the visits at which a rule is asked. The
comparison of a quantified series is of each element: `every X <= 5` selects
`every` over `X <= 5`.
"""

from collections.abc import Callable
from dataclasses import replace

from engine.language import syntax as s
from engine.language.apply import KINDS, SAID, said
from engine.language.checker import Checker, fields_of, meant
from engine.language.core import (
    CURRENT,
    TRUE,
    Call,
    Core,
    Field,
    Records,
    Ref,
    Select,
    VisitDay,
    Visits,
)
from engine.language.names import RuleName, VariableName
from engine.language.operators import SELECTORS, Selector
from engine.language.periods import period_of
from engine.language.types import DAY, TRUTH, Code, Number, Truth, Type
from engine.language.units import ONE
from engine.source.place import Span

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
        case RuleName(for_each=str(variable)):
            help = f"select among its records: `{node.selector} {variable} where (...)`"
            checker.fail("series", f"`{thing.name}` is asked of each `{variable}`", node.thing.at, help)
        case None:
            checker.check(node.thing)
        case _:
            message = f"`{thing.name}` is one value, not a series"
            checker.fail("series", message, node.thing.at, f"leave out `{node.selector}`")
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
        element = _compared(checker, node, variable, element, predicate)
    if element is None or (node.period and period is None) or (node.where and where is None):
        return None
    assert variable.kind != "fact"
    source = Records(variable.name, variable.kind, variable.absent, period, where)
    return _selected(checker, node, source, element)


def _compared(
    checker: Checker, node: s.Selection, variable: VariableName, element: Core, predicate: Predicate
) -> Core | None:
    if variable.value is None and isinstance(node.thing, s.Name):
        message = f"`{variable.name}` has no value to compare"
        checker.fail("type", message, node.thing.at, _attributes_of(variable))
        return None
    return predicate(element)


def _condition(checker: Checker, node: s.Syntax) -> Core | None:
    condition = checker.check(node)
    if condition is not None and condition.type != TRUTH:
        message = f"a condition is needed here; this is {said(condition.type)}"
        checker.fail("type", message, condition.at, "compare it with something, or ask `is known`")
        return None
    return condition


def _element(checker: Checker, inner: Checker, node: s.Selection, variable: VariableName) -> Core | None:
    """What of each record the selector works on."""
    if node.has is not None and isinstance(node.thing, s.Attribute):
        help = (
            f"write `{node.selector} {variable.name} has (...)`, with `{node.thing.name}` inside the brackets"
        )
        checker.fail("type", "`has` looks at whole records, not at one of their values", node.thing.at, help)
        return None
    if node.has is not None and node.selector == "number of":
        help = f"say which records count: `number of {variable.name} where (...)`"
        checker.fail(
            "type", "`number of` takes nothing of each record that `has` could say", node.thing.at, help
        )
        return None
    if node.has is not None:
        return inner.check(node.has)
    if isinstance(node.thing, s.Attribute):
        return field(checker, variable, node.thing)
    if node.selector == "number of" or (node.selector in ("any", "no") and variable.kind != "judgement"):
        return _whole_record(variable, node)
    return own_value(checker, variable, node)


def _whole_record(variable: VariableName, node: s.Selection) -> Core:
    """`any wbc` asks for a record; with a comparison behind it, for a value."""
    if variable.value is not None and node.selector != "number of":
        return Field("record", "value", variable.value, node.thing.at)
    return replace(TRUE, at=node.thing.at)


def own_value(checker: Checker, variable: VariableName, node: s.Selection) -> Core | None:
    if variable.value is not None:
        return Field("record", "value", variable.value, node.thing.at)
    if node.selector in ("first", "last"):
        return Field("record", "start", DAY, node.thing.at)
    message = f"`{variable.name}` has no value for `{node.selector}` to take"
    checker.fail("type", message, node.thing.at, _attributes_of(variable))
    return None


def _attributes_of(variable: VariableName) -> str:
    attributes = " or ".join(f"`{variable.name}.{name}`" for name in variable.attributes)
    counted = "it can be counted: `any`, `no`, `number of`"
    return f"say what of it, as in {attributes}" if attributes else counted


def field(checker: Checker, variable: VariableName, node: s.Attribute) -> Core | None:
    fields = fields_of(variable)
    if node.name not in fields:
        no_attribute(checker, variable, node)
        return None
    return Field("record", node.name, fields[node.name], node.at)


def no_attribute(checker: Checker, variable: VariableName, node: s.Attribute) -> None:
    fields = fields_of(variable)
    message, at = f"`{variable.name}` has no attribute `{node.name}`", node.at.last(len(node.name))
    checker.fail("unknown-name", message, at, meant(node.name, fields))


# --------------------------------------------------------------------- visits


def _of_visits(
    checker: Checker, node: s.Selection, rule: RuleName, predicate: Predicate | None
) -> Core | None:
    type_ = rule.type(node.thing.at)
    period = period_of(checker, node.period)
    if node.where is not None or node.has is not None:
        message = f"`{rule.name}` is asked at visits and has no records to look into"
        help = "leave out `where` and `has`; a period such as `from A to B` can say which visits"
        checker.fail("type", message, node.thing.at, help)
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
    record at the visits where its value is known. What is asked of each value
    is unknown where that is: `any X < 5` must not be false for want of X.
    """
    if isinstance(value.type, Truth):
        if node.selector in ("first", "last"):
            return value, VisitDay(CURRENT, at=value.at)
        return (value, TRUE) if node.selector == "number of" else (None, value)
    if predicate is not None:
        return None, predicate(value)
    has_value = Call("known", (value,), TRUTH, value.at)
    return has_value, TRUE if node.selector == "number of" else value


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
    thing = node.thing.name if isinstance(node.thing, s.Name) else f"{node.thing.of}.{node.thing.name}"
    message = f"`{node.selector}` needs {SAID[selector.takes]} of each record; this is {said(type_)}"
    return message, node.thing.at, _help_on(node.selector, thing, type_)


def _help_on(selector: str, thing: str, type_: Type) -> str | None:
    match type_:
        case Code(codes=(code, *_)):
            return f"codes have no order; ask for one, as in `any {thing} = {code}`"
        case Number(unit=unit) if selector in QUANTIFIERS:
            figure = "5" if unit == ONE else f"5 {unit.symbol}"
            return f"compare each, as in `{selector} {thing} <= {figure}`"
        case Truth():
            return f"count them: `number of {thing}`, or ask `any {thing}`"
        case _:
            return None


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
