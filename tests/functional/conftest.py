"""The command as people give it: words in, an exit code and text out, on a study of its own."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.command.main import main

ROOT = Path(__file__).parents[2]
PYTHON = [sys.executable, str(ROOT / "cli.py")]


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said on which stream."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True, scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept between runs is kept here, and not in anybody's home."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("TRIAL_DEBUG", raising=False)
        patch.delenv("NO_COLOR", raising=False)
        yield


@pytest.fixture
def trial(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs a command in this process."""

    def run(*words: object) -> Ran:
        capsys.readouterr()
        code = main([str(word) for word in words])
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def shell(tmp_path: Path) -> Callable[..., Ran]:
    """Runs a command in a process of its own, from an empty folder."""

    def run(*words: object, **environment: str) -> Ran:
        found = subprocess.run(
            [*PYTHON, *map(str, words)],
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env={**os.environ, **environment},
        )
        return Ran(found.returncode, found.stdout, found.stderr)

    return run


@pytest.fixture(scope="session")
def new_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `trial new` writes; not to be changed."""
    folder = tmp_path_factory.mktemp("new") / "study"
    assert main(["new", str(folder)]) == 0
    return folder


@pytest.fixture
def study(new_study: Path, tmp_path: Path) -> Path:
    """A new study to change at will."""
    return Path(shutil.copytree(new_study, tmp_path / "study"))


@pytest.fixture(scope="session")
def digest() -> Callable[[Path], dict[str, str]]:
    """What every file below a folder holds."""

    def digested(folder: Path) -> dict[str, str]:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
        }

    return digested
