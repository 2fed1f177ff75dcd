"""A study's files in canonical form, each only if the study means afterwards what it meant before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.authoring.reprint import reprinted, said
from engine.source.diagnostic import Diagnostic, Diagnostics
from engine.study.files import AMENDMENTS, FILES
from engine.study.linked import Study
from engine.study.load import load
from engine.study.versions import approved

HOLDS_RULES = ("protocol/study.yaml", *(file.path for file in FILES if file.path.startswith("rules/")))
"""The files of a study that hold expressions of rules, as seen from its folder."""

MEANS_ANOTHER = "it would not mean the same in canonical form; please report this"
"""A fault of ours must not change what a protocol says."""

RESTED_ON = "an approved amendment rests on it as it is written"


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file before and after; `refused` says why it is left as it is."""

    file: str
    before: str
    after: str
    findings: tuple[Diagnostic, ...] = ()
    refused: str | None = None

    @property
    def changed(self) -> bool:
        return self.after != self.before


def formatted(folder: Path, files: tuple[str, ...]) -> tuple[Formatted, ...]:
    """Files of a study by their names in its folder; none is written."""
    found = tuple(_formatted(folder, file) for file in files)
    changed = {one.file: one.after for one in found if one.changed}
    why = against_it(folder, changed) if changed else None
    return found if why is None else tuple(_left_alone(one, why) if one.changed else one for one in found)


def here(folder: Path) -> tuple[str, ...]:
    """The files of a study that can be formatted."""
    return tuple(file for file in HOLDS_RULES if (folder / file).exists())


def _formatted(folder: Path, file: str) -> Formatted:
    findings = Diagnostics()
    try:
        text = (folder / file).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return Formatted(file, "", "", refused="it is not UTF-8 text")
    except OSError as problem:
        return Formatted(file, "", "", refused=f"it cannot be read: {(problem.strerror or '').lower()}")
    after = reprinted(text, file, findings)
    if after is None:
        return Formatted(file, text, text, tuple(findings), "it has errors")
    one = Formatted(file, text, after)
    says_the_same = said(text) == said(after) and reprinted(after, file, findings) == after
    return one if says_the_same else _left_alone(one, MEANS_ANOTHER)


def _left_alone(one: Formatted, why: str) -> Formatted:
    return Formatted(one.file, one.before, one.before, refused=why)


def against_it(folder: Path, changed: Mapping[str, str]) -> str | None:
    """Why these texts must not take the place of those in the folder: a rule would have another core.

    Amendments are left out, as they say nothing of the form of what they amend; but of
    a version that an approved one rests on, the wording stays as it is. A study with
    errors has no core to compare; that each expression reads as it did was seen file by file.
    """
    study = load(folder, Diagnostics())
    if study is None:
        return None
    before = _loaded(folder, {}) if study.protocol.amendments else study
    after = _loaded(folder, changed)
    if before is None or after is None or _meaning(before) != _meaning(after):
        return MEANS_ANOTHER
    rested_on = approved(study.protocol.amendments) and before.fingerprint != after.fingerprint
    return RESTED_ON if rested_on else None


def _loaded(folder: Path, changed: Mapping[str, str]) -> Study | None:
    with TemporaryDirectory() as other:
        for name, content in _texts(folder, changed):
            path = Path(other) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return load(Path(other), Diagnostics())


def _texts(folder: Path, changed: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    for part in ("protocol", "rules"):
        for path in sorted((folder / part).rglob("*.yaml")):
            name = path.relative_to(folder).as_posix()
            if not name.startswith(AMENDMENTS):
                yield name, changed[name].encode() if name in changed else path.read_bytes()


def _meaning(study: Study) -> object:
    """Cores compare by what they mean, wherever they stand."""
    rules = {name: (rule.core, rule.extra, rule.visits, rule.for_each) for name, rule in study.rules.items()}
    return study.program, rules
