"""Sums, products and dates: where a sum is of a date, it moves the date."""

from decimal import Decimal

from engine.language import syntax as s
from engine.language.apply import apply, in_plain, said
from engine.language.checker import Checker
from engine.language.core import BASELINE, Const, Core, Parameter, Records, Ref, Select
from engine.language.literals import converted, whole
from engine.language.types import Day, Number
from engine.language.units import DAY_UNIT, MONTH_UNIT, ONE, PERCENT, Unit
from engine.source.diagnostic import Diagnostics
from engine.source.place import Span


def total(checker: Checker, node: s.Total) -> Core | None:
    terms = [(sign, checker.check(term)) for sign, term in node.terms]
    first = terms[0][1]
    if first is not None and isinstance(first.type, Day):
        return _moved(checker, first, terms[1:])
    if first is not None and _moves_the_day(node, first, terms[1:]):
        help = "a day that is computed stands in brackets, as in `up to (D - 7 days)`"
        checker.fail(
            "unit", "this would be taken from the value, not from the day", node.terms[1][1].at, help
        )
        return None
    signed = [term if sign == "+" else _negative(checker, term) for sign, term in terms]
    return checker.call("add", node.at, *signed)


def _moves_the_day(node: s.Total, first: Core, others: list[tuple[str, Core | None]]) -> bool:
    """`last x before D - 7 days`, which reads as `(last x before D) - 7 days`."""
    selection, span = node.terms[0][1], others[0][1]
    if not isinstance(selection, s.Selection) or selection.period is None or span is None:
        return False
    return bool(_shift_of(span)[0]) and not _shift_of(first)[0]


def _negative(checker: Checker, value: Core | None) -> Core | None:
    if isinstance(value, Const) and isinstance(value.value, Decimal):
        return Const(-value.value, value.type, value.at)
    return None if value is None else checker.call("neg", value.at, value)


def _moved(checker: Checker, day: Core, spans: list[tuple[str, Core | None]]) -> Core | None:
    moved: Core | None = day
    for sign, span in spans:
        if span is None or moved is None:
            return None
        if isinstance(span.type, Day):
            help = "the days between two dates are `days from A to B`"
            checker.fail("type", "two dates cannot be added or subtracted", span.at, help)
            return None
        moved = shifted(moved, span, -1 if sign == "-" else 1, checker.findings)
    return moved


LONGEST = {"add_days": 200 * 366, "add_months": 200 * 12}
"""Whole lengths beyond these leave the calendar sooner or later, and no protocol means them."""


def shifted(day: Core, span: Core, direction: int, findings: Diagnostics) -> Core | None:
    """A day so many whole days or months later, or earlier where `direction` is -1."""
    operator, unit = _shift_of(span)
    length = None if unit is None else converted(span, unit)
    steps = None if length is None else whole(length)
    if length is None or steps is None or abs(steps) > LONGEST[operator]:
        _report_length(span, unit, findings)
        return None
    if direction < 0:
        length = _backwards(length, findings)
    return apply(operator, (day, length), day.at, findings)


def _report_length(span: Core, unit: Unit | None, findings: Diagnostics) -> None:
    """Why a value is no length that a date could move by."""
    help = "days, weeks, months or years, as in `14 days`"
    if unit is None:
        message = f"a date moves by a length of time; this is {said(span.type)}"
        if isinstance(span, Const) and span.type == Number(ONE):
            help = f"give it a unit, as in `{span.value} days`"
    elif not isinstance(span, Const | Parameter):
        message = "a date moves by a length that is written down, not by one that is computed"
        help = "write it out, or give it a name in `protocol/parameters.yaml`"
    elif whole(converted(span, unit) or span) is None:
        message = "a date moves by whole days or whole months, and this is a part of one"
    else:
        message, help = "a date moves by 200 years at most", "see whether the number and its unit are right"
    findings.error("type", message, span.at, help=help)


def _shift_of(span: Core) -> tuple[str, Unit | None]:
    if isinstance(span.type, Number):
        for operator, unit in (("add_days", DAY_UNIT), ("add_months", MONTH_UNIT)):
            if span.type.unit.dimension == unit.dimension:
                return operator, unit
    return "", None


def _backwards(length: Core, findings: Diagnostics) -> Core | None:
    if isinstance(length, Const) and isinstance(length.value, Decimal):
        return Const(-length.value, length.type, length.at)
    return apply("neg", (length,), length.at, findings)


def scaled(checker: Checker, node: s.Scaled) -> Core | None:
    factors = [(sign, checker.check(factor)) for sign, factor in node.factors]
    product = factors[0][1]
    run: list[Core | None] = [product]
    for sign, factor in factors[1:]:
        if sign == "*":
            run.append(factor)
            continue
        product = checker.call("div", node.at, _product(checker, run, node.at), factor)
        run = [product]
    return _product(checker, run, node.at)


def _product(checker: Checker, factors: list[Core | None], at: Span) -> Core | None:
    if len(factors) == 1:
        return factors[0]
    return checker.call("mul", at, *(None if f is None else in_plain(f) for f in factors))


def negative(checker: Checker, node: s.Negative) -> Core | None:
    return _negative(checker, checker.check(node.value))


def raised(checker: Checker, node: s.Raised) -> Core | None:
    return checker.call("pow", node.at, checker.check(node.value), checker.check(node.exponent))


def percent_of(checker: Checker, node: s.PercentOf) -> Core | None:
    percent, value = checker.check(node.percent), checker.check(node.value)
    if percent is None or value is None:
        return None
    if percent.type != Number(PERCENT):
        help = "a share is written `85 % of X`"
        checker.fail("unit", f"`of` needs a percentage; this is {said(percent.type)}", percent.at, help)
        return None
    if _is_baseline(value):
        value = checker.call("nonzero", value.at, value)
    return checker.call("mul", node.at, in_plain(percent), value)


def _is_baseline(value: Core) -> bool:
    """A share of a baseline of nothing says nothing about a change from it."""
    match value:
        case Ref(visit=visit) | Select(source=Records(visit=visit)):
            return visit == BASELINE
        case _:
            return False


def function(checker: Checker, node: s.FunctionCall) -> Core | None:
    wanted = {"abs": 1, "round": 2}.get(node.name)
    if wanted is not None and len(node.args) != wanted:
        help = "as in `abs(x)`" if node.name == "abs" else "the second is the step, as in `round(x, 2.5 mg)`"
        values = "1 value" if wanted == 1 else f"{wanted} values"
        message = f"`{node.name}` takes {values} in its brackets, not {len(node.args)}"
        checker.fail("type", message, node.at, help)
        return None
    return checker.call(node.name, node.at, *map(checker.check, node.args))


def elapsed(checker: Checker, node: s.Elapsed) -> Core | None:
    start, end = checker.check(node.start), checker.check(node.end)
    return checker.call(f"{node.unit}_between", node.at, start, end)
