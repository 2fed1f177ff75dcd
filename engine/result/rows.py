"""The rows of a result: patients, verdicts and data findings, all of them text or numbers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engine.language.core import Core
from engine.language.days import show as show_day
from engine.language.show import show
from engine.language.types import Number, Type
from engine.language.units import ONE
from engine.reference.decisive import Read
from engine.reference.judge import Judgement, Missing, Verdict
from engine.reference.wording import place
from engine.source.diagnostic import Diagnostic

OUTCOMES = {True: "true", False: "false", None: "unknown"}
PASSES = {True: "yes", False: "no", None: "unknown"}


Explained = Callable[[Verdict], bool]
"""Which verdicts are to be explained."""


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One patient: the decision, what decided it, what is missing, what it rests on.

    `version` is the one the patient is judged by, and `judged_on` the day that chose
    it, where there are several. `refused_rows` over 0 means that the answers were given without those rows,
    `rows_of_nobody` that rows were refused of which nobody can say whose they are.
    """

    patient: str
    decision: str
    decided_by: str
    missing: str
    deviations: int
    queries: str
    refused_rows: int
    rows_of_nobody: int
    version: str
    study_fingerprint: str
    judged_on: str
    as_of: str


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One verdict. `about` is the patient, a visit or the day of a record.

    `value`, `unit`, `value_date` and `source` are of the recorded value that
    decided; `severity` and `amount` belong to deviations.
    """

    patient: str
    role: str
    rule: str
    title: str
    part_of: str
    about: str
    date: str
    outcome: str
    passes: str
    value_of: str
    value: str
    unit: str
    value_date: str
    source: str
    reason: str
    missing: str
    severity: str
    amount: str
    rests_on: str
    version: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One thing wrong with the data: a row refused, a value queried."""

    severity: str
    code: str
    file: str
    line: int
    column: int
    message: str
    help: str


def patient_row(judgement: Judgement, rows_of_nobody: int = 0) -> PatientRow:
    study, reading = judgement.study, judgement.reading
    return PatientRow(
        patient=judgement.timeline.patient,
        decision=judgement.decision,
        decided_by=" ".join(v.rule.rule.id for v in deciding_criteria(judgement)),
        missing="; ".join(m.words for m in missing_for(judgement)),
        deviations=len(deviations(judgement)),
        queries=" ".join(queries(judgement)),
        refused_rows=judgement.timeline.refused,
        rows_of_nobody=rows_of_nobody,
        version=study.protocol.version,
        study_fingerprint=study.fingerprint,
        judged_on="" if judgement.judged_on is None else show_day(judgement.judged_on),
        as_of=show_day(reading.as_of),
    )


def criteria(judgement: Judgement) -> tuple[Verdict, ...]:
    """The verdicts that decide on eligibility; a criterion's parts speak through it."""
    return tuple(v for v in judgement.of("inclusion", "exclusion") if v.rule.rule.part_of is None)


def deciding_criteria(judgement: Judgement) -> tuple[Verdict, ...]:
    """Those that fail, or if none does those that are unknown."""
    failed = tuple(v for v in criteria(judgement) if v.passes is False)
    return failed or tuple(v for v in criteria(judgement) if v.passes is None)


def missing_for(judgement: Judgement) -> tuple[Missing, ...]:
    """What could still decide on an undetermined patient, each once."""
    if judgement.decision != "undetermined":
        return ()
    unknown = deciding_criteria(judgement)
    return tuple(dict.fromkeys(m for verdict in unknown for m in judgement.missing(verdict)))


def deviations(judgement: Judgement) -> tuple[Verdict, ...]:
    return tuple(v for v in judgement.of("requirement") if v.passes is False)


def queries(judgement: Judgement) -> tuple[str, ...]:
    """The assumed and queried parameters that the decision rests on."""
    found = (p.name for v in criteria(judgement) for p in judgement.unsettled(v))
    return tuple(sorted(set(found)))


Rows = tuple[tuple[PatientRow, ...], tuple[VerdictRow, ...]]


def rows(judgements: Iterable[Judgement], rows_of_nobody: int, explained: Explained) -> Rows:
    """The rows of every patient; each judgement, far longer than they, is given up as they are made."""
    patients: list[PatientRow] = []
    verdicts: list[VerdictRow] = []
    for judgement in judgements:
        patients.append(patient_row(judgement, rows_of_nobody))
        verdicts.extend(
            verdict_row(judgement.by(verdict), verdict, explained(verdict)) for verdict in judgement.verdicts
        )
    return tuple(patients), tuple(verdicts)


def every(verdict: Verdict) -> bool:
    return True


def verdict_row(judgement: Judgement, verdict: Verdict, explained: bool = True) -> VerdictRow:
    """What a rule said; why, and what that rests on, is left out where not `explained`: it takes longest."""
    rule = verdict.rule.rule
    why = explained and verdict.applies
    reads = judgement.reads(verdict) if why else ()
    value_of, value, unit, value_date, source = _deciding_value(reads[0]) if reads else ("", "", "", "", "")
    return VerdictRow(
        patient=judgement.timeline.patient,
        role=rule.role,
        rule=rule.id,
        title=rule.title,
        part_of=rule.part_of or "",
        about=about(verdict),
        date="" if verdict.day is None else show_day(verdict.day),
        outcome=OUTCOMES[verdict.outcome] if verdict.applies else "not applicable",
        passes=PASSES[verdict.passes] if verdict.applies else "not applicable",
        value_of=value_of,
        value=value,
        unit=unit,
        value_date=value_date,
        source=source,
        reason="; ".join(judgement.reasons(verdict)) if why else "",
        missing="; ".join(m.words for m in judgement.missing(verdict)) if why else "",
        severity=rule.severity or "",
        amount=amount(verdict),
        rests_on=" ".join(p.name for p in judgement.unsettled(verdict)) if explained else "",
        version=judgement.study.protocol.version,
    )


def about(verdict: Verdict) -> str:
    if verdict.visit is not None:
        return verdict.visit
    if verdict.record is not None:
        return f"{verdict.rule.for_each} of {show_day(verdict.record.start)}"
    return "patient"


def _deciding_value(read: Read) -> tuple[str, str, str, str, str]:
    unit = read.type.unit.symbol if isinstance(read.type, Number) and read.type.unit != ONE else ""
    value = "" if read.value is None else show(read.value, _unitless(read))
    day = "" if read.record is None else show_day(read.record.start)
    return read.name, value, unit, day, place(read.at)


def _unitless(read: Read) -> Type:
    return Number(ONE) if isinstance(read.type, Number) else read.type


def amount(verdict: Verdict) -> str:
    """What a rule says of how much there should be, in words."""
    core: Core | None = verdict.rule.extra.get("amount")
    return "" if core is None or verdict.amount is None else show(verdict.amount, core.type)


def finding_row(finding: Diagnostic) -> FindingRow:
    at = finding.at
    return FindingRow(
        finding.severity, finding.code, at.file, at.line, at.column, finding.message, finding.help or ""
    )
