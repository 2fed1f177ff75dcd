"""A small study in a folder of its own, to write something wrong into and see what is said."""

from dataclasses import dataclass
from pathlib import Path

from engine.source.diagnostic import Diagnostics
from engine.source.place import Span
from engine.study.read import read_protocol

FILES = {
    "protocol/study.yaml": """\
study: {id: small, title: A small study, version: 1.0}
arms:
  active: {title: Active, ratio: 2}
anchors:
  day_1: {title: Day 1, is: first drug}
""",
    "protocol/schedule.yaml": """\
attendance: {variable: study_visit, attribute: visit}
visits:
  month_1: {title: Month 1, anchor: day_1, offset: 1 month, before: 7 days, after: 7 days, due: [weight]}
""",
    "protocol/variables.yaml": """\
codelists:
  arm: {active: Active, control: Control}
  visit: {month_1: Month 1}
variables:
  birth_date: {title: Born, kind: fact, content: date, role: birth}
  arm_given: {title: Arm, kind: fact, content: code, codelist: arm, role: arm}
  study_visit: {title: Visit, kind: event, absent: no, attributes: {visit: {content: code, codelist: visit}}}
  weight: {title: Weight, kind: measurement, unit: kg, range: [1, 300], same_day: mean}
  drug: {title: Drug, kind: episode, absent: no, attributes: {dose: {content: number, unit: mg/d}}}
""",
    "protocol/parameters.yaml": """\
parameters:
  window: {title: Window, value: 7 days, source: section 5, status: registered}
""",
    "rules/eligibility.yaml": """\
exclusion:
  E1: {title: t, text: t, source: s, exclude_when: E1a}
  E1a: {part_of: E1, title: t, text: t, source: s, exclude_when: true}
""",
    "protocol/amendments/01.yaml": """\
amendment: {id: wider, title: Wider, status: draft, reason: Holidays, amends: 1.0}
changes:
  - {set: parameters.window.value, to: 10 days}
""",
}


@dataclass(frozen=True, slots=True)
class SmallStudy:
    """The study in a folder; `said` is everything found wrong in it."""

    folder: Path

    def write(self, file: str, text: str) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def edit(self, file: str, written: str, instead: str) -> None:
        text = (self.folder / file).read_text("utf-8")
        assert written in text
        self.write(file, text.replace(written, instead, 1))

    def said(self) -> list[str]:
        """Each finding as `file:line <what is underlined> code: message / help [labels]`."""
        findings = Diagnostics()
        read_protocol(self.folder, findings)
        return [
            f"{d.at.file}:{d.at.line} <{self.underlined(d.at)}> {d.code}: {d.message}"
            + (f" / {d.help}" if d.help else "")
            + "".join(f" [{label.at.line} <{self.underlined(label.at)}> {label.text}]" for label in d.labels)
            for d in findings
        ]

    def underlined(self, at: Span) -> str:
        if not (self.folder / at.file).is_file():
            return ""
        line = (self.folder / at.file).read_text("utf-8", "replace").split("\n")[at.line - 1]
        return line[at.column - 1 : at.end_column - 1 if at.end_line == at.line else None]
