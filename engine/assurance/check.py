"""All that is to be said of a study by itself: its files, its drafts, its cases, and what its lints warn of.

Cases are read and not run, and each draft is put on top of the newest version. Of files
that were read without a word before, none is read again: they are known by their bytes,
with the study and the engine they were read by.
"""

import hashlib
from pathlib import Path

from engine.assurance.lint.proved import recall
from engine.assurance.lint.run import lint, unaccepted
from engine.assurance.written import FOLDER, case_files, strangers, written_cases
from engine.source.cache import maker
from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from engine.study.load import load, mark_of
from engine.study.valid import remember, was_valid

READERS = ("assurance", "invention", "reference", "timeline")
"""Where else the engine says what a case means."""


def check(folder: Path, findings: Diagnostics) -> Study | None:
    """The study, or None where its own files have errors: its cases are then read as far as they go."""
    study = load(folder, findings)
    if study is None:
        written_cases(folder, findings)
        return None
    check_drafts(folder, findings)
    check_cases(study, folder, findings)
    findings.found.extend(remark.diagnostic for remark in unaccepted(lint(study, proved=recall(study))))
    return study


def check_drafts(folder: Path, findings: Diagnostics) -> None:
    """What would be wrong with the study if a draft were approved as it stands."""
    kind, mark = "drafts of a study", mark_of(folder)
    if was_valid(kind, mark):
        return
    from engine.study.making import errors_in_drafts

    found = list(errors_in_drafts(folder))
    findings.found.extend(found)
    if not found:
        remember(kind, mark)


def check_cases(study: Study, folder: Path, findings: Diagnostics) -> None:
    """What is wrong with the cases of a study."""
    kind, text = f"{FOLDER} of {study.fingerprint}", _bytes_of_cases(folder)
    if text is not None and was_valid(kind, text):
        return
    from engine.assurance.read import read_cases  # with all that makes patients, which is the longer part

    before = len(findings.found)
    read_cases(study, folder, findings)
    if text is not None and len(findings.found) == before:
        remember(kind, text)


def _bytes_of_cases(folder: Path) -> str | None:
    """A text that differs if any case file does, or what reads them; None where something cannot be read."""
    if any(strangers(folder)):
        return None
    try:
        marks = [
            f"{path.relative_to(folder).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}"
            for path in case_files(folder)
        ]
    except OSError:
        return None
    return "\n".join([*marks, maker(*READERS)])
