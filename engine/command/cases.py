"""The cases of a study, read for a command that runs them; or what is wrong with them."""

from pathlib import Path

from engine.assurance.cases import Case
from engine.assurance.read import read_cases
from engine.assurance.written import FOLDER
from engine.command import findings
from engine.command.screen import Screen
from engine.source.diagnostic import Diagnostics
from engine.source.lines import Sources
from engine.study.linked import Study


def open_cases(study: Study, folder: Path, screen: Screen) -> tuple[Case, ...] | None:
    """Every case of a study; None where they cannot be read, or there are none."""
    cases = cases_there_are(study, folder, screen, "none was run")
    if cases == ():
        screen.error(f"there are no cases: no file in `{FOLDER}`")
    return cases or None


def cases_there_are(study: Study, folder: Path, screen: Screen, lost: str) -> tuple[Case, ...] | None:
    """The cases there are, be it none; None where they cannot be read, and what is `lost` by that is said."""
    wrong = Diagnostics()
    cases = read_cases(study, folder, wrong)
    if wrong.found:
        screen.note_as_is(findings.study_report(wrong, Sources(folder), screen.colour_of_notes))
    if wrong.failed:
        screen.error(f"the cases have errors, and {lost}")
        return None
    return cases
