"""One function for each thing a person can ask; none of them prints.

Each takes plain arguments, the clock among them, and gives a result or, where
the input could not be used, the findings that say why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.language.days import show as show_day
from engine.language.values import Day
from engine.reference.judge import Judgement, judge
from engine.reference.trace import Traced, trace_of
from engine.result.compare import Change, changes
from engine.result.rows import FindingRow, PatientRow, VerdictRow, finding_row, patient_row, verdict_rows
from engine.result.write import Format, Table, write_tables
from engine.result.write import replace as write_whole
from engine.source.diagnostic import Diagnostics
from engine.source.suggest import did_you_mean
from engine.study.linked import Study
from engine.study.load import load, recall
from engine.timeline.dictionary import dictionary_of
from engine.timeline.read import Cohort, read_cohort
from engine.version import VERSION

SCHEMA = ".schema.json"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A study, or None, with what was found on the way."""

    study: Study | None
    findings: Diagnostics


def check(folder: Path) -> Loaded:
    """Whether a study is well formed: every error of it at once."""
    findings = Diagnostics()
    return Loaded(load(folder, findings), findings)


def opened(folder: Path) -> Loaded:
    """A study to work with; one that was linked before is not linked again."""
    findings = Diagnostics()
    return Loaded(recall(folder, findings), findings)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A cohort judged by a study. `as_of` is the day up to which the data are known."""

    study: Study
    cohort: Cohort
    as_of: Day
    judgements: tuple[Judgement, ...]

    @property
    def findings(self) -> tuple[FindingRow, ...]:
        return tuple(map(finding_row, self.cohort.findings))

    def patient_rows(self) -> tuple[PatientRow, ...]:
        return tuple(map(patient_row, self.judgements))

    def verdict_rows(self) -> tuple[VerdictRow, ...]:
        return tuple(row for judgement in self.judgements for row in verdict_rows(judgement))

    def tables(self) -> tuple[Table, ...]:
        return (
            Table("patients", PatientRow, self.patient_rows()),
            Table("verdicts", VerdictRow, self.verdict_rows()),
            Table("findings", FindingRow, self.findings),
        )

    def about(self) -> Mapping[str, object]:
        """What the results were made from; the same inputs give the same text."""
        return {
            "study": self.study.protocol.id,
            "version": self.study.protocol.version,
            "study_fingerprint": self.study.fingerprint,
            "engine": VERSION,
            "as_of": show_day(self.as_of),
            "data": {source.file: source.sha256 for source in self.cohort.sources},
            "rows": self.cohort.rows,
            "findings": dict(sorted(self.cohort.counted.items())),
        }


def read(study: Study, data: Path) -> Cohort:
    """A cohort's files as timelines in the units of the study's dictionary."""
    return read_cohort(data, dictionary_of(study.protocol.variables, study.protocol.codelists))


def judged(study: Study, cohort: Cohort, as_of: Day) -> Iterator[Judgement]:
    """The patients one after another, so that progress can be shown."""
    return (judge(study, timeline, as_of) for timeline in cohort.timelines)


def last_day(cohort: Cohort, as_of: Day | None) -> Day | None:
    """The day up to which data are known: as said, else the last one recorded."""
    return cohort.last_day if as_of is None else as_of


def affected(evaluation: Evaluation, earlier: Path) -> tuple[Change, ...]:
    """Whose answers are not what an earlier run wrote."""
    return changes(earlier, evaluation.patient_rows(), evaluation.verdict_rows())


def only(cohort: Cohort, patient: str) -> Cohort:
    """The cohort with one patient left in it, or none where it has no such patient."""
    return replace(cohort, timelines=tuple(t for t in cohort.timelines if t.patient == patient))


def has_errors(cohort: Cohort) -> bool:
    return any(finding.severity == "error" for finding in cohort.findings)


def write(evaluation: Evaluation, folder: Path, format: Format) -> tuple[Path, ...]:
    """The tables of an evaluation, with `run.json` that says what made them."""
    return write_tables(evaluation.tables(), evaluation.about(), folder, format)


def trace(judgement: Judgement, rule: str, visit: str | None) -> Traced:
    """The tree of any rule, definitions and anchors among them."""
    return trace_of(judgement.reading, rule, visit)


def no_such_rule(study: Study, name: str) -> str:
    help = did_you_mean(name, study.program.rules)
    return f"there is no rule `{name}`" + (f"; {help}" if help else "")


def handbook() -> str:
    """The handbook of the rule language, as Markdown."""
    from engine.handbook.page import handbook as printed

    return printed()


def save(path: Path, text: str) -> None:
    """A text to a file, whole or not at all."""
    write_whole(path, text.encode())


def schemas() -> Mapping[str, str]:
    """Every JSON schema by file name, as editors read them."""
    from engine.study.schema import schema_texts

    return schema_texts()


def schema_names() -> tuple[str, ...]:
    return tuple(name.removesuffix(SCHEMA) for name in schemas())


def schema(name: str) -> str:
    """One JSON schema, as editors read it."""
    return schemas()[f"{name}{SCHEMA}"]


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """All schemas into one folder, since they refer to each other by file name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        save(folder / name, text)
    return tuple(folder / name for name in schemas())


def new(folder: Path) -> tuple[Path, ...]:
    """A small study to begin with, and a patient to try it on."""
    from engine.skeleton.files import skeleton

    written = []
    for name, text in skeleton():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        save(path, text)
        written.append(path)
    return tuple(written)
