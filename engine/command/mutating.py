"""The command that makes rules wrong by one small step and shows which of them no case notices."""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from engine import tasks
from engine.assurance.cases import Case
from engine.assurance.mutation.kinds import KINDS
from engine.assurance.mutation.model import Equivalent, Killed, Mutant, Survived, Tried
from engine.assurance.mutation.mutants import about, mutants_of
from engine.assurance.mutation.run import trials
from engine.assurance.run import run_cases
from engine.command.by_proof import equivalence, patients
from engine.command.cases import open_cases
from engine.command.cohort import plural
from engine.command.exits import FINDINGS, FINE, UNUSABLE
from engine.command.opening import open_study, study_folder
from engine.command.screen import Screen
from engine.language.core import BASELINE
from engine.source.lines import Sources
from engine.source.place import Span
from engine.source.suggest import did_you_mean
from engine.study.linked import Study

Given = argparse.Namespace

MOST_SHOWN = 200
"""Of a text that is wrong somewhere, so many letters are shown on each side of it."""

CASE = ("", "  a patient who tells them apart, with what the study answers today:", "")

WORDS = {Killed: "killed", Equivalent: "equivalent", Survived: "survived"}


def mutate(given: Given, screen: Screen) -> int:
    """Tries every mutant; it is a finding if one survives, or if too few are killed."""
    folder = study_folder(given, screen)
    study = None if folder is None else open_study(given, screen)
    if folder is None or study is None:
        return UNUSABLE
    problem = _no_rule(study, given.rule) or _no_kind(given.kind)
    if problem is not None:
        return screen.error(problem)
    if given.out is not None and given.format == "table":
        return screen.error("a table is for the screen: write --format json with --out")
    cases = open_cases(study, folder, screen)
    if cases is None:
        return UNUSABLE
    failing = [result.case for result in run_cases(study, cases) if not result.passed]
    if failing:
        return _not_yet(failing, screen)
    mutants = [m for m in about(mutants_of(study), given.rule) if given.kind in (None, m.kind)]
    proof = None if given.quick else equivalence(study, screen)
    work = trials(study, cases, mutants, proof)
    tried = tuple(screen.progress(work, len(mutants), "trying mutants"))
    told = {} if proof is None else patients(study, cases, _first(tried, given.patients), screen)
    if given.format == "table":
        _for_people(tried, told, Sources(folder), screen)
    else:
        _for_programs(tried, told, _about(study, cases), (given, screen))
    return _ended(tried, given)


def _first(tried: Sequence[Tried], most: int) -> Sequence[Mutant]:
    """The first survivors: to look for a patient takes a second or more."""
    return [one.mutant for one in tried if isinstance(one.outcome, Survived)][:most]


def _no_rule(study: Study, name: str | None) -> str | None:
    """The plans of visits, and of the baseline, can be wrong as well as rules."""
    return None if name in (*study.program.visits, BASELINE) else tasks.not_asked(study, name, None)


def _no_kind(kind: str | None) -> str | None:
    if kind is None or kind in KINDS:
        return None
    help = did_you_mean(kind, KINDS) or "there are " + ", ".join(KINDS)
    return f"there is no kind `{kind}`; {help}"


def _not_yet(failing: Sequence[Case], screen: Screen) -> int:
    for case in failing:
        screen.note(f"{case.at.file}:{case.at.line}: {case.name}")
    message = f"{plural(len(failing), 'case')} failed before anything was made wrong: see `trial test` first"
    return screen.error(message, FINDINGS)


def _ended(tried: Sequence[Tried], given: Given) -> int:
    if given.fail_under is not None:
        return FINE if share(tried) >= given.fail_under else FINDINGS
    return FINDINGS if any(isinstance(one.outcome, Survived) for one in tried) else FINE


def share(tried: Sequence[Tried]) -> float:
    """How many of a hundred mutants that can be noticed are."""
    killed = sum(isinstance(one.outcome, Killed) for one in tried)
    noticeable = sum(not isinstance(one.outcome, Equivalent) for one in tried)
    return 100 * killed / noticeable if noticeable else 100.0


# ------------------------------------------------------------------ for people


Told = Mapping[Mutant, str]
"""Cases that would tell mutants from the study."""


