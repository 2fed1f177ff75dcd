"""The command that shows what is otherwise in a second version of a study, by meaning."""

import argparse
import json
from collections.abc import Iterator
from itertools import groupby

from engine.amendment.diff import Change, Difference
from engine.amendment.wording import LOOKED_FOR, document, patient_words, relation_words, summary
from engine.command.delivery import deliver
from engine.command.exits import FINDINGS, FINE, UNUSABLE
from engine.command.screen import Screen
from engine.command.versions import open_versions, versions_line
from engine.logic.bound import BOUND
from engine.logic.presence import has_solver

Given = argparse.Namespace

CHANGES = ("", "", "before", "after")
RELATIONS = ("rule", "is to what it was")
PATIENTS = ("rule", "", "for example", "before", "after")


def diff(given: Given, screen: Screen) -> int:
    """Prints or writes the difference; it is a finding if there is any."""
    if given.out is not None and given.format == "table":
        return screen.error("a table is for the screen: write --format json or html with --out")
    comparing = open_versions(given, screen)
    if comparing is None:
        return UNUSABLE
    found = comparing.difference(given.rule)
    match given.format:
        case "table":
            screen.text(versions_line(comparing))
            _for_people(found, screen)
        case "json":
            deliver(json.dumps(document(found), ensure_ascii=False, indent=1) + "\n", given.out, screen)
        case _:
            deliver(_page(found), given.out, screen)
    return FINDINGS if found.changes or found.differing else FINE


def _page(found: Difference) -> str:
    from engine.report.change_page import page

    return page(found)


# ------------------------------------------------------------------ for people


def _for_people(found: Difference, screen: Screen) -> None:
    for section, changes in groupby(found.changes, lambda change: change.section):
        rows = [row for change in changes for row in _rows(change)]
        screen.table(f"\n{section.capitalize()}", CHANGES, rows)
    show_relations(found, screen)
    screen.text(summary(found))
    if found.compared and has_solver():
        screen.text(f"proved {BOUND}")


def show_relations(found: Difference, screen: Screen) -> None:
    """What each rule that may answer otherwise is to what it was, and somebody to show it."""
    study = found.pair.before
    rows = [(named(one.rule, one.now), relation_words(study, one)) for one in found.compared]
    if rows:
        screen.table("\nAnswers", RELATIONS, rows)
    patients = [
        (one.now, LOOKED_FOR[way], patient_words(patient), patient.before, patient.after)
        for one in found.compared
        for way, patient in one.patients
    ]
    if patients:
        screen.table("\nPatients", PATIENTS, patients)


def named(was: str, now: str) -> str:
    return now if now == was else f"{now} (was {was})"


def _rows(change: Change) -> Iterator[tuple[str, str, str, str]]:
    """The first row names the part and says what became of it."""
    called = f"{change.name}: {change.kind}"
    was = f" (was {change.was_called})" if change.was_called else ""
    if not change.aspects:
        yield called + was, "", "", ""
    for number, one in enumerate(change.aspects):
        first = called + was if number == 0 else ""
        yield first, one.what, one.before or "", one.after or ""
