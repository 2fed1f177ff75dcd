"""A folder to a linked study: read it, link it, say what it was made from.

`load` goes the whole way, for whoever asks whether the study is well formed: it
links every approved version and gives the newest. `recall` takes a study that has
been linked before, as Python takes a module that has been compiled before: parsing
and checking load only where they run. `study_of` gives any version, or the newest
with drafts on top.
"""

import hashlib
from pathlib import Path

from engine.source.diagnostic import Diagnostics
from engine.study import kept
from engine.study.linked import Study
from engine.study.versions import History, Version, approved

MARK = Path("protocol") / "study.yaml"
"""The file that makes a folder a study."""


def load(folder: Path, findings: Diagnostics) -> Study | None:
    """The newest version of the study in a folder, or None with findings that say why there is none."""
    from engine.language.trees import keep_trees
    from engine.study.making import newest

    study = newest(folder, findings)
    keep_trees()
    return study


def recall(folder: Path, findings: Diagnostics) -> Study | None:
    """The study as `load` gives it, from what was kept of the very same files if anything was."""
    mark = mark_of(folder)
    study = kept.find(mark)
    if study is not None:
        return study
    study = load(folder, findings)
    if study is not None and mark_of(folder) == mark:
        kept.keep(mark, study)
    return study


def study_of(folder: Path, spec: str, findings: Diagnostics) -> Study | None:
    """The version that `spec` names, or None with findings that say why there is none.

    A version by its name (`1.1`) or by the amendment that made it; the newest with a
    draft on top (`wider`), or with several (`wider+later`); the newest of another folder.
    """
    from engine.study.making import version_named

    study = recall(folder, findings)
    name = None if study is None else version_named(study, spec)
    if study is None or name == study.protocol.version:
        return study
    if name is None:
        return _elsewhere(folder, study, (spec, findings))
    return _recalled_version(folder, name, findings)


def history_of(folder: Path, findings: Diagnostics) -> History | None:
    """Every approved version, from the first to the newest."""
    study = recall(folder, findings)
    if study is None:
        return None
    amendments = approved(study.protocol.amendments)
    names = [amendment.amends or "" for amendment in amendments]
    earlier = [study_of(folder, name, findings) for name in names]
    studies = [*(one for one in earlier if one is not None), study]
    makers = (None, *amendments)
    return History(tuple(Version(s.protocol.version, by, s) for s, by in zip(studies, makers, strict=True)))


def _recalled_version(folder: Path, name: str, findings: Diagnostics) -> Study | None:
    from engine.language.trees import keep_trees
    from engine.study.making import version

    mark = f"{mark_of(folder)}\n{name}"
    study = kept.find(mark)
    if study is None:
        study = version(folder, name, findings)
        keep_trees()
        if study is not None and f"{mark_of(folder)}\n{name}" == mark:
            kept.keep(mark, study)
    return study


def _elsewhere(folder: Path, study: Study, asked: tuple[str, Diagnostics]) -> Study | None:
    from engine.study.making import no_such_version

    spec, findings = asked
    for other in (Path(spec), folder / spec):
        if (other / MARK).is_file():
            return recall(other, findings)
    findings.found.append(no_such_version(study, spec))
    return None


def mark_of(folder: Path) -> str:
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
