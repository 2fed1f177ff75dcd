"""The commands about versions: what each changed and why, and a rule as it stands in one."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from textwrap import TextWrapper

from engine import tasks
from engine.authoring.standing import Standing, standing
from engine.command.cohort import plural
from engine.command.exits import FINE, UNUSABLE
from engine.command.opening import open_study, report, study_folder
from engine.command.screen import Screen
from engine.source.diagnostic import Diagnostics
from engine.source.render import safe
from engine.study.chronicle import ChangeTold, Chapter, chronicle
from engine.study.fingerprint import FEWEST
from engine.study.model import Protocol

Given = argparse.Namespace
INDENT = "  "


def history(given: Given, screen: Screen) -> int:
    """Every version and draft of the study."""
    folder = study_folder(given, screen)
    if folder is None:
        return UNUSABLE
    findings = Diagnostics()
    chapters = chronicle(folder, findings)
    if chapters is None:
        report(folder, findings, screen)
        return UNUSABLE
    if given.format == "json":
        screen.data(json.dumps([asdict(one) for one in chapters], ensure_ascii=False, indent=1))
        return FINE
    screen.text("\n\n".join("\n".join(_chapter(one, screen.width)) for one in chapters))
    return FINE


def _chapter(one: Chapter, width: int) -> Iterator[str]:
    if one.amendment is None:
        yield safe(f"{one.version} ({one.fingerprint[:FEWEST]}): {one.title}")
        return
    name = one.version if one.status == "approved" else f"draft {one.amendment}"
    yield safe(f"{name} ({one.fingerprint[:FEWEST]}): {one.title}")
    yield from _folded(_when(one), width)
    yield from _folded(f"because: {one.reason}", width)
    yield f"{INDENT}{plural(len(one.changes), 'change')}:"
    for change in one.changes:
        yield from _change(change, width)


def _when(one: Chapter) -> str:
    """Who stands behind it, and since when it is in force if it is."""
    by = f" by the {one.author_role}" if one.author_role else ""
    amends = f"amends {one.amends}" if one.amends else "amends no version by name"
    if one.status == "approved":
        days = f"approved {one.approved}, in force from {one.effective}"
        return f"{amends}; `{one.amendment}`, proposed{by}; {days}"
    stale = "; what it amends has changed since it was written" if one.stale else ""
    return f"{amends}; proposed{by}; not in force{stale}"


def _change(change: ChangeTold, width: int) -> Iterator[str]:
    yield safe(f"{INDENT}{change.kind} {change.target}")
    for sign, said in (("-", change.before), ("+", change.after)):
        if said is not None:
            yield from _folded(f"{sign} {said}", width, INDENT * 2)


def _folded(text: str, width: int, indent: str = INDENT) -> list[str]:
    further = f"{indent}{INDENT}"
    wrapper = TextWrapper(max(width, 40), indent, further, break_on_hyphens=False)
    return [safe(line) for line in wrapper.wrap(text)]


# ------------------------------------------------------------------ as it stands


def show(given: Given, screen: Screen) -> int:
    """A rule, parameter or visit of one version."""
    study = open_study(given, screen)
    if study is None:
        return UNUSABLE
    found = standing(study, given.rule)
    if found is None:
        return screen.error(_nothing(study.protocol, given.rule, tuple(study.rules)))
    if given.format == "json":
        screen.data(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        screen.text("\n".join(_standing(found, screen.width)))
    return FINE


def _nothing(protocol: Protocol, name: str, rules: tuple[str, ...]) -> str:
    known = (*rules, *protocol.parameters, *protocol.schedule.visits)
    return f"{tasks.no_such('rule, parameter or visit', name, known)}, in version `{protocol.version}`"


def _standing(found: Standing, width: int) -> Iterator[str]:
    yield safe(f"{found.name}: {found.title} ({found.kind})")
    yield safe(f"version {found.version} ({found.fingerprint[:FEWEST]}), {found.file} line {found.line}")
    for key in ("text", "source", "note"):
        words = getattr(found, key)
        if words:
            yield from _folded(f"{key}: {words}", width)
    for key, expression in found.expressions.items():
        lines = expression.split("\n")
        if len(lines) == 1:
            yield from _folded(f"{key}: {expression}", width)
        else:
            yield f"{INDENT}{key}:"
            yield from (safe(f"{INDENT * 2}{line}") for line in lines)
    if found.uses:
        yield from _folded(f"uses: {', '.join(found.uses)}", width)
    for one in found.figures:
        yield from _folded(f"{one.name} = {one.value} ({one.status}; {one.source})", width)
