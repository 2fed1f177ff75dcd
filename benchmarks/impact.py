"""Who is affected, against both studies asked everything of everybody; and the whole command."""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from benchmarks.measure import Measured, ran, ratio, side_by_side, timed
from benchmarks.reading import cohort, each
from engine import tasks
from engine.amendment.effects import fate_of
from engine.amendment.ground import Ground, ground_of
from engine.language.values import Day
from engine.reference.judge import judge
from engine.study.linked import Study
from engine.timeline.model import Timeline

FEW, MANY = 60, 1000
"""Patients judged again and again, and those of the whole command; it grows as they do."""

AMENDED = {
    "a threshold": ("    value: 1.0 g/d\n", "    value: 2.0 g/d\n"),
    "the visits' windows": ("    value: 7 days\n", "    value: 5 days\n"),
}
"""By what is amended: what stands in the parameters, and what stands there instead."""

FOUND = 1
"""How the command ends where somebody is affected."""

TWICE = "everything asked twice"
GOALS = {"a threshold": 0.25, "the visits' windows": 1}


def bench(root: Path) -> Iterator[Measured]:
    """What each amendment costs a patient, and a thousand patients from files to the page."""
    with tempfile.TemporaryDirectory() as folder:
        folders = {name: _amended(root, Path(folder) / name, *edit) for name, edit in AMENDED.items()}
        yield from _each_patient(_study(root), {name: _study(one) for name, one in folders.items()})
        yield _whole(root, folders["a threshold"], Path(folder))


def _amended(root: Path, folder: Path, old: str, new: str) -> Path:
    for part in ("protocol", "rules"):
        shutil.copytree(root / part, folder / part)
    parameters = folder / "protocol" / "parameters.yaml"
    text = parameters.read_text("utf-8")
    assert old in text
    parameters.write_text(text.replace(old, new, 1), "utf-8")
    return folder


def _study(folder: Path) -> Study:
    study = tasks.opened(folder).study
    assert study is not None, "the study has errors: see `trial check`"
    return study


def _each_patient(study: Study, amended: Mapping[str, Study]) -> Iterator[Measured]:
    everybody, as_of = cohort(study)
    timelines = everybody[:FEW]
    works = {
        name: timed(partial(_affected, ground_of(study, one), timelines, as_of))
        for name, one in amended.items()
    }
    seconds = side_by_side({**works, TWICE: timed(partial(_judged_twice, study, timelines, as_of))})
    for name in amended:
        share = ratio(seconds[name], seconds[TWICE])
        yield Measured(f"{name} amended", each(seconds[name], timelines), "ms a patient")
        yield Measured(f"{name} amended / {TWICE}", share, "times", goal=GOALS[name])


def _judged_twice(study: Study, timelines: tuple[Timeline, ...], as_of: Day) -> None:
    for timeline in timelines:
        judge(study, timeline, as_of, traced=False)
        judge(study, timeline, as_of, traced=False)


def _affected(ground: Ground, timelines: tuple[Timeline, ...], as_of: Day) -> None:
    for timeline in timelines:
        fate_of(ground, (timeline, timeline), as_of)


def _whole(root: Path, amended: Path, folder: Path) -> Measured:
    """From files to a page, in one process."""
    data = folder / "data"
    tasks.invent(_study(root), data, tasks.Invention(MANY, 7))
    words = ("impact", root, amended, data, "--format", "html", "--out", folder / "page.html", "--jobs", "1")
    seconds = ran((sys.executable, "cli.py", *map(str, words)), root, folder / "cache", FOUND)
    return Measured(f"trial impact, {MANY:,} patients", seconds, "s")
