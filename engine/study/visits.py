"""The schedule's windows: planned as core, and shown never to overlap."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise

from engine.language.apply import said
from engine.language.arithmetic import shifted
from engine.language.core import Baseline, Call, Const, Core, Parameter, Program, VisitPlan
from engine.language.days import plus_days, plus_months
from engine.language.types import Day
from engine.language.values import Day as Ordinal
from engine.source.diagnostic import Diagnostics, Label
from engine.source.tree import Scalar
from engine.study.model import Schedule, Visit

Read = Callable[[Scalar], Core | None]

FOUR_YEARS = range(date(2023, 1, 1).toordinal(), date(2027, 1, 1).toordinal())
"""Every day an anchor can be, as far as the lengths of months go."""


def plan_of(visit: Visit, read: Read, findings: Diagnostics) -> VisitPlan | None:
    """A visit's target, and its window from `opens` to `closes`."""
    anchor = read(visit.anchor)
    lengths = [read(length) for length in (visit.offset, visit.before, visit.after)]
    if anchor is None or not isinstance(anchor.type, Day) or None in lengths:
        return None
    offset, before, after = (length for length in lengths if length is not None)
    target = shifted(anchor, offset, 1, findings)
    if target is None or _is_negative(visit.name, (before, after), findings):
        return None
    opens, closes = shifted(target, before, -1, findings), shifted(target, after, 1, findings)
    return None if opens is None or closes is None else VisitPlan(visit.name, target, opens, closes)


def _is_negative(visit: str, reaches: tuple[Core, ...], findings: Diagnostics) -> bool:
    """Whether a window would close before it opens."""
    negative = [core for core in reaches if (_length(core) or 0) < 0]
    for core in negative:
        message = f"the window of `{visit}` would close before it opens"
        findings.error(
            "window", message, core.at, help="leave out the minus sign: `before` and `after` say the side"
        )
    return bool(negative)


def baseline_of(schedule: Schedule, read: Read, findings: Diagnostics) -> Baseline | None:
    if schedule.baseline_day is None or schedule.look_back is None:
        return None
    day, length = read(schedule.baseline_day), read(schedule.look_back)
    if day is None or length is None:
        return None
    if not isinstance(day.type, Day):
        message = f"the day of the baseline must be a date; this is {said(day.type)}"
        findings.error("type", message, schedule.baseline_day.at, help="name an anchor, as in `day: day_1`")
        return None
    opens = shifted(day, length, -1, findings)
    if opens is not None and (_length(length) or 0) < 0:
        help = "leave out the minus sign: `look_back` says the side"
        findings.error("window", "a look-back cannot reach forward", schedule.look_back.at, help=help)
    return None if opens is None else Baseline(day, opens)


def check_overlap(schedule: Schedule, program: Program, findings: Diagnostics) -> None:
    """Each window against the next; windows of different anchors cannot be compared."""
    planned = [schedule.visits[name] for name in program.visits]
    for visit in planned[1:]:
        if visit.anchor.text != planned[0].anchor.text:
            labels = (Label(planned[0].anchor.at, "the first visit is counted from this anchor"),)
            message = f"`{visit.name}` is counted from another anchor, so its window might overlap others"
            help = f"count every visit from `{planned[0].anchor.text}`"
            findings.error("overlap", message, visit.anchor.at, help=help, labels=labels)
            return
    moves = {plan.name: (_moves(plan.opens), _moves(plan.closes)) for plan in program.visits.values()}
    ordered = sorted(planned, key=lambda visit: _on(FOUR_YEARS[0], moves[visit.name][0]))
    for earlier, later in pairwise(ordered):
        _check_pair(earlier, later, (moves[earlier.name][1], moves[later.name][0]), findings)


Moves = tuple[tuple[str, int], ...]
"""How a day is reached from the anchor: operators and whole lengths, in order."""


def _check_pair(earlier: Visit, later: Visit, moves: tuple[Moves, Moves], findings: Diagnostics) -> None:
    closes, opens = moves
    if _apart(closes, opens):
        return
    if any(_on(anchor, closes) >= _on(anchor, opens) for anchor in FOUR_YEARS):
        labels = (Label(earlier.at, "this window is still open then"),)
        message = f"the window of `{later.name}` can open before that of `{earlier.name}` has closed"
        help = "move the visit, or let `before` or `after` reach less far"
        findings.error("overlap", message, later.at, help=help, labels=labels)


def _apart(closes: Moves, opens: Moves) -> bool:
    """Apart even if every month between them had 28 days: a quick sure answer."""
    months = _sum(opens, "add_months") - _sum(closes, "add_months")
    return months >= 0 and _sum(closes, "add_days") < 28 * months + _sum(opens, "add_days")


def _sum(moves: Moves, wanted: str) -> int:
    return sum(n for operator, n in moves if operator == wanted)


def _moves(day: Core) -> Moves:
    if isinstance(day, Call) and day.operator in ("add_days", "add_months"):
        return (*_moves(day.args[0]), (day.operator, _length(day.args[1]) or 0))
    return ()


def _length(core: Core) -> int | None:
    """A length that is written down, whatever its unit; None where it is computed."""
    match core:
        case Call("neg", (inner,)):
            length = _length(inner)
            return None if length is None else -length
        case Const(Decimal() as value) | Parameter(_, Decimal() as value):
            return int(value)
        case _:
            return None


def _on(anchor: int, moves: Moves) -> int:
    day = Ordinal(anchor)
    for operator, n in moves:
        moved = plus_days(day, n) if operator == "add_days" else plus_months(day, n)
        assert isinstance(moved, int)
        day = moved
    return day
