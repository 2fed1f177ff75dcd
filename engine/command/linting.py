"""The command that shows what should be looked at in a study that is well formed."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from engine import tasks
from engine.assurance.lint.model import Remark
from engine.assurance.lint.proved import Proved, keep, recall
from engine.assurance.lint.run import lint as remarks_on
from engine.assurance.lint.run import unaccepted
from engine.command import findings
from engine.command.cohort import plural
from engine.command.exits import FINDINGS, FINE, UNUSABLE
from engine.command.opening import open_study, study_folder
from engine.command.proving import can_prove
from engine.command.screen import Screen
from engine.source.diagnostic import Diagnostics
from engine.source.lines import Sources
from engine.source.render import as_json, coloured, plain_text
from engine.study.linked import Study

Given = argparse.Namespace


def lint(given: Given, screen: Screen) -> int:
    """Warnings with their lines, then open questions, a line each; accepted ones are counted."""
    folder = study_folder(given, screen)
    study = None if folder is None else open_study(given, screen)
    if folder is None or study is None:
        return UNUSABLE
    problem = tasks.not_asked(study, given.rule, None)
    if problem is not None:
        return screen.error(problem)
    remarks = remarks_on(study, given.rule, _proved(study, folder, screen))
    if given.format == "json":
        screen.data(json.dumps([_as_json(remark) for remark in remarks], ensure_ascii=False, indent=1))
    else:
        _for_people(remarks, Sources(folder), screen)
    return FINDINGS if unaccepted(remarks) else FINE


def _proved(study: Study, folder: Path, screen: Screen) -> Proved | None:
    """What was proved of these files before, or is now; None where there is no solver."""
    known = recall(study)
    if known is not None or not can_prove(screen):
        return known
    from engine.assurance.proving.lints import Proofs
    from engine.assurance.read import read_cases

    proofs = Proofs(study, read_cases(study, folder, Diagnostics()))
    for _ in screen.progress(proofs.run(), proofs.size, "proving"):
        pass
    keep(study, proofs.proved)
    return proofs.proved


def _for_people(remarks: Sequence[Remark], sources: Sources, screen: Screen) -> None:
    show = coloured if screen.colour else plain_text
    for remark in unaccepted(remarks):
        screen.as_is(f"{show(remark.diagnostic, sources)}\n\n")
    for remark in remarks:
        if remark.lint.severity == "info":
            screen.text(findings.line(remark.diagnostic, Path()))
    screen.text(_counted(remarks))


def _counted(remarks: Sequence[Remark]) -> str:
    """`1 warning, 3 accepted, 38 open queries`."""
    accepted = sum(one.accepted is not None for one in remarks)
    queries = sum(one.lint.severity == "info" for one in remarks)
    warnings = len(unaccepted(remarks))
    counts = [plural(warnings, "warning") if warnings else "no warnings"]
    counts += [f"{accepted} accepted"] if accepted else []
    counts += [f"{queries} open {'query' if queries == 1 else 'queries'}"] if queries else []
    return ", ".join(counts)


def _as_json(remark: Remark) -> dict[str, object]:
    accepted = remark.accepted
    return {**as_json(remark.diagnostic), "of": remark.found.of, "accepted": accepted and accepted.why}
