"""A case as text: its patient as what differs from the typical one, or in full where there is none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from engine.assurance.cases import Case
from engine.assurance.patients import ARRIVES, Patients
from engine.assurance.read import cases_of
from engine.assurance.told.day import Days
from engine.assurance.told.forms import Form, Forms
from engine.assurance.told.same import alike, same_question
from engine.assurance.told.text import Inline, entry, scalar, sentence
from engine.assurance.written import written_in
from engine.invention.cohort import typical_patient
from engine.language.core import Ref, VisitDay
from engine.language.values import LAST_DAY
from engine.language.walk import nodes
from engine.reference.interpret import Reading
from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from engine.timeline.dictionary import Dictionary, dictionary_of
from engine.timeline.known import known_by
from engine.timeline.model import Record, Series, Timeline

FILE = "told.yaml"
INDENT = "    "
NO_SERIES = Series((), ())


@dataclass(frozen=True, slots=True)
class Base:
    """A patient to tell another one from: the typical one of an arm, and its days."""

    arm: str | None
    timeline: Timeline
    days: Days


@dataclass(slots=True)
class Teller:
    """Tells cases of one study; its typical patients are made once."""

    study: Study
    dictionary: Dictionary = field(init=False)
    typical: dict[str | None, Timeline | None] = field(default_factory=dict)
    bases: tuple[Base, ...] = field(init=False)

    def __post_init__(self) -> None:
        protocol = self.study.protocol
        self.dictionary = dictionary_of(protocol.variables, protocol.codelists)
        self.bases = tuple(self._bases())

    def _bases(self) -> Iterator[Base]:
        """A typical patient of the first arm, which needs no name, and of each other one."""
        for arm in (None, *(one.code for one in self.study.protocol.arms[1:])):
            timeline = self.typical[arm] = typical_patient(self.study, ARRIVES, arm)
            if timeline is not None:
                yield Base(arm, timeline, self.days(timeline))

    def days(self, timeline: Timeline) -> Days:
        return Days(self.study, Reading(self.study.program, timeline, LAST_DAY))

    # ---------------------------------------------------------------- whole cases

    def told(self, case: Case) -> str | None:
        """The case as an item of a list of cases; None where no text of it reads back the same."""
        for patient, days in self.patients(case):
            for as_of, record in product((None, days.words(case.as_of)), self.records(case, days)):
                text = item(case, {"as_of": as_of, "record": record}, patient)
                if self.reads_back(text, case):
                    return text
        return None

    def patients(self, case: Case) -> Iterator[tuple[tuple[str, ...], Days]]:
        """The lines that tell the patient, the best way first, and what its days are counted from."""
        first = tuple(_named(self.study, case.owner))
        bases = (replace(base, days=replace(base.days, first=first, told={})) for base in self.bases)
        for base in sorted(bases, key=lambda base: len(self.different(base, case))):
            forms = [self.form(base, name, case) for name in self.different(base, case)]
            told = [form for form in forms if form is not None]
            if len(told) == len(forms):
                yield tuple(_changes(base.arm, told)), base.days
        yield tuple(entry("patient", self.in_full(case.timeline), INDENT)), self.days(Timeline("", {}, {}))

    def records(self, case: Case, days: Days) -> tuple[str | None, ...]:
        """What may say of which record the rule is asked."""
        if case.record is None:
            return (None,)
        return (None, "first", "last", days.words(case.record.start))

    def reads_back(self, text: str, case: Case) -> bool:
        found = self.read(text)
        return found is not None and same_question(found, case)

    def read(self, text: str) -> Case | None:
        """The one case of a list that has only this item."""
        findings = Diagnostics()
        written = written_in(f"cases:\n{text}", FILE, findings)
        cases = cases_of(self.reader(findings), written)
        return cases[0] if len(cases) == 1 and not findings.failed else None

    def reader(self, findings: Diagnostics) -> Patients:
        """A reader that knows the typical patients, and what was asked of them, already."""
        readings = {id(base.timeline): base.days.reading for base in self.bases}
        return Patients(self.study, findings, dict(self.typical), readings)

    # ------------------------------------------------------------ what is different

    def different(self, base: Base, case: Case) -> list[str]:
        """The variables of which something else is recorded, in the order of the dictionary."""
        known = known_by(base.timeline, case.as_of)
        return [name for name in self.dictionary.entries if not alike(known, case.timeline, name)]

    def form(self, base: Base, name: str, case: Case) -> Form | None:
        """The shortest form that makes a variable of the base what it is in the case."""
        forms, wanted = Forms(self.dictionary.entries[name], base.days), case.timeline
        if self.dictionary.entries[name].variable.kind == "fact":
            is_there = name in wanted.facts
            found = forms.of_fact(wanted.facts[name].value if is_there else None, is_there)
        else:
            before = known_by(base.timeline, case.as_of).series.get(name, NO_SERIES)
            found = forms.of_records(before.records, wanted.series.get(name, NO_SERIES).records)
        return next((form for form in found if self.says(form, base, case)), None)

    def says(self, form: Form, base: Base, case: Case) -> bool:
        """Whether a form alone gives the variable its records."""
        findings = Diagnostics()
        text, variable = item(case, {}, tuple(_changes(base.arm, [form]))), form.name.partition(".")[0]
        patients = self.reader(findings)
        drafts = [patients.draft(one) for one in written_in(f"cases:\n{text}", FILE, findings)]
        read = patients.read([draft for draft in drafts if draft is not None])
        return not findings.failed and [
            alike(known_by(one.timeline, case.as_of), case.timeline, variable) for one in read
        ] == [True]

    # -------------------------------------------------------------------- in full

    def in_full(self, timeline: Timeline) -> Inline:
        """Every fact and record there is, by date."""
        facts = {
            name: self.fact(name, timeline) for name in self.dictionary.entries if name in timeline.facts
        }
        records = tuple(
            {"variable": name, **self.row(name, record)}
            for name in self.dictionary.entries
            for record in timeline.series.get(name, NO_SERIES).records
        )
        return {"facts": facts, "records": records}

    def fact(self, name: str, timeline: Timeline) -> str:
        value = timeline.facts[name].value
        (form,) = Forms(self.dictionary.entries[name], self.days(Timeline("", {}, {}))).of_fact(value, True)
        assert isinstance(form.value, str)
        return form.value

    def row(self, name: str, record: Record) -> dict[str, Inline]:
        told = Forms(self.dictionary.entries[name], self.days(Timeline("", {}, {}))).item(record, True)
        assert isinstance(told, dict)
        return told


def item(case: Case, places: dict[str, str | None], patient: Sequence[str]) -> str:
    """The lines of a case: what is asked, of whom, the answer and why."""
    said = {"rule": case.rule, "visit": case.visit, **places}
    lines = [f"  - name: {sentence(case.name)}"]
    lines += [f"{INDENT}{key}: {scalar(text)}" for key, text in said.items() if text is not None]
    lines += patient
    lines += [f"{INDENT}because: {sentence(case.because)}"] if case.because else []
    return "\n".join([*lines, f"{INDENT}expect: {scalar(case.expected.words)}", ""])


def _changes(arm: str | None, forms: Sequence[Form]) -> Iterator[str]:
    if arm is not None:
        yield f"{INDENT}arm: {scalar(arm)}"
    for key in ("but", "also"):
        told = {form.name: form.value for form in forms if form.key == key}
        if told:
            yield from entry(key, told, INDENT)


def _named(study: Study, rule: str) -> Iterator[str]:
    """The anchors and visits that a rule itself names: its readers know them."""
    linked = study.rules.get(rule)
    for core in (linked.core, *linked.extra.values()) if linked else ():
        for node in nodes(core):
            match node:
                case Ref(rule=name) | VisitDay(visit=name):
                    yield name
                case _:
                    pass
