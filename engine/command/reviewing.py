"""The command that puts all that is to be known of an amendment on one page."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.amendment.impact import Impact, Side
from engine.amendment.review import CaseRun, Failure, Review, Untried
from engine.assurance.boundary.suggested import Suggested, suggest
from engine.assurance.boundary.words import boundary_words, side_words
from engine.assurance.cases import Case, about
from engine.assurance.read import read_cases
from engine.assurance.run import run_cases
from engine.assurance.written import FOLDER
from engine.command import findings
from engine.command.cohort import plural
from engine.command.delivery import deliver
from engine.command.exits import FINDINGS, FINE, UNUSABLE
from engine.command.impacting import impact_on, summary
from engine.command.opening import open_study, open_version, study_folder
from engine.command.screen import Screen
from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study

Given = argparse.Namespace

AS_IT_IS = "the study as it is"
"""What stands for the folder where nobody has named one."""


def review(given: Given, screen: Screen) -> int:
    """Everything about a draft; it is a finding if it changes any answer, or a case is wrong or lacking."""
    folder = study_folder(given, screen)
    was = None if folder is None else open_study(given, screen)
    now = None if was is None else open_version(given.draft, screen)
    if folder is None or was is None or now is None:
        return UNUSABLE
    impact = impact_on((Side(str(given.study or AS_IT_IS), was), Side(given.draft, now)), given, screen)
    if impact is None:
        return UNUSABLE
    found = reviewed(impact, folder)
    deliver(_page(found), given.out, screen)
    screen.note("\n".join(_lines(found)))
    return FINDINGS if found.is_open else FINE


def reviewed(impact: Impact, folder: Path) -> Review:
    """What the cases say of both versions; a draft without cases of its own is held against the others."""
    own = Path(impact.now.spec)
    before, _ = tested(impact.was.study, folder)
    after, cases = tested(impact.now.study, own if (own / FOLDER).is_dir() else folder)
    rules = [name for name in impact.own if name in impact.now.study.rules]
    untried = _untried(suggest(impact.now.study, cases, rules)) if rules else ()
    return Review(None, impact, before, after, tuple(untried))


def tested(study: Study, folder: Path) -> tuple[CaseRun, tuple[Case, ...]]:
    """The cases of a folder run on a version, and those that it can read."""
    wrong = Diagnostics()
    cases = read_cases(study, folder, wrong)
    failures = [
        Failure(f"{one.case.at.file}:{one.case.at.line}", one.case.name, about(one.case), one.problems[0])
        for one in run_cases(study, cases)
        if not one.passed
    ]
    unread = [f"{one.at.file}:{one.at.line}: {findings.advised(one)}" for one in wrong]
    return CaseRun(len(cases), tuple(failures), tuple(unread)), cases


def _untried(found: Suggested) -> Iterator[Untried]:
    told = {(one.boundary, one.side): one.text for one in found.suggestions}
    for standing in found.standings:
        boundary = standing.boundary
        place = f"{boundary.at.file}:{boundary.at.line}"
        for side in standing.missing:
            words = (boundary_words(boundary), side_words(boundary, side))
            yield Untried(boundary.owner, place, *words, told.get((boundary, side)))


def _page(found: Review) -> str:
    from engine.report.review_page import page

    return page(found)


def _lines(found: Review) -> Sequence[str]:
    failing = [f"{len(one.failures)} of {plural(one.cases, 'case')}" for one in (found.before, found.after)]
    lacking = plural(len(found.untried), "case")
    return [
        *summary(found.impact),
        f"failing before: {failing[0]}, after: {failing[1]}; {lacking} to be added",
    ]
