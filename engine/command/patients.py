"""The commands about patients: judging all of them, and explaining one."""

import argparse
import json

from engine import tasks
from engine.command import cohort as tables
from engine.command import difference, explanation, findings
from engine.command.exits import FINDINGS, FINE, UNUSABLE
from engine.command.opening import open_cohort, open_history
from engine.command.screen import Screen
from engine.result.evaluation import Evaluation, evaluation
from engine.result.rows import every
from engine.result.write import Format, as_csv, as_json
from engine.source.diagnostic import Diagnostic

Given = argparse.Namespace


def evaluate(given: Given, screen: Screen) -> int:
    """Every patient of a cohort, on the screen or to files, by itself or beside an earlier result."""
    clash = _clash(given)
    if clash:
        return screen.error(clash)
    before = None if given.compare is None else tasks.earlier(given.compare)
    if isinstance(before, Diagnostic):
        return screen.error(findings.advised(before))
    result = _evaluated(given, screen)
    if result is None:
        return UNUSABLE
    if given.out is not None:
        _write(result, given, screen)
    if before is not None:
        _show_difference(tasks.difference(result, before), given, screen)
    elif given.out is None:
        _show(result, given, screen)
    return FINDINGS if tasks.has_errors(result.cohort) else FINE


def _evaluated(given: Given, screen: Screen) -> Evaluation | None:
    history = open_history(given, screen)
    known = None if history is None else open_cohort(history, given, screen)
    if history is None or known is None:
        return None
    cohorts, as_of = known
    judgements = tasks.judged_by(history, cohorts, as_of)
    judged = screen.progress(judgements, len(cohorts.newest.timelines), "judging patients")
    on_screen = given.format == "table" and given.out is None and given.compare is None
    explained = tables.says_why if on_screen else every
    return evaluation(history, (cohorts.newest, as_of), judged, explained)


def _clash(given: Given) -> str | None:
    """What cannot be done together, said before anything is."""
    if given.table is not None and given.format != "csv":
        return "--table says what --format csv prints, and goes with nothing else"
    if given.table is not None and (given.out or given.compare):
        return "--table goes with neither --out, which writes every table, nor --compare"
    if given.format == "parquet" and (given.out is None or given.compare):
        return "parquet is written to files and never shown: say where with --out, without --compare"
    if given.out is not None and given.out.exists() and not given.out.is_dir():
        return f"`{given.out}` is a file, and --out needs a folder"
    return None


def _write(result: Evaluation, given: Given, screen: Screen) -> None:
    format: Format = "csv" if given.format == "table" else given.format
    for path in tasks.write(result, given.out, format):
        screen.note(f"wrote {path}")
    if given.compare is None:
        screen.text(tables.counted(result))


def _show(result: Evaluation, given: Given, screen: Screen) -> None:
    match given.format:
        case "csv":
            wanted = given.table or "patients"
            screen.data(as_csv(next(table for table in result.tables() if table.name == wanted)))
        case "json":
            screen.data(as_json(result.tables(), result.about()))
        case _:
            tables.for_people(result, screen)


def _show_difference(found: tasks.Difference, given: Given, screen: Screen) -> None:
    match given.format:
        case "csv":
            screen.data(as_csv(found.table()))
        case "json":
            screen.data(as_json([found.table()], {"inputs": dict(found.inputs)}))
        case _:
            difference.for_people(found, screen)


def explain(given: Given, screen: Screen) -> int:
    """One patient: every rule about them, or one rule with its tree."""
    history = open_history(given, screen)
    if history is None:
        return UNUSABLE
    refusal = tasks.not_asked_of_any(history, given.rule, given.visit)
    if refusal:
        return screen.error(refusal)
    known = open_cohort(history, given, screen)
    if known is None:
        return UNUSABLE
    cohorts, as_of = known
    judgement = tasks.judgement_of(history, cohorts, given.patient, as_of)
    if judgement is None:
        return screen.error(tasks.no_such_patient(cohorts.newest, given.patient))
    refusal = tasks.not_asked(judgement.study, given.rule, given.visit)
    if refusal and not tasks.chosen(judgement, given.rule, given.visit):
        return screen.error(f"{refusal}, in version `{judgement.study.protocol.version}`")
    if given.format == "json":
        document = explanation.document(judgement, given)
        screen.data(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        explanation.for_people(judgement, given, screen)
    return FINDINGS if judgement.timeline.refused else FINE
