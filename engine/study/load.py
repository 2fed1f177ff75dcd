"""A folder to a linked study: read it, link it, say what it was made from.

`load` goes the whole way, for whoever asks whether the study is well formed.
`recall` takes a study that has been linked before, as Python takes a module
that has been compiled before: parsing and checking load only where they run.
"""

import hashlib
from pathlib import Path

from engine.source.diagnostic import Diagnostics
from engine.study import kept
from engine.study.linked import Study

MARK = Path("protocol") / "study.yaml"
"""The file that makes a folder a study."""


def load(folder: Path, findings: Diagnostics) -> Study | None:
    """The study in a folder, or None with findings that say why there is none."""
    from engine.language.trees import keep_trees
    from engine.study.link import link
    from engine.study.read import read_protocol

    protocol = read_protocol(folder, findings)
    if protocol is None:
        return None
    study = link(protocol, fingerprint(folder), findings)
    keep_trees()
    return study


def recall(folder: Path, findings: Diagnostics) -> Study | None:
    """The study as `load` gives it, from what was kept of the very same files if anything was."""
    mark = fingerprint(folder)
    study = kept.find(mark)
    if study is not None:
        return study
    study = load(folder, findings)
    if study is not None and study.fingerprint == mark:
        kept.keep(study)
    return study


def fingerprint(folder: Path) -> str:
    """SHA-256 over the names and bytes of every file a study is read from; its cases change no answer."""
    digest = hashlib.sha256()
    files = (p for part in ("protocol", "rules") for p in (folder / part).rglob("*.yaml"))
    cases = folder / "rules" / "cases"
    # `is_file` leaves out folders of such a name, and the dangling links by which some editors lock files.
    for path in sorted(p for p in files if cases not in p.parents and p.is_file()):
        name, content = path.relative_to(folder).as_posix(), path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def nearest_study(folder: Path) -> Path | None:
    """The study a folder is in: itself or the nearest above it."""
    return next((above for above in (folder, *folder.parents) if (above / MARK).is_file()), None)
