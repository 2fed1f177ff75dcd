"""The fewest facts that could still decide a patient of whom too little is known.

All that is recorded stays as it is, and nothing known is measured again; only blanks
may be filled: what is written as unknown, and what is not recorded where that means
nothing. The solver looks for values of as few of them as can be, and the reference
judges the patient with these before anybody sees them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal

from engine.assurance.proving.nearness import read_below, read_of_days
from engine.assurance.told.day import Days
from engine.assurance.told.forms import Forms
from engine.assurance.told.text import Inline, inline
from engine.language.days import low
from engine.language.values import Day, DayRange, NumberRange, OneOf, Value
from engine.logic import amounts
from engine.logic.answers import Answer, Codes, Range
from engine.logic.history import Patient
from engine.logic.near import AS_OF, END, PRESENT, Key, Origin
from engine.logic.refusal import Refused
from engine.logic.search import Search, Sought
from engine.logic.space import Space
from engine.logic.terms import Bool, every, no, some
from engine.logic.witness import Witness
from engine.logic.written import like
from engine.reference.interpret import Reading
from engine.reference.judge import Decision, Judgement, Verdict
from engine.study.linked import ELIGIBLE, Study
from engine.timeline.dictionary import dictionary_of
from engine.timeline.model import Record, Series, Timeline

STEPS = 3_000_000
AMPLE = 8
MOST_WAYS = 12
"""So many ways to be excluded are told."""

WANTED: Mapping[bool, Decision] = {True: "eligible", False: "ineligible"}
NOT_FOUND = "no values of what is blank were found that would, and that there are none was not proved"


@dataclass(frozen=True, slots=True)
class Filled:
    """A blank and a value that it could have, in the words of a case."""

    variable: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """Whether a decision can still be had was not found out."""

    why: str


Outcome = tuple[Filled, ...] | Literal["impossible"] | Undecided


@dataclass(frozen=True, slots=True)
class Missing:
    """What could still decide: together for eligible, each by itself for ineligible.

    `blank` are the variables that an open criterion reads and of which something is not recorded.
    """

    decision: Decision
    blank: tuple[str, ...]
    eligible: Outcome
    ineligible: tuple[Outcome, ...]

    @property
    def cannot_matter(self) -> tuple[str, ...]:
        """Blanks that are in none of the ways."""
        ways = (self.eligible, *self.ineligible)
        named = {one.variable for way in ways if isinstance(way, tuple) for one in way}
        return tuple(name for name in self.blank if name not in named)


def missing(judgement: Judgement) -> Missing:
    """The fewest facts that could still decide; of a patient who is decided there are none."""
    if judgement.decision != "undetermined":
        return Missing(judgement.decision, (), (), ())
    looking = Looking(judgement)
    return Missing(judgement.decision, looking.variables, looking.towards(True), tuple(looking.exclusions()))


@dataclass(slots=True)
class Looking:
    """Looks for what could decide one patient."""

    judgement: Judgement
    open: tuple[Verdict, ...] = field(init=False)
    read: frozenset[str] = field(init=False)
    variables: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        criteria = self.judgement.of("inclusion", "exclusion")
        self.open = tuple(one for one in criteria if one.outcome is None and one.rule.rule.part_of is None)
        below = (read_below(self.study.program, one.rule.rule.id) for one in self.open)
        self.read = frozenset(chain(read_of_days(self.study), *below))
        self.variables = tuple(self._blank_variables())

    @property
    def study(self) -> Study:
        return self.judgement.study

    @property
    def timeline(self) -> Timeline:
        return self.judgement.timeline

    # ---------------------------------------------------------------------- blanks

    def _blank_variables(self) -> Iterator[str]:
        """In the order of the dictionary, what an open criterion lacks, or reads and nobody recorded."""
        missing = (one for verdict in self.open for one in self.judgement.missing(verdict))
        said = {name for one in missing for name in one.variables}
        for name, variable in self.study.protocol.variables.items():
            is_bare = variable.absent == "unknown" and not self._is_recorded(name)
            if name in said or (is_bare and name in self.read):
                yield name

    def _is_recorded(self, name: str) -> bool:
        return name in self.timeline.facts or bool(self._records(name))

    def _records(self, name: str) -> tuple[Record, ...]:
        series = self.timeline.series.get(name)
        return series.records if series else ()

    def is_recorded(self, key: Key) -> bool:
        """Whether it is known, and so stays as it is."""
        if key.variable == AS_OF:
            return True
        if self.study.protocol.variables[key.variable].kind == "fact":
            fact = self.timeline.facts.get(key.variable)
            return fact is not None and (key.what == PRESENT or not is_blank(fact.value))
        records = self._records(key.variable)
        if key.place >= len(records):
            return key.variable not in self.variables or any(map(self._is_in_part, records))
        return key.what == PRESENT or not self._is_open(records[key.place], key.what)

    def _is_open(self, record: Record, what: str) -> bool:
        """Whether a field is unknown, or known in part; an episode that goes on has no end to be found."""
        value = record.fields.get(what)
        ends = None if what != END else record.end
        goes_on = ends is not None and low(ends) > self.judgement.reading.as_of
        return is_blank(value) and not goes_on

    def _is_in_part(self, record: Record) -> bool:
        return any(self._is_open(record, what) and record.fields[what] is not None for what in record.fields)

    # ---------------------------------------------------------------------- search

    def towards(self, wanted: bool, but_not: frozenset[str] = frozenset()) -> Outcome:
        """The fewest blanks whose values make a patient eligible, or not; some are left alone."""

        def judged(witness: Witness) -> bool:
            return Reading(self.study.program, witness.timeline, witness.as_of).rule(ELIGIBLE) is wanted

        search = Search(
            self.study.protocol,
            Origin(self.timeline, self.judgement.reading.as_of),
            lambda space: self.sought(space, wanted),
            judged,
            self.read.union(self.variables) - but_not,
            steps=STEPS,
            ample=AMPLE,
            fixed=self.is_recorded,
        )
        try:
            found = search.run()
        except Refused as refusal:
            return Undecided(str(refusal))
        if isinstance(found, Witness):
            return tuple(self.filled(self.up_to_date(found, judged)))
        return "impossible" if found == "impossible" else Undecided(NOT_FOUND)

    def up_to_date(self, witness: Witness, judged: Callable[[Witness], bool]) -> Witness:
        """The same with new records on the last day known, wherever the day does not matter."""
        for name in witness.changed:
            found = witness.timeline.series.get(name)
            if found is None or found.days is None or witness.as_of in found.days:
                continue
            series = {**witness.timeline.series, name: self._moved(name, found, witness.as_of)}
            moved = replace(witness, timeline=replace(witness.timeline, series=series))
            witness = moved if judged(moved) else witness
        return witness

    def _moved(self, name: str, series: Series, day: Day) -> Series:
        """With what is new in a series on a day after all others."""
        before = self._records(name)
        kept = [record for record in series.records if record in before]
        new = [record for record in series.records if record not in before]
        later = [replace(one, start=day, fields={**one.fields, "start": day}) for one in new]
        records = (*kept, *later)
        return Series(records, tuple(record.start for record in records if isinstance(record.start, int)))

    def sought(self, space: Space, wanted: bool) -> Sought:
        """That every open criterion speaks for the patient, or that one of them does not."""
        reading = space.read(self.study.program)
        answers = [(one, reading.rule(one.rule.rule.id)) for one in self.open]
        passed: list[Bool] = []
        for one, answer in answers:
            speaks_for = one.rule.rule.role == "inclusion"
            passed.append(answer.yes if speaks_for is wanted else answer.no)
        within = self.within(space.patient)
        return Sought(every(*within, every(*passed) if wanted else some(*passed)), reading.opaques)

    def within(self, patient: Patient) -> Iterator[Bool]:
        """What was known in part is one of the values that it could have been."""
        for name in sorted(self.read):
            for record, slot in zip(self._records(name), patient.records(name), strict=False):
                parts = [what for what in slot.fields if self._is_open(record, what)]
                yield from (one_of(slot.fields[what], record.fields.get(what)) for what in parts)
        for name, fact in self.timeline.facts.items():
            if name in self.read and is_blank(fact.value):
                yield one_of(patient.fact(name).value, fact.value)

    def exclusions(self) -> Iterator[Outcome]:
        """Each way to be excluded, without the blanks of those before."""
        used = frozenset[str]()
        for number in range(MOST_WAYS):
            found = self.towards(False, used)
            if not isinstance(found, tuple):
                if number == 0 or isinstance(found, Undecided):
                    yield found
                return
            yield found
            used |= {one.variable for one in found}

    # ----------------------------------------------------------------------- words

    def filled(self, witness: Witness) -> Iterator[Filled]:
        """What was blank, with a value that would do."""
        variables = self.study.protocol.variables
        entries = dictionary_of(variables, self.study.protocol.codelists).entries
        days = Days(self.study, self.judgement.reading)
        for name in witness.changed:
            told = "; ".join(map(inline, self._told(name, Forms(entries[name], days), witness.timeline)))
            yield Filled(name, variables[name].title, told)

    def _told(self, name: str, forms: Forms, timeline: Timeline) -> Iterator[Inline]:
        if name in timeline.facts:
            yield from (form.value for form in forms.of_fact(timeline.facts[name].value, True))
            return
        before = self._records(name)
        yield from (forms.item(one, True) for one in timeline.series[name].records if one not in before)


def is_blank(value: Value) -> bool:
    """Whether more could be known of it."""
    return value is None or isinstance(value, DayRange | NumberRange | OneOf)


def one_of(answer: Answer, known: Value) -> Bool:
    """That a value is among those that another, known in part, stands for."""
    if known is None:
        return True
    usual = like(answer, known)
    match usual, answer:
        case Range(), Range():
            low_open, high_open = getattr(known, "low_open", False), getattr(known, "high_open", False)
            above = (amounts.below if low_open else amounts.at_most)(usual.low, answer.low)
            below = (amounts.below if high_open else amounts.at_most)(answer.high, usual.high)
            return every(usual.no_low is True or above, usual.no_high is True or below)
        case Codes(could=before), Codes(could=after):
            return every(*(some(before[code], no(could)) for code, could in after.items()))
        case _:
            return True
