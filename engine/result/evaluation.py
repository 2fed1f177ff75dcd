"""A cohort judged: the rows of every patient, and what they were made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.language.days import show as show_day
from engine.language.values import Day
from engine.reference.judge import Judgement
from engine.result.rows import Explained, FindingRow, PatientRow, VerdictRow, every, finding_row, rows
from engine.result.write import Table
from engine.study.linked import Study
from engine.study.versions import History
from engine.timeline.read import Cohort
from engine.version import VERSION


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A cohort judged by a study. `as_of` is the day up to which the data are known.

    `history` holds the versions that had come into force by then. Only rows are
    kept: a judgement holds the log of its reading, which is far longer than what
    comes of it.
    """

    history: History
    cohort: Cohort
    as_of: Day
    patients: tuple[PatientRow, ...]
    verdicts: tuple[VerdictRow, ...]

    @property
    def study(self) -> Study:
        """The newest version."""
        return self.history.newest.study

    @property
    def findings(self) -> tuple[FindingRow, ...]:
        return tuple(map(finding_row, self.cohort.findings))

    def tables(self) -> tuple[Table, ...]:
        return (
            Table("patients", PatientRow, self.patients),
            Table("verdicts", VerdictRow, self.verdicts),
            Table("findings", FindingRow, self.findings),
        )

    def about(self) -> Mapping[str, object]:
        """What the results were made from; the same inputs give the same text."""
        return {
            "study": self.study.protocol.id,
            "version": self.study.protocol.version,
            "study_fingerprint": self.study.fingerprint,
            "versions": {version.id: version.study.fingerprint for version in self.history.versions},
            "engine": VERSION,
            "as_of": show_day(self.as_of),
            "data": {source.file: source.sha256 for source in self.cohort.sources},
            "rows": self.cohort.rows,
            "rows_of_nobody": self.cohort.unattributed,
            "findings": dict(sorted(self.cohort.counted.items())),
        }


def evaluation(
    history: History, known: tuple[Cohort, Day], judgements: Iterable[Judgement], explained: Explained = every
) -> Evaluation:
    """What the judgements come to, as rows."""
    cohort, as_of = known
    found = rows(judgements, cohort.unattributed, explained)
    return Evaluation(history.known(as_of), cohort, as_of, *found)
