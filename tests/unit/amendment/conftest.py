"""The study that `trial new` writes, an amended copy of it, and what becomes of its three patients."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import tasks
from engine.amendment.ground import Ground, ground_of
from engine.amendment.impact import Impact, Side, impact_of
from engine.amendment.run import both, fates
from engine.study.linked import Study

Edit = tuple[str, str, str]
"""A file, what stands there, and what stands there instead."""

Affected = Callable[..., Impact]
Grounded = Callable[..., Ground]


@pytest.fixture(scope="session")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "study"
    tasks.new(folder)
    return folder


@pytest.fixture
def amended(new: Path, tmp_path: Path) -> Callable[..., Study]:
    def amend(*edits: Edit) -> Study:
        folder = Path(shutil.copytree(new, tmp_path / "amended", dirs_exist_ok=True))
        for file, old, text in edits:
            before = (folder / file).read_text("utf-8")
            assert old in before
            (folder / file).write_text(before.replace(old, text, 1), "utf-8")
        return loaded(folder)

    return amend


def loaded(folder: Path) -> Study:
    found = tasks.check(folder)
    assert found.study is not None, [one.message for one in found.findings]
    return found.study


@pytest.fixture
def grounded(new: Path, amended: Callable[..., Study]) -> Grounded:
    return lambda *edits: ground_of(loaded(new), amended(*edits))


@pytest.fixture
def affected(new: Path, amended: Callable[..., Study]) -> Affected:
    """Who is affected by edits of the study, or by taking them back."""

    def impact(*edits: Edit, backwards: bool = False) -> Impact:
        was, now = loaded(new), amended(*edits)
        was, now = (now, was) if backwards else (was, now)
        cohorts = tuple(tasks.read(study, new / "data") for study in (was, now))
        ground = ground_of(was, now)
        patients = both(*((cohorts[1], cohorts[1]) if ground.is_read_once else cohorts))
        as_of = cohorts[1].last_day
        assert as_of is not None
        return impact_of((Side("a", was), Side("b", now)), ground, fates(ground, patients, as_of), as_of)

    return impact
