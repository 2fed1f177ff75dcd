"""One function for each thing a person can ask; none of them prints.

Each takes plain arguments, the clock among them, and gives a result or, where
the input could not be used, the findings that say why.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.language.days import day_of
from engine.language.values import Day
from engine.reference.in_force import judge_by
from engine.reference.judge import Judgement, Verdict, judge
from engine.reference.trace import Traced, trace_of
from engine.result.compare import Change, Earlier, changed_inputs, changes, earlier_in
from engine.result.evaluation import Evaluation
from engine.result.write import Format, Table, write_tables
from engine.result.write import replace as write_whole
from engine.source.diagnostic import Diagnostic, Diagnostics
from engine.source.suggest import did_you_mean
from engine.study.linked import ELIGIBLE, Study
from engine.study.load import history_of, recall, study_of
from engine.study.versions import History, only
from engine.timeline.across import Cohorts
from engine.timeline.across import read_for as cohorts_for
from engine.timeline.dictionary import dictionary_of
from engine.timeline.read import Cohort, read_cohort

SCHEMA = ".schema.json"
SCHEMAS = ".schemas"
"""Where a new study keeps them for its editor."""

GIVE_VALUES = ("anchor", "definition")
MOST_NAMED = 15


@dataclass(frozen=True, slots=True)
class Loaded:
    """A study, or None, with what was found on the way."""

    study: Study | None
    findings: Diagnostics


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of a study, or None, with what was found on the way."""

    history: History | None
    findings: Diagnostics


def check(folder: Path) -> Loaded:
    """Whether a study and its cases are well formed: every error at once, and what lints warn of."""
    from engine.assurance.check import check as checked

    findings = Diagnostics()
    return Loaded(checked(folder, findings), findings)


def opened(folder: Path, spec: str | None = None) -> Loaded:
    """A study to work with, the newest version if no other is asked for; none is linked a second time."""
    findings = Diagnostics()
    return Loaded(recall(folder, findings) if spec is None else study_of(folder, spec, findings), findings)


def history(folder: Path, spec: str | None) -> Versions:
    """The versions that patients are judged by: all that were approved, or the one that is asked for."""
    findings = Diagnostics()
    if spec is None:
        return Versions(history_of(folder, findings), findings)
    study = study_of(folder, spec, findings)
    return Versions(None if study is None else only(study), findings)


def read(study: Study, data: Path) -> Cohort:
    """A cohort's files as timelines in the units of the study's dictionary."""
    return read_cohort(data, dictionary_of(study.protocol.variables, study.protocol.codelists))


def read_for(history: History, data: Path) -> Cohorts:
    """A cohort's files as every version reads them."""
    return cohorts_for(history, data)


def judged_by(history: History, cohorts: Cohorts, as_of: Day) -> Iterator[Judgement]:
    """The patients one after another, each by the version in force."""
    patients = (timeline.patient for timeline in cohorts.newest.timelines)
    return (judge_by(history, cohorts.of(patient), as_of) for patient in patients)


def judged(study: Study, cohort: Cohort, as_of: Day) -> Iterator[Judgement]:
    """The patients one after another, so that progress can be shown."""
    return (judge(study, timeline, as_of) for timeline in cohort.timelines)


def last_day(cohort: Cohort, as_of: Day | None) -> Day | None:
    """The day up to which data are known: as said, else the last one recorded."""
    return cohort.last_day if as_of is None else as_of


def has_errors(cohort: Cohort) -> bool:
    return any(finding.severity == "error" for finding in cohort.findings)


def write(evaluation: Evaluation, folder: Path, format: Format) -> tuple[Path, ...]:
    """The tables of an evaluation, with `run.json` that says what made them."""
    return write_tables(evaluation.tables(), evaluation.about(), folder, format)


# --------------------------------------------------------------------- comparing


@dataclass(frozen=True, slots=True)
class Difference:
    """Whose answers are not what they were; `inputs` are those that differ, before and after."""

    changes: tuple[Change, ...]
    inputs: Mapping[str, tuple[str, str]]

    def table(self) -> Table:
        return Table("changes", Change, self.changes)


def earlier(folder: Path) -> Earlier | Diagnostic:
    """The result that an earlier run wrote, or why it cannot be compared with."""
    return earlier_in(folder)


def difference(evaluation: Evaluation, before: Earlier) -> Difference:
    """An evaluation beside an earlier result."""
    found = changes(before, evaluation.patients, evaluation.verdicts)
    return Difference(found, changed_inputs(before, evaluation.about()))


# -------------------------------------------------------------------- explaining


@dataclass(frozen=True, slots=True)
class Answer:
    """What a definition or anchor gives, at a visit if it is asked at visits."""

    rule: str
    visit: str | None
    traced: Traced


