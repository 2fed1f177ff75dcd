"""A study's verdicts on one patient: what each rule says, and about what.

Outcomes are worked out at once; the reasons behind them only when somebody
asks, from the log of the one reading.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from engine.language.values import Date, Day, Value
from engine.reference.decisive import Read, Recorded, deciding
from engine.reference.interpret import Reading
from engine.reference.previous import with_previous
from engine.reference.rested import Rested
from engine.reference.trace import Trace, Traced
from engine.reference.unknown import unknowns
from engine.reference.wording import missing, reason
from engine.study.linked import ELIGIBLE, LinkedRule, Study
from engine.study.model import Parameter, Role
from engine.timeline.model import Record, Timeline

Decision = Literal["eligible", "ineligible", "undetermined"]
DECISIONS: dict[bool | None, Decision] = {True: "eligible", False: "ineligible", None: "undetermined"}

ASKED: tuple[Role, ...] = (
    "inclusion",
    "exclusion",
    "requirement",
    "switch",
    "response",
    "event",
    "population",
)
"""The roles of rules that give verdicts."""

WANTED: dict[Role, bool] = {"inclusion": True, "exclusion": False, "requirement": True}
"""The outcome that speaks for the patient, where a rule has one."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What could still decide: of which variables more would have to be known, and in words."""

    variables: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule said: of the patient, at a visit, or of a record.

    `outcome` is None for unknown; `applies` False where the rule is not about
    this patient, visit or record at all. `end` is where its log ended.
    """

    rule: LinkedRule
    outcome: bool | None
    applies: bool
    visit: str | None
    record: Record | None
    day: Date | None
    amount: Value
    end: int

    @property
    def passes(self) -> bool | None:
        """Whether this speaks for the patient; unknown never does."""
        wanted = WANTED.get(self.rule.rule.role)
        return self.outcome if wanted is not False or self.outcome is None else not self.outcome


@dataclass(frozen=True, slots=True)
class Judgement:
    """Every verdict on a patient, with the reading they came from.

    `judged_on` is the day that decided by which version, where there are several;
    `at_once` the judgement by the newest, where some of its verdicts stand in this one.
    """

    study: Study
    reading: Reading
    decision: Decision
    verdicts: tuple[Verdict, ...]
    rested: Rested
    traces: Trace
    recorded: Recorded
    judged_on: Date | None = None
    at_once: "Judgement | None" = None

    @property
    def timeline(self) -> Timeline:
        return self.reading.timeline

    def of(self, *roles: Role) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.rule.rule.role in roles)

    def by(self, verdict: Verdict) -> "Judgement":
        """The judgement that a verdict came from, and that can say why."""
        newest = self.at_once
        rule = None if newest is None else newest.study.rules.get(verdict.rule.rule.id)
        return newest if newest is not None and rule is verdict.rule else self

    def trace(self, verdict: Verdict) -> Traced:
        """The tree behind a verdict; where the rule applies, that is not part of it."""
        whole = self.traces.at(verdict.end)
        if "applies_when" in verdict.rule.extra and verdict.outcome is False:
            return whole.parts[-1]
        return whole

    def reasons(self, verdict: Verdict) -> tuple[str, ...]:
        """What decided a verdict, a line each."""
        wanted = WANTED.get(verdict.rule.rule.role)
        conditions = deciding(self.trace(verdict))
        if wanted is False and len(conditions) > 1:
            wanted = None  # together they exclude; of none alone can it be said that it must not be
        return tuple(dict.fromkeys(reason(each, wanted, self.recorded) for each in conditions))

    def reads(self, verdict: Verdict) -> tuple[Read, ...]:
        """The recorded values that decided a verdict."""
        conditions = deciding(self.trace(verdict))
        return tuple(
            dict.fromkeys(r for each in conditions for r in self.recorded.under(each.traced, each.variable))
        )

    def unsettled(self, verdict: Verdict) -> tuple[Parameter, ...]:
        """The assumed and queried parameters that a verdict rested on."""
        parameters = self.study.protocol.parameters
        names = sorted(self.rested.on(verdict.end)) if verdict.end >= 0 else []
        return tuple(parameters[name] for name in names if parameters[name].status != "registered")

    def missing(self, verdict: Verdict) -> tuple[Missing, ...]:
        """What could still decide an unknown verdict."""
        if verdict.outcome is not None:
            return ()
        found = unknowns(self.trace(verdict))
        return tuple(dict.fromkeys(Missing(one.variables, missing(one, self.recorded)) for one in found))


def judge(study: Study, timeline: Timeline, as_of: Day, traced: bool = True) -> Judgement:
    """Every rule of a study asked of a patient, as known up to `as_of`."""
    reading = Reading(study.program, timeline, as_of, [] if traced else None)
    verdicts = tuple(verdict for rule in study.of(*ASKED) for verdict in verdicts_of(reading, rule))
    return judgement(study, reading, verdicts)


def judgement(study: Study, reading: Reading, verdicts: tuple[Verdict, ...]) -> Judgement:
    """The decision, with verdicts of the same reading and what stands behind them."""
    decision = DECISIONS[reading.rule(ELIGIBLE)]
    behind = (Rested(reading), Trace(reading), Recorded(reading.timeline))
    return Judgement(study, reading, decision, verdicts, *behind)


def verdicts_of(reading: Reading, rule: LinkedRule) -> Iterator[Verdict]:
    """What one rule says: of the patient, at each of its visits, or of each record."""
    match rule.scope:
        case "patient":
            yield _of_patient(reading, rule, None)
        case "visits":
            yield from (_of_patient(reading, rule, visit) for visit in rule.visits)
        case "records":
            series = reading.timeline.series.get(rule.for_each or "")
            for record, previous in with_previous(series.records if series else ()):
                yield _of_record(reading, rule, record, previous)


def _of_patient(reading: Reading, rule: LinkedRule, visit: str | None) -> Verdict:
    name = rule.rule.id
    applies = _extra(reading, rule, "applies_when", visit)
    outcome = reading.rule(name, visit)
    end = reading.finished.get((name, visit), -1)
    amount = _extra(reading, rule, "amount", visit)
    day: Date | None = reading.visit_day(visit, "day") if visit else _extra(reading, rule, "since", None)
    return Verdict(rule, outcome, applies is not False, visit, None, day, amount, end)


def _extra(reading: Reading, rule: LinkedRule, key: str, visit: str | None) -> Any:
    return reading.rule(rule.key(key), visit) if key in rule.extra else None


def _of_record(reading: Reading, rule: LinkedRule, record: Record, previous: Record | None) -> Verdict:
    def ask(name: str) -> Any:
        return reading.of_record(name, record, previous)

    applies = ask(rule.key("applies_when")) if "applies_when" in rule.extra else None
    outcome = ask(rule.rule.id)
    end = -1 if reading.log is None else len(reading.log) - 1
    amount = ask(rule.key("amount")) if "amount" in rule.extra else None
    return Verdict(rule, outcome, applies is not False, None, record, record.start, amount, end)
