"""How each result looks on a terminal."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence

from engine import tasks
from engine.command.screen import Screen
from engine.command.tree import tree_lines
from engine.language.show import show
from engine.reference.judge import Judgement, Verdict
from engine.result.compare import Change
from engine.result.rows import (
    OUTCOMES,
    about,
    deciding_criteria,
    deviations,
    missing_for,
    queries,
    verdict_row,
)
from engine.result.write import as_csv, as_json
from engine.source.diagnostic import Diagnostic
from engine.study.linked import Study
from engine.timeline.read import Cohort

MOST_FINDINGS = 20
"""On a terminal; the table of findings holds all that were kept."""

Given = argparse.Namespace
MARKS = {True: "yes", False: "no", None: "unknown"}


def json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def study_line(study: Study) -> str:
    protocol = study.protocol
    counts = Counter(rule.status for rule in protocol.parameters.values())
    status = ", ".join(f"{counts[s]} {s}" for s in ("registered", "assumed", "query") if counts[s])
    return (
        f"{protocol.id} {protocol.version} ({study.fingerprint[:12]}): {len(protocol.rules)} rules, "
        f"{len(protocol.variables)} variables, {len(protocol.parameters)} parameters ({status})"
    )


# ------------------------------------------------------------------- findings


def findings(cohort: Cohort, screen: Screen) -> None:
    """What is wrong with the data, a line each, on standard error."""
    for finding in cohort.findings[:MOST_FINDINGS]:
        screen.note(finding_line(finding))
    total = sum(cohort.counted.values())
    if total > MOST_FINDINGS:
        counted = ", ".join(f"{number} {code}" for code, number in sorted(cohort.counted.items()))
        screen.note(f"... {total} in all: {counted}")


def finding_line(finding: Diagnostic) -> str:
    advice = f" ({finding.help})" if finding.help else ""
    return f"{finding.at}: {finding.severity}[{finding.code}]: {finding.message}{advice}"


# ----------------------------------------------------------------- evaluation


def evaluation(result: tasks.Evaluation, given: Given, screen: Screen) -> None:
    match given.format:
        case "csv":
            table = next(table for table in result.tables() if table.name == given.table)
            screen.text(as_csv(table))
        case "json":
            screen.text(as_json(result.tables(), result.about()))
        case _:
            for_people(result, screen)


def for_people(result: tasks.Evaluation, screen: Screen) -> None:
    _eligibility(result.judgements, screen)
    _deviations(result.judgements, screen)
    _switches(result.judgements, screen)
    _responses(result.judgements, screen)
    _closing(result, screen)


def _eligibility(judgements: Iterable[Judgement], screen: Screen) -> None:
    rows = [(j.timeline.patient, j.decision, *_why(j)) for j in judgements]
    screen.table("Eligibility", ("patient", "decision", "criteria", "decided by, or still missing"), rows)
    counted = Counter(row[1] for row in rows)
    screen.text(", ".join(f"{counted[word]} {word}" for word in ("eligible", "ineligible", "undetermined")))


def _why(judgement: Judgement) -> tuple[str, str]:
    decided = deciding_criteria(judgement)
    names = " ".join(verdict.rule.rule.id for verdict in decided)
    refused = judgement.timeline.refused
    note = f"[{refused} rows of this patient were refused] " if refused else ""
    if judgement.decision == "undetermined":
        return names, note + "; ".join(m.words for m in missing_for(judgement))
    return names, note + "; ".join(reason for verdict in decided for reason in judgement.reasons(verdict)[:1])


def _deviations(judgements: Iterable[Judgement], screen: Screen) -> None:
    rows = [
        (row.patient, row.date, row.severity, row.rule, row.amount, row.reason)
        for j in judgements
        for row in (verdict_row(j, verdict) for verdict in deviations(j))
    ]
    if rows:
        screen.table("Deviations", ("patient", "date", "severity", "rule", "amount", "what was found"), rows)


def _switches(judgements: Iterable[Judgement], screen: Screen) -> None:
    rows = [
        (
            j.timeline.patient,
            verdict.rule.rule.id,
            MARKS[verdict.outcome],
            verdict_row(j, verdict).date,
            _first(j, verdict),
        )
        for j in judgements
        for verdict in j.of("switch")
        if verdict.outcome is not False
    ]
    if rows:
        screen.table(
            "Switches allowed", ("patient", "switch", "allowed", "since", "because, or still missing"), rows
        )


def _first(judgement: Judgement, verdict: Verdict) -> str:
    lines = (
        judgement.reasons(verdict)
        if verdict.outcome is not None
        else [m.words for m in judgement.missing(verdict)]
    )
    return "; ".join(lines[:2])


def _responses(judgements: Sequence[Judgement], screen: Screen) -> None:
    """A row for each patient with any answer, a column for each visit; unknown everywhere is left out."""
    verdicts = [verdict for j in judgements for verdict in j.of("response")]
    visits = tuple(dict.fromkeys(v.visit or "patient" for v in verdicts))
    rules = tuple(dict.fromkeys(v.rule.rule.id for v in verdicts))
    answered = (_response_row(judgement, visits) for judgement in judgements)
    rows = [row for row in answered if any(cell != "?" for cell in row[1:])]
    if rows:
        screen.table("Response", ("patient", *visits), rows)
        screen.text(", ".join(f"{initials(rule)} {rule}" for rule in rules) + ", - none, ? unknown")


def _response_row(judgement: Judgement, visits: Sequence[str]) -> tuple[str, ...]:
    def cell(visit: str) -> str:
        here = [v for v in judgement.of("response") if (v.visit or "patient") == visit]
        held = [initials(v.rule.rule.id) for v in here if v.outcome]
        return " ".join(held) or ("?" if any(v.outcome is None for v in here) else "-")

    return (judgement.timeline.patient, *map(cell, visits))


def initials(rule: str) -> str:
    return "".join(word[0].upper() for word in rule.split("_") if word)


def _closing(result: tasks.Evaluation, screen: Screen) -> None:
    names = sorted({name for judgement in result.judgements for name in queries(judgement)})
    parameters = [result.study.protocol.parameters[name] for name in names]
    asked = [
        (p.name, shown_value(result.study, p.name), p.query or "") for p in parameters if p.status == "query"
    ]
    if asked:
        screen.table("The decisions rest on open questions", ("parameter", "held as", "question"), asked)
    assumed = [f"{p.name} = {shown_value(result.study, p.name)}" for p in parameters if p.status == "assumed"]
    if assumed:
        screen.text(f"They also rest on {len(assumed)} assumptions: {', '.join(assumed)}\n")
    about = result.about()
    screen.text(
        f"{about['study']} {about['version']} ({str(about['study_fingerprint'])[:12]}), engine {about['engine']}, "
        f"data known up to {about['as_of']}, {about['rows']} rows"
    )


def shown_value(study: Study, name: str) -> str:
    value = study.protocol.parameters[name].value
    return ", ".join(s.text for s in value) if isinstance(value, tuple) else value.text


def changes(found: Sequence[Change], screen: Screen) -> None:
    if not found:
        screen.text("nothing changed: every answer is what it was")
        return
    rows = [(c.patient, c.rule or "decision", c.about, c.before, c.after, c.reason) for c in found]
    screen.table("Changed", ("patient", "rule", "about", "before", "after", "because"), rows)
    patients = len({change.patient for change in found})
    screen.text(f"{len(found)} answers of {patients} patients changed")


# ---------------------------------------------------------------- explanation


def explanation(judgement: Judgement, given: Given, screen: Screen) -> None:
    chosen = [v for v in judgement.verdicts if _asked_for(v, given)]
    if given.format == "json":
        screen.text(json_text([_as_json(judgement, verdict) for verdict in chosen]))
        return
    if given.rule is None:
        _decision(judgement, screen)
    for verdict in chosen:
        _one(judgement, verdict, screen)
        if given.rule is not None:
            screen.text("\n".join(f"    {line}" for line in tree_lines(judgement.trace(verdict))))
    if not chosen and given.rule is not None:
        _definition(judgement, given, screen)


def _asked_for(verdict: Verdict, given: Given) -> bool:
    named = given.rule is None or verdict.rule.rule.id == given.rule
    return (
        named
        and (given.visit is None or verdict.visit == given.visit)
        and (given.rule is not None or verdict.applies)
    )


def _decision(judgement: Judgement, screen: Screen) -> None:
    refused = judgement.timeline.refused
    note = f" ({refused} rows of this patient were refused)" if refused else ""
    screen.text(f"{judgement.timeline.patient}: {judgement.decision}{note}")
    for item in missing_for(judgement):
        screen.text(f"  still missing: {item.words}")


def _one(judgement: Judgement, verdict: Verdict, screen: Screen) -> None:
    rule = verdict.rule.rule
    where = "" if verdict.visit is None and verdict.record is None else f" ({about(verdict)})"
    screen.text(f"\n{rule.id}{where}: {_word(verdict)} - {rule.title}")
    if rule.text:
        screen.text(f"  protocol: {rule.text}")
    for line in judgement.reasons(verdict):
        screen.text(f"  {line}")
    for item in judgement.missing(verdict):
        screen.text(f"  missing: {item.words}")
    for parameter in judgement.unsettled(verdict):
        value = shown_value(judgement.study, parameter.name)
        screen.text(f"  rests on {parameter.name} = {value} ({parameter.status})")


def _word(verdict: Verdict) -> str:
    if not verdict.applies:
        return "does not apply"
    words = {True: "passes", False: "fails", None: "unknown"}
    return (
        words[verdict.passes]
        if verdict.rule.rule.role in ("inclusion", "exclusion", "requirement")
        else OUTCOMES[verdict.outcome]
    )


def _definition(judgement: Judgement, given: Given, screen: Screen) -> None:
    """A definition or anchor, which gives a value and no verdict."""
    trace = tasks.trace(judgement, given.rule, given.visit)
    screen.text(f"{given.rule} = {show(trace.value, trace.core.type)}")
    screen.text("\n".join(f"    {line}" for line in tree_lines(trace)))


def _as_json(judgement: Judgement, verdict: Verdict) -> dict[str, object]:
    row = verdict_row(judgement, verdict)
    return {name: getattr(row, name) for name in row.__slots__} | {
        "tree": tree_lines(judgement.trace(verdict))
    }