def judgement_of(history: History, cohorts: Cohorts, patient: str, as_of: Day) -> Judgement | None:
    """One patient judged, or None where the cohort has no such patient."""
    found = cohorts.of(patient)
    return judge_by(history, found, as_of) if found else None


def chosen(judgement: Judgement, rule: str | None, visit: str | None) -> tuple[Verdict, ...]:
    """The verdicts of a rule or at a visit; of all rules, those that are about this patient."""
    return tuple(
        verdict
        for verdict in judgement.verdicts
        if (verdict.applies if rule is None else verdict.rule.rule.id == rule)
        and (visit is None or verdict.visit == visit)
    )


def answers(judgement: Judgement, rule: str, visit: str | None) -> tuple[Answer, ...]:
    """The values of a definition or anchor, which gives no verdict; none of any other rule."""
    linked = judgement.study.rules.get(rule)
    if linked is not None and linked.rule.role not in GIVE_VALUES:
        return ()
    visits: tuple[str | None, ...] = (None,) if linked is None else linked.visits or (None,)
    asked = (one for one in visits if visit in (None, one))
    return tuple(Answer(rule, one, trace_of(judgement.reading, rule, one)) for one in asked)


def no_such_patient(cohort: Cohort, name: str) -> str:
    patients = [timeline.patient for timeline in cohort.timelines]
    return no_such("patient", name, patients)


def not_asked_of_any(history: History, rule: str | None, visit: str | None) -> str | None:
    """Why a question cannot be put in any version: what the newest says of it."""
    refusals = [not_asked(version.study, rule, visit) for version in reversed(history.versions)]
    return refusals[0] if all(refusals) else None


def not_asked(study: Study, rule: str | None, visit: str | None) -> str | None:
    """Why a question cannot be put: there is no such rule or visit, or the one is not asked at the other."""
    if rule is not None and rule != ELIGIBLE and rule not in study.rules:
        return _no_rule(study, rule)
    if visit is None:
        return None
    if visit not in study.protocol.schedule.visits:
        return no_such("visit", visit, study.protocol.schedule.visits)
    if rule is None:
        return None
    visits = study.rules[rule].visits if rule in study.rules else ()
    if visit in visits:
        return None
    return f"`{rule}` is not asked at `{visit}`" + (
        f", but at {', '.join(visits)}" if visits else " or any visit"
    )


def _no_rule(study: Study, name: str) -> str:
    protocol = study.protocol
    if name in protocol.variables:
        return f"`{name}` is no rule but a variable, of kind {protocol.variables[name].kind}"
    if name in protocol.parameters:
        return f"`{name}` is no rule but a parameter"
    return no_such("rule", name, (*study.rules, ELIGIBLE))


def no_such(what: str, name: str, known: Collection[str]) -> str:
    near = did_you_mean(name, known)
    few = f"there are {', '.join(known)}" if len(known) <= MOST_NAMED else None
    help = near or few
    return f"there is no {what} `{name}`" + (f"; {help}" if help else "")


# --------------------------------------------------------------------- inventing

FIRST_ARRIVAL = day_of(2025, 1, 6)


@dataclass(frozen=True, slots=True)
class Invention:
    """How many patients are screened, from which day on; the same seed gives the same bytes."""

    patients: int = 60
    seed: int = 1
    start: Day | None = None


def invent(study: Study, folder: Path, invention: Invention) -> tuple[Path, ...]:
    """A cohort of patients as the study says they are; no file where it does not say."""
    from engine.invention.cohort import inventor
    from engine.invention.tables import tables

    if study.typical is None:
        return ()
    start = invention.start or FIRST_ARRIVAL
    patients = inventor(study, study.typical).cohort(invention.patients, invention.seed, start)
    dictionary = dictionary_of(study.protocol.variables, study.protocol.codelists)
    texts = tables(patients, dictionary)
    folder.mkdir(parents=True, exist_ok=True)
    write_whole({folder / name: text.encode() for name, text in texts.items()})
    return tuple(folder / name for name in texts)


# ----------------------------------------------------------- texts the engine holds


def handbook() -> str:
    """The handbook of the rule language, as Markdown."""
    from engine.handbook.page import handbook as printed

    return printed()


def save(path: Path, text: str) -> None:
    """A text to a file, whole or not at all."""
    write_whole({path: text.encode()})


def schemas() -> Mapping[str, str]:
    """Every JSON schema by file name, as editors read them."""
    from engine.study.schema import schema_texts

    return schema_texts()


def schema_names() -> tuple[str, ...]:
    return tuple(name.removesuffix(SCHEMA) for name in schemas())


def no_such_schema(name: str) -> str:
    return no_such("schema", name, schema_names())


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
    """A small study to begin with, patients to try it on, and the schemas its editor reads."""
    from engine.skeleton.files import skeleton

    written = []
    for name, text in skeleton():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        save(path, text)
        written.append(path)
    return (*written, *write_schemas(folder / SCHEMAS))
