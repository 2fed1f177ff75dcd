"""An amendment for those who are to approve it: one page with its reason, its effect and its cases.

Parts that other pages hold as well, such as what changes and what is proved of
it, are handed in as they stand there.
"""

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template
from typing import NamedTuple

from engine.amendment.review import CaseRun, Failure, Review, Untried
from engine.report.impact_page import in_code, section, sides
from engine.study.model import Amendment


class Part(NamedTuple):
    """A section of the page: its heading, and what stands below it."""

    heading: str
    body: str


def page(found: Review, changes: Part | None = None, proof: Part | None = None) -> str:
    """One file that needs nothing else."""
    template = Template((files("engine.report") / "amendment_page.html").read_text("utf-8"))
    parts = (
        changes,
        Part("Who is affected", section(found.impact, 3)),
        proof,
        Part("New cases needed", _untried(found.untried)),
        Part("The cases on both versions", _tested(found)),
    )
    shown = [part for part in parts if part is not None]
    title = found.amendment.title if found.amendment else found.impact.now.study.protocol.title
    head = f"{_amendment(found)}{_contents(shown)}"
    return template.substitute(
        title=escape(f"Review: {title}"), head=head, body="\n".join(map(_section, shown))
    )


def _contents(parts: Sequence[Part]) -> str:
    items = "".join(f'<li><a href="#{_anchor(part)}">{escape(part.heading)}</a></li>' for part in parts)
    return f"<nav><ul>{items}</ul></nav>"


def _section(part: Part) -> str:
    return f'<section id="{_anchor(part)}"><h2>{escape(part.heading)}</h2>{part.body}</section>'


def _anchor(part: Part) -> str:
    return part.heading.lower().replace(" ", "-")


def _amendment(found: Review) -> str:
    said = "" if found.amendment is None else "".join(_said(found.amendment))
    return (f"<dl>{said}</dl>" if said else "") + sides(found.impact.was, found.impact.now)


def _said(amendment: Amendment) -> Iterator[str]:
    rows = {
        "amendment": amendment.id,
        "status": amendment.status,
        "amends": amendment.amends or "",
        "by": amendment.author_role or "",
        "reason": " ".join(amendment.reason.split()),
    }
    return (f"<dt>{name}</dt><dd>{escape(words)}</dd>" for name, words in rows.items() if words)


# ---------------------------------------------------------------------------- cases


def _untried(found: Sequence[Untried]) -> str:
    if not found:
        said = "Each boundary of the rules that say something else is tried by a case on both of its sides."
        return f"<p>{said}</p>"
    groups = groupby(found, key=lambda one: (one.rule, one.place, one.boundary))
    items = "".join(_boundary(key, list(some)) for key, some in groups)
    said = "Nobody has tried these. The answer in a case is what the rule says; hold it against the protocol."
    return f"<p>{said}</p>{items}"


def _boundary(key: tuple[str, str, str], sides_of_it: Sequence[Untried]) -> str:
    rule, place, words = key
    items = "".join(f"<li>{escape(one.side)}{_case(one)}</li>" for one in sides_of_it)
    head = f"<code>{escape(rule)}</code> {in_code(words)} <small>{escape(place)}</small>"
    return f"<h3>{head}</h3><ul>{items}</ul>"


def _case(one: Untried) -> str:
    return ": no patient was found" if one.case is None else f"<pre>{escape(one.case)}</pre>"


def _tested(found: Review) -> str:
    before = _run("Before", found.before, "These fail already, before anything is amended.")
    after = "Each of these needs a decision: the case was right until now, or the amendment is wrong."
    return before + _run("After", found.after, after)


def _run(heading: str, tested: CaseRun, failing: str) -> str:
    head = f"<h3>{heading}</h3>{_unread(tested.unread)}"
    if not tested.failures:
        kind, said = ("bad", "none fails") if tested.unread else ("good", "all as expected")
        return f'{head}<p class="{kind}">{tested.cases:,} cases: {said}.</p>'
    verb = "fails" if len(tested.failures) == 1 else "fail"
    count = f'<p class="bad">{tested.cases:,} cases: {len(tested.failures):,} {verb}. {failing}</p>'
    return head + count + _failures(tested.failures)


def _unread(lines: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<p class="bad">Some cases cannot be read by this version.</p><ul>{items}</ul>' if items else ""


def _failures(failures: Sequence[Failure]) -> str:
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("asks", "case", "found"))
    rows = "".join(map(_failure, failures))
    return f'<table class="who cases"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _failure(one: Failure) -> str:
    case = f"{escape(one.name)}<br><small>{escape(one.place)}</small>"
    return f'<tr><th scope="row">{escape(one.about)}</th><td>{case}</td><td>{in_code(one.problem)}</td></tr>'
