"""The command that prints rules in plain English beside the protocol's words."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import zip_longest
from textwrap import TextWrapper

from engine import tasks
from engine.authoring.reading import FigureRead, Reading, reading, readings, sentence
from engine.command.exits import FINE, UNUSABLE
from engine.command.opening import open_study
from engine.command.screen import Screen
from engine.source.render import safe

Given = argparse.Namespace

TEXT_WIDTH = 100
GAP = "  |  "
INDENT = "  "
NO_WORDS = "(no words of the protocol)"


def read(given: Given, screen: Screen) -> int:
    """One rule with what it uses, or every rule in the order of the protocol."""
    study = open_study(given, screen)
    if study is None:
        return UNUSABLE
    if given.rule is None and given.deep:
        return screen.error("--deep says how far one rule is followed: name a rule")
    if given.rule is not None:
        refusal = tasks.not_asked(study, given.rule, None)
        if refusal:
            return screen.error(refusal)
    found = readings(study) if given.rule is None else (reading(study, given.rule, given.deep),)
    if given.format == "json":
        shown = [_document(one) for one in found]
        screen.data(json.dumps(shown if given.rule is None else shown[0], ensure_ascii=False, indent=1))
        return FINE
    width = screen.width if given.format == "table" else TEXT_WIDTH
    pages = ("\n".join(_page(one, width, given.format == "table")) for one in found)
    screen.text("\n\n".join(pages))
    return FINE


def _page(one: Reading, width: int, side_by_side: bool) -> Iterator[str]:
    """A rule, and below it those it uses."""
    yield from _rule(one, width, side_by_side)
    if one.uses:
        yield ""
        yield "It uses"
        for used in one.uses:
            yield ""
            yield from (f"{INDENT}{line}" for line in _rule(used, width - len(INDENT), False))


def _rule(one: Reading, width: int, side_by_side: bool) -> Iterator[str]:
    part = f", part of {one.part_of}" if one.part_of else ""
    yield from _folded([f"{one.id}: {one.title} ({one.kind.lower()}{part})"], width)
    words, said = _words(one), list(_english(one))
    if side_by_side:
        yield from _beside(words, said, width)
    else:
        yield from (f"{INDENT}{line}" for line in _folded(words, width - 2) if one.text or one.source)
        yield from (f"{INDENT}{line}" for line in _folded(said, width - 2))
    for heading, lines in _more(one):
        yield from _folded([f"{INDENT}{heading}", *(f"{INDENT * 2}{line}" for line in lines)], width)


def _words(one: Reading) -> list[str]:
    """The protocol's side."""
    quoted = f'"{one.text}"' if one.text else NO_WORDS
    lines = ["The protocol says", f"{INDENT}{quoted}"]
    return lines + ([f"{INDENT}source: {one.source}"] if one.source else [])


def _english(one: Reading) -> Iterator[str]:
    """The rule's side."""
    yield f"The rule says, {one.asked[0].lower()}{one.asked[1:]}"
    for said in one.said:
        first, *rest = said.lines
        yield f"{INDENT}{said.lead} {first.words}"
        yield from (f"{INDENT * (line.depth + 1)}{'- ' * line.item}{line.words}" for line in rest)


def _more(one: Reading) -> Iterator[tuple[str, list[str]]]:
    if one.note:
        yield "How it was read", [one.note]
    if one.figures:
        yield "Figures", [line for figure in one.figures for line in _figure(figure)]
    if one.data:
        yield "Recorded as", [f"{name}: {what}" for name, what in one.data]
    if one.units:
        yield "Units", [f"{symbol}: {words}" for symbol, words in one.units]


def _figure(figure: FigureRead) -> Iterator[str]:
    source = f"; {figure.source}" if figure.source else ""
    yield f"{figure.name} = {figure.value} ({figure.status}{source})"
    yield f"{INDENT}{figure.title}"
    if figure.ground:
        yield f"{INDENT}{'question' if figure.status == 'query' else 'ground'}: {figure.ground}"


# ------------------------------------------------------------------------ layout


def _beside(left: Sequence[str], right: Sequence[str], width: int) -> Iterator[str]:
    """Two texts side by side, the right one a little wider; on a narrow screen one below the other."""
    room = width - len(GAP) - len(INDENT)
    if room < 60:
        yield from (f"{INDENT}{line}" for line in _folded([*left, *right], width - 2))
        return
    one = room * 2 // 5
    columns = (_folded(left, one), _folded(right, room - one))
    for words, said in zip_longest(*columns, fillvalue=""):
        yield f"{INDENT}{words:<{one}}{GAP}{said}".rstrip()


def _folded(lines: Sequence[str], width: int) -> list[str]:
    """Lines no longer than a width, what goes on below set in under its start."""
    return [part for line in lines for part in _parts(safe(line), width)]


def _parts(line: str, width: int) -> list[str]:
    words = line.lstrip(" ")
    gap = " " * (len(line) - len(words))
    wrapper = TextWrapper(width, gap, gap + INDENT, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(words) or [""]


def _document(one: Reading) -> dict[str, object]:
    """All of it for a program, each expression in one sentence as well."""
    uses = [_document(used) for used in one.uses]
    return {**asdict(one), "english": [sentence(said) for said in one.said], "uses": uses}
