"""A case made ready to be asked: its study linked, its patient read, its question typed.

Nothing is answered here. Whoever does answer takes `Example` and gives a value.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from engine.handbook.chapters import Case, Chapter
from engine.handbook.recorded import patient_tree
from engine.handbook.sections import Sections, hold_against_schemas, merged
from engine.language.check import check
from engine.language.core import Core
from engine.language.days import parse_when
from engine.language.names import Names, Scope, VariableName
from engine.language.parse import parse
from engine.language.values import Day
from engine.source.diagnostic import Diagnostic, Diagnostics
from engine.source.tree import Scalar, span_in
from engine.study.consistency import contradictions
from engine.study.files import Written
from engine.study.link import link
from engine.study.linked import Study
from engine.study.read import protocol_of
from engine.timeline.dictionary import dictionary_of
from engine.timeline.model import Record, Timeline
from engine.timeline.read import Cohort, read_patients


@dataclass(frozen=True, slots=True)
class Example:
    """A typed question about a patient: at a visit, or of one record (`this`) of a variable."""

    study: Study
    core: Core
    timeline: Timeline
    as_of: Day
    visit: str | None
    variable: str | None = None
    this: Record | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """What cannot be asked: a study or question that `does not load`, a row of data that `is refused`."""

    verb: Literal["does not load", "is refused"]
    errors: tuple[Diagnostic, ...]

    @property
    def said(self) -> str:
        return f"{self.verb}: " + "; ".join(error.message for error in self.errors)


def example_of(chapter: Chapter, case: Case) -> Example | Refusal:
    """The case made ready, or the errors that prevent it."""
    findings = Diagnostics()
    study = study_of(chapter, case, findings)
    core = None if study is None else core_of(case, study.names, findings)
    if study is None or core is None:
        return Refusal("does not load", errors(findings))
    cohort = cohort_of(chapter, case, study)
    found = Diagnostics(list(cohort.findings))
    if found.failed:
        return Refusal("is refused", errors(found))
    example = Example(study, core, cohort.timelines[0], case.as_of, case.visit)
    return example if case.record is None else _of_record(example, case.record)


def errors(findings: Diagnostics) -> tuple[Diagnostic, ...]:
    return tuple(finding for finding in findings if finding.severity == "error")


def study_of(chapter: Chapter, case: Case, findings: Diagnostics) -> Study | None:
    """The study of a chapter, with what the case adds to it."""
    own = merged(chapter.sections, case.sections)
    study, found = linked(own) if case.sections else _studied(chapter)
    findings.found.extend(found)
    return study


@cache
def _studied(chapter: Chapter) -> tuple[Study | None, tuple[Diagnostic, ...]]:
    return linked(chapter.sections)


def linked(sections: Sections) -> tuple[Study | None, tuple[Diagnostic, ...]]:
    """A study of these sections alone, with what was found on the way."""
    written = Written(dict(sections), ())
    findings = Diagnostics(list(contradictions(written)))
    hold_against_schemas(sections, findings)
    study = link(protocol_of(written), "", findings)
    return study, tuple(findings)


def core_of(case: Case, names: Names, findings: Diagnostics) -> Core | None:
    """The question, typed where it is asked: at a visit, of a record, of the patient."""
    asked = case.expression
    if asked is None:
        return None
    syntax = parse(asked.text, lambda start, end: span_in(asked, start, end), findings)
    return None if syntax is None else check(syntax, names, _scope(case, names), findings)


def _scope(case: Case, names: Names) -> Scope:
    of = None if case.record is None else names.entries[case.record.split()[0]]
    return Scope(visit=case.visit is not None, this=of if isinstance(of, VariableName) else None)


def cohort_of(chapter: Chapter, case: Case, study: Study) -> Cohort:
    """The patient of a case, alone, with all that was found when it was read."""
    protocol = study.protocol
    dictionary = dictionary_of(protocol.variables, protocol.codelists)
    given: list[Scalar] = [block for block in (chapter.given, case.given) if block]
    return read_patients([patient_tree(given, protocol.variables)], dictionary)


def _of_record(example: Example, record: str) -> Example:
    """The question put to the record of a day, written `infusion 2025-01-03`."""
    name, day = record.split()
    when = parse_when(day)
    records = example.timeline.series[name].records
    this = next(one for one in records if when and one.start == when.date)
    return replace(example, variable=name, this=this)
