"""The command that shows whom a change of rules affects, and what it shows."""

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from engine.amendment.effects import Effect
from engine.amendment.ground import Ground, ground_of
from engine.amendment.impact import Impact, Shift, Side, impact_of
from engine.amendment.run import both, fates
from engine.command.cohort import plural, shortened
from engine.command.delivery import deliver
from engine.command.exits import FINDINGS, FINE, UNUSABLE
from engine.command.opening import known_up_to, open_data, open_version
from engine.command.screen import Screen
from engine.language.values import Day
from engine.result.write import Table, as_csv
from engine.timeline.read import Cohort

Given = argparse.Namespace

MUCH = 20_000_000
"""So many bytes of data take longer to read than a process to start."""

JUDGING = "judging patients"
FLOW = ("before", "after", "patients")
SHIFTS = ("what", "rule", "before", "after", "answers", "patients")
EFFECTS = ("patient", "what", "rule", "about", "before", "after", "because")


def impact(given: Given, screen: Screen) -> int:
    """Judges a cohort by two studies; it is a finding if any answer differs."""
    if given.out is not None and given.format == "table":
        return screen.error("a table is for the screen: write --format json, csv or html with --out")
    sides = open_sides(given, screen)
    found = None if sides is None else impact_on(sides, given, screen)
    if found is None:
        return UNUSABLE
    match given.format:
        case "table":
            for_people(found, screen)
        case "json":
            deliver(json.dumps(document(found), ensure_ascii=False, indent=1) + "\n", given.out, screen)
        case "csv":
            deliver(as_csv(Table("effects", Effect, found.effects)), given.out, screen)
        case _:
            deliver(_page(found), given.out, screen)
    return FINDINGS if found.effects else FINE


def open_sides(given: Given, screen: Screen) -> tuple[Side, Side] | None:
    """The two studies; what is wrong with either is shown."""
    was, now = open_version(given.before, screen), open_version(given.after, screen)
    if was is None or now is None:
        return None
    return Side(given.before, was), Side(given.after, now)


def impact_on(sides: tuple[Side, Side], given: Given, screen: Screen) -> Impact | None:
    """What two studies make of a cohort; None where its files cannot be used."""
    was, now = sides
    ground = ground_of(was.study, now.study)
    jobs = given.jobs or jobs_for(given.data)
    if ground.is_read_once and jobs > 1:
        return _in_shares(sides, (ground, jobs), given, screen)
    cohorts = _cohorts(ground, given, screen)
    if cohorts is None:
        return None
    *read, as_of = cohorts
    if read[0].last_day != read[1].last_day:
        ground = ground_of(was.study, now.study, is_alike=False)
    patients = both(*read)
    progress = screen.progress(fates(ground, patients, as_of), len(patients), JUDGING)
    return impact_of(sides, ground, progress, as_of)


def jobs_for(data: Path) -> int:
    """A process for each processor where there is so much to read that it pays to start them."""
    files = data.iterdir() if data.is_dir() else (data,)
    size = sum(file.stat().st_size for file in files if file.is_file())
    return (os.cpu_count() or 1) if size > MUCH else 1


def _in_shares(
    sides: tuple[Side, Side], of: tuple[Ground, int], given: Given, screen: Screen
) -> Impact | None:
    from engine.amendment.shares import Shares

    ground, jobs = of
    with Shares(ground, given.data, jobs) as shares:
        cohort, patients = shares.read()
        as_of = known_up_to(cohort, patients, given, screen)
        if as_of is None:
            return None
        progress = screen.progress(shares.fates(as_of), patients, JUDGING)
        return impact_of(sides, ground, progress, as_of)


def _cohorts(ground: Ground, given: Given, screen: Screen) -> tuple[Cohort, Cohort, Day] | None:
    """The data as either study reads them, once where that is the same, and up to when they are known."""
    now = open_data(ground.now, given, screen)
    if now is None or ground.is_read_once:
        return now and (now[0], *now)
    screen.note("the dictionaries differ: the data are read again as before")
    was = open_data(ground.was, given, screen)
    return was and (was[0], now[0], max(was[1], now[1]))


def _page(found: Impact) -> str:
    from engine.report.impact_page import page

    return page(found)


# ------------------------------------------------------------------ for people


def for_people(found: Impact, screen: Screen) -> None:
    if found.effects:
        flow = [(was, now, str(count)) for (was, now), count in found.flow.items()]
        shifts, effects = map(_shift, found.shifts), map(_effect, found.effects)
        screen.table("Decisions", FLOW, flow)
        screen.text("")
        screen.table("Answers that change", SHIFTS, tuple(shifts))
        screen.text("")
        screen.table("Whose, and why", EFFECTS, tuple(effects))
    screen.text("\n".join(summary(found)))


def _shift(one: Shift) -> tuple[str, ...]:
    return one.kind, one.rule, one.before, one.after, str(one.answers), str(one.patients)


def _effect(one: Effect) -> tuple[str, ...]:
    return one.patient, one.kind, one.rule, one.about, one.before, one.after, shortened(one.reason)


def summary(found: Impact) -> Iterator[str]:
    """How many are affected, and by what."""
    if found.effects:
        whom = f"{len(found.affected)} of {plural(found.patients, 'patient')}"
        yield f"{plural(len(found.effects), 'answer')} of {whom} changed; {found.redecided} decided otherwise"
    else:
        yield f"nothing changes for anybody: {plural(found.patients, 'patient')} get the same answers"
    if found.own:
        yield f"these say something else: {', '.join(found.own)}{resting(found)}"
    elif not found.only:
        yield "the two say the same: no rule, visit or figure that is read differs"
    for there in ("before", "after"):
        names = [one.name for one in found.only if one.there == there]
        if names:
            yield f"only {there}: {', '.join(names)}"


def resting(found: Impact) -> str:
    count = found.resting
    return f"; {count} more {'rests' if count == 1 else 'rest'} on them" if count else ""


# ---------------------------------------------------------------- for programs


def document(found: Impact) -> dict[str, object]:
    return {
        "about": dict(found.about()),
        "patients": found.patients,
        "affected": len(found.affected),
        "decided_otherwise": found.redecided,
        "differing": list(found.own),
        "resting_on_them": found.resting,
        "only": [one._asdict() for one in found.only],
        "decisions": [
            {"before": was, "after": now, "patients": count} for (was, now), count in found.flow.items()
        ],
        "shifts": [shift._asdict() for shift in found.shifts],
        "effects": [asdict(effect) for effect in found.effects],
    }
