"""When a part of a rule is looked at at all, and what it gives there.

The interpreter stops where an answer is settled: an `and` at the first part that
is false. A part inside a selection is looked at for each record that may count.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.language.core import Call, Core, Select
from engine.language.walk import parts
from engine.logic.finding import View, candidates
from engine.logic.reading import Reading
from engine.logic.terms import Bool, every, no


@dataclass(frozen=True, slots=True)
class Met:
    """A part where it is looked at: when that is, and what is in view there."""

    core: Core
    view: View
    when: Bool


def met(reading: Reading, core: Core, path: tuple[int, ...], view: View) -> Iterator[Met]:
    """The part at a path, once for each record or visit that it may be looked at for."""
    found = [Met(core, view, True)]
    for step in path:
        found = [inner for one in found for inner in _below(reading, one, step)]
    yield from found


def _below(reading: Reading, outer: Met, step: int) -> Iterator[Met]:
    part = parts(outer.core)[step]
    match outer.core:
        case Call(operator, args):
            when = _looked_at(reading, operator, args[:step], outer.view)
            yield Met(part, outer.view, every(outer.when, when))
        case Select(source=source):
            bounds = len(parts(outer.core)) - 1 - (source.where is not None)
            if step < bounds:
                yield replace(outer, core=part)
            else:
                yield from _of_each(reading, outer, part)
        case _:
            raise AssertionError(outer.core)


def _looked_at(reading: Reading, operator: str, before: tuple[Core, ...], view: View) -> Bool:
    """Whether the parts before leave an answer open."""
    answers = [reading.answer(part, view) for part in before]
    match operator:
        case "and":
            return every(*(no(one.no) for one in answers))
        case "or":
            return every(*(no(one.yes) for one in answers))
        case "if" if answers:
            return no(answers[0].no if len(before) == 1 else answers[0].yes)
        case "if_known":
            return every(*(no(one.known) for one in answers))
        case _:
            return True


def _of_each(reading: Reading, outer: Met, part: Core) -> Iterator[Met]:
    """A filter is asked of what may be in the period, an element of what may be through it as well."""
    assert isinstance(outer.core, Select)
    source = outer.core.source
    for one in candidates(reading, source, outer.view):
        there = one if part is source.where else one.through(reading, source.where)
        yield Met(part, there.view, every(outer.when, there.possible))
