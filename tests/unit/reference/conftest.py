"""The study that `trial new` writes, with patients written beside it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine import tasks
from engine.language.days import day_of
from engine.reference.judge import Judgement

Judge = Callable[[str], Judgement]


@pytest.fixture(scope="session")
def study_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("study")
    tasks.new(folder / "s")
    return folder / "s"


@pytest.fixture
def judged(study_folder: Path, tmp_path: Path) -> Judge:
    """From the rows of one patient, facts first, to a judgement."""
    study = tasks.check(study_folder).study
    assert study is not None

    def judge(rows: str) -> Judgement:
        facts, *records = rows.strip().splitlines()
        (tmp_path / "patients.csv").write_text(f"patient,birth_date,sex,arm\nP1,{facts}\n")
        lines = "".join(f"P1,{line}\n" for line in records)
        (tmp_path / "records.csv").write_text("patient,variable,start,end,value,unit,dose,visit\n" + lines)
        (judgement,) = tasks.judged(study, tasks.read(study, tmp_path), day_of(2025, 6, 30))
        return judgement

    return judge
