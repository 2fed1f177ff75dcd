"""The command that runs a study's cases, and what it shows of those that fail."""

import argparse
from collections.abc import Iterator
from functools import partial

from engine import tasks
from engine.assurance.cases import Case, about, chosen, rule_of
from engine.assurance.run import Result, run_cases, watched
from engine.command.cases import open_cases
from engine.command.exits import FINDINGS, FINE, UNUSABLE
from engine.command.junit import junit
from engine.command.opening import open_study, study_folder
from engine.command.screen import Screen
from engine.command.tree import tree_lines
from engine.command.watching import watch
from engine.reference.trace import Trace
from engine.study.linked import Study

Given = argparse.Namespace
TREE = "      "


def test(given: Given, screen: Screen) -> int:
    """Runs the cases; again and again where they are watched."""
    folder = study_folder(given, screen)
    if folder is None:
        return UNUSABLE
    given.study = folder
    if given.watch:
        return watch(folder, lambda: _once(given, screen), screen)
    return _once(given, screen)


def _once(given: Given, screen: Screen) -> int:
    study = open_study(given, screen)
    cases = None if study is None else _opened(study, given, screen)
    if study is None or cases is None:
        return UNUSABLE
    results = run_cases(study, cases)
    for result in results:
        if not result.passed:
            screen.text("\n".join([*failure(study, result), "", ""]))
    screen.text(summary(results))
    if given.junit is not None:
        told = partial(failure, study)
        tasks.save(given.junit, junit(study.protocol.id, results, told))
        screen.note(f"wrote {given.junit}")
    return FINE if all(result.passed for result in results) else FINDINGS


def _opened(study: Study, given: Given, screen: Screen) -> tuple[Case, ...] | None:
    """The cases asked for; None where they cannot be read, or there are none."""
    refusal = tasks.not_asked(study, given.rule, None)
    if refusal:
        screen.error(refusal)
        return None
    cases = open_cases(study, given.study, screen)
    if cases is None:
        return None
    found = chosen(cases, given.rule, given.word)
    if not found:
        screen.error(_none(given))
        return None
    return found


def _none(given: Given) -> str:
    asked = f"about `{given.rule}`" if given.rule else ""
    word = f"with `{given.word}` in its name, rule or file" if given.word else ""
    return f"there is no case {' and '.join(part for part in (asked, word) if part)}"


# ------------------------------------------------------------------ for people


def failure(study: Study, result: Result) -> Iterator[str]:
    """Where the case stands, in what it differs, the protocol's words, and the value under each part."""
    case, rule = result.case, rule_of(study, result.case)
    yield f"{case.at.file}:{case.at.line}: {case.name}"
    yield from (f"  {about(case)}: {problem}" for problem in result.problems)
    if case.because:
        yield f"  because: {case.because}"
    text = " ".join(rule.text.split()) if rule and rule.text else None
    if text and text != case.because:
        yield f"  protocol: {text}"
    if rule is not None:
        yield f"  {rule.at.file}:{rule.at.line}: {rule.title}"
    found = watched(study, result)
    tree = Trace(found.reading).at(found.end)
    yield from (f"{TREE}{line}" for line in tree_lines(tree, case.timeline))


def summary(results: tuple[Result, ...]) -> str:
    failed = sum(not result.passed for result in results)
    rules = len({result.case.owner for result in results})
    what = f"{_counted(len(results), 'case')} of {_counted(rules, 'rule')}"
    return f"{what}: {f'{failed} failed' if failed else 'all as expected'}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
