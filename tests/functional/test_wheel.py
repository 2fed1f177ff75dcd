"""The wheel: what is in it, and that it runs from an empty folder where this checkout is not in sight."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*words: object, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    found = subprocess.run(
        [str(word) for word in words], capture_output=True, encoding="utf-8", cwd=cwd, env=env
    )
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, and what it depends on borrowed from the one that runs this test."""
    home = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", home)
    python = home / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        wheel,
    )
    # Only now: pip would take an editable install that it sees there for an older one of its own.
    own = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    borrowed = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (own / "borrowed.pth").write_text("\n".join(borrowed) + "\n")
    return home


def test_the_wheel_holds_all_that_the_engine_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"engine"}
    read = ("*.lark", "*.json", "*.yaml", "*.csv", "*.md", "py.typed")
    files = {str(path.relative_to(ROOT)) for pattern in read for path in (ROOT / "engine").rglob(pattern)}
    kept = {name for name in files if not any(part.startswith(".") for part in Path(name).parts)}
    assert kept <= names
    assert {
        "engine/skeleton/study/data/records.csv",
        "engine/language/grammar.lark",
        "engine/py.typed",
    } <= names


def test_the_wheel_runs_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["XDG_CACHE_HOME"] = str(tmp_path / "cache")
    empty = tmp_path / "empty"
    empty.mkdir()

    def trial(*words: str) -> str:
        return run(installed / "bin" / "trial", *words, cwd=empty, env=environment)

    where = "import engine; print(engine.__file__)"
    assert run(installed / "bin" / "python", "-c", where, cwd=empty, env=environment).startswith(
        str(installed)
    )
    trial("new", "s")
    assert trial("check", "--study", "s").startswith("pressure-example 0.1 ")
    assert "1 eligible, 1 ineligible, 1 undetermined\n" in trial("evaluate", "s/data", "--study", "s")
    assert trial("handbook").startswith("# ")
    assert trial("version", "--study", "s").startswith("trial ")
