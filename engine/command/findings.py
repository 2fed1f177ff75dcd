"""What is wrong with a study or with data, for people and for programs."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.command.screen import Screen
from engine.source.diagnostic import Diagnostic, Diagnostics
from engine.source.lines import Sources
from engine.source.place import whole
from engine.source.render import report
from engine.timeline.findings import MORE
from engine.timeline.read import Cohort

MOST_OF_A_KIND = 5
"""On a screen; the table of findings holds more."""


def study_report(findings: Diagnostics, sources: Sources, colour: bool) -> str:
    """Every finding of a study with its lines, safe to print as it is."""
    return report(findings, sources, colour=colour)


def of_data(cohort: Cohort, screen: Screen) -> None:
    """What is wrong with the data, a line each: errors first, the first few of each kind."""
    found = sorted(cohort.findings, key=lambda one: one.severity)
    for code in dict.fromkeys(one.code for one in found if one.code != MORE):
        for line in _of_kind([one for one in found if one.code == code], cohort):
            screen.note(line)


def _of_kind(found: Sequence[Diagnostic], cohort: Cohort) -> Iterator[str]:
    shown, count = found[:MOST_OF_A_KIND], cohort.counted[found[0].code]
    yield from (line(one, cohort.root) for one in shown)
    if count > len(shown):
        yield f"... and {count - len(shown)} more {shown[0].severity}[{shown[0].code}]"


def line(finding: Diagnostic, root: Path) -> str:
    """A finding on one line, with its place as seen from the working folder."""
    at = finding.at
    position = "" if at == whole(at.file) else f":{at.line}:{at.column}"
    return f"{root / at.file}{position}: {finding.severity}[{finding.code}]: {advised(finding)}"


def advised(finding: Diagnostic) -> str:
    """What is wrong, and what would help."""
    return f"{finding.message} ({finding.help})" if finding.help else finding.message
