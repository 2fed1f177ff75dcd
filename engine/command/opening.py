"""What a command works with, opened: the folder of a study, the study, a cohort; or why it cannot be."""

import argparse
from pathlib import Path

from engine import tasks
from engine.command import findings
from engine.command.screen import Screen
from engine.language.values import Day
from engine.source.diagnostic import Diagnostics
from engine.source.lines import Sources
from engine.study.linked import Study
from engine.study.load import nearest_study
from engine.study.versions import JOIN, History
from engine.timeline.across import Cohorts
from engine.timeline.read import Cohort

Given = argparse.Namespace


def study_folder(given: Given, screen: Screen) -> Path | None:
    """The study's folder: as given, or the nearest above the working folder."""
    folder: Path | None = given.study or nearest_study(Path.cwd())
    if folder is None:
        screen.error("there is no study here or above; say where with --study, or begin one with `trial new`")
        return None
    return _with_protocol(folder, screen)


def _with_protocol(folder: Path, screen: Screen) -> Path | None:
    if (folder / "protocol").is_dir():
        return folder
    screen.error(f"there is no study in `{folder}`: it has no folder `protocol`")
    return None


def open_study(given: Given, screen: Screen) -> Study | None:
    """The study, or the version of it that was asked for, if it loads; its errors are shown if not."""
    folder = study_folder(given, screen)
    return None if folder is None else _loaded(folder, asked_for(given), screen)


def open_version(spec: str, screen: Screen) -> Study | None:
    """The study that somebody means by a word: the one in a folder, or a version or draft of the nearest."""
    named = Path(spec)
    if named.is_dir() or named.exists():
        folder = _with_protocol(named, screen)
        return None if folder is None else _loaded(folder, None, screen)
    nearest = nearest_study(Path.cwd())
    if nearest is None:
        screen.error(f"there is no folder `{spec}`, and no study here that could have such a version")
        return None
    return _loaded(nearest, spec, screen)


def _loaded(folder: Path, version: str | None, screen: Screen) -> Study | None:
    loaded = tasks.opened(folder, version)
    if loaded.study is None:
        report(folder, loaded.findings, screen)
    return loaded.study


def open_history(given: Given, screen: Screen) -> History | None:
    """The versions that patients are judged by: those in force, or the one that was asked for."""
    folder = study_folder(given, screen)
    if folder is None:
        return None
    loaded = tasks.history(folder, asked_for(given))
    if loaded.history is None:
        report(folder, loaded.findings, screen)
    return loaded.history


def asked_for(given: Given) -> str | None:
    """The version that is named by `--version`, or the drafts by `--with`."""
    drafts: list[str] | None = getattr(given, "with_drafts", None)
    version: str | None = getattr(given, "of_version", None)
    return JOIN.join(drafts) if drafts else version


def report(folder: Path, found: Diagnostics, screen: Screen) -> None:
    asked = next((one for one in found if one.code == "unknown-version"), None)
    if asked is not None:
        screen.error(findings.advised(asked))
        return
    screen.note_as_is(findings.study_report(found, Sources(folder), screen.colour_of_notes))
    screen.error(f"the study in `{folder}` has errors, and nothing was done with it")


def open_cohort(history: History, given: Given, screen: Screen) -> tuple[Cohorts, Day] | None:
    """The cohort as each version reads it, and the day up to which it is known."""
    cohorts = tasks.read_for(history, given.data)
    as_of = known_up_to(cohorts.newest, len(cohorts.newest.timelines), given, screen)
    return None if as_of is None else (cohorts, as_of)


def open_data(study: Study, given: Given, screen: Screen) -> tuple[Cohort, Day] | None:
    """The cohort as one study reads it, and the day up to which it is known."""
    cohort = tasks.read(study, given.data)
    as_of = known_up_to(cohort, len(cohort.timelines), given, screen)
    return None if as_of is None else (cohort, as_of)


def known_up_to(cohort: Cohort, patients: int, given: Given, screen: Screen) -> Day | None:
    """The day up to which a cohort is known, None where nothing can be said of it; what is wrong is shown."""
    findings.of_data(cohort, screen)
    as_of = tasks.last_day(cohort, given.as_of)
    if patients and cohort.unread:
        names = " and ".join(f"`{name}`" for name in cohort.unread)
        screen.error(f"{names} could not be read, and without it nothing can be said of anybody")
    elif not patients:
        screen.error(f"no patient could be read from `{given.data}`")
    elif as_of is None:
        screen.error(
            "no record could be used, so no day is known: say with --as-of up to when the data are known"
        )
    else:
        return as_of
    return None
