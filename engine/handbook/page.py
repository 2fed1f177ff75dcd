"""The handbook as one page of Markdown: the language's tables, then chapter by chapter what it means."""

import re
from importlib.resources import files

from engine.handbook import command_pages, lint_pages
from engine.handbook.chapters import KNOWN_UP_TO, Chapter, chapters
from engine.handbook.printed import printed
from engine.handbook.tables import operator_table, period_table, selector_table, table

SELECTORS_SAID = "A selector takes the records of a variable, or the visits of a rule, to one value."
PERIODS_SAID = """\
D is the index day and N a length of time. A phrase says whether the index day is in; the far end of a length
always is. Weeks, months and years are lengths too, and so is a parameter that holds one."""
COMMANDS_SAID = """\
Each page is about the study that `trial new mystudy` writes; each output is what the command prints there."""
LINTS_SAID = """\
`trial lint` shows what is well formed and should still be looked at; `trial check` shows its warnings too,
and fails for them only where it is asked to be strict. A lint says only what is certain. What is meant to be
so is accepted in `protocol/study.yaml`, with the reason, under the name it is said of, and so shows to every
reader:

```yaml
accepted:
  I1:
    decided-for-nobody: Who has no record of consent has not consented.
```"""
CHAPTERS_SAID = f"""\
Each chapter declares a small study, then puts questions to small patients. A line under *Recorded* is a
record: the variable, its day or days, its value and attributes; a fact has no day. Where a question does not
say otherwise, the data are known up to {KNOWN_UP_TO}."""


def handbook() -> str:
    """The whole handbook; the same bytes whenever it is printed."""
    found = chapters()
    titles = [f"{number}. {chapter.title}" for number, chapter in enumerate(found, 1)]
    chapter_of = {
        name: link(str(number), titles[number - 1])
        for number, chapter in enumerate(found, 1)
        for name in chapter.about
    }
    parts = [
        (files("engine.handbook") / "introduction.md").read_text("utf-8").strip(),
        f"## Operators\n\n{operator_table(chapter_of)}",
        f"## Selectors\n\n{SELECTORS_SAID}\n\n{selector_table(chapter_of)}",
        f"## Periods\n\n{PERIODS_SAID}\n\n{period_table()}",
        "\n\n".join([f"## Commands for authors\n\n{COMMANDS_SAID}", *command_pages.pages()]),
        f"## Lints\n\n{LINTS_SAID}\n\n{lint_pages.contents()}\n\n{lint_pages.printed()}",
        f"## The chapters\n\n{CHAPTERS_SAID}\n\n{_contents(found, titles)}",
        *(f"## {title}\n\n{printed(chapter)}" for title, chapter in zip(titles, found, strict=True)),
    ]
    return "\n\n".join(parts) + "\n"


def _contents(found: tuple[Chapter, ...], titles: list[str]) -> str:
    rows = ((link(title, title), str(len(one.cases))) for title, one in zip(titles, found, strict=True))
    return table(("Chapter", "Questions"), rows)


def link(text: str, heading: str) -> str:
    """A link to a heading of the page, by the name that Markdown gives it."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return f"[{text}](#{kept.replace(' ', '-')})"
