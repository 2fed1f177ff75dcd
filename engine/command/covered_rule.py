"""One rule's text with a mark under each condition, and what the cases have shown of it."""

from collections.abc import Iterator, Sequence

from engine.assurance.coverage.expressions import Expression, Goal
from engine.assurance.coverage.result import Coverage
from engine.assurance.coverage.text import Line, Mark, lines_of
from engine.language.english import english
from engine.source.lines import Sources

MARGIN = 7
WIDTHS = {"true": 7, "false": 7, "unknown": 9, "decisive": 10, "known": 7}


def covered_rule(found: Coverage, sources: Sources) -> Iterator[str]:
    """Every expression of the rules there are: its text, then a row for its answer and for each condition."""
    for expression in found.expressions.values():
        rule = expression.owner.rule
        tally = found.tally(expression.goals)
        yield f"{expression.name}: {rule.title} ({expression.written.at.file})"
        yield f"  {tally.shown} of {tally.of} shown, {tally.words}"
        yield ""
        for line in lines_of(expression, sources):
            yield from _marked(line)
        yield ""
        yield from _rows(found, expression)
        yield from _reasons(found, expression)
        yield ""
    yield "a figure counts the cases that show it; `no` is shown by none, and `cannot` is proved impossible"


# ---------------------------------------------------------------------- marks


def _marked(line: Line) -> Iterator[str]:
    """A line, and below it a mark under each condition that begins there; one inside another goes deeper."""
    yield f"{line.number:>5}  {line.text}"
    rows: list[str] = []
    for mark in (mark for mark in line.marks if mark.opens):
        row = next((n for n, text in enumerate(rows) if len(text) < mark.start), len(rows))
        text = rows[row] if row < len(rows) else ""
        rows[row : row + 1] = [text.ljust(mark.start) + _drawn(mark)]
    yield from (f"{'':>{MARGIN}}{row}" for row in rows)


def _drawn(mark: Mark) -> str:
    """`3~~~~`, as long as the condition, or as its first line."""
    return ",".join(map(str, mark.numbers)).ljust(mark.end - mark.start, "~")


# ----------------------------------------------------------------------- rows


def _rows(found: Coverage, expression: Expression) -> Iterator[str]:
    answers = expression.answers
    yield f"{'':>{MARGIN}}{_heads(answers)}"
    yield f"{'':>{MARGIN}}{_cells(found, answers)}the answer"
    if not expression.conditions:
        return
    yield ""
    yield f"{'':>{MARGIN}}{_heads(expression.conditions[0].goals)}"
    for number, condition in enumerate(expression.conditions, 1):
        yield f"{number:>5}  {_cells(found, condition.goals)}{english(condition.core)}"


def _heads(goals: Sequence[Goal]) -> str:
    return "".join(goal.wanted.ljust(WIDTHS[goal.wanted]) for goal in goals).rstrip()


def _cells(found: Coverage, goals: Sequence[Goal]) -> str:
    return "".join(_cell(found, goal).ljust(WIDTHS[goal.wanted]) for goal in goals)


def _cell(found: Coverage, goal: Goal) -> str:
    """Of what decides, one case is looked for and no more."""
    state = found.state(goal)
    if state == "shown":
        return "yes" if goal.wanted == "decisive" else str(len(found.shown[goal]))
    return "no" if state == "not shown" else "cannot"


def _reasons(found: Coverage, expression: Expression) -> Iterator[str]:
    """Why there is no case for what cannot be, once for all that it is the reason of."""
    named = [("the answer", expression.answers)]
    named += [(str(number), one.goals) for number, one in enumerate(expression.conditions, 1)]
    why: dict[str, list[str]] = {}
    for name, goals in named:
        for goal in goals:
            if found.state(goal) == "cannot be":
                why.setdefault(found.unreachable[goal], []).append(f"{name} {goal.wanted}")
    if why:
        yield ""
    for reason, cannot in why.items():
        yield f"{'':>{MARGIN}}cannot: {', '.join(cannot)}: {reason}"
