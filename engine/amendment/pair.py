"""One patient read by two studies: what of it comes out otherwise.

It begins with the rules that say something else. Only where one of them gives
another answer are those that name it asked as well, and so on upwards. What
neither rests on is read by the first study and taken over by the second.
"""

from collections import deque
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from engine.amendment.ground import Ground
from engine.amendment.threads import Thread
from engine.language.core import BASELINE, Records, VisitDay
from engine.language.values import Day
from engine.reference.finding import find_records
from engine.reference.interpret import PATIENT, Reading
from engine.reference.judge import ASKED, Verdict, verdicts_of
from engine.study.linked import LinkedRule, Study
from engine.timeline.model import Timeline

Asked = tuple[Any, ...]
"""The verdicts of a rule that gives any, else the values of a rule, the day of a visit, or records at one."""


class Sides(NamedTuple):
    """What both studies answered; None where a study has no such rule."""

    was: Asked | None
    now: Asked | None


@dataclass(slots=True)
class Pair:
    """`taken` counts what the second reading has looked at of what the first one knows."""

    ground: Ground
    was: Reading
    now: Reading
    taken: int = 0
    taken_days: int = 0
    moved: dict[Thread, Sides] = field(default_factory=dict)

    def follow(self) -> None:
        """Asks whatever may have moved, from the rules that say something else upwards."""
        pending = deque(self.ground.own)
        seen = set(pending)
        while pending:
            thread = pending.popleft()
            sides = Sides(asked(self.ground.was, self.was, thread), self._now(thread))
            if _differ(sides):
                self.moved[thread] = sides
                further = [one for one in self.ground.above.get(thread, ()) if one not in seen]
                seen.update(further)
                pending.extend(further)

    def _now(self, thread: Thread) -> Asked | None:
        self.take_over()
        return asked(self.ground.now, self.now, thread)

    def take_over(self) -> None:
        """What the first reading knows by now and nothing touches is the same for the second."""
        touched = self.ground.touched
        known, days = self.was.known, self.was.days
        for key in islice(known, self.taken, None):
            if key[0].partition(".")[0] not in touched:
                self.now.known[key] = known[key]
        for day in islice(days, self.taken_days, None):
            if day[1] not in touched:
                self.now.days[day] = days[day]
        self.taken, self.taken_days = len(known), len(days)


def pair_of(ground: Ground, timelines: tuple[Timeline, Timeline], as_of: Day) -> Pair:
    """Both readings; of one timeline that is the same for both, what was not known yet is cut off once."""
    before, after = timelines
    was = Reading(ground.was.program, before, as_of)
    now = Reading(ground.now.program, was.timeline if before is after else after, as_of)
    pair = Pair(ground, was, now)
    pair.follow()
    return pair


def asked(study: Study, reading: Reading, thread: Thread) -> Asked | None:
    """What a study answers; None where it has no such rule or visit."""
    match thread:
        case VisitDay(visit, aspect):
            return (reading.visit_day(visit, aspect),) if _has(study, visit) else None
        case Records(visit=visit):
            return _inside(reading, thread) if _has(study, str(visit)) else None
        case _ if thread in study.rules:
            return _of_rule(reading, study.rules[thread])
        case _:
            return (reading.rule(thread),) if thread in study.program.rules else None


def _has(study: Study, visit: str) -> bool:
    return study.program.baseline is not None if visit == BASELINE else visit in study.program.visits


def _inside(reading: Reading, source: Records) -> Asked:
    """The records in a visit's window, and the day they are nearest to where there is a choice."""
    found = find_records(reading, source, PATIENT)
    is_choice = len(found.sure) + len(found.maybe) > 1
    return (*found.sure, None, *found.maybe, found.target if is_choice else None)


def _of_rule(reading: Reading, linked: LinkedRule) -> Asked:
    if linked.rule.role in ASKED:
        return tuple(verdicts_of(reading, linked))
    if linked.visits:
        return tuple((visit, reading.rule(linked.rule.id, visit)) for visit in linked.visits)
    return (reading.rule(linked.rule.id),)


def _differ(sides: Sides) -> bool:
    if sides.was is None or sides.now is None:
        return True
    return [*map(_said, sides.was)] != [*map(_said, sides.now)]


def _said(answer: Any) -> Any:
    """What can differ in an answer: a verdict also says which rule gave it."""
    if isinstance(answer, Verdict):
        of = (answer.visit, answer.record, answer.day, answer.amount)
        return (*of, answer.outcome, answer.passes, answer.applies)
    return answer
