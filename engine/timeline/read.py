"""A path to a cohort: every patient's timeline, and all that was wrong on the way.

A path is one long table, one patient in YAML, or a folder: of `patients` and
`records` tables, or of patients in YAML. A file that cannot be read is an
error and gives nothing; the rest is read all the same.
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from engine.language.values import Day
from engine.source.diagnostic import Diagnostic, Diagnostics
from engine.source.place import Span, whole
from engine.source.read import read_yaml
from engine.source.tree import Tree
from engine.timeline.build import Draft, Intake
from engine.timeline.delimited import open_delimited
from engine.timeline.dictionary import Dictionary
from engine.timeline.file import SourceFile, encoding_of, fingerprint, lines_in
from engine.timeline.findings import MORE, MOST_OF_A_KIND, Findings
from engine.timeline.folder import Files, ending, files_of
from engine.timeline.json_lines import open_json_lines
from engine.timeline.model import Timeline
from engine.timeline.parquet import open_parquet
from engine.timeline.patient_yaml import named_in, sheets_of
from engine.timeline.rows import Sheet
from engine.timeline.series import Finish
from engine.timeline.share import ALL, Share

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cohort:
    """Patients in order of id, and what was found on the way.

    `counted` says how many findings there were of each code, kept or not;
    `unattributed` how many refused rows there were of which nobody can say
    whose they are. `unread` names the tables that could not be read at all:
    of what they held nobody knows anything. Files are named from `root`.
    """

    timelines: tuple[Timeline, ...]
    findings: tuple[Diagnostic, ...]
    counted: Mapping[str, int]
    rows: int
    unattributed: int
    unread: tuple[str, ...]
    sources: tuple[SourceFile, ...]
    last_day: Day | None
    root: Path


def read_cohort(path: Path, dictionary: Dictionary, most_of_a_kind: int = MOST_OF_A_KIND) -> Cohort:
    """Everything that the files at a path say, in the units of the dictionary."""
    return begun(path, dictionary, Findings(most_of_a_kind)).cohort()


def begun(
    path: Path, dictionary: Dictionary, findings: Findings | None = None, share: Share = ALL
) -> "CohortReading":
    """The rows of all patients, or of a share of them, read and not yet put in order."""
    root = path if path.is_dir() else path.parent
    reading = CohortReading(root, dictionary, findings or Findings(), share)
    with _no_garbage():
        reading.read_all(files_of(path))
    return reading


def read_patients(trees: Iterable[Tree], dictionary: Dictionary) -> Cohort:
    """Patients that stand in YAML already read, such as those of a rule's cases."""
    reading = CohortReading(Path(), dictionary, Findings())
    for tree in trees:
        reading.take_patient(tree)
    return reading.cohort()


