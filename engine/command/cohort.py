"""An evaluated cohort as tables for people: decisions, deviations, switches, responses, what they rest on."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from engine.command.screen import Screen
from engine.language.days import show as show_day
from engine.reference.in_force import anchor_of
from engine.reference.judge import Verdict
from engine.result.evaluation import Evaluation
from engine.result.rows import PatientRow, VerdictRow
from engine.study.linked import Study
from engine.study.versions import Version

DECIDING = ("inclusion", "exclusion")
DECISIONS = ("eligible", "ineligible", "undetermined")
SWITCHED = {"true": "yes", "unknown": "unknown"}
LONGEST = 600
"""Of what decided, so much is shown; files and `trial explain` have all of it."""


def for_people(result: Evaluation, screen: Screen) -> None:
    """The whole of an evaluation."""
    _eligibility(result, screen)
    _deviations(result, screen)
    _switches(result, screen)
    _responses(result, screen)
    _rests_on(result, screen)
    _versions(result, screen)
    screen.text(made_from(result))


def says_why(verdict: Verdict) -> bool:
    """Whether a table here says why: of what does not pass, and of switches that are or may be allowed."""
    match verdict.rule.rule.role:
        case "inclusion" | "exclusion" | "requirement":
            return verdict.passes is not True
        case role:
            return role == "switch" and verdict.outcome is not False


# ---------------------------------------------------------------- eligibility


def _eligibility(result: Evaluation, screen: Screen) -> None:
    columns = ("patient", "decision", "criteria", "decided by, or still missing")
    reasons = {(row.patient, row.rule): row.reason for row in result.verdicts if row.role in DECIDING}
    rows = [(row.patient, row.decision, row.decided_by, _why(row, reasons)) for row in result.patients]
    screen.table("Eligibility", columns, rows)
    screen.text(f"{counted(result)}\n")


def counted(result: Evaluation) -> str:
    """`38 eligible, 20 ineligible, 2 undetermined`, and what of the data is not in it."""
    decided = Counter(row.decision for row in result.patients)
    words = ", ".join(f"{decided[word]} {word}" for word in DECISIONS)
    lacking = sum(row.refused_rows > 0 for row in result.patients)
    notes = [f"{plural(lacking, 'patient')} with rows refused"] if lacking else []
    nobody = result.cohort.unattributed
    notes += [f"{plural(nobody, 'refused row')} of which nobody can say whose"] if nobody else []
    return "; ".join([words, *notes])


def plural(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _why(row: PatientRow, reasons: Mapping[tuple[str, str], str]) -> str:
    """What decided, or what is missing; that rows were refused stands before it."""
    note = f"({plural(row.refused_rows, 'row')} refused) " if row.refused_rows else ""
    decided = (reasons.get((row.patient, rule), "") for rule in row.decided_by.split())
    return note + shortened(
        row.missing if row.decision == "undetermined" else "; ".join(filter(None, decided))
    )


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} ..."


# ------------------------------------------------------- deviations and switches


def _deviations(result: Evaluation, screen: Screen) -> None:
    columns = ("patient", "date", "severity", "rule", "amount", "what was found")
    rows = [
        (row.patient, row.date, row.severity, row.rule, row.amount, shortened(row.reason))
        for row in result.verdicts
        if row.role == "requirement" and row.passes == "no"
    ]
    if rows:
        screen.table("Deviations", columns, rows)


def _switches(result: Evaluation, screen: Screen) -> None:
    columns = ("patient", "switch", "allowed", "since", "because, or still missing")
    rows = [
        (row.patient, row.rule, SWITCHED[row.outcome], row.date, shortened(row.missing or row.reason))
        for row in result.verdicts
        if row.role == "switch" and row.outcome in SWITCHED
    ]
    if rows:
        screen.table("Switches", columns, rows)


# ------------------------------------------------------------------- responses


def _responses(result: Evaluation, screen: Screen) -> None:
    """A row for each patient with any answer, a column for each visit."""
    found = [row for row in result.verdicts if row.role == "response"]
    visits = tuple(dict.fromkeys(row.about for row in found))
    names = initials(dict.fromkeys(row.rule for row in found))
    by_patient = groupby(found, key=lambda row: row.patient)
    answered = [_response_row(patient, tuple(rows), visits, names) for patient, rows in by_patient]
    shown = [row for row in answered if any(cell != "?" for cell in row[1:])]
    if shown:
        screen.table("Response", ("patient", *visits), shown)
        screen.text(", ".join(f"{short} {rule}" for rule, short in names.items()) + ", - none, ? unknown\n")


def _response_row(
    patient: str, rows: Sequence[VerdictRow], visits: Sequence[str], names: Mapping[str, str]
) -> tuple[str, ...]:
    def cell(visit: str) -> str:
        here = [row for row in rows if row.about == visit]
        held = [names[row.rule] for row in here if row.outcome == "true"]
        return " ".join(held) or ("?" if any(row.outcome == "unknown" for row in here) else "-")

    return (patient, *map(cell, visits))


def initials(rules: Iterable[str]) -> Mapping[str, str]:
    """`CR` for `complete_response`; the whole name where two would be alike."""
    short = {rule: "".join(word[0].upper() for word in rule.split("_") if word) for rule in rules}
    alike = Counter(short.values())
    return {rule: name if alike[name] == 1 else rule for rule, name in short.items()}


# ------------------------------------------------------------ what it rests on


def _rests_on(result: Evaluation, screen: Screen) -> None:
    """Open questions with their words, assumptions by name: `explain` and the tables say more."""
    studies = {version.id: version.study for version in result.history.versions}
    rested = {(name, row.version) for row in result.patients for name in row.queries.split()}
    found = [
        (studies[version].protocol.parameters[name], studies[version]) for name, version in sorted(rested)
    ]
    asked = [(p.name, value_of(study, p.name), p.query or "") for p, study in found if p.status == "query"]
    if asked:
        rows = tuple(dict.fromkeys(asked))
        screen.table("The decisions rest on open questions", ("parameter", "held as", "question"), rows)
    named = (f"{p.name} ({value_of(study, p.name)})" for p, study in found if p.status == "assumed")
    assumed = tuple(dict.fromkeys(named))
    if assumed:
        screen.text(f"and on {len(assumed)} assumptions: {', '.join(assumed)}")


def _versions(result: Evaluation, screen: Screen) -> None:
    """Which version judged how many, where there is more than one; and of whom that was not known."""
    if len(result.history.versions) == 1:
        return
    judged = Counter(row.version for row in result.patients)
    anchor = anchor_of(result.study)
    rows = [
        (version.id, version.study.fingerprint[:12], _since(version), str(judged[version.id]))
        for version in result.history.versions
    ]
    columns = ("version", "fingerprint", f"for {anchor} from", "patients judged by it")
    screen.table("Versions of the protocol", columns, rows)
    undated = [row.patient for row in result.patients if not row.judged_on]
    if undated:
        screen.text(f"{', '.join(undated)}: {anchor} is not known, so that the newest version judged them\n")


def _since(version: Version) -> str:
    return "the start" if version.since is None else show_day(version.since)


def value_of(study: Study, parameter: str) -> str:
    """A parameter's value as it was written."""
    value = study.protocol.parameters[parameter].value
    return ", ".join(scalar.text for scalar in value) if isinstance(value, tuple) else value.text


def made_from(result: Evaluation) -> str:
    """One line to cite a result by."""
    about = result.about()
    return (
        f"{about['study']} {about['version']} ({str(about['study_fingerprint'])[:12]}), "
        f"engine {about['engine']}, data known up to {about['as_of']}, {about['rows']} rows"
    )


def study_line(study: Study) -> str:
    """One line to know a study by."""
    protocol = study.protocol
    status = Counter(parameter.status for parameter in protocol.parameters.values())
    shown = ", ".join(f"{status[s]} {s}" for s in ("registered", "assumed", "query") if status[s])
    counts = {"rule": protocol.rules, "variable": protocol.variables, "parameter": protocol.parameters}
    held = ", ".join(plural(len(entries), what) for what, entries in counts.items())
    return f"{protocol.id} {protocol.version} ({study.fingerprint[:12]}): {held} ({shown or 'none'})"
