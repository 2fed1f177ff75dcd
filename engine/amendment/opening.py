"""What a person names, taken to a study: a folder, a version or draft of one, or a git revision of it."""

import subprocess
import tarfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.source.diagnostic import Diagnostics
from engine.source.place import NOWHERE
from engine.study.linked import Study
from engine.study.load import MARK, recall, study_of

GIT = "git:"
PARTS = ("protocol", "rules")
"""What of a folder is the study."""


def opened(spec: str, home: Path | None, findings: Diagnostics) -> Study | None:
    """The study that a word stands for; None with findings that say why there is none.

    `home` is the folder of the study that one works in: versions and revisions are those of it.
    """
    if spec.startswith(GIT):
        return _of_revision(spec.removeprefix(GIT), home, findings)
    folder = Path(spec)
    if (folder / MARK).is_file():
        return recall(folder, findings)
    if home is not None and not folder.is_dir():
        return study_of(home, spec, findings)
    help = "name a folder with a study, a version or draft, or a revision as in `git:HEAD~1`"
    return _refuse(f"there is no study in `{spec}`: it has no `{MARK.as_posix()}`", help, findings)


def _of_revision(revision: str, home: Path | None, findings: Diagnostics) -> Study | None:
    """The files of a study as they stood in a revision, read in a folder that is gone afterwards."""
    if home is None:
        help = "say with --study whose revisions are meant"
        return _refuse(f"`{GIT}{revision}` is a revision of a study, and there is none here", help, findings)
    archive = _archive(revision, home)
    if isinstance(archive, str):
        return _refuse(f"git has no revision `{revision}` of `{home}`: {archive}", None, findings)
    with TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(archive)) as files:
            files.extractall(folder, filter="data")
        if not (Path(folder) / MARK).is_file():
            return _refuse(f"there is no study in `{home}` at revision `{revision}`", None, findings)
        return recall(Path(folder), findings)


def _archive(revision: str, home: Path) -> bytes | str:
    """The folder's files in a revision, or what git says instead."""
    if revision.startswith("-") or not revision:
        return "a revision is a name such as `HEAD~1`"
    words = ["git", "-C", str(home), "archive", "--format=tar", revision, *PARTS]
    try:
        ran = subprocess.run(words, capture_output=True, check=False)
    except FileNotFoundError:
        return "there is no git on this machine"
    if ran.returncode:
        return ran.stderr.decode("utf-8", "replace").strip().split("\n")[-1].removeprefix("fatal: ")
    return ran.stdout


def _refuse(message: str, help: str | None, findings: Diagnostics) -> Study | None:
    findings.error("version", message, NOWHERE, help=help)
    return None
