"""The patients of cases: the typical one with what is different, or one told in full.

All of them are read in one go by the readers of patient files. Of a typical
patient only the variables that a case changes are read again; the rest is as
the study's own declarations make it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.assurance.changes import Changing
from engine.assurance.rows import Row, cell
from engine.assurance.written import Written
from engine.invention.cohort import typical_patient
from engine.language.days import day_of, high, low, spanning
from engine.language.values import LAST_DAY, Date, Day, DayRange
from engine.reference.interpret import Reading
from engine.source.diagnostic import Diagnostics
from engine.source.suggest import did_you_mean
from engine.source.tree import Mapping as Keyed
from engine.source.tree import Scalar, Tree
from engine.source.tree import Sequence as Listed
from engine.study.entry import Entry, entries_of
from engine.study.linked import Study
from engine.study.typical_values import Values
from engine.timeline.dictionary import Dictionary, dictionary_of
from engine.timeline.known import known_by
from engine.timeline.model import FactValue, Record, Series, Timeline
from engine.timeline.read import read_patients

TYPICAL = "typical"
ARRIVES = day_of(2025, 1, 6)
"""The day the typical patient of all cases arrives; no case should care which it is."""

NOT_YET = DayRange(Day(LAST_DAY - 1), LAST_DAY)
"""The end of what goes on, until it is said up to when the patient is known."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A patient whose rows are told and not read yet; `base` is what stays as it was."""

    changing: Changing
    base: Timeline


@dataclass(frozen=True, slots=True)
class Patient:
    """What is known of a patient on the last day that anything is recorded of."""

    timeline: Timeline
    last: Day


