"""One patient explained: the decision, what each rule found, and a rule's whole tree."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict

from engine.command.cohort import plural, value_of
from engine.command.screen import Screen
from engine.command.tree import tree_lines
from engine.language.days import show as show_day
from engine.language.show import show
from engine.reference.judge import Judgement, Verdict
from engine.reference.trace import Traced
from engine.result.rows import OUTCOMES, about, missing_for, verdict_row
from engine.tasks import answers, chosen

PASSES = {True: "passes", False: "fails", None: "unknown"}
TREE = "    "
MOST_LINES = 4
"""Of the reasons of one rule among all; asked for by itself it gives every one."""


Given = argparse.Namespace


def for_people(judgement: Judgement, given: Given, screen: Screen) -> None:
    """The decision and every rule that is about this patient; or the one rule asked for, with its tree."""
    found = chosen(judgement, given.rule, given.visit)
    if given.rule is None:
        _decision(judgement, screen)
        for verdict in found:
            screen.text("\n".join(["", *_in_short(judgement.by(verdict), verdict)]))
        return
    for number, verdict in enumerate(found):
        by = judgement.by(verdict)
        tree = _indented(by.trace(verdict), by)
        screen.text("\n".join([*[""][:number], *_in_full(by, verdict), *tree]))
    if not found:
        _without_verdict(judgement, given, screen)


def _decision(judgement: Judgement, screen: Screen) -> None:
    refused = judgement.timeline.refused
    note = f" ({plural(refused, 'row')} of this patient refused)" if refused else ""
    screen.text(f"{judgement.timeline.patient}: {judgement.decision}{note}{_by_version(judgement)}")
    for item in missing_for(judgement):
        screen.text(f"  still missing: {item.words}")


def _by_version(judgement: Judgement) -> str:
    """By which version, where there are several."""
    if judgement.judged_on is None:
        return ""
    return f", by version {judgement.study.protocol.version} ({show_day(judgement.judged_on)})"


def _in_short(judgement: Judgement, verdict: Verdict) -> Iterator[str]:
    """The first reasons, and the names of what it rests on."""
    yield from _heading(verdict)
    missing = [f"missing: {item.words}" for item in judgement.missing(verdict)]
    for lines in (judgement.reasons(verdict), missing):
        yield from (f"  {line}" for line in lines[:MOST_LINES])
        if len(lines) > MOST_LINES:
            yield f"  ... and {len(lines) - MOST_LINES} more: --rule {verdict.rule.rule.id}"
    rests = ", ".join(f"{p.name} ({p.status})" for p in judgement.unsettled(verdict))
    if rests:
        yield f"  rests on {rests}"


def _in_full(judgement: Judgement, verdict: Verdict) -> Iterator[str]:
    yield from _heading(verdict)
    yield from (f"  {line}" for line in judgement.reasons(verdict))
    yield from (f"  missing: {item.words}" for item in judgement.missing(verdict))
    for parameter in judgement.unsettled(verdict):
        value = value_of(judgement.study, parameter.name)
        yield f"  rests on {parameter.name} = {value} ({parameter.status})"


def _heading(verdict: Verdict) -> Iterator[str]:
    rule = verdict.rule.rule
    where = "" if verdict.visit is None and verdict.record is None else f" ({about(verdict)})"
    yield f"{rule.id}{where}: {_word(verdict)} - {rule.title}"
    if rule.text:
        yield f"  protocol: {' '.join(rule.text.split())}"


def _word(verdict: Verdict) -> str:
    if not verdict.applies:
        return "does not apply"
    held_against = verdict.rule.rule.role in ("inclusion", "exclusion", "requirement")
    return PASSES[verdict.passes] if held_against else OUTCOMES[verdict.outcome]


def _without_verdict(judgement: Judgement, given: Given, screen: Screen) -> None:
    """A definition or anchor, which gives a value and no verdict; or a rule with no record to ask about."""
    found = answers(judgement, given.rule, given.visit)
    for answer in found:
        where = "" if answer.visit is None else f" ({answer.visit})"
        screen.text(f"{answer.rule}{where} = {_value(answer.traced)}")
        screen.text("\n".join(_indented(answer.traced, judgement)))
    if not found:
        asked_of = judgement.study.rules[given.rule].for_each
        screen.text(f"`{given.rule}` is asked of each `{asked_of}`, and this patient has none")


def _value(traced: Traced) -> str:
    return show(traced.value, traced.core.type)


def _indented(traced: Traced, judgement: Judgement) -> list[str]:
    return [f"{TREE}{line}" for line in tree_lines(traced, judgement.timeline)]


# ------------------------------------------------------------------ for programs


def document(judgement: Judgement, given: Given) -> dict[str, object]:
    """All of it for a program; a tree is its lines."""
    found = answers(judgement, given.rule, given.visit) if given.rule is not None else ()
    return {
        "patient": judgement.timeline.patient,
        "decision": judgement.decision,
        "version": judgement.study.protocol.version,
        "study_fingerprint": judgement.study.fingerprint,
        "refused_rows": judgement.timeline.refused,
        "missing": [item.words for item in missing_for(judgement)],
        "verdicts": [
            _verdict(judgement.by(each), each) for each in chosen(judgement, given.rule, given.visit)
        ],
        "values": [
            {
                "rule": a.rule,
                "visit": a.visit,
                "value": _value(a.traced),
                "tree": tree_lines(a.traced, judgement.timeline),
            }
            for a in found
        ],
    }


def _verdict(judgement: Judgement, verdict: Verdict) -> dict[str, object]:
    return {
        **asdict(verdict_row(judgement, verdict)),
        "tree": tree_lines(judgement.trace(verdict), judgement.timeline),
    }
