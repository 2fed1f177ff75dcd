"""One function a command: it asks a task, shows the answer and says how it went."""

import argparse
from pathlib import Path

from engine import tasks
from engine.command import show
from engine.command.screen import Screen
from engine.result.write import Format
from engine.source.lines import Sources
from engine.source.render import as_json, report
from engine.study.linked import Study
from engine.study.load import nearest_study
from engine.version import VERSION

FINE, FINDINGS, UNUSABLE = 0, 1, 2

Given = argparse.Namespace


def check(given: Given, screen: Screen) -> int:
    folder = _folder(given, screen)
    if folder is None:
        return UNUSABLE
    loaded = tasks.check(folder)
    if given.format == "json":
        screen.text(show.json_text([as_json(finding) for finding in loaded.findings]))
    elif loaded.findings.found:
        screen.text(report(loaded.findings, Sources(folder), colour=screen.colour))
    if loaded.study is None:
        return UNUSABLE
    if given.format == "text":
        screen.text(show.study_line(loaded.study))
    return FINDINGS if loaded.findings.found else FINE


def _folder(given: Given, screen: Screen) -> Path | None:
    """The study's folder: as given, or the nearest above the working folder."""
    folder: Path | None = given.study or nearest_study(Path.cwd())
    if folder is None:
        screen.error("there is no study here or above; say where with --study, or begin one with `trial new`")
    return folder


def _study(given: Given, screen: Screen) -> Study | None:
    """The study, if it loads; its errors are shown if not."""
    folder = _folder(given, screen)
    if folder is None:
        return None
    loaded = tasks.opened(folder)
    if loaded.study is None:
        screen.note(report(loaded.findings, Sources(folder)))
    return loaded.study


def _evaluation(given: Given, screen: Screen) -> tasks.Evaluation | None:
    study = _study(given, screen)
    if study is None:
        return None
    cohort = tasks.read(study, given.data)
    show.findings(cohort, screen)
    as_of = tasks.last_day(cohort, given.as_of)
    if not cohort.timelines or as_of is None:
        screen.error(f"no patient could be read from `{given.data}`")
        return None
    if getattr(given, "patient", None) is not None:
        cohort = tasks.only(cohort, given.patient)
    judged = screen.progress(tasks.judged(study, cohort, as_of), len(cohort.timelines), "judging patients")
    return tasks.Evaluation(study, cohort, as_of, tuple(judged))


def evaluate(given: Given, screen: Screen) -> int:
    if given.format == "parquet" and given.out is None:
        screen.error("parquet is written to files: say where with --out")
        return UNUSABLE
    evaluation = _evaluation(given, screen)
    if evaluation is None:
        return UNUSABLE
    changed = None if given.compare is None else tasks.affected(evaluation, given.compare)
    if given.out is not None:
        _written(given, evaluation, screen)
    if changed is not None:
        show.changes(changed, screen)
    elif given.out is None:
        show.evaluation(evaluation, given, screen)
    return FINDINGS if tasks.has_errors(evaluation.cohort) else FINE


def _written(given: Given, evaluation: tasks.Evaluation, screen: Screen) -> None:
    format: Format = "csv" if given.format == "table" else given.format
    for path in tasks.write(evaluation, given.out, format):
        screen.note(f"wrote {path}")


def explain(given: Given, screen: Screen) -> int:
    evaluation = _evaluation(given, screen)
    if evaluation is None:
        return UNUSABLE
    if not evaluation.judgements:
        screen.error(f"there is no patient `{given.patient}` in `{given.data}`")
        return UNUSABLE
    judgement = evaluation.judgements[0]
    if given.rule is not None and given.rule not in evaluation.study.program.rules:
        screen.error(tasks.no_such_rule(evaluation.study, given.rule))
        return UNUSABLE
    show.explanation(judgement, given, screen)
    return FINE


def version(given: Given, screen: Screen) -> int:
    screen.text(f"trial {VERSION}")
    folder: Path | None = given.study or nearest_study(Path.cwd())
    if folder is not None:
        loaded = tasks.opened(folder)
        screen.text(show.study_line(loaded.study) if loaded.study else f"study in {folder}: has errors")
    return FINE


def invent(given: Given, screen: Screen) -> int:
    study = _study(given, screen)
    if study is None:
        return UNUSABLE
    for path in tasks.invent(study, given.out, tasks.Invention(given.patients, given.seed, given.start)):
        screen.note(f"wrote {path}")
    return FINE


def handbook(given: Given, screen: Screen) -> int:
    text = tasks.handbook()
    if given.out is None:
        screen.text(text)
    else:
        tasks.save(given.out, text)
        screen.note(f"wrote {given.out}")
    return FINE


def schema(given: Given, screen: Screen) -> int:
    if given.out is not None:
        for path in tasks.write_schemas(given.out):
            screen.note(f"wrote {path}")
        return FINE
    names = tasks.schema_names()
    if given.name is None:
        screen.text("\n".join(names))
        return FINE
    if given.name not in names:
        screen.error(f"there is no schema `{given.name}`; there are {', '.join(names)}")
        return UNUSABLE
    screen.text(tasks.schema(given.name))
    return FINE


def new(given: Given, screen: Screen) -> int:
    if given.folder.exists() and any(given.folder.iterdir()):
        screen.error(f"`{given.folder}` is not empty; nothing was written")
        return UNUSABLE
    for path in tasks.new(given.folder):
        screen.note(f"wrote {path}")
    return FINE
