"""The files of a study: which there are, what each must look like, and their reading.

A file nobody reads is an error and not a shrug: a rule in `eligibilty.yaml`
would be one that no patient is ever held against.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.source.diagnostic import Diagnostic, Diagnostics
from engine.source.place import Span, whole
from engine.source.read import read_yaml
from engine.source.suggest import did_you_mean
from engine.source.tree import Mapping, Tree, plain
from engine.study.entry import Entry, entries_of
from engine.study.misfit import advice
from engine.study.schema import shape_of, validate
from engine.study.valid import remember, was_valid


@dataclass(frozen=True, slots=True)
class File:
    path: str
    schema: str
    needed: bool = False


FILES = (
    File("protocol/study.yaml", "study", needed=True),
    File("protocol/schedule.yaml", "schedule", needed=True),
    File("protocol/variables.yaml", "variables", needed=True),
    File("protocol/parameters.yaml", "parameters", needed=True),
    File("protocol/endpoints.yaml", "endpoints"),
    File("protocol/typical.yaml", "typical"),
    File("protocol/statements.yaml", "statements"),
    File("rules/definitions.yaml", "definitions"),
    File("rules/eligibility.yaml", "eligibility"),
    File("rules/dosing.yaml", "dosing"),
    File("rules/switching.yaml", "switching"),
    File("rules/response.yaml", "response"),
    File("rules/safety.yaml", "safety"),
)
AMENDMENTS = "protocol/amendments"
ENDINGS = (".yaml", ".yml")

# What may stand in the folders of a study beside the files above: each has readers of its own.
FOLDERS = {"protocol": ("amendments", "sources"), "rules": ("cases",)}


@dataclass(frozen=True, slots=True)
class Written:
    """What the files say, by section (`variables`, `inclusion`, ..), and each amendment."""

    sections: dict[str, Entry]
    amendments: tuple[Tree, ...]

    def entries(self, section: str) -> tuple[Entry, ...]:
        """The named entries of a section, in order."""
        found = self.sections.get(section)
        return tuple(entries_of(found.tree)) if found else ()

    def names(self, *sections: str) -> tuple[str, ...]:
        return tuple(entry.name for section in sections for entry in self.entries(section))


def read_files(folder: Path, findings: Diagnostics) -> Written | None:
    """Every file of a study, held against its schema; None when one cannot be read at all."""
    if not (folder / "protocol").is_dir():
        message = "there is no study here: no folder `protocol`"
        help = "a study is a folder that holds `protocol` and `rules`"
        findings.error("no-study", message, whole("protocol"), help=help)
        return None
    findings.found.extend(_strangers(folder))
    here = [file for file in FILES if (folder / file.path).exists()]
    trees = [tree for file in here if (tree := read_file(folder, file, findings))]
    amendments = [tree for file in _amendments(folder) if (tree := read_file(folder, file, findings))]
    missing = [file for file in FILES if file.needed and file not in here]
    for file in missing:
        _report_missing(file, findings)
    if missing or len(trees) < len(here):
        return None
    return Written({entry.name: entry for tree in trees for entry in entries_of(tree)}, tuple(amendments))


def read_file(folder: Path, file: File, findings: Diagnostics) -> Tree | None:
    """One file as a tree, with an error for each place that does not fit its schema."""
    text = _text_of(folder / file.path, file.path, findings)
    tree = None if text is None else read_yaml(text, file.path, findings)
    if tree is not None and text is not None and not was_valid(file.schema, text):
        before = len(findings.found)
        validate(tree, file.schema, findings)
        if len(findings.found) == before:
            remember(file.schema, text)
    return tree


def validate_sections(written: Written, findings: Diagnostics) -> None:
    """Each file as amendments have left it, held against its schema as `read_file` holds what is written."""
    for file in FILES:
        names = shape_of(file.schema).get("properties", {})
        entries = [entry for entry in written.sections.values() if entry.name in names]
        tree = Mapping(tuple((entry.key, entry.tree) for entry in entries), whole(file.path))
        text = repr(plain(tree))
        if entries and not was_valid(file.schema, text):
            before = len(findings.found)
            validate(tree, file.schema, findings)
            if len(findings.found) == before:
                remember(file.schema, text)


def _text_of(path: Path, name: str, findings: Diagnostics) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as problem:
        _report_bytes(problem, name, findings)
    except OSError as problem:
        help = f"the system says: {problem.strerror}" if problem.strerror else None
        findings.error("unreadable-file", f"`{name}` cannot be read", whole(name), help=help)
    return None


def _report_bytes(problem: UnicodeDecodeError, name: str, findings: Diagnostics) -> None:
    before = problem.object[: problem.start].decode("utf-8").split("\n")
    line, column = len(before), len(before[-1]) + 1
    findings.error(
        "not-utf-8",
        f"the byte {problem.object[problem.start]:02X} here is not UTF-8 text",
        Span(name, line, column, line, column + 1),
        help="save the file as UTF-8, and check the letters and signs that are not plain",
    )


def _report_missing(file: File, findings: Diagnostics) -> None:
    help = f"it holds {advice(shape_of(file.schema))}"
    findings.error("missing-file", f"there is no `{file.path}`", whole(file.path), help=help)


def _amendments(folder: Path) -> Iterator[File]:
    for path in sorted((folder / AMENDMENTS).glob("*.yaml")):
        yield File(f"{AMENDMENTS}/{path.name}", "amendment")


def _strangers(folder: Path) -> Iterator[Diagnostic]:
    """Files and folders that look as if they were read, and are not."""
    files = [file.path for file in FILES]
    for home, inside in FOLDERS.items():
        folders = [f"{home}/{name}" for name in inside]
        for path in sorted((folder / home).glob("[!._]*")):
            name = f"{home}/{path.name}"
            if name in (*files, *folders):
                continue
            if path.is_dir():
                yield _stranger(name, "folder", did_you_mean(name, folders))
            elif path.suffix in ENDINGS:
                yield _stranger(name, "file", did_you_mean(name, files))
    for path in sorted((folder / AMENDMENTS).glob("*.yml")):
        yield _stranger(f"{AMENDMENTS}/{path.name}", "file", f"did you mean `{path.stem}.yaml`?")


def _stranger(name: str, what: str, help: str | None) -> Diagnostic:
    message = f"`{name}` is not a {what} of a study, and nobody reads it"
    return Diagnostic(f"unknown-{what}", message, whole(name), help)
