"""Each patient judged by the version of the protocol that was in force when they came in.

The day that counts is that of an anchor, consent unless the study says another. A
rule that is in force at once is asked in its newest version, whoever the patient is.
Of versions that came into force after the as-of day nobody knows anything yet.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.language.days import high
from engine.language.values import Date, Day
from engine.reference.interpret import Reading
from engine.reference.judge import ASKED, Judgement, judge
from engine.study.linked import Study
from engine.study.versions import CONSENT, History, Version
from engine.timeline.model import Timeline


def judge_by(history: History, timelines: Mapping[str, Timeline], as_of: Day) -> Judgement:
    """One patient, whose records are read for each version, judged by the one in force."""
    known = history.known(as_of)
    newest = known.newest
    if len(known.versions) == 1:
        return judge(newest.study, timelines[newest.id], as_of)
    day = judged_on(newest.study, timelines[newest.id], as_of)
    version = _in_force(known, day)
    own = judge(version.study, timelines[version.id], as_of)
    if version is not newest and _at_once(newest.study) | _at_once(version.study):
        own = _with(own, judge(newest.study, timelines[newest.id], as_of))
    return replace(own, judged_on=day)


def anchor_of(study: Study) -> str:
    """The anchor by whose day patients are judged."""
    written = study.protocol.judged_by
    return CONSENT if written is None else written.text.strip()


def judged_on(study: Study, timeline: Timeline, as_of: Day) -> Date | None:
    """The day of that anchor, as the newest version finds it; None where it is not known."""
    anchor = anchor_of(study)
    if anchor not in study.rules:
        return None
    found: Any = Reading(study.program, timeline, as_of).rule(anchor)
    day: Date | None = found
    return day


def _in_force(known: History, day: Date | None) -> Version:
    """Where the day is not known, or known to the month only, the newest version that it may be."""
    return known.newest if day is None else known.in_force(high(day))


def _at_once(study: Study) -> frozenset[str]:
    return frozenset(name for name, linked in study.rules.items() if linked.rule.at_once)


def _with(own: Judgement, newest: Judgement) -> Judgement:
    """A judgement in which what is in force at once is said by the newest version."""
    now = _at_once(newest.study)
    gone = {name for name in _at_once(own.study) if name not in newest.study.rules}
    kept = [verdict for verdict in own.verdicts if verdict.rule.rule.id not in now | gone]
    taken = [verdict for verdict in newest.verdicts if verdict.rule.rule.id in now]
    order = {role: number for number, role in enumerate(ASKED)}
    verdicts = sorted([*kept, *taken], key=lambda verdict: order[verdict.rule.rule.role])
    return replace(own, verdicts=tuple(verdicts), at_once=newest)
