"""Who is affected, as a page: the flow of decisions, what changes how often, whose answers and why."""

import re
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from engine.amendment.effects import Effect
from engine.amendment.impact import Impact, Shift, Side
from engine.amendment.words import Kind
from engine.reference.judge import DECISIONS
from engine.report.flow import flow_picture

HEADINGS: dict[Kind, str] = {
    "decision": "Decisions",
    "criterion": "Criteria",
    "deviation": "Deviations",
    "switch": "Switches",
    "response": "Responses",
    "endpoint": "Endpoints",
    "event": "Events",
    "population": "Populations",
}
MOST_LISTED = 300
"""Of answers that change alike, so many are listed; `--format csv` has them all."""

MOST_OPEN = 20
"""So many patients decided otherwise are shown without being asked for."""

NAME = re.compile("`([^`]*)`")


def page(found: Impact) -> str:
    """One file that needs nothing else."""
    template = Template((files("engine.report") / "amendment_page.html").read_text("utf-8"))
    title = escape(f"Who is affected: {found.now.study.protocol.title}")
    return template.substitute(title=title, head=sides(found.was, found.now), body=section(found))


def sides(was: Side, now: Side) -> str:
    """The two studies, each on a line to cite it by."""
    return f"<dl><dt>before</dt><dd>{_side(was)}</dd><dt>after</dt><dd>{_side(now)}</dd></dl>"


def _side(side: Side) -> str:
    protocol = side.study.protocol
    words = f"{protocol.id} {protocol.version}, study fingerprint {side.study.fingerprint[:12]}"
    return f"{escape(side.spec)} <small>{escape(words)}</small>"


def section(found: Impact, level: int = 2) -> str:
    """What stands below the heading, for this page and for others that hold more."""
    about = found.about()
    engine = f"{found.patients:,} patients, data known up to {about['as_of']}, engine {about['engine']}"
    head = (verdict(found), f'<p class="about">{engine}</p>', _rules(found))
    return "\n".join(filter(None, (*head, _decisions(found, level), _answers(found, level))))


def verdict(found: Impact) -> str:
    if not found.effects:
        said = "Nothing changes for anybody: every answer is what it was."
        return f'<p class="verdict good">{said}</p>'
    whom = f"{len(found.affected):,} of {_counted(found.patients, 'patient')}"
    decided = f"{found.redecided:,} decided otherwise" if found.redecided else "no decision is another"
    return f'<p class="verdict">{_counted(len(found.effects), "answer")} of {whom} change; {decided}.</p>'


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


# ---------------------------------------------------------------------------- rules


def _rules(found: Impact) -> str:
    """What says something else, and what only one of the two has."""
    if not (found.own or found.only):
        return "<p>The two say the same of every patient: no rule, visit or figure that is read differs.</p>"
    own = ", ".join(f"<code>{escape(name)}</code>" for name in found.own)
    verb = "rests" if found.resting == 1 else "rest"
    rest = f", and {found.resting} more {verb} on them" if found.resting else ""
    lines = [f"<p>These say something else: {own}{rest}.</p>"] if own else []
    for there, words in (("before", "Only before"), ("after", "Only after")):
        names = [f"<code>{escape(o.name)}</code> {escape(o.title)}" for o in found.only if o.there == there]
        lines += [f"<p>{words}: {', '.join(names)}.</p>"] if names else []
    return "\n".join(lines)


# ------------------------------------------------------------------------ decisions


def _decisions(found: Impact, level: int) -> str:
    order = tuple(DECISIONS.values())
    words = "; ".join(f"{count} {was} before, {now} after" for (was, now), count in found.flow.items())
    rows = "".join(
        f'<tr class="{"stays" if was == now else "goes"}"><th scope="row">{was}</th><td>{now}</td>'
        f'<td class="number">{count:,}</td></tr>'
        for (was, now), count in found.flow.items()
    )
    heads = (
        '<th scope="col">before</th><th scope="col">after</th><th scope="col" class="number">patients</th>'
    )
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    picture = flow_picture(found.flow, order, words)
    return f'{heading(level, "Decisions, before and after")}<div class="beside">{picture}{table}</div>'


# -------------------------------------------------------------------------- answers


def _answers(found: Impact, level: int) -> str:
    if not found.effects:
        return ""
    titles = _titles(found)
    by_shift: dict[tuple[str, ...], list[Effect]] = {_key(shift): [] for shift in found.shifts}
    for effect in found.effects:
        by_shift[_key(effect)].append(effect)
    choose = '<p class="choose"><label>only with the words <input type="search" id="words"></label></p>'
    groups = groupby(found.shifts, key=lambda shift: shift.kind)
    parts = [heading(level, "Answers that change"), choose]
    for kind, shifts in groups:
        parts += [heading(level + 1, HEADINGS[kind])]
        parts += [_shift(shift, by_shift[_key(shift)], titles) for shift in shifts]
    return "\n".join(parts)


def _key(one: Shift | Effect) -> tuple[str, ...]:
    return one.kind, one.rule, one.before, one.after


def _titles(found: Impact) -> dict[str, str]:
    titles: dict[str, str] = {}
    for study in (found.was.study, found.now.study):
        titles |= {name: linked.rule.title for name, linked in study.rules.items()}
        titles |= {name: endpoint.title for name, endpoint in study.protocol.endpoints.items()}
    return titles


def heading(level: int, words: str) -> str:
    return f"<h{level}>{escape(words)}</h{level}>"


def _shift(shift: Shift, effects: Sequence[Effect], titles: dict[str, str]) -> str:
    rule = f"<code>{escape(shift.rule)}</code> {escape(titles.get(shift.rule, ''))}: " if shift.rule else ""
    many = f", {_counted(shift.answers, 'answer')}" if shift.answers != shift.patients else ""
    way = f"{escape(shift.before)} → <strong>{escape(shift.after)}</strong>"
    head = f"<summary>{rule}{way} <small>{_counted(shift.patients, 'patient')}{many}</small></summary>"
    opened = " open" if shift.kind == "decision" and len(effects) <= MOST_OPEN else ""
    return f'<details class="answers"{opened}>{head}{_who(effects)}</details>'


def _who(effects: Sequence[Effect]) -> str:
    """The patients; what an answer is about has a column where that is not always the patient."""
    more = len(effects) - MOST_LISTED
    left_out = f"<p>and {more:,} more: <code>--format csv</code> has them all</p>" if more > 0 else ""
    is_about = any(effect.about != "patient" for effect in effects)
    names = ("patient", "about", "because") if is_about else ("patient", "because")
    heads = "".join(f'<th scope="col">{name}</th>' for name in names)
    rows = "".join(_row(effect, is_about) for effect in effects[:MOST_LISTED])
    return f'<table class="who"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{left_out}'


def _row(effect: Effect, is_about: bool) -> str:
    about = f"<td>{escape(effect.about)}</td>" if is_about else ""
    return f'<tr><th scope="row">{escape(effect.patient)}</th>{about}<td>{in_code(effect.reason)}</td></tr>'


def in_code(words: str) -> str:
    """Words with the names in them set apart."""
    return NAME.sub(r"<code>\1</code>", escape(words))
