"""What a rule's expressions must be: a condition, a date, a number in a unit."""

from collections.abc import Mapping

from engine.language.apply import said
from engine.language.core import Core
from engine.language.types import DAY, TRUTH, Day, Number, Truth, Type
from engine.language.units import ONE, UnitProblem, parse_unit
from engine.source.diagnostic import Diagnostics
from engine.study.model import Role, Rule

RESULT: dict[Role, Type | None] = {
    "anchor": DAY,
    "definition": None,
    "inclusion": TRUTH,
    "exclusion": TRUTH,
    "requirement": TRUTH,
    "switch": TRUTH,
    "response": TRUTH,
    "event": TRUTH,
    "population": TRUTH,
}
"""The type each kind of rule must give; a definition may give any."""

EXTRA: dict[str, Type] = {"applies_when": TRUTH, "since": DAY, "amount": Number(ONE)}
"""The kind of each further expression; an amount may have any unit."""


def check_result(rule: Rule, found: Type, findings: Diagnostics) -> bool:
    wanted = RESULT[rule.role]
    if wanted is not None and found != wanted:
        message = f"`{rule.id}` must be {said(wanted)}; this is {said(found)}"
        findings.error("type", message, rule.expression.at, help=_help(wanted))
        return False
    return rule.unit is None or _check_unit(rule, found, rule.unit.text, findings)


HELP: dict[type, str] = {
    Number: "an amount is computed, as in `2 mg/kg/d * weight at baseline`",
    Truth: "compare it with something, or ask `is known`",
    Day: "a date is a name such as `randomization`, or a selection such as `first informed_consent`",
}


def _help(wanted: Type) -> str | None:
    return HELP.get(type(wanted))


def _check_unit(rule: Rule, found: Type, text: str, findings: Diagnostics) -> bool:
    assert rule.unit is not None
    unit = parse_unit(text)
    if isinstance(unit, UnitProblem):
        findings.error("unit", unit.message, rule.unit.at, help=unit.help)
        return False
    if isinstance(found, Number) and found.unit == unit:
        return True
    message = f"`{rule.id}` says its unit is `{unit.symbol}`, and its expression is {said(found)}"
    help = "leave out `unit`"
    if isinstance(found, Number):
        help = f"write `unit: {found.unit.symbol}`, or change the expression"
    findings.error("unit", message, rule.unit.at, help=help)
    return False


def check_extra(rule: Rule, extra: Mapping[str, Core], findings: Diagnostics) -> None:
    for key, core in extra.items():
        wanted = EXTRA[key]
        if not isinstance(core.type, type(wanted)):
            kind = "a number" if isinstance(wanted, Number) else said(wanted)
            message = f"`{key}` must be {kind}; this is {said(core.type)}"
            findings.error("type", message, rule.extra[key].at, help=_help(wanted))
