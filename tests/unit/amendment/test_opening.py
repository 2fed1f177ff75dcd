"""What a person names is opened: a folder, or a revision of the study's folder; else it is said why not."""

import subprocess
from pathlib import Path

import pytest

from engine.amendment.opening import opened
from engine.source.diagnostic import Diagnostics
from tests.unit.invention.small import sound


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=N", "-c", "user.email=n@example.org")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A study inside a repository, once as it was and then with another figure."""
    folder = tmp_path / "repository" / "study"
    sound(folder)
    git(tmp_path / "repository", "init", "-q")
    git(tmp_path / "repository", "add", "-A")
    git(tmp_path / "repository", "commit", "-qm", "One")
    parameters = folder / "protocol" / "parameters.yaml"
    parameters.write_text(parameters.read_text("utf-8").replace("140 mmHg", "150 mmHg"), "utf-8")
    return folder


def figure(spec: str, home: Path | None) -> object:
    found = Diagnostics()
    study = opened(spec, home, found)
    assert study is not None, [one.message for one in found]
    return getattr(study.protocol.parameters["lowest_pressure"].value, "text", None)


def refusal(spec: str, home: Path | None) -> str:
    found = Diagnostics()
    assert opened(spec, home, found) is None
    (one,) = found
    return one.message


def test_a_folder_and_a_revision_are_opened(home: Path) -> None:
    assert figure(str(home), None) == "150 mmHg"
    assert figure("git:HEAD", home) == "140 mmHg"


def test_what_is_no_version_is_refused(home: Path, tmp_path: Path) -> None:
    assert refusal("nowhere", home) == "there is no version or draft `nowhere`"
    assert refusal(str(tmp_path), home).endswith("it has no `protocol/study.yaml`")
    assert refusal("git:HEAD", None) == "`git:HEAD` is a revision of a study, and there is none here"
    assert "git has no revision `v9`" in refusal("git:v9", home)
    assert "git has no revision `--output=x`" in refusal("git:--output=x", home)
    assert "git has no revision ``" in refusal("git:", home)
    alone = tmp_path / "alone"
    sound(alone)
    assert "git has no revision `HEAD`" in refusal("git:HEAD", alone)
