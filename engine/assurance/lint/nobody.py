"""Rules that have an answer for a patient of whom nothing is known.

A rule that asks `is known` means its answer, and is let alone: it is flagged
only where it would have one even if that question had none.
"""

from collections.abc import Iterator
from dataclasses import replace

from engine.assurance.lint.model import Found, Subject
from engine.assurance.lint.outcomes import SAID, one_way
from engine.assurance.paths import with_parts
from engine.language.core import Call, Const, Core, Program, Select, Visits
from engine.language.types import TRUTH
from engine.language.values import LAST_DAY
from engine.language.walk import parts
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
    """A filter of visits is the language's own (a value there must be) and stays."""
    if isinstance(core, Call) and core.operator == "known":
        return UNASKED
    other = with_parts(core, [_unasked(part) for part in parts(core)])
    if isinstance(core, Select) and isinstance(core.source, Visits) and isinstance(other, Select):
        return replace(other, source=replace(other.source, where=core.source.where))
    return other
