"""Cases as they are run: a patient's timeline, what is asked of it, and the answer expected."""

from dataclasses import dataclass, field

from engine.language.core import Const
from engine.language.values import Day, Value
from engine.source.place import Span
from engine.study.linked import Study
from engine.study.model import Rule
from engine.timeline.model import Record, Timeline


@dataclass(frozen=True, slots=True)
class Expected:
    """An answer as somebody wrote it; `applies` False where the rule is not about this patient at all.

    A number agrees as far as it was written: within `tolerance`.
    """

    words: str
    value: Value
    tolerance: float = 0.0
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """A parameter whose meaning a case shows: with `other` in its place the answer is `expected`.

    Without another value it says no more than that the answer rests on it.
    """

    parameter: str
    at: Span
    other: Const | None = None
    expected: Expected | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One question with its answer; a row of a table is a case of its own.

    `rule` names an entry of the program. `record` and the one before it are those
    a rule of records is asked of. `given` are parameters that have another value here.
    """

    name: str
    rule: str
    timeline: Timeline = field(repr=False)
    as_of: Day
    expected: Expected
    at: Span
    visit: str | None = None
    record: Record | None = None
    previous: Record | None = None
    decided_by: tuple[str, ...] = ()
    missing: tuple[str, ...] | None = None
    because: str | None = None
    shows: tuple[Shown, ...] = ()
    given: tuple[Shown, ...] = ()

    @property
    def owner(self) -> str:
        """The rule that is asked about, without which of its values is."""
        return self.rule.partition(".")[0]


def rule_of(study: Study, case: Case) -> Rule | None:
    """The rule as it was written; the decision has none."""
    linked = study.rules.get(case.owner)
    return None if linked is None else linked.rule


def about(case: Case) -> str:
    """`I6`, or `complete_response at month_6`."""
    return case.rule if case.visit is None else f"{case.rule} at {case.visit}"


def chosen(cases: tuple[Case, ...], rule: str | None, word: str | None) -> tuple[Case, ...]:
    """The cases of a rule, and with a word in their name, rule or file."""
    fitting = (case for case in cases if rule is None or case.owner == rule)
    return tuple(case for case in fitting if word is None or word.casefold() in _searched(case))


def _searched(case: Case) -> str:
    return f"{case.name}\n{about(case)}\n{case.at.file}".casefold()
