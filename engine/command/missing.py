"""The command that says which blanks could still decide a patient, and with which values."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from engine import tasks
from engine.amendment.comparing import NO_SOLVER
from engine.assurance.proving.missing import Filled, Missing, Outcome, Undecided, missing
from engine.command.exits import FINE, UNUSABLE
from engine.command.opening import open_cohort, open_history
from engine.command.screen import Screen
from engine.logic.presence import has_solver

Given = argparse.Namespace


def show_missing(given: Given, screen: Screen) -> int:
    """The fewest facts towards either decision."""
    if not has_solver():
        return screen.error(NO_SOLVER)
    history = open_history(given, screen)
    known = None if history is None else open_cohort(history, given, screen)
    if history is None or known is None:
        return UNUSABLE
    cohorts, as_of = known
    judgement = tasks.judgement_of(history, cohorts, given.patient, as_of)
    if judgement is None:
        return screen.error(tasks.no_such_patient(cohorts.newest, given.patient))
    found = missing(judgement)
    if given.format == "json":
        screen.data(json.dumps(_document(given.patient, found), ensure_ascii=False, indent=1))
    else:
        screen.text("\n".join(_lines(given.patient, found)))
    return FINE


def _lines(patient: str, found: Missing) -> Iterator[str]:
    if found.decision != "undetermined":
        yield f"{patient} is {found.decision}, and nothing is missing for that"
        return
    yield f"{patient} is undetermined"
    yield from _way("would make eligible", (found.eligible,))
    yield from _way("could exclude", found.ineligible)
    if found.cannot_matter:
        yield f"blank, and in none of these: {', '.join(found.cannot_matter)}"


def _way(what: str, ways: Sequence[Outcome]) -> Iterator[str]:
    """Each set of facts that is enough, with values that they could have."""
    for number, way in enumerate(ways):
        match way:
            case "impossible":
                yield f"{what}: nothing that is blank could"
            case Undecided(why):
                yield f"{what}: not decided, because {why}"
            case _:
                together = f", these {len(way)} together" if len(way) > 1 else ""
                yield f"{'or' if number else what}{together}, for example"
                yield from (f"  {one.title} (`{one.variable}`): {one.words}" for one in way)


def _document(patient: str, found: Missing) -> dict[str, object]:
    return {
        "patient": patient,
        "decision": found.decision,
        "eligible": _told(found.eligible),
        "ineligible": [_told(way) for way in found.ineligible],
        "blank": list(found.blank),
        "cannot_matter": list(found.cannot_matter),
    }


def _told(way: Outcome) -> object:
    match way:
        case "impossible":
            return {"found": "impossible"}
        case Undecided(why):
            return {"found": "not decided", "why": why}
        case _:
            filled: Sequence[Filled] = way
            return {"found": "facts", "facts": [asdict(one) for one in filled]}
