"""The command that shows each statement of the protocol with what holds it."""

import argparse
import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from engine.assurance.written import written_cases
from engine.authoring.matrix import Row, matrix, without_statement
from engine.command import findings
from engine.command.cohort import plural
from engine.command.delivery import deliver
from engine.command.exits import FINDINGS, FINE, UNUSABLE
from engine.command.opening import open_study, study_folder
from engine.command.screen import Screen
from engine.source.diagnostic import Diagnostics
from engine.source.lines import Sources
from engine.study.linked import Study

Given = argparse.Namespace

COLUMNS = (
    "statement", "kind", "source", "text", "rules", "definitions", "parameters", "further_parameters",
    "other", "cases", "lacking",
)  # fmt: skip
MOST_NAMES = 6
MOST_WORDS = 160


def trace_matrix(given: Given, screen: Screen) -> int:
    """Prints or writes the matrix; it is a finding if nothing holds a statement."""
    folder = study_folder(given, screen)
    study = None if folder is None else open_study(given, screen)
    if folder is None or study is None:
        return UNUSABLE
    if not study.protocol.statements:
        return screen.error("this study has no `protocol/statements.yaml` to say what its protocol says")
    if given.out is not None and given.format == "table":
        return screen.error("a table is for the screen: write --format csv or html with --out")
    unread = Diagnostics()
    cases = cases_by_rule(folder, unread)
    rows = matrix(study, cases)
    match given.format:
        case "table":
            _for_people(rows, screen, cases is not None)
        case "csv":
            deliver(_csv(rows), given.out, screen)
        case _:
            deliver(_page(rows, study, cases is not None), given.out, screen)
    if unread.failed:
        screen.note_as_is(findings.study_report(unread, Sources(folder), screen.colour_of_notes))
        screen.note("these cases are left out of the matrix")
    return max(_findings(rows, without_statement(study), screen), FINDINGS if unread.failed else FINE)


def cases_by_rule(folder: Path, unread: Diagnostics) -> Mapping[str, Sequence[str]] | None:
    """The names of each rule's cases as they are written; None where there are none at all."""
    by_rule: dict[str, list[str]] = {}
    for case in written_cases(folder, unread):
        rule = case.scalar("rule")
        if rule is not None:
            by_rule.setdefault(rule.text.strip().partition(".")[0], []).append(case.label)
    return by_rule or None


def _findings(rows: Sequence[Row], unquoted: Sequence[str], screen: Screen) -> int:
    for row in rows:
        if row.lacking:
            screen.note(f"`{row.statement.id}` has no {row.lacking}: {row.statement.text}")
    for name in unquoted:
        screen.note(f"`{name}` has words of the protocol that no statement holds under its source")
    return FINDINGS if unquoted or any(row.lacking for row in rows) else FINE


# ------------------------------------------------------------------ for people


def _for_people(rows: Sequence[Row], screen: Screen, has_cases: bool) -> None:
    columns = ("statement", "the protocol says", "held by", "parameters", "cases")
    shown = [
        (
            row.statement.id,
            _short(row.statement.text),
            _few((*row.rules, *row.others)) or ("-" if row.kind == "note" else "nothing"),
            _few(row.parameters, len(row.further)),
            str(len(row.cases)) if row.cases else "",
        )
        for row in rows
    ]
    width = len(columns) if has_cases else len(columns) - 1
    screen.table("Statements", columns[:width], [row[:width] for row in shown])
    held = sum(row.lacking is None for row in rows)
    how = "are held and have a case" if has_cases else "are held"
    screen.text(f"{held} of {plural(len(rows), 'statement')} {how}; --format csv and html show all of it")


def _few(names: Sequence[str], further: int = 0) -> str:
    """The first names, and how many more there are."""
    more = len(names) - MOST_NAMES + further if len(names) > MOST_NAMES else further
    return ", ".join([*names[:MOST_NAMES], *([f"and {more} more"] if more and names else [])])


def _short(text: str) -> str:
    return text if len(text) <= MOST_WORDS else f"{text[:MOST_WORDS].rsplit(' ', 1)[0]} ..."


# ------------------------------------------------------------------- for files


def _csv(rows: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row) for row in rows)
    return text.getvalue()


def _cells(row: Row) -> tuple[str, ...]:
    statement = row.statement
    lists = (row.rules, row.uses, row.parameters, row.further, row.others)
    named = tuple(" ".join(names) for names in lists)
    told = "; ".join(row.cases), row.lacking or ""
    return (statement.id, statement.kind, statement.source, statement.text, *named, *told)


def _page(rows: Sequence[Row], study: Study, has_cases: bool) -> str:
    from engine.report.matrix_page import page

    return page(rows, study, has_cases)
