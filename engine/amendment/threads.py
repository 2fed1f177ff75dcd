"""What each rule hangs on, as finely as one patient shows it: rules, days of visits, values at visits.

A window may move and still hold the same records; then nothing that is asked at
the visit can come out otherwise, and none of it need be asked.
"""

from collections.abc import Iterator, Mapping

from engine.language.core import BASELINE, CURRENT, Core, Records, Ref, Select, VisitAspect, VisitDay, Visits
from engine.language.slots import Slot, expressions
from engine.language.walk import nodes
from engine.study.linked import Study

Thread = str | VisitDay | Records
"""The name of a rule, a day of a visit, or the records of a variable at a visit."""

SHOWN: tuple[VisitAspect, ...] = ("day", "attended")
"""The days of a visit that are not planned but recorded, if they are."""


OF_WINDOW: tuple[VisitAspect, ...] = ("opens", "closes", "target")
OF_BASELINE: tuple[VisitAspect, ...] = ("opens", "day")


def threads(study: Study) -> Mapping[Thread, Mapping[Thread, None]]:
    """By thread, those it hangs on directly, in order."""
    found: dict[Thread, dict[Thread, None]] = {}
    for slot, core in expressions(study.program).items():
        visits = _current(study, slot, core)
        found.setdefault(thread_of(slot), {}).update(dict.fromkeys(_mentions(core, visits)))
    for visit in study.program.visits:
        for aspect in SHOWN:
            found[VisitDay(visit, aspect)] = {VisitDay(visit, "target"): None}
    for one in [one for below in found.values() for one in below if isinstance(one, Records)]:
        found[one] = dict.fromkeys(_window(str(one.visit)))
    return found


def thread_of(slot: Slot) -> Thread:
    return slot.rule if slot.part == "rule" else VisitDay(slot.name, slot.part)


def name_of(thread: Thread) -> str:
    """The rule, visit or baseline that a thread belongs to."""
    match thread:
        case VisitDay(visit):
            return visit
        case Records(visit=visit):
            return str(visit)
        case _:
            return thread


def _current(study: Study, slot: Slot, core: Core) -> tuple[str, ...]:
    """The visits that `visit` may mean in an expression."""
    linked = study.rules.get(slot.rule)
    series = (node.source for node in nodes(core) if isinstance(node, Select))
    selected = (visit for source in series if isinstance(source, Visits) for visit in source.visits)
    return tuple(dict.fromkeys([*(linked.visits if linked else ()), *selected]))


def _mentions(core: Core, current: tuple[str, ...]) -> Iterator[Thread]:
    for node in nodes(core):
        match node:
            case Ref(rule):
                yield rule
            case VisitDay(visit, aspect):
                yield from (VisitDay(one, aspect) for one in _meant(visit, current))
            case Select(source=Records(variable, kind, absent, visit=str() as visit)):
                yield from (Records(variable, kind, absent, visit=one) for one in _meant(visit, current))
            case Select(source=Visits(visits=visits)):
                yield from (VisitDay(one) for one in visits)
            case _:
                pass


def _meant(visit: str, current: tuple[str, ...]) -> tuple[str, ...]:
    return current if visit == CURRENT else (visit,)


def _window(visit: str) -> Iterator[VisitDay]:
    aspects: tuple[VisitAspect, ...] = (
        ("opens", "day") if visit == BASELINE else ("opens", "closes", "target")
    )
    return (VisitDay(visit, aspect) for aspect in aspects)
