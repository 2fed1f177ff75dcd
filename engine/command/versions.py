"""Two versions of a study opened, for the commands that hold them against each other."""

import argparse
from pathlib import Path

from engine.amendment.comparing import Comparing
from engine.amendment.opening import opened
from engine.command import findings
from engine.command.cohort import study_line
from engine.command.screen import Screen
from engine.source.diagnostic import Diagnostics
from engine.source.lines import Sources
from engine.source.place import NOWHERE
from engine.source.suggest import did_you_mean
from engine.study.linked import ELIGIBLE, Study
from engine.study.load import nearest_study

Given = argparse.Namespace

UNKNOWN_VERSION = "unknown-version"


def open_versions(given: Given, screen: Screen) -> Comparing | None:
    """Both versions, if both load and the rule asked about is in one of them; what is wrong is shown."""
    home: Path | None = given.study or nearest_study(Path.cwd())
    before, after = (_opened(spec, home, screen) for spec in (given.before, given.after))
    if before is None or after is None:
        return None
    refusal = _no_rule((before, after), given.rule)
    if refusal is not None:
        screen.error(refusal)
        return None
    return Comparing(before, after)


def _opened(spec: str, home: Path | None, screen: Screen) -> Study | None:
    found = Diagnostics()
    study = opened(spec, home, found)
    if study is not None:
        return study
    said = [one for one in found if one.at == NOWHERE or one.code == UNKNOWN_VERSION]
    for one in said:
        screen.error(findings.advised(one))
    if not said:
        screen.note_as_is(findings.study_report(found, Sources(Path(spec)), screen.colour_of_notes))
        screen.error(f"the study in `{spec}` has errors, and nothing was done with it")
    return None


def _no_rule(studies: tuple[Study, Study], rule: str | None) -> str | None:
    names = dict.fromkeys(name for study in studies for name in (*study.rules, ELIGIBLE))
    if rule is None or rule in names:
        return None
    help = did_you_mean(rule, names)
    return f"there is no rule `{rule}` in either version" + (f"; {help}" if help else "")


def versions_line(comparing: Comparing) -> str:
    return f"before: {study_line(comparing.before)}\nafter:  {study_line(comparing.after)}"
