"""The chapters that are shipped, read strictly: each a title, an introduction, study sections and cases.

A chapter's sections (`variables`, `visits`, `definitions`, ..) are in the form
of a study's files and held against the same schemas. A case puts a question to
a small patient and states the answer; one of a study that must not load has
sections of its own under `with`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from engine.handbook.sections import Sections, hold_against_schemas, schema_of, word
from engine.language.days import parse_when
from engine.language.values import Day
from engine.source.diagnostic import Diagnostics
from engine.source.place import Span
from engine.source.read import read_yaml
from engine.source.suggest import did_you_mean
from engine.source.tree import Mapping as Tree
from engine.source.tree import Scalar
from engine.study.entry import Entry, entries_of

FOLDER = "chapters"
KNOWN_UP_TO = "2025-12-31"
"""The day up to which the data of a case are known where it does not say."""

OWN_KEYS = ("title", "about", "introduction", "given", "cases")
CASE_KEYS = ("ask", "given", "at", "record", "as_of", "with", "answer", "why")
TEXTS = {"title", "introduction", *CASE_KEYS} - {"with"}
"""The keys under which one text stands."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A question and its answer.

    `visit` or `record` (`infusion 2025-01-03`) is what a rule of visits or of
    records is asked about. `expression` is None where only loading is asked.
    """

    name: str
    expression: Scalar | None
    given: Scalar | None
    visit: str | None
    record: str | None
    as_of: Day
    as_of_said: str | None
    answer: str
    why: str
    sections: Sections
    at: Span


@dataclass(frozen=True, slots=True, eq=False)
class Chapter:
    """One topic; `given` is recorded of each of its patients, `about` the operators it explains."""

    name: str
    title: str
    introduction: str
    about: tuple[str, ...]
    given: Scalar | None
    sections: Sections
    cases: tuple[Case, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every chapter that is shipped, in order."""
    findings = Diagnostics()
    folder = files("engine.handbook") / FOLDER
    texts = {
        entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".yaml")
    }
    found = [read_chapter(text, name, findings) for name, text in sorted(texts.items())]
    assert not findings.failed, list(findings)
    return tuple(chapter for chapter in found if chapter)


def read_chapter(text: str, file: str, findings: Diagnostics) -> Chapter | None:
    """One chapter; None, with findings, where it is not one."""
    tree = read_yaml(text, file, findings)
    if not isinstance(tree, Tree):
        return None
    whole = Entry(word(file.removesuffix(".yaml"), tree.at), tree)
    check_keys(whole, (*OWN_KEYS, *schema_of()), findings)
    check_needed(whole, ("title", "introduction", "cases"), findings)
    sections = {entry.name: entry for entry in entries_of(tree) if entry.name in schema_of()}
    hold_against_schemas(sections, findings)
    return Chapter(
        name=whole.name,
        title=whole.words("title"),
        introduction=whole.words("introduction"),
        about=whole.texts("about"),
        given=whole.scalar("given"),
        sections=sections,
        cases=tuple(_case(entry, findings) for entry in whole.entries("cases")),
    )


def _case(entry: Entry, findings: Diagnostics) -> Case:
    check_keys(entry, CASE_KEYS, findings)
    own = entry.inner("with")
    check_needed(entry, ("answer", "why") if own else ("ask", "answer", "why"), findings)
    if own:
        check_keys(own, schema_of(), findings)
    when = parse_when(entry.text("as_of") or KNOWN_UP_TO)
    if when is None or not isinstance(when.date, int):
        findings.error("chapter", f"`as_of` of `{entry.name}` is not a day", entry.at)
    return Case(
        name=entry.name,
        expression=entry.scalar("ask"),
        given=entry.scalar("given"),
        visit=entry.text("at"),
        record=entry.text("record"),
        as_of=when.date if when and isinstance(when.date, int) else Day(1),
        as_of_said=entry.text("as_of"),
        answer=entry.words("answer"),
        why=entry.words("why"),
        sections={section.name: section for section in entry.entries("with")},
        at=entry.at,
    )


# --------------------------------------------------------------------- checks


def check_keys(entry: Entry, known: Collection[str], findings: Diagnostics) -> None:
    """That there is nothing else under an entry, and texts where texts belong."""
    for below in entries_of(entry.tree):
        if below.name not in known:
            help = did_you_mean(below.name, known)
            findings.error("chapter", f"`{entry.name}` has no key `{below.name}`", below.at, help=help)
        elif below.name in TEXTS and not isinstance(below.tree, Scalar):
            findings.error("chapter", f"`{below.name}` of `{entry.name}` is not a text", below.at)


def check_needed(entry: Entry, keys: Iterable[str], findings: Diagnostics) -> None:
    """That all of this is there."""
    for key in keys:
        if entry.find(key) is None:
            findings.error("chapter", f"`{entry.name}` needs `{key}`", entry.at)
