"""What cases show, read off the log of the one interpreter.

A log holds each node that was looked at, with its value; a rule's own
expression comes after all its parts, and no rule rests on itself: so what was
noted since the last time belongs to the question that ends there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from engine.assurance.cases import Case
from engine.assurance.coverage.chart import Chart, chart_of
from engine.assurance.coverage.expressions import Condition, Expression, Goal, Wanted
from engine.assurance.run import Found
from engine.language.core import Program
from engine.language.values import Value
from engine.reference.interpret import Log, Reading
from engine.reference.view import View

TRUTH: Mapping[bool | None, Wanted] = {True: "true", False: "false", None: "unknown"}

Gave = dict[Condition, set[bool | None]]
"""The answers that conditions gave in one question; in a selection one may give several."""


class Question(NamedTuple):
    """A rule asked once, of the patient, at a visit or of a record: what it and its conditions answered."""

    rule: str
    view: View
    answer: Value
    gave: Gave


def questions(log: Log, chart: Chart) -> Iterator[Question]:
    """Every time that a rule was asked, in the order in which they were answered."""
    gave: dict[str, Gave] = {name: {} for name in chart.wholes.values()}
    for core, view, value, _ in log:
        place = id(core)
        for condition in chart.conditions.get(place, ()):
            gave[condition.rule].setdefault(condition, set()).add(value)  # type: ignore[arg-type]
        name = chart.wholes.get(place)
        if name is not None:
            yield Question(name, view, value, gave[name])
            gave[name] = {}


@dataclass(slots=True)
class Watcher:
    """Notes which cases show what; a condition is turned round until a case shows that it decides."""

    expressions: Mapping[str, Expression]
    shown: dict[Goal, list[Case]] = field(default_factory=dict)
    charts: dict[int, Chart] = field(default_factory=dict)

    def watch(self, case: Case, found: Found) -> None:
        """What one case showed; it was asked with a log."""
        reading = found.reading
        assert reading.log is not None
        chart = self.chart(reading.program)
        asked = tuple(questions(reading.log, chart))
        for question in asked:
            for goal in _seen(question):
                self.note(goal, case)
        # Asked again with all that it rests on remembered: no rule rests on itself.
        again = replace(reading, log=None)
        for question in asked:
            for condition in self.deciding(question, again, chart):
                self.note(condition.goal("decisive"), case)

    def note(self, goal: Goal, case: Case) -> None:
        cases = self.shown.setdefault(goal, [])
        if not cases or cases[-1] is not case:
            cases.append(case)

    def deciding(self, question: Question, again: Reading, chart: Chart) -> Iterator[Condition]:
        """The conditions that, turned round alone, turn the answer from a known one to another known one."""
        if question.answer is None:
            return
        for condition, answers in question.gave.items():
            if condition.goal("decisive") not in self.shown:
                turned = (chart.with_answer(condition, not one) for one in answers if one is not None)
                others = (again.value(core, question.view) for core in turned)
                if any(other is not None and other != question.answer for other in others):
                    yield condition

    def chart(self, program: Program) -> Chart:
        """Made once for a program, which it keeps alive."""
        if id(program) not in self.charts:
            self.charts[id(program)] = chart_of(self.expressions, program)
        return self.charts[id(program)]


def _seen(question: Question) -> Iterator[Goal]:
    """The answer of the rule, and those of its conditions."""
    name, answer = question.rule, question.answer
    of_a_value: Wanted = "unknown" if answer is None else "known"
    yield Goal(name, None, TRUTH[answer] if isinstance(answer, bool) else of_a_value)
    for condition, answers in question.gave.items():
        yield from (condition.goal(TRUTH[one]) for one in answers)
