"""The command that shows what of the rules the cases have shown."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from engine import tasks
from engine.assurance.cases import Case
from engine.assurance.coverage.expressions import Condition, Expression, Goal
from engine.assurance.coverage.result import Coverage, Gap, Tally, coverage
from engine.assurance.run import Runner
from engine.command.by_proof import with_proofs
from engine.command.cases import open_cases
from engine.command.cohort import plural
from engine.command.covered_rule import covered_rule
from engine.command.delivery import deliver
from engine.command.exits import FINDINGS, FINE, UNUSABLE
from engine.command.opening import open_study, study_folder
from engine.command.screen import Screen
from engine.language.english import english
from engine.source.lines import Sources
from engine.study.linked import ELIGIBLE, Study

Given = argparse.Namespace

COLUMNS = ("rule", "title", "answers", "conditions", "decisive", "in all", "")
MOST_NAMED = 3
"""Of the cases that show something, so many are named."""


def cover(given: Given, screen: Screen) -> int:
    """Runs every case; what is shown of one rule may come from the cases of another."""
    folder = study_folder(given, screen)
    study = None if folder is None else open_study(given, screen)
    if folder is None or study is None:
        return UNUSABLE
    refusal = _refusal(study, given)
    if refusal is not None:
        return screen.error(refusal)
    cases = open_cases(study, folder, screen)
    if cases is None:
        return UNUSABLE
    found = _covered(study, cases, screen)
    shown = found if given.rule is None else found.of(given.rule)
    if not given.quick:
        shown = with_proofs(shown, study, screen)
    match given.format:
        case "table" if given.rule is None:
            _for_people(shown, screen)
        case "table":
            screen.text("\n".join(covered_rule(shown, Sources(folder))))
        case "json":
            text = json.dumps(_document(shown, study), ensure_ascii=False, indent=1)
            deliver(f"{text}\n", given.out, screen)
        case _:
            deliver(_page(shown, study, folder), given.out, screen)
    return _ending(shown, given, screen)


def _refusal(study: Study, given: Given) -> str | None:
    """Why the question cannot be put."""
    refusal = tasks.not_asked(study, given.rule, None)
    if refusal is not None:
        return refusal
    if given.rule == ELIGIBLE:
        return f"`{ELIGIBLE}` is made of the criteria and written nowhere: ask about one of them"
    if given.out is not None and given.format == "table":
        return "a table is for the screen: write --format json or html with --out"
    return None


def _covered(study: Study, cases: Sequence[Case], screen: Screen) -> Coverage:
    runner = Runner(study, reasons=True, watched=True)
    results = (runner.run(case) for case in cases)
    return coverage(study, screen.progress(results, len(cases), "running cases"))


def _ending(found: Coverage, given: Given, screen: Screen) -> int:
    """Too little is a finding, and so is a case that fails: it may show what should not be."""
    whole = found.tally(found.goals)
    too_little = given.fail_under is not None and whole.percent < given.fail_under
    if too_little:
        screen.note(f"{whole.words} is less than the {given.fail_under:g} % asked for")
    if found.failed:
        one = len(found.failed) == 1
        fail, shows = ("case fails", "it shows") if one else ("cases fail", "they show")
        said = f"what {shows} may not be what the protocol says; `trial test` tells more"
        screen.note(f"{len(found.failed)} {fail}: {said}")
    return FINDINGS if too_little or found.failed else FINE


# ------------------------------------------------------------------ for people


def _for_people(found: Coverage, screen: Screen) -> None:
    rows = [_row(found, name, expressions) for name, expressions in found.rules.items()]
    screen.table("Coverage", COLUMNS, rows)
    gaps = list(map(_gap, found.gaps))
    if gaps:
        screen.text("\n".join(["Not shown", "", *gaps, ""]))
    screen.text(summary(found))


def _row(found: Coverage, name: str, expressions: Sequence[Expression]) -> tuple[str, ...]:
    conditions = [goal for one in expressions for part in one.conditions for goal in part.goals]
    seen = [goal for goal in conditions if goal.wanted != "decisive"]
    decisive = [goal for goal in conditions if goal.wanted == "decisive"]
    answers = [goal for one in expressions for goal in one.answers]
    whole = found.tally([*answers, *conditions])
    counts = map(found.tally, (answers, seen, decisive))
    title = expressions[0].owner.rule.title
    return (name, title, *map(_counted, counts), _counted(whole), whole.words)


def _counted(tally: Tally) -> str:
    return f"{tally.shown} of {tally.of}" if tally.of else "-"


def _gap(gap: Gap) -> str:
    """A condition by its first character, the answer of a rule by its line."""
    name, said = gap.expression.name, _never(gap.goals)
    if gap.condition is not None:
        return f"{gap.condition.core.at}: {name}: {said}: {english(gap.condition.core)}"
    at = gap.expression.written.at
    return f"{at.file}:{at.line}: {name}: {said}: its answer"


def _never(goals: Sequence[Goal]) -> str:
    """`never true or unknown, never decisive`."""
    answers = [goal.wanted for goal in goals if goal.wanted != "decisive"]
    parts = [f"never {' or '.join(answers)}"] if answers else []
    return ", ".join(parts + ["never decisive"] * any(goal.wanted == "decisive" for goal in goals))


def summary(found: Coverage) -> str:
    whole = found.tally(found.goals)
    proved = f"; {whole.cannot} more proved impossible" if whole.cannot else ""
    of = f"{plural(found.cases, 'case')}, {plural(len(found.rules), 'rule')}"
    return f"{of}: {whole.shown} of {whole.of} points shown, {whole.words}{proved}"


# ---------------------------------------------------------------- for programs


def _document(found: Coverage, study: Study) -> dict[str, object]:
    return {
        "study": study.protocol.id,
        "version": study.protocol.version,
        "study_fingerprint": study.fingerprint,
        "cases": found.cases,
        "failed": list(found.failed),
        **_tally(found.tally(found.goals)),
        "rules": [
            {"rule": name, "expressions": [_expression(found, one) for one in expressions]}
            for name, expressions in found.rules.items()
        ],
    }


def _expression(found: Coverage, one: Expression) -> dict[str, object]:
    return {
        "name": one.name,
        "file": one.written.at.file,
        "line": one.written.at.line,
        **_tally(found.tally(one.goals)),
        "answers": _goals(found, one.answers),
        "conditions": [_condition(found, condition) for condition in one.conditions],
    }


def _condition(found: Coverage, one: Condition) -> dict[str, object]:
    at = one.core.at
    place = {"file": at.file, "line": at.line, "column": at.column}
    said = english(one.core)
    return {"path": list(one.path), **place, "english": said, "goals": _goals(found, one.goals)}


def _goals(found: Coverage, goals: Sequence[Goal]) -> dict[str, object]:
    return {goal.wanted: _goal(found, goal) for goal in goals}


def _goal(found: Coverage, goal: Goal) -> dict[str, object]:
    cases = found.shown.get(goal, ())
    if cases:
        return {"state": "shown", "cases": len(cases), "first": [case.name for case in cases[:MOST_NAMED]]}
    state = found.state(goal)
    return {"state": state, "why": found.unreachable[goal]} if state == "cannot be" else {"state": state}


def _tally(tally: Tally) -> dict[str, object]:
    return {"shown": tally.shown, "of": tally.of, "cannot_be": tally.cannot}


def _page(found: Coverage, study: Study, folder: Path) -> str:
    from engine.report.coverage_page import page

    return page(found, study, Sources(folder))
