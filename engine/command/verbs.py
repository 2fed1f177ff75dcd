"""The commands that are not about patients: on a study, and on texts that the engine holds."""

import argparse
import json
from pathlib import Path

from engine import tasks
from engine.command import cohort as tables
from engine.command import findings
from engine.command.delivery import deliver
from engine.command.exits import FINDINGS, FINE, UNUSABLE
from engine.command.opening import open_study, study_folder
from engine.command.screen import Screen
from engine.source.lines import Sources
from engine.source.render import as_json
from engine.study.load import nearest_study
from engine.version import VERSION

Given = argparse.Namespace


def check(given: Given, screen: Screen) -> int:
    """Every error of a study and its cases at once, and what lints warn of."""
    folder = study_folder(given, screen)
    if folder is None:
        return UNUSABLE
    loaded = tasks.check(folder)
    if given.format == "json":
        found = [as_json(finding) for finding in loaded.findings]
        screen.data(json.dumps(found, ensure_ascii=False, indent=1))
    elif loaded.findings.found:
        screen.as_is(findings.study_report(loaded.findings, Sources(folder), screen.colour))
    if loaded.study is not None and not loaded.findings.failed and given.format == "text":
        screen.text(tables.study_line(loaded.study))
    counts = loaded.findings.failed or (given.strict and loaded.findings.found)
    return FINDINGS if counts else FINE


def version(given: Given, screen: Screen) -> int:
    """The engine's version, and the study's where there is one."""
    screen.text(f"trial {VERSION}")
    if given.study is None and nearest_study(Path.cwd()) is None:
        return FINE
    study = open_study(given, screen)
    if study is None:
        return UNUSABLE
    screen.text(tables.study_line(study))
    return FINE


def invent(given: Given, screen: Screen) -> int:
    """A cohort made from the study's own declarations."""
    study = open_study(given, screen)
    if study is None:
        return UNUSABLE
    written = tasks.invent(study, given.out, tasks.Invention(given.patients, given.seed, given.start))
    if not written:
        return screen.error("this study has no `protocol/typical.yaml` to say what its patients are like")
    for path in written:
        screen.note(f"wrote {path}")
    return FINE


def handbook(given: Given, screen: Screen) -> int:
    """The handbook of the rule language."""
    deliver(tasks.handbook(), given.out, screen)
    return FINE


def schema(given: Given, screen: Screen) -> int:
    """The schemas: their names, one of them, or all to files."""
    if given.out is not None:
        for path in tasks.write_schemas(given.out):
            screen.note(f"wrote {path}")
    elif given.name is None:
        screen.text("\n".join(tasks.schema_names()))
    elif given.name in tasks.schema_names():
        screen.data(tasks.schema(given.name))
    else:
        return screen.error(tasks.no_such_schema(given.name))
    return FINE


def new(given: Given, screen: Screen) -> int:
    """A small study to begin with."""
    folder: Path = given.folder
    if folder.exists() and not folder.is_dir():
        return screen.error(f"`{folder}` is a file, and a study is a folder")
    if folder.exists() and any(folder.iterdir()):
        return screen.error(f"`{folder}` is not empty; nothing was written")
    written = tasks.new(folder)
    screen.text(f"wrote {len(written)} files to {folder}; read {folder / 'README.md'}, and try")
    screen.text(f"  trial check --study {folder}\n  trial evaluate {folder / 'data'} --study {folder}")
    return FINE
