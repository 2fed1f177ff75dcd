"""Days counted from the anchor or visit next to the one that is meant."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.assurance.mutation.model import Change, Spot
from engine.language.core import BASELINE, CURRENT, Records, Ref, Select, VisitDay, Visits
from engine.language.walk import nodes


def anchor(spot: Spot) -> Iterator[Change]:
    if _is_of_series(spot):
        return
    match spot.node:
        case Ref(rule, None) as node if rule in spot.ground.anchors:
            for other in _beside(rule, spot.ground.anchors):
                if spot.may_read(other):
                    yield Change(replace(node, rule=other), node.at)
        case Ref(rule, str() as visit) as node:
            asked = spot.ground.study.rules[rule].visits
            yield from (Change(replace(node, visit=other), node.at) for other in _visits(spot, visit, asked))
        case VisitDay(visit, aspect) as node:
            for other in _visits(spot, visit, spot.ground.visits):
                if aspect == "day" or other != BASELINE:
                    yield Change(replace(node, visit=other), node.at)
        case Select(source=Records(visit=str() as visit) as source) as node:
            for other in _visits(spot, visit, spot.ground.visits):
                yield Change(replace(node, source=replace(source, visit=other)), node.at)
        case _:
            pass


def _is_of_series(spot: Spot) -> bool:
    """Whether it is what a series of visits asks at each: nobody wrote which that is."""
    series = [one for one in spot.around if isinstance(one, Select) and isinstance(one.source, Visits)]
    asked = (part for one in series for part in (one.source.where, one.element) if part is not None)
    return any(node is spot.node for part in asked for node in nodes(part))


def _visits(spot: Spot, visit: str, asked: Sequence[str]) -> Iterator[str]:
    """The visits before and after; baseline is beside the visit that a rule is asked at, else the first."""
    if visit == CURRENT:
        beside: tuple[str, ...] = (BASELINE,) if spot.ground.study.program.baseline is not None else ()
    elif visit == BASELINE:
        beside = (CURRENT,) if spot.visits else tuple(asked[:1])
    else:
        beside = tuple(_beside(visit, asked))
    yield from (other for other in beside if other == CURRENT or spot.may_read(other))


def _beside(name: str, order: Sequence[str]) -> Iterator[str]:
    place = order.index(name)
    yield from (order[other] for other in (place - 1, place + 1) if 0 <= other < len(order))
