"""Period phrases to bounds: one meaning a phrase, the index day always said."""

from engine.language import syntax as s
from engine.language.apply import said
from engine.language.arithmetic import shifted
from engine.language.checker import Checker
from engine.language.core import Bound, Core, Period
from engine.language.types import Day

FORMS: dict[s.PeriodForm, tuple[bool | None, bool | None]] = {
    "before": (None, False),
    "up to": (None, True),
    "after": (False, None),
    "from": (True, None),
    "from to": (True, True),
    "on": (True, True),
}
"""Whether the start and the end of a period are in it; None where it has none."""

MEASURED: dict[s.PeriodForm, tuple[int, bool, bool]] = {
    "before": (-1, True, False),
    "up to": (-1, True, True),
    "after": (1, False, True),
    "from": (1, True, True),
}
"""For `in the N ... D`: the direction from D, and whether start and end are in."""


def period_of(checker: Checker, node: s.Period | None) -> Period | None:
    if node is None:
        return None
    day = _day(checker, node.day)
    if node.length is not None:
        return _measured(checker, node, day)
    until = day if node.until is None else _day(checker, node.until)
    if day is None or until is None:
        return None
    start_in, end_in = FORMS[node.form]
    start = None if start_in is None else Bound(day, start_in)
    return Period(start, None if end_in is None else Bound(until, end_in))


def _day(checker: Checker, node: s.Syntax) -> Core | None:
    day = checker.check(node)
    if day is not None and not isinstance(day.type, Day):
        help = "a day is an anchor, a visit, a date such as `2024-03-01`, or `first X`"
        checker.fail("type", f"a period needs a date; this is {said(day.type)}", day.at, help)
        return None
    return day


def _measured(checker: Checker, node: s.Period, day: Core | None) -> Period | None:
    assert node.length is not None
    length = checker.check(node.length)
    if day is None or length is None:
        return None
    direction, start_in, end_in = MEASURED[node.form]
    other = shifted(day, length, direction, checker.findings)
    if other is None:
        return None
    start, end = (other, day) if direction < 0 else (day, other)
    return Period(Bound(start, start_in), Bound(end, end_in))
