"""Two versions of a study as a page: what is otherwise side by side, and whom that lets in or out."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from engine.amendment.diff import Aspect, Change, Difference
from engine.amendment.model import Compared, Somebody, Way
from engine.amendment.wording import LOOKED_FOR, patient_words, relation_words, summary
from engine.logic.bound import BOUND
from engine.study.linked import Study

NAME = re.compile("`([^`]*)`")
WORD = re.compile(r"\S+|\s+")
CLASSES = {"not decided": "undecided"}


def page(found: Difference) -> str:
    """One file that needs nothing else."""
    template = Template((files("engine.report") / "change_page.html").read_text("utf-8"))
    return template.substitute(
        title=escape(found.pair.written.protocol.title),
        before=_version(found.pair.before),
        after=_version(found.pair.written),
        summary=f"<p><strong>{escape(summary(found))}</strong></p>",
        answers="\n".join(_answers(found)),
        sections="\n".join(_sections(found)),
    )


def _version(study: Study) -> str:
    protocol = study.protocol
    return escape(f"{protocol.id} {protocol.version}, study fingerprint {study.fingerprint[:12]}")


# ---------------------------------------------------------------------- answers


def _answers(found: Difference) -> Iterator[str]:
    """The rules that answer otherwise or may, each with a patient for whom it does."""
    if not found.compared:
        return
    yield f"<section><h2>Answers</h2><p class='about'>Proved {escape(BOUND)}.</p>"
    yield from (_rule(found.pair.before, one) for one in found.differing)
    equal = [f"<code>{escape(one.now)}</code>" for one in found.compared if one.relation == "equal"]
    if equal:
        yield f"<p>Proved equal, though something below them is otherwise: {', '.join(equal)}.</p>"
    yield "</section>"


def _rule(study: Study, one: Compared) -> str:
    linked = study.rules.get(one.rule)
    title = escape(linked.rule.title) if linked else ""
    kind = f'<span class="kind {CLASSES.get(one.relation, one.relation)}">{one.relation}</span>'
    head = f"<h3><code>{escape(one.now)}</code> {title} {kind}</h3>"
    patients = "".join(_patient(way, patient) for way, patient in one.patients)
    return f"<article>{head}<p>{_marked(relation_words(study, one))}</p>{patients}</article>"


def _patient(way: Way, found: Somebody) -> str:
    visit = f" at {found.case.visit}" if found.case.visit else ""
    answers = f"{found.before} before, {found.after} now"
    told = patient_words(found) if found.text is None else ""
    case = "" if found.text is None else f"<pre>{escape(found.text)}</pre>"
    said = f"{LOOKED_FOR[way]}{visit}: <strong>{escape(answers)}</strong> {escape(told)}"
    return f'<p class="way">{said}</p>{case}'


# --------------------------------------------------------------------- sections


def _sections(found: Difference) -> Iterator[str]:
    for section, changes in groupby(found.changes, lambda change: change.section):
        yield f"<section><h2>{escape(section.capitalize())}</h2>"
        yield from map(_change, changes)
        yield "</section>"


def _change(change: Change) -> str:
    was = f" <small>was <code>{escape(change.was_called)}</code></small>" if change.was_called else ""
    kind = f'<span class="kind {change.kind}">{change.kind}</span>'
    head = f"<h3><code>{escape(change.name)}</code> {escape(change.title)} {kind}{was}</h3>"
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("", "before", "after"))
    rows = "".join(map(_aspect, change.aspects))
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    return f"<article>{head}{table}</article>"


def _aspect(one: Aspect) -> str:
    before, after = _side_by_side(one.before or "", one.after or "")
    words = ' class="words"' if one.is_words else ""
    cells = f'<td data-label="before">{before}</td><td data-label="after">{after}</td>'
    return f'<tr{words}><th scope="row">{escape(one.what)}</th>{cells}</tr>'


def _side_by_side(before: str, after: str) -> tuple[str, str]:
    """Two texts, with the words that one has alone marked in each."""
    was, is_ = WORD.findall(before), WORD.findall(after)
    left, right = list[str](), list[str]()
    for same, start, end, first, last in SequenceMatcher(None, was, is_, autojunk=False).get_opcodes():
        gone, come = _marked("".join(was[start:end])), _marked("".join(is_[first:last]))
        left.append(gone if same == "equal" or not gone else f"<del>{gone}</del>")
        right.append(come if same == "equal" or not come else f"<ins>{come}</ins>")
    return "".join(left), "".join(right)


def _marked(text: str) -> str:
    return NAME.sub(r"<code>\1</code>", escape(text))
