"""The command that proves what each criterion is to what it was, or shows by whom it differs."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from engine import tasks
from engine.amendment.comparing import NO_SOLVER, Comparing
from engine.amendment.model import Compared
from engine.amendment.wording import LOOKED_FOR, about, compared_document, patient_words, relation_words
from engine.assurance.boundary.file import SCHEMA, SCHEMA_LINE, schema_of
from engine.command.cohort import plural
from engine.command.differing import named
from engine.command.exits import FINDINGS, FINE, UNUSABLE
from engine.command.screen import Screen
from engine.command.versions import open_versions, versions_line
from engine.logic.bound import BOUND
from engine.logic.presence import has_solver
from engine.study.load import MARK

Given = argparse.Namespace

HEAD = """\
# Patients whom two versions answer otherwise, each as near the typical one as can be. The answers are those
# of the later version. Each must be confirmed against the protocol's words.
"""


def prove(given: Given, screen: Screen) -> int:
    """What each criterion and the decision are to what they were; it is a finding if any is not equal."""
    if not has_solver():
        return screen.error(NO_SOLVER)
    if given.out is not None and given.out.exists():
        return screen.error(f"`{given.out}` is there already, and nothing is written over it")
    comparing = open_versions(given, screen)
    if comparing is None:
        return UNUSABLE
    names = comparing.proved() if given.rule is None else comparing.named(given.rule)
    if not names:
        return screen.error(f"`{given.rule}` is in one version alone, and cannot be compared")
    found = tuple(comparing.relations(names))
    if given.format == "json":
        screen.data(json.dumps(_document(comparing, found), ensure_ascii=False, indent=1))
    else:
        screen.text(versions_line(comparing))
        screen.text("\n".join(_lines(comparing, found)))
    if given.out is not None:
        _write(found, given, screen)
    return FINE if all(one.relation == "equal" for one in found) else FINDINGS


def _lines(comparing: Comparing, found: tuple[Compared, ...]) -> Iterator[str]:
    """A line for each rule, and below it the patients who show it."""
    for one in found:
        yield f"{named(one.rule, one.now)}: {relation_words(comparing.before, one)}"
        for way, patient in one.patients:
            visit = f" at {patient.case.visit}" if patient.case.visit else ""
            answers = f"{patient.before} before, {patient.after} now"
            yield f"  {LOOKED_FOR[way]}{visit}: {patient_words(patient)}; {answers}"
    equal = sum(one.relation == "equal" for one in found)
    yield f"{equal} of {plural(len(found), 'rule')} equal, proved {BOUND}"


def _document(comparing: Comparing, found: tuple[Compared, ...]) -> dict[str, object]:
    versions = {"before": about(comparing.before), "after": about(comparing.after)}
    return {**versions, "bound": BOUND, "rules": [compared_document(one) for one in found]}


def _write(found: tuple[Compared, ...], given: Given, screen: Screen) -> None:
    """The patients as cases of the later version."""
    texts = [patient.text for one in found for _, patient in one.patients if patient.text is not None]
    folder = Path(given.after)
    schema = schema_of(folder) if (folder / MARK).is_file() else SCHEMA
    if not texts:
        screen.note("there is no patient to write")
        return
    tasks.save(given.out, f"{SCHEMA_LINE}{schema}\n{HEAD}cases:\n{''.join(texts)}")
    screen.note(f"wrote {plural(len(texts), 'case')} to {given.out}")
