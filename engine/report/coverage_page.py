"""Coverage as a page: each rule's text as it stands in its file, coloured by what the cases have shown."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from engine.assurance.coverage.expressions import Condition, Expression, Goal
from engine.assurance.coverage.result import Coverage, Standing, Tally
from engine.assurance.coverage.text import Line, Mark, lines_of
from engine.language.english import english
from engine.source.lines import Sources
from engine.study.linked import Study
from engine.study.model import Role
from engine.study.rulebook import FORMS

SIGNS: dict[Standing, str] = {"full": "✓", "part": "◐", "none": "○", "out of reach": "∅"}
"""Colour is never the only sign."""

CLASSES: dict[Standing, str] = {"full": "full", "part": "part", "none": "none", "out of reach": "out"}
HEADINGS: dict[Role, str] = {form.role: form.section.capitalize() for form in FORMS}
COLUMNS = ("true", "false", "unknown", "decisive")
MOST_NAMED = 8
NAME = re.compile("`([^`]*)`")


def page(found: Coverage, study: Study, sources: Sources) -> str:
    """One file that needs nothing else."""
    template = Template((files("engine.report") / "coverage_page.html").read_text("utf-8"))
    protocol = study.protocol
    whole = found.tally(found.goals)
    return template.substitute(
        title=escape(protocol.title),
        about=escape(f"{protocol.id} {protocol.version}, study fingerprint {study.fingerprint[:12]}"),
        summary=_summary(found, whole),
        failed=_failed(found.failed),
        rules="\n".join(_sections(found, sources)),
    )


def _summary(found: Coverage, whole: Tally) -> str:
    proved = f"; {whole.cannot} more are proved impossible" if whole.cannot else ""
    rules = f"{len(found.rules)} rule{'s' * (len(found.rules) != 1)}"
    said = f"{whole.shown} of {whole.of} points of {rules} are shown by {found.cases} cases{proved}."
    return f"<p><strong>{whole.words}</strong>: {said}</p>{_bar(whole)}"


def _bar(tally: Tally) -> str:
    return (
        f'<progress max="{tally.of or 1}" value="{tally.shown if tally.of else 1}">{tally.words}</progress>'
    )


def _failed(names: Sequence[str]) -> str:
    if not names:
        return ""
    items = "".join(f"<li>{escape(name)}</li>" for name in names)
    return f'<p class="bad">Cases fail: what they show may not be what the protocol says.</p><ul>{items}</ul>'


# ------------------------------------------------------------------------ rules


def _sections(found: Coverage, sources: Sources) -> Iterator[str]:
    """The rules under the sections of their files."""
    for role, group in groupby(found.rules.values(), lambda one: one[0].owner.rule.role):
        rules = list(group)
        whole = found.tally(goal for rule in rules for one in rule for goal in one.goals)
        kind = "done" if whole.is_full else "open"
        yield f'<section class="{kind}"><h2>{HEADINGS[role]} {_count(whole)}</h2>'
        yield from (_rule(found, rule, sources) for rule in rules)
        yield "</section>"


def _rule(found: Coverage, expressions: Sequence[Expression], sources: Sources) -> str:
    rule = expressions[0].owner.rule
    whole = found.tally(goal for one in expressions for goal in one.goals)
    text = f"<blockquote>{escape(' '.join(rule.text.split()))}</blockquote>" if rule.text else ""
    head = f"<h3><code>{escape(rule.id)}</code> {escape(rule.title)} {_count(whole)}</h3>"
    parts = "".join(_expression(found, one, sources) for one in expressions)
    kind = "done" if whole.is_full else "open"
    return f'<article id="{escape(rule.id)}" class="{kind}">{head}{text}{parts}</article>'


def _count(tally: Tally) -> str:
    return f'<span class="count">{tally.words} <small>{tally.shown} of {tally.of}</small></span>'


def _expression(found: Coverage, one: Expression, sources: Sources) -> str:
    at = one.written.at
    lines = "".join(_line(found, one, line) for line in lines_of(one, sources))
    rows = "".join(_row(found, number, part) for number, part in enumerate(one.conditions, 1))
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("", "condition", *COLUMNS))
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    opened = "" if found.tally(one.goals).is_full else " open"
    answers = "".join(
        f"<div><dt>{goal.wanted}</dt><dd>{_goal(found, goal)}</dd></div>" for goal in one.answers
    )
    count = len(one.conditions)
    summary = f"its answer and {count} condition{'s' * (count != 1)}" if rows else "its answer"
    return (
        f'<p class="place"><code>{escape(one.name)}</code> {escape(at.file)}:{at.line}</p><pre>{lines}</pre>'
        f"<details{opened}><summary>{summary}</summary><dl>{answers}</dl>{table}</details>"
    )


def _row(found: Coverage, number: int, condition: Condition) -> str:
    goals = zip(COLUMNS, condition.goals, strict=True)
    cells = "".join(f'<td data-label="{name}">{_goal(found, goal)}</td>' for name, goal in goals)
    standing = found.standing(condition.goals)
    said = NAME.sub(r"<code>\1</code>", escape(english(condition.core)))
    words = f'<th scope="row">{said}</th>'
    sign = f'<td class="{CLASSES[standing]}"><span>{number}{SIGNS[standing]}</span></td>'
    return f'<tr id="{escape(condition.rule)}-{number}">{sign}{words}{cells}</tr>'


def _goal(found: Coverage, goal: Goal) -> str:
    """Which cases show it, the first by name; or that none does, or can."""
    cases = found.shown.get(goal, ())
    if cases:
        named = "\n".join(case.name for case in cases[:MOST_NAMED])
        more = f" <b>+{len(cases) - 1}</b>" if len(cases) > 1 else ""
        return f'<span title="{escape(named)}">✓ <small>{escape(cases[0].name)}</small>{more}</span>'
    if found.state(goal) == "cannot be":
        return f'<span class="cannot">∅ <small>{escape(found.unreachable[goal])}</small></span>'
    return '<strong class="bad">○ not shown</strong>'


# ------------------------------------------------------------------------- text


def _line(found: Coverage, expression: Expression, line: Line) -> str:
    """A line of the file, each condition in a stretch of its own, those inside others too."""
    parts, ends, done = [f'<i class="number">{line.number}</i>'], list[int](), 0

    def up_to(column: int) -> str:
        nonlocal done
        text, done = escape(line.text[done:column]), max(column, done)
        return text

    for mark in line.marks:
        while ends and ends[-1] <= mark.start:
            parts.append(f"{up_to(ends.pop())}</span>")
        parts.append(up_to(mark.start) + _opened(found, expression, mark))
        ends.append(mark.end)
    while ends:
        parts.append(f"{up_to(ends.pop())}</span>")
    return "".join([*parts, up_to(len(line.text)), "\n"])


def _opened(found: Coverage, expression: Expression, mark: Mark) -> str:
    conditions = [(number, expression.conditions[number - 1]) for number in mark.numbers]
    standing = found.standing(goal for _, one in conditions for goal in one.goals)
    title = "\n".join(_said(found, number, one) for number, one in conditions)
    links = ",".join(
        f'<a href="#{escape(expression.name)}-{number}">{number}</a>' for number, _ in conditions
    )
    sup = f"<sup>{links}{SIGNS[standing]}</sup>" if mark.opens else ""
    return f'<span class="{CLASSES[standing]}" title="{escape(title)}">{sup}'


def _said(found: Coverage, number: int, condition: Condition) -> str:
    """`2: true ✓, false ✓, unknown ○, decisive ✓`."""
    signs = {"shown": "✓", "not shown": "○ not shown", "cannot be": "∅ cannot be"}
    goals = ", ".join(f"{goal.wanted} {signs[found.state(goal)]}" for goal in condition.goals)
    return f"{number}: {goals}"
