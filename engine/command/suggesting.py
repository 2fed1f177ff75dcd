"""The command that lists boundaries no case has tried, and writes cases for them."""

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine import tasks
from engine.assurance.boundary.file import case_file
from engine.assurance.boundary.suggested import Suggested, suggest
from engine.assurance.boundary.words import boundary_words, side_words
from engine.assurance.cases import Case
from engine.assurance.written import FOLDER
from engine.command import by_proof
from engine.command.cases import cases_there_are
from engine.command.cohort import plural
from engine.command.exits import FINDINGS, FINE, UNUSABLE
from engine.command.opening import open_study, study_folder
from engine.command.screen import Screen
from engine.language.english import english
from engine.study.linked import Study

if TYPE_CHECKING:
    from engine.assurance.proving.gaps import Filled

Given = argparse.Namespace


def suggest_cases(given: Given, screen: Screen) -> int:
    """Writes the cases; it is a finding if anything is missing."""
    folder = study_folder(given, screen)
    study = None if folder is None else open_study(given, screen)
    if folder is None or study is None:
        return UNUSABLE
    refusal = tasks.not_asked(study, given.rule, None)
    if refusal is None and given.out is not None and given.out.exists():
        refusal = f"`{given.out}` is there already, and nothing is written over it"
    if refusal is not None:
        return screen.error(refusal)
    cases = cases_there_are(study, folder, screen, "what they try is not known")
    if cases is None:
        return UNUSABLE
    found = suggest(study, cases, given.rule and [given.rule], given.most)
    _list(found, screen)
    shown = () if given.quick else tuple(_shown(study, (*cases, *_cases_in(found)), given, screen))
    items = [(one.boundary.owner, one.text) for one in found.suggestions]
    items += [(one.gap.expression.owner.rule.id, one.text) for one in shown if one.text is not None]
    if items:
        _write(case_file(items[: given.most], folder), given, screen)
    screen.note(summary(found, shown))
    return FINDINGS if shown or any(one.missing for one in found.standings) else FINE


def _cases_in(found: Suggested) -> Iterator[Case]:
    return (one.case for one in found.suggestions)


def _shown(study: Study, cases: Sequence[Case], given: Given, screen: Screen) -> "Iterator[Filled]":
    """Cases for what would still be shown by none, with a line for each."""
    before = None
    for one in by_proof.filled(study, cases, given.rule, screen):
        if one.gap is not before:
            screen.note(_place(one))
            before = one.gap
        case = "no patient found" if one.text is None or one.case is None else f"case `{one.case.name}`"
        screen.note(f"  never {one.goal.wanted}: {case}")
        yield one


def _place(one: "Filled") -> str:
    """Where it is written, and what nothing shows of it."""
    condition = one.gap.condition
    at = one.gap.expression.owner.rule.at if condition is None else condition.core.at
    said = "its answer" if condition is None else english(condition.core)
    return f"{at.file}:{at.line}: {one.goal.rule}: {said}"


def _list(found: Suggested, screen: Screen) -> None:
    """What is missing, a line each, with the case that was found for it."""
    names = {(one.boundary, one.side): one.case.name for one in found.suggestions}
    for standing in found.standings:
        boundary, missing = standing.boundary, standing.missing
        if missing:
            screen.note(f"{boundary.at.file}:{boundary.at.line}: {boundary.rule}: {boundary_words(boundary)}")
        for side in missing:
            name = names.get((boundary, side))
            is_open = (boundary, side) in found.missing
            said = f"case `{name}`" if name else "no patient found" if is_open else "in one of these cases"
            screen.note(f"  {side_words(boundary, side)}: {said}")


def _write(text: str, given: Given, screen: Screen) -> None:
    if given.out is None:
        screen.data(text)
        return
    tasks.save(given.out, text)
    screen.note(f"wrote {given.out}; it belongs into `{FOLDER}` once every answer in it is confirmed")


def summary(found: Suggested, shown: "Sequence[Filled]") -> str:
    """`13 boundaries with 30 sides: 13 tried, 13 cases suggested, 4 open`, and what else was not shown."""
    sides = sum(len(one.boundary.sides) for one in found.standings)
    tried = sum(len(one.tried) for one in found.standings)
    counts = f"{tried} tried, {plural(len(found.suggestions), 'case')} suggested, {len(found.missing)} open"
    line = f"{_boundaries(len(found.standings))} with {plural(sides, 'side')}: {counts}"
    if not shown:
        return line
    cases = sum(one.text is not None for one in shown)
    return f"{line}\nof what coverage misses: {plural(cases, 'case')} suggested, {len(shown) - cases} open"


def _boundaries(number: int) -> str:
    return f"{number} {'boundary' if number == 1 else 'boundaries'}"