def _for_people(tried: Sequence[Tried], told: Told, sources: Sources, screen: Screen) -> None:
    survivors = [one for one in tried if isinstance(one.outcome, Survived)]
    for one in survivors:
        case = [*CASE, *told[one.mutant].splitlines()] if one.mutant in told else []
        screen.text("\n".join([*_survivor(one.mutant, sources), *case, "", ""]))
    by_kind = {kind: [one for one in tried if one.mutant.kind == kind] for kind in KINDS}
    left = dict.fromkeys(one.mutant.of for one in survivors)
    _table("By kind", {kind: some for kind, some in by_kind.items() if some}, screen)
    _table("With survivors", {of: [one for one in tried if one.mutant.of == of] for of in left}, screen)
    screen.text(_summary(tried))


def _survivor(mutant: Mutant, sources: Sources) -> Iterator[str]:
    """Where it is written, a line for what it means and one for what it would."""
    yield f"{mutant.at}: {mutant.of}: {mutant.kind}"
    yield from _written(mutant.at, sources(mutant.at.file))
    before, after = _round(mutant.before, mutant.after)
    yield f"  - {before}"
    yield f"  + {after}"


def _written(at: Span, lines: Sequence[str] | None) -> Iterator[str]:
    """The line, with a mark below what is wrong in it."""
    line = lines[at.line - 1] if lines and at.line <= len(lines) else ""
    indent = len(line) - len(line.lstrip())
    end = at.end_column if at.end_line == at.line else len(line.rstrip()) + 1
    if line:
        yield f"    {line.strip()}"
        yield f"    {' ' * (at.column - 1 - indent)}{'^' * max(end - at.column, 1)}"


def _round(before: str, after: str) -> tuple[str, str]:
    """Two texts as far as they differ, with some of what stands round that."""
    shorter = min(len(before), len(after))
    same = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    rest = shorter - same
    alike = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    return _cut(before, same, alike), _cut(after, same, alike)


def _cut(text: str, same: int, alike: int) -> str:
    start, end = max(0, same - MOST_SHOWN), min(len(text), len(text) - alike + MOST_SHOWN)
    return f"{'.. ' if start else ''}{text[start:end]}{' ..' if end < len(text) else ''}"


def _table(title: str, groups: Mapping[str, Sequence[Tried]], screen: Screen) -> None:
    """How many of each group there are, and what became of them."""
    rows = []
    for name, some in groups.items():
        found = Counter(type(one.outcome) for one in some)
        rows.append((name, str(len(some)), *(str(found[outcome] or "") for outcome in WORDS)))
    if rows:
        screen.table(title, ("", "mutants", *WORDS.values()), rows)


def _summary(tried: Sequence[Tried]) -> str:
    if not tried:
        return "there is nothing here to make wrong"
    found = Counter(WORDS[type(one.outcome)] for one in tried)
    counts = ", ".join(f"{found[word]} {word}" for word in WORDS.values() if found[word])
    return f"{plural(len(tried), 'mutant')}: {counts}; {share(tried):.1f} % noticed"


# ----------------------------------------------------------------- for programs


def _for_programs(
    tried: Sequence[Tried], told: Told, document: dict[str, object], to: tuple[Given, Screen]
) -> None:
    given, screen = to
    mutants = [_told(one, told.get(one.mutant)) for one in tried]
    document |= {"noticed": round(share(tried), 2), "mutants": mutants}
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    if given.out is None:
        screen.data(text)
    else:
        tasks.save(given.out, text)
        screen.note(f"wrote {given.out}")


def _about(study: Study, cases: Sequence[Case]) -> dict[str, object]:
    """What the trial was made from; the same inputs give the same text."""
    return {
        "study": study.protocol.id,
        "version": study.protocol.version,
        "study_fingerprint": study.fingerprint,
        "cases": len(cases),
    }


def _told(one: Tried, case: str | None) -> dict[str, object]:
    mutant = one.mutant
    told: dict[str, object] = {
        "kind": mutant.kind,
        "of": mutant.of,
        "file": mutant.at.file,
        "line": mutant.at.line,
        "column": mutant.at.column,
        "before": mutant.before,
        "after": mutant.after,
        "outcome": WORDS[type(one.outcome)],
    }
    match one.outcome:
        case Killed(by, problem):
            return told | {"by": by.name, "problem": problem}
        case Equivalent(why):
            return told | {"why": why}
        case Survived():
            return told if case is None else told | {"case": case}
