"""One chapter as Markdown: its introduction, the study it declares, and its questions as a table."""

from collections.abc import Collection, Iterable, Iterator

from engine.handbook.chapters import Case, Chapter
from engine.handbook.recorded import lines_of
from engine.handbook.sections import Sections
from engine.handbook.tables import table
from engine.source.tree import Mapping, Scalar, Sequence, Tree
from engine.study.entry import entries_of

SAID_BESIDE = ("title", "text", "source", "severity", "status", "why", "query")
"""Keys that say nothing of what a rule means: they are left out where an entry is shown on one line."""

REFUSALS = ("does not load", "is refused")


def printed(chapter: Chapter) -> str:
    """Everything under a chapter's heading."""
    parts = [
        chapter.introduction,
        table(("Section", "Name", "Declared", "Meaning"), declared(chapter.sections))
        if chapter.sections
        else "",
        _given(chapter),
        _questions(chapter.cases),
    ]
    return "\n\n".join(part for part in parts if part)


def declared(sections: Sections, beside: Collection[str] = SAID_BESIDE) -> Iterator[tuple[str, ...]]:
    """What a study declares, an entry a row."""
    for section in sections.values():
        for entry in entries_of(section.tree):
            meaning = entry.text("title") or ""
            yield f"`{section.name}`", f"`{entry.name}`", f"`{flow(entry.tree, beside)}`", meaning


def flow(tree: Tree, beside: Collection[str] = SAID_BESIDE) -> str:
    """A tree on one line, as YAML writes it between braces; without braces at the outside, and these keys."""
    shown = _flow(tree, beside)
    return shown[1:-1] if shown.startswith("{") else shown


def _flow(tree: Tree, beside: Collection[str]) -> str:
    match tree:
        case Scalar(text=text):
            return " ".join(text.split())
        case Sequence(items=items):
            return f"[{', '.join(_flow(item, beside) for item in items)}]"
        case Mapping(entries=entries):
            shown = [(key.text, value) for key, value in entries if key.text not in beside]
            return "{" + ", ".join(f"{key}: {_flow(value, beside)}" for key, value in shown) + "}"


def _given(chapter: Chapter) -> str:
    if chapter.given is None:
        return ""
    return f"Recorded of every patient here:\n\n```\n{chapter.given.text.strip()}\n```"


# ------------------------------------------------------------------ questions


def _questions(cases: Iterable[Case]) -> str:
    """The cases as a table; where none has records of its own, without a column for them."""
    rows = [(_asked(case), _recorded(case), _answer(case.answer), case.why) for case in cases]
    if any(recorded for _, recorded, _, _ in rows):
        return table(("Question", "Recorded", "Answer", "Why"), rows)
    return table(("Question", "Answer", "Why"), ((asked, answer, why) for asked, _, answer, why in rows))


def _asked(case: Case) -> str:
    """The expression, and what the study of this case declares besides."""
    asked = [] if case.expression is None else [f"`{_single(case.expression.text)}`"]
    added = [f"with {name}: {declared}" for _, name, declared, _ in declared(case.sections)]
    return "<br>".join([*asked, *added])


def _recorded(case: Case) -> str:
    """The records, then what the question is about, one a line."""
    records = [] if case.given is None else [f"`{_single(line.text)}`" for line in lines_of(case.given)]
    return "<br>".join([*records, *_about(case)])


def _about(case: Case) -> Iterator[str]:
    if case.visit:
        yield f"asked at `{case.visit}`"
    if case.record:
        yield f"asked of `{case.record}`"
    if case.as_of_said:
        yield f"known up to {case.as_of_said}"


def _single(text: str) -> str:
    return " ".join(text.split())


def _answer(text: str) -> str:
    """A value stands out as code; why something does not load is a sentence."""
    return text if text.startswith(REFUSALS) else f"`{text}`"