def merged(shares: Sequence[Cohort]) -> Cohort:
    """What was found in all shares of a cohort, which keep their patients."""
    first = shares[0]
    found = (one for share in shares for one in share.findings if one.code != MORE)
    counted = sum((Counter(share.counted) for share in shares), Counter[str]())
    days = [share.last_day for share in shares if share.last_day is not None]
    return replace(
        first,
        timelines=(),
        findings=tuple(sorted(found, key=lambda one: one.at)),
        counted=dict(sorted(counted.items())),
        rows=sum(share.rows for share in shares),
        unattributed=sum(share.unattributed for share in shares),
        last_day=max(days, default=None),
    )


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Without the search for garbage in circles: reading makes none, and looking takes half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class CohortReading:
    """One run over the files of a cohort, for a share of its patients.

    What is wrong with the files as such is said once, by the first share.
    """

    def __init__(self, root: Path, dictionary: Dictionary, findings: Findings, share: Share = ALL) -> None:
        self.root, self.dictionary, self.findings, self.share = root, dictionary, findings, share
        self.of_files = findings if share.is_first else Findings()
        self.intake = Intake(dictionary, findings, self.of_files)
        self.sources: list[SourceFile] = []
        self.unread: list[str] = []

    def read_all(self, files: Files) -> None:
        for problem in files.problems:
            self.of_files.add(problem)
        self.unread += [problem.at.file for problem in files.problems if problem.severity == "error"]
        for table in files.facts:
            self.read_table(table, self.facts)
        for table in files.records:
            self.read_table(table, self.records)
        for patient in files.patients:
            self.read(patient, self.patient)
        if files.facts:
            self.report_unlisted()

    def read_table(self, path: Path, take: Callable[[Path], bool]) -> None:
        if not self.read(path, take):
            self.unread.append(path.name)

    def read(self, path: Path, take: Callable[[Path], bool]) -> bool:
        """One file, remembered by its fingerprint; whether it could be read."""
        try:
            self.sources.append(SourceFile(path.name, fingerprint(path)))
            return take(path)
        except OSError as problem:
            message = f"this file cannot be read: {(problem.strerror or 'it is damaged').lower()}"
            self.of_files.error("unreadable-file", message, whole(path.name))
            return False

    # -- tables ------------------------------------------------------------

    def facts(self, path: Path) -> bool:
        sheet = self.sheet(path, self.dictionary.fact_columns)
        return sheet is not None and self.intake.take_facts(self.share.rows_of(sheet))

    def records(self, path: Path) -> bool:
        sheet = self.sheet(path, self.dictionary.record_columns)
        return sheet is not None and self.intake.take_records(self.share.rows_of(sheet))

    def sheet(self, path: Path, columns: tuple[str, ...]) -> Sheet | None:
        """A table, opened as its ending says; None when it cannot be read."""
        if ending(path) == ".parquet":
            return self.sound(open_parquet(path, path.name))
        encoding = self.sound(encoding_of(path, path.name))
        if encoding is None:
            return None
        lines = lines_in(path, encoding)
        if ending(path) in (".csv", ".tsv"):
            return self.sound(open_delimited(lines, path.name, self.share))
        return open_json_lines(lines, path.name, columns)

    def sound(self, found: T | Diagnostic) -> T | None:
        if isinstance(found, Diagnostic):
            self.of_files.add(found)
            return None
        return found

    def report_unlisted(self) -> None:
        for patient, draft in self.intake.drafts.items():
            if not draft.listed:
                message = f"patient `{patient}` is not in the table of patients"
                self.findings.warn("unlisted-patient", message, draft.first)

    # -- patients ----------------------------------------------------------

    def patient(self, path: Path) -> bool:
        encoding = self.sound(encoding_of(path, path.name))
        if encoding is None:
            return False
        found = Diagnostics()
        tree = read_yaml(path.read_text(encoding), path.name, found)
        if not self.share.has("" if tree is None else named_in(tree)):
            return tree is not None
        for finding in found:
            self.findings.add(finding)
        if tree is not None:
            self.take_patient(tree, spoilt=found.failed)
        return tree is not None

    def take_patient(self, tree: Tree, spoilt: bool = False) -> None:
        sheets = self.sound(sheets_of(tree, self.dictionary))
        if sheets is None:
            return
        for problem in sheets.problems:
            self.findings.add(problem)
        before = self.intake.drafts.get(sheets.patient)
        if before:
            self.report_second(sheets.patient, before, tree.at)
        self.intake.take_facts(sheets.facts)
        self.intake.take_records(sheets.records)
        if sheets.problems or spoilt:
            self.intake.drafts[sheets.patient].refused += 1

    def report_second(self, patient: str, before: Draft, at: Span) -> None:
        message = f"patient `{patient}` was read before, from {before.first.file}"
        self.findings.warn(
            "patient-twice", message, at, help="both are used; check that it is the same patient"
        )

    # -- the end -----------------------------------------------------------

    @property
    def last_day(self) -> int:
        """The last day of which this share has anything; 0 where it has nothing."""
        return self.intake.last_day

    def cohort(self, last_day: int | None = None) -> Cohort:
        """The timelines; `last_day` is that of all shares. Each draft is given up as its timeline is made."""
        with _no_garbage():
            return self._cohort(self.last_day if last_day is None else last_day)

    def _cohort(self, last_day: int) -> Cohort:
        intake, drafts = self.intake, self.intake.drafts
        finish = Finish(self.dictionary, self.findings, last_day)
        timelines = tuple([finish.timeline(patient, drafts.pop(patient)) for patient in sorted(drafts)])
        return Cohort(
            timelines,
            self.findings.closed(self.sources[0].file if self.sources else ""),
            self.findings.counted,
            intake.rows,
            intake.unattributed,
            tuple(self.unread),
            tuple(self.sources),
            Day(last_day) if last_day else None,
            self.root,
        )
