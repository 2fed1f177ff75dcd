"""The loop: every criterion and every monthly response of every patient."""

from collections.abc import Iterable

from benchmarks.by_hand.course import course_of
from benchmarks.by_hand.eligibility import eligibility
from benchmarks.by_hand.known import Truth
from benchmarks.by_hand.response import responses
from engine.timeline.model import Timeline

Answers = dict[tuple[str, str | None], Truth]


def judged(timelines: Iterable[Timeline], as_of: int) -> list[Answers]:
    """By rule and visit, patient by patient."""
    found: list[Answers] = []
    for timeline in timelines:
        course = course_of(timeline, as_of)
        answers: Answers = {(name, None): verdict for name, verdict in eligibility(course).items()}
        answers.update(responses(course))
        found.append(answers)
    return found
