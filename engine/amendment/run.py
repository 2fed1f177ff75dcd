"""A cohort's patients judged by two studies, one after another."""

from collections.abc import Iterator
from itertools import chain

from engine.amendment.effects import Fate, fate_of
from engine.amendment.ground import Ground
from engine.language.values import Day
from engine.timeline.model import Timeline
from engine.timeline.read import Cohort

Both = tuple[Timeline, Timeline]
"""A patient as the one and as the other study reads the files; mostly the same timeline."""


def both(was: Cohort, now: Cohort) -> tuple[Both, ...]:
    """Every patient that either has; of one that only one has, nothing is known to the other."""
    if was is now:
        return tuple((timeline, timeline) for timeline in now.timelines)
    before, after = ({one.patient: one for one in cohort.timelines} for cohort in (was, now))
    names = sorted(dict.fromkeys(chain(before, after)))
    return tuple((before.get(n) or Timeline(n, {}, {}), after.get(n) or Timeline(n, {}, {})) for n in names)


def fates(ground: Ground, patients: tuple[Both, ...], as_of: Day) -> Iterator[Fate]:
    return (fate_of(ground, timelines, as_of) for timelines in patients)
