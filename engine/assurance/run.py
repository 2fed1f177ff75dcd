"""Cases run by the reference reading: what was found, and in what it differs from what was expected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine.assurance.answers import agrees
from engine.assurance.cases import Case, Expected, Shown
from engine.assurance.reasons import Reasons
from engine.assurance.rewrite import with_parameter
from engine.language.core import Program
from engine.language.show import show
from engine.language.values import Value
from engine.reference.interpret import Log, Reading
from engine.reference.rested import Rested
from engine.study.linked import Study

EXEMPT = "does not apply"


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule answered; `end` is where its log ended."""

    value: Value
    applies: bool
    end: int
    reading: Reading = field(repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """A case with what came of it; `problems` say in what it differs, a line each."""

    case: Case
    found: Found
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.problems


def run_cases(study: Study, cases: Iterable[Case], reasons: bool = True) -> tuple[Result, ...]:
    """Every case asked of the study's rules, in order.

    Without `reasons` only the answers are compared, and not what decided them
    or what parameters show: enough to tell one set of rules from another.
    """
    runner = Runner(study, reasons)
    return tuple(runner.run(case) for case in cases)


def ask(program: Program, case: Case, log: Log | None = None) -> Found:
    """What the rules answer to a case; a log lets others see how."""
    reading = Reading(program, case.timeline, case.as_of, log)
    exempting = f"{case.rule}.applies_when"
    applies = exempting not in program.rules or _value(reading, exempting, case) is not False
    value = _value(reading, case.rule, case)
    if log is None:
        return Found(value, applies, -1, reading)
    end = len(log) - 1 if case.record else reading.finished[case.rule, case.visit]
    return Found(value, applies, end, reading)


def _value(reading: Reading, rule: str, case: Case) -> Value:
    found: Value
    if case.record is not None:
        found = reading.of_record(rule, case.record, case.previous)
    else:
        found = reading.rule(rule, case.visit)
    return found


@dataclass(slots=True)
class Runner:
    """Runs cases of one study; programs with another value of a parameter are made once.

    All are asked with a log where somebody else is `watched`ing, else those that need one.
    """

    study: Study
    reasons: bool
    watched: bool = False
    others: dict[tuple[tuple[str, str], ...], Program] = field(default_factory=dict)

    def run(self, case: Case) -> Result:
        watched = self.watched or (self.reasons and _needs_log(case))
        found = ask(self.program(case.given), case, [] if watched else None)
        problems = [*self.answer(case.expected, found, case)]
        if self.reasons and not problems:
            problems += self.deeper(case, found)
        return Result(case, found, tuple(problems))

    def answer(self, expected: Expected, found: Found, case: Case) -> Iterator[str]:
        if expected.applies != found.applies or (expected.applies and not agrees(expected, found.value)):
            yield f"found {self.worded(found, case)}, expected {expected.words}"

    def worded(self, found: Found, case: Case) -> str:
        """An answer in the words that cases are written in."""
        if not found.applies:
            return EXEMPT
        kind = self.study.program.rules[case.rule].type
        return "unknown" if found.value is None else show(found.value, kind)

    def deeper(self, case: Case, found: Found) -> Iterator[str]:
        """Why it was answered so, what is missing, and what parameters have to do with it."""
        if case.decided_by or case.missing is not None:
            reasons = Reasons(self.study, found.reading, found.end)
            yield from reasons.not_decided_as(case)
            yield from reasons.not_missing_as(case)
        for shown in case.shows:
            yield from self.other_reading(shown, case, found)

    def other_reading(self, shown: Shown, case: Case, found: Found) -> Iterator[str]:
        if shown.other is None or shown.expected is None:
            if shown.parameter not in Rested(found.reading).on(found.end):
                yield f"the answer does not rest on `{shown.parameter}`"
            return
        other = ask(self.program((*case.given, shown)), case)
        if not list(self.answer(shown.expected, other, case)) and self.same(other, found):
            yield f"with `{shown.parameter}` at {shown.words} the answer is the same, and nothing is shown"
        for problem in self.answer(shown.expected, other, case):
            yield f"with `{shown.parameter}` at {shown.words}: {problem}"

    def same(self, one: Found, other: Found) -> bool:
        return one.applies == other.applies and one.value == other.value

    def program(self, others: tuple[Shown, ...]) -> Program:
        """The rules with other values of some parameters; made once."""
        program = self.study.program
        for number, shown in enumerate(others, 1):
            key = tuple((one.parameter, one.words) for one in others[:number])
            if key not in self.others and shown.other is not None:
                self.others[key] = with_parameter(program, shown.parameter, shown.other)
            program = self.others[key]
        return program


def _needs_log(case: Case) -> bool:
    return bool(case.decided_by or case.missing is not None or any(one.other is None for one in case.shows))


def watched(study: Study, result: Result) -> Found:
    """The case asked again with a log, for whoever shows what happened."""
    if result.found.end >= 0:
        return result.found
    return ask(Runner(study, True).program(result.case.given), result.case, [])
