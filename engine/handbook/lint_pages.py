"""The page of each lint: a small study, with what makes the lint speak and what does not.

A page is data, a file named by the code of its lint: study sections that all
its examples share, then `warns` and `silent`, each with what it adds (`with`).
What a lint means, and how to mend it, stands in the table of lints.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from engine.assurance.lint.model import Lint
from engine.assurance.lint.table import LINTS
from engine.handbook.chapters import check_keys, check_needed
from engine.handbook.printed import declared
from engine.handbook.sections import Sections, hold_against_schemas, schema_of, word
from engine.handbook.tables import table
from engine.source.diagnostic import Diagnostics
from engine.source.read import read_yaml
from engine.source.tree import Mapping as Tree
from engine.study.entry import Entry, entries_of

FOLDER = "lints"

SAID_BESIDE = ("title", "severity")
"""All else that an entry says may be what a lint is about, its text and source too."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """What is added to the study of the page; `says` is the message, None where nothing is said."""

    name: str
    sections: Sections
    says: str | None
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A lint with its examples, those that warn first."""

    lint: Lint
    sections: Sections
    examples: tuple[Example, ...]


@cache
def pages() -> tuple[Page, ...]:
    """A page of each lint, in the order of the table."""
    findings = Diagnostics()
    folder = files("engine.handbook") / FOLDER
    found = [read_page((folder / f"{code}.yaml").read_text("utf-8"), code, findings) for code in LINTS]
    assert not findings.failed, list(findings)
    return tuple(page for page in found if page)


def read_page(text: str, code: str, findings: Diagnostics) -> Page | None:
    """One page; None, with findings, where it is not one."""
    tree = read_yaml(text, f"{code}.yaml", findings)
    if not isinstance(tree, Tree):
        return None
    whole = Entry(word(code, tree.at), tree)
    check_keys(whole, ("warns", "silent", *schema_of()), findings)
    check_needed(whole, ("warns", "silent"), findings)
    sections = {entry.name: entry for entry in entries_of(tree) if entry.name in schema_of()}
    hold_against_schemas(sections, findings)
    warns = (_example(entry, ("with", "says", "why"), findings) for entry in whole.entries("warns"))
    silent = (_example(entry, ("with", "why"), findings) for entry in whole.entries("silent"))
    return Page(LINTS[code], sections, (*warns, *silent))


def _example(entry: Entry, needed: tuple[str, ...], findings: Diagnostics) -> Example:
    check_keys(entry, needed, findings)
    check_needed(entry, needed, findings)
    sections = {section.name: section for section in entry.entries("with")}
    return Example(entry.name, sections, entry.text("says"), entry.words("why"))


# ------------------------------------------------------------------------ printing


def printed() -> str:
    """Every page, one after another."""
    return "\n\n".join(_printed(page) for page in pages())


def contents() -> str:
    """The lints, a row each."""
    rows = ((f"`{page.lint.code}`", page.lint.severity, page.lint.title) for page in pages())
    return table(("Lint", "Shown as", "Of"), rows)


def _printed(page: Page) -> str:
    lint = page.lint
    head = ("Section", "Name", "Declared", "Meaning")
    parts = (
        f"### {lint.title}\n\n`{lint.code}`: {lint.means}",
        f"To mend it: {lint.mend[0].lower()}{lint.mend[1:]}",
        table(head, declared(page.sections, SAID_BESIDE)) if page.sections else "",
        table(("With", "Says", "Why"), _rows(page)),
    )
    return "\n\n".join(part for part in parts if part)


def _rows(page: Page) -> Iterator[tuple[str, str, str]]:
    for example in page.examples:
        added = (f"{name}: {entry}" for _, name, entry, _ in declared(example.sections, SAID_BESIDE))
        yield "<br>".join(added), example.says or "nothing", example.why
