"""Rules that have an answer for a patient of whom nothing is known.

A rule that asks `is known` means its answer, and is let alone: it is flagged
only where it would have one even if that question had none.
"""

from collections.abc import Iterator
from dataclasses import replace

from engine.assurance.lint.model import Found, Subject
from engine.assurance.lint.outcomes import SAID, one_way
from engine.language.core import Bound, Call, Const, Core, Period, Program, Records, Select, Visits
from engine.language.types import TRUTH
from engine.language.values import LAST_DAY
from engine.reference.interpret import Reading
from engine.reference.judge import Verdict, judge
from engine.timeline.model import Timeline

NOBODY = Timeline("nobody", {}, {})
UNASKED = Const(None, TRUTH)


def decided_for_nobody(subject: Subject) -> Iterator[Found]:
    """Asked of nobody on the last day there is, so that nothing is unknown for being too early."""
    unasking = Reading(_unasking(subject.study.program), NOBODY, LAST_DAY)
    for verdict in _first(judge(subject.study, NOBODY, LAST_DAY, traced=False).verdicts):
        rule = verdict.rule.rule
        if one_way(subject, verdict.rule) is None and unasking.rule(rule.id, verdict.visit) is not None:
            at = f" at `{verdict.visit}`" if verdict.visit else ""
            said = SAID[bool(verdict.outcome)]
            message = f"`{rule.id}` is {said}{at} for a patient of whom nothing is known"
            yield Found(rule.id, message, rule.at)


def _first(verdicts: tuple[Verdict, ...]) -> list[Verdict]:
    """Of each rule the first answer there is."""
    decided = (one for one in reversed(verdicts) if one.outcome is not None and one.applies)
    return list({one.rule.rule.id: one for one in decided}.values())


def _unasking(program: Program) -> Program:
    """The same rules, with every `is known` unknown."""
    return replace(program, rules={name: _unasked(core) for name, core in program.rules.items()})


def _unasked(core: Core) -> Core:
    match core:
        case Call("known"):
            return UNASKED
        case Call(args=args):
            return replace(core, args=tuple(map(_unasked, args)))
        case Select(source=source, element=element):
            return replace(core, source=_source(source), element=_unasked(element))
        case _:
            return core


def _source(source: Records | Visits) -> Records | Visits:
    """A filter of visits is the language's own (a value there must be) and stays."""
    period = source.period and Period(_bound(source.period.start), _bound(source.period.end))
    if isinstance(source, Visits) or source.where is None:
        return replace(source, period=period)
    return replace(source, period=period, where=_unasked(source.where))


def _bound(bound: Bound | None) -> Bound | None:
    return bound and replace(bound, day=_unasked(bound.day))
