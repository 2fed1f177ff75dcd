"""Rows to drafts of timelines: each row becomes a record or a fact, or is refused.

A row is refused as a whole, with everything that is wrong with it said. Its
patient is marked; where it names none, it is counted apart. Records are made
at once and rows not kept, so that memory is spent once for each row.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.language.days import low
from engine.language.values import DayRange
from engine.source.diagnostic import Diagnostic
from engine.source.place import Span
from engine.timeline.cells import ReadCell
from engine.timeline.dictionary import Dictionary
from engine.timeline.findings import Findings
from engine.timeline.header import check_facts, check_records, is_fatal
from engine.timeline.layout import Readers, RecordLayout, fact_readers, unknown_filled
from engine.timeline.model import FactValue, Record
from engine.timeline.rows import Row, Sheet
from engine.timeline.statement import ONGOING, Reading, Troubles, fact_of, record_of, unread
from engine.timeline.trouble import Trouble

_NO_PATIENT = Trouble("missing-patient", "this row names no patient")


@dataclass(slots=True)
class Draft:
    """What has been read of one patient so far.

    `spoilt` are facts of which a row was refused, `unread` the refused records
    of each variable; `listed` says that a table of facts has the patient.
    """

    first: Span
    facts: dict[str, list[FactValue]] = field(default_factory=dict)
    spoilt: dict[str, Span] = field(default_factory=dict)
    records: dict[str, list[Record]] = field(default_factory=dict)
    unread: dict[str, list[Record]] = field(default_factory=dict)
    refused: int = 0
    listed: bool = False


class Intake:
    """What has been read of all patients so far; `of_files` is told what is wrong with tables as such."""

    def __init__(self, dictionary: Dictionary, findings: Findings, of_files: Findings | None = None) -> None:
        self.dictionary, self.findings, self.of_files = dictionary, findings, of_files or findings
        self.drafts: dict[str, Draft] = {}
        self.rows = self.unattributed = self.last_day = 0
        self._readers = Readers(dictionary)
        self._layouts: dict[tuple[str, ...], RecordLayout] = {}

    # -- records -----------------------------------------------------------

    def take_records(self, sheet: Sheet) -> bool:
        """Every row of a long table; False where its columns do not let any be read."""
        if self._report_header(check_records(sheet, self.dictionary)):
            return False
        layout = self._layouts.get(sheet.columns)
        if layout is None:
            layout = self._layouts[sheet.columns] = RecordLayout(sheet.columns, self._readers)
        for row in sheet.rows:
            self.rows += 1
            if len(row.cells) == len(sheet.columns):
                self._take_record(Reading(row, layout, []))
            else:
                self._refuse_unsplit(row, layout.patient)
        return True

    def _take_record(self, reading: Reading) -> None:
        row, layout, troubles = reading.row, reading.layout, reading.troubles
        plan = layout.plan_of(row.cells[layout.variable])
        if isinstance(plan, Trouble):
            troubles.append((layout.variable, plan))
            self._admit(row, layout.patient, troubles)
            return
        said = fact_of(plan, reading) if plan.is_fact else record_of(plan, reading)
        draft, is_good = self._admit(row, layout.patient, troubles)
        if draft is None:
            return
        if isinstance(said, FactValue):
            self._keep_fact(draft, plan.name, said if is_good else said.at)
        elif said and is_good:
            self._keep_record(draft, plan.name, said)
        else:
            draft.unread.setdefault(plan.name, []).append(unread(plan, said, row.at))

    def _keep_record(self, draft: Draft, name: str, record: Record) -> None:
        day = low(record.start)
        if record.end is not None and record.end is not ONGOING:
            day = max(day, low(record.end))
        if day > self.last_day:
            self.last_day = day
        records = draft.records.get(name)
        if records is None:
            draft.records[name] = [record]
        else:
            records.append(record)

    # -- facts -------------------------------------------------------------

    def take_facts(self, sheet: Sheet) -> bool:
        """Every row of a table with one row a patient, each cell a statement of its own; False as above."""
        if self._report_header(check_facts(sheet, self.dictionary)):
            return False
        patient = sheet.columns.index("patient")
        facts = tuple(fact_readers(sheet.columns, self._readers))
        read = {patient, *(column for column, _, _ in facts)}
        unknown = tuple(column for column in range(len(sheet.columns)) if column not in read)
        for row in sheet.rows:
            self.rows += 1
            if len(row.cells) == len(sheet.columns):
                troubles = [(one, unknown_filled(sheet.columns[one])) for one in unknown if row.cells[one]]
                self._take_facts(row, patient, (facts, troubles))
            else:
                self._refuse_unsplit(row, patient)
        return True

    def _take_facts(
        self, row: Row, patient: int, reading: tuple[Iterable[tuple[int, str, ReadCell]], Troubles]
    ) -> None:
        facts, troubles = reading
        said: list[tuple[str, FactValue | Span]] = []
        for column, name, read in facts:
            if row.cells[column]:
                found, at = read(row.cells[column], ""), row.place(column)
                if isinstance(found, Trouble):
                    troubles.append((column, found))
                    said.append((name, at if found.severity == "error" else FactValue(None, at)))
                else:
                    said.append((name, FactValue(found, at)))
        draft, _ = self._admit(row, patient, troubles)
        if draft:
            draft.listed = True
            for name, fact in said:
                self._keep_fact(draft, name, fact)

    def _keep_fact(self, draft: Draft, name: str, fact: FactValue | Span) -> None:
        """A fact, or the place of one that was refused: then nobody knows what it is."""
        if isinstance(fact, Span):
            draft.spoilt.setdefault(name, fact)
            return
        draft.facts.setdefault(name, []).append(fact)
        value = fact.value
        if isinstance(value, int | DayRange) and not isinstance(value, bool):
            self.last_day = max(self.last_day, low(value))

    # -- judging -----------------------------------------------------------

    def _admit(self, row: Row, column: int, troubles: Troubles) -> tuple[Draft | None, bool]:
        """The draft of a row's patient (None: it names none), and whether the row is good."""
        patient = row.cells[column]
        if not patient:
            if not any(row.cells):
                self.findings.warn("empty-row", "every cell of this row is empty", row.at)
                return None, False
            troubles.append((column, _NO_PATIENT))
        is_good = not (troubles or row.broken) or not self._report(row, troubles)
        if not patient:
            self.unattributed += 1
            return None, False
        draft = self.drafts.get(patient)
        if draft is None:
            draft = self.drafts[patient] = Draft(row.at)
        draft.refused += not is_good
        return draft, is_good

    def _report(self, row: Row, troubles: Troubles) -> bool:
        """Says what is wrong with a row; whether it is refused for it."""
        for finding in row.broken:
            self.findings.add(finding)
        for column, one in troubles:
            at = row.place(column)
            self.findings.add(Diagnostic(one.code, one.message, at, one.help, severity=one.severity))
        return bool(row.broken) or any(one.severity == "error" for _, one in troubles)

    def _refuse_unsplit(self, row: Row, patient: int) -> None:
        """A row whose cells cannot be told apart: only a first cell can be trusted to be what it says."""
        if patient == 0 and row.cells:
            self._admit(row, 0, [])
        else:
            self._report(row, [])
            self.unattributed += 1

    def _report_header(self, found: Iterable[Diagnostic]) -> bool:
        findings = list(found)
        for finding in findings:
            self.of_files.add(finding)
        return any(map(is_fatal, findings))