@dataclass(slots=True)
class Patients:
    """Makes the patients of one study's cases; a typical one of each arm is made once."""

    study: Study
    findings: Diagnostics
    dictionary: Dictionary = field(init=False)
    typical: dict[str | None, Timeline | None] = field(default_factory=dict)
    readings: dict[int, Reading] = field(default_factory=dict)
    lasts: dict[int, Day | None] = field(default_factory=dict)
    days: dict[int, dict[str, Date]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        protocol = self.study.protocol
        self.dictionary = dictionary_of(protocol.variables, protocol.codelists)

    # ------------------------------------------------------------- drafting

    def draft(self, case: Written) -> Drafted | None:
        """The case's patient with every change worked out; None where there is no such patient."""
        patient = case.parts.get("patient")
        if isinstance(patient, Keyed):
            base: Timeline | None = self.told(Entry(case.name, patient), case)
        else:
            base = self.usual(patient if isinstance(patient, Scalar) else case.name, case)
        if base is None:
            return None
        values = Values(self.study.names, self.findings)
        days = self.days.setdefault(id(base), {})
        changing = Changing(self.study, self.dictionary, values, self.reading(base), case, days)
        if isinstance(patient, Keyed):
            self._tell(Entry(case.name, patient), changing)
        changing.run()
        return Drafted(changing, base)

    def reading(self, timeline: Timeline) -> Reading:
        """The patient as known at last, to ask for days; of a typical one it is kept."""
        if id(timeline) not in self.readings:
            self.readings[id(timeline)] = Reading(self.study.program, timeline, LAST_DAY)
        return self.readings[id(timeline)]

    def usual(self, named: Scalar, case: Written) -> Timeline | None:
        """The typical patient, in the arm of the case."""
        if named is not case.name and named.text.strip() != TYPICAL:
            help = "write `patient: typical`, or `facts:` and `records:` under it"
            self.findings.error("unknown-patient", f"there is no patient `{named.text}`", named.at, help=help)
            return None
        if self.study.typical is None:
            help = "write it, or tell the patient by `facts:` and `records:`"
            message = "this study has no typical patient: there is no `protocol/typical.yaml`"
            self.findings.error("no-typical-patient", message, named.at, help=help)
            return None
        arm = self.arm(case)
        if arm not in self.typical:
            self.typical[arm] = typical_patient(self.study, ARRIVES, arm)
        return self.typical[arm]

    def arm(self, case: Written) -> str | None:
        row = next((value for name, value in case.set if name.text.strip() == "arm"), None)
        said = row if isinstance(row, Scalar) else case.scalar("arm")
        arms = [arm.code for arm in self.study.protocol.arms]
        if said is not None and said.text.strip() not in arms:
            help = did_you_mean(said.text.strip(), arms) or "there are " + ", ".join(f"`{a}`" for a in arms)
            self.findings.error("unknown-arm", f"there is no arm `{said.text.strip()}`", said.at, help=help)
            return None
        return None if said is None else said.text.strip()

    # -------------------------------------------------------- told in full

    def told(self, patient: Entry, case: Written) -> Timeline:
        """A patient as far as the dates are written out: what other dates are counted from."""
        values = Values(self.study.names, Diagnostics())
        changing = Changing(self.study, self.dictionary, values, self.reading(Timeline("", {}, {})), case)
        self._tell(patient, changing)
        rows = [row for rows in changing.rows.values() for row in rows]
        cohort = read_patients([patient_of("told", rows, case)], self.dictionary)
        return next(iter(cohort.timelines), Timeline("told", {}, {}))

    def _tell(self, patient: Entry, changing: Changing) -> None:
        facts, records = patient.find("facts"), patient.find("records")
        for fact in entries_of(facts):
            changing.change(fact.key, fact.tree, None)
        for item in records.items if isinstance(records, Listed) else ():
            variable = Entry(patient.key, item).scalar("variable")
            described = changing.described(variable.text.strip(), variable) if variable else None
            if described is not None and isinstance(item, Keyed):
                rest = Keyed(tuple(e for e in item.entries if e[0].text != "variable"), item.at)
                told = changing.rows.get(described.variable.name, [])
                changing.keep(described, [*told, changing.new(described, rest)])

    # --------------------------------------------------------------- reading

    def read(self, drafted: Sequence[Drafted]) -> tuple[Patient, ...]:
        """Everybody, in the order of the drafts."""
        names = [f"{number:06d}" for number in range(len(drafted))]
        trees = [
            patient_of(name, [row for rows in one.changing.rows.values() for row in rows], one.changing.case)
            for name, one in zip(names, drafted, strict=True)
        ]
        cohort = read_patients(trees, self.dictionary)
        self.findings.found.extend(cohort.findings)
        read = {timeline.patient: timeline for timeline in cohort.timelines}
        going_on = None if cohort.last_day is None else spanning(Day(cohort.last_day + 1), LAST_DAY)
        return tuple(self.joined(one, read[name], going_on) for name, one in zip(names, drafted, strict=True))

    def joined(self, drafted: Drafted, read: Timeline, going_on: Date | None) -> Patient:
        """What was read, and what stays of the patient before; the last day of that is looked for once.

        Readers let what is `going_on` end after the last day of all that they read, which
        is that of all cases: here it ends after the last day of this patient.
        """
        changed, base = drafted.changing.rows, drafted.base
        if id(base) not in self.lasts:  # its reading is kept, so it is there as long as its number
            self.lasts[id(base)] = _last_day(base)
        facts: Mapping[str, FactValue] = {n: f for n, f in base.facts.items() if n not in changed} | dict(
            read.facts
        )
        series = {name: one for name, one in base.series.items() if name not in changed}
        series |= {name: _placed(one, going_on) for name, one in read.series.items()}
        days = [day for day in (self.lasts[id(base)], _last_day(read)) if day is not None]
        last = max(days, default=ARRIVES)
        joined = Timeline(drafted.changing.case.label, facts, series, read.refused)
        return Patient(known_by(joined, last), last)


def patient_of(name: str, rows: Sequence[Row], case: Written) -> Tree:
    """A patient as it would stand in a file of its own."""
    records = Listed(tuple(row.tree() for row in rows), case.at)
    return Keyed(
        ((cell("patient", case.at), cell(name, case.at)), (cell("records", case.at), records)), case.at
    )


def _placed(series: Series, going_on: Date | None) -> Series:
    """Without the places that stand for records of the typical patient, which stand in no file."""
    return replace(series, records=tuple(_in_file(record, going_on) for record in series.records))


def _in_file(record: Record, going_on: Date | None) -> Record:
    at = tuple(place for place in record.at if place.line > 0)
    if record.end is not None and record.end == going_on:
        record = replace(record, end=NOT_YET, fields={**record.fields, "end": NOT_YET})
    return record if len(at) == len(record.at) else replace(record, at=at)


def last_day(timeline: Timeline) -> Day:
    """The last day that anything is recorded of, as for patient files."""
    day = _last_day(timeline)
    return ARRIVES if day is None else day


def _last_day(timeline: Timeline) -> Day | None:
    series = timeline.series.values()
    return max((_last(record) for one in series for record in one.records), default=None)


def _last(record: Record) -> Day:
    end = record.end
    ended = end is not None and not (isinstance(end, DayRange) and high(end) == LAST_DAY)
    return max(low(record.start), low(end)) if ended and end is not None else low(record.start)
