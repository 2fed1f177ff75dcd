"""What a rule's expressions must be: a condition, a date, a number in a unit."""

from collections.abc import Mapping

from engine.language.apply import said
from engine.language.core import Core
from engine.language.types import DAY, TRUTH, Number, Type
from engine.language.units import UnitProblem, parse_unit
from engine.source.diagnostic import Diagnostics
from engine.source.place import Span
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

EXTRA: dict[str, Type | None] = {"applies_when": TRUTH, "since": DAY, "amount": None}


def check_result(rule: Rule, found: Type, findings: Diagnostics) -> bool:
    wanted = RESULT[rule.role]
    if wanted is not None and found != wanted:
        message = f"`{rule.id}` must be {said(wanted)}; this is {said(found)}"
        findings.error("type", message, rule.expression.at, help=_help(wanted))
        return False
    return rule.unit is None or _check_unit(rule, found, rule.unit.text, findings)


def _help(wanted: Type) -> str | None:
    return "compare it with something" if wanted == TRUTH else None


def _check_unit(rule: Rule, found: Type, text: str, findings: Diagnostics) -> bool:
    assert rule.unit is not None
    unit = parse_unit(text)
    if isinstance(unit, UnitProblem):
        findings.error("unit", unit.message, rule.unit.at, help=unit.help)
        return False
    if isinstance(found, Number) and found.unit == unit:
        return True
    message = f"`{rule.id}` says its unit is `{unit.symbol}`, and its expression is {said(found)}"
    findings.error("unit", message, rule.unit.at)
    return False


def check_extra(rule: Rule, extra: Mapping[str, Core], findings: Diagnostics) -> None:
    for key, core in extra.items():
        wanted = EXTRA[key]
        if wanted is not None and core.type != wanted:
            _wrong(rule.extra[key].at, f"`{key}` must be {said(wanted)}; this is {said(core.type)}", findings)


def _wrong(at: Span, message: str, findings: Diagnostics) -> None:
    findings.error("type", message, at)
