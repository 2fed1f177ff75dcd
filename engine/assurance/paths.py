"""The nodes of an expression by the way that leads to them, and the expression with another node there.

A path says which part to take at each step down, in the order of `walk.parts`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import is_

from engine.language.core import Bound, Call, Core, Period, Records, Select, Visits
from engine.language.walk import parts

Path = tuple[int, ...]
ROOT: Path = ()


def spots(core: Core) -> Iterator[tuple[Path, Core]]:
    """Every node with its path, parents before their parts."""
    pending: list[tuple[Path, Core]] = [(ROOT, core)]
    while pending:
        path, node = pending.pop()
        yield path, node
        inside = [((*path, place), part) for place, part in enumerate(parts(node))]
        pending.extend(reversed(inside))


def along(core: Core, path: Path) -> Iterator[Core]:
    """The nodes from the whole down to the one at the path, that one included."""
    yield core
    for place in path:
        core = parts(core)[place]
        yield core


def replaced(core: Core, path: Path, node: Core) -> Core:
    """The expression with another node at the path; all that is not above it stays the very same."""
    if not path:
        return node
    inside = list(parts(core))
    inside[path[0]] = replaced(inside[path[0]], path[1:], node)
    return with_parts(core, inside)


def with_nodes(core: Core, nodes: frozenset[int], other: Core) -> Core:
    """The expression with another node where the nodes of these identities stand."""
    if id(core) in nodes:
        return other
    inside = [with_nodes(part, nodes, other) for part in parts(core)]
    return with_parts(core, inside) if inside else core


def rewritten(core: Core, node: Core, other: Core) -> Core:
    """The expression with another node wherever the written one stands; the rest is the very same."""
    if is_same(core, node):
        return other
    before = parts(core)
    after = [rewritten(part, node, other) for part in before]
    return core if all(map(is_, before, after)) else with_parts(core, after)


def is_same(one: Core, other: Core) -> bool:
    """Whether two nodes are what was written in one place."""
    return one is other or (one.at == other.at and one == other)


def with_parts(core: Core, inside: Sequence[Core]) -> Core:
    """The node with other expressions directly inside it, as many and in the order of `walk.parts`."""
    match core:
        case Call():
            return replace(core, args=tuple(inside))
        case Select(source=source):
            *around, element = inside
            return replace(core, source=_source(source, around), element=element)
        case _:
            return core


def _source(source: Records | Visits, inside: Sequence[Core]) -> Records | Visits:
    left = iter(inside)
    period = source.period
    if period is not None:
        period = Period(_bound(period.start, left), _bound(period.end, left))
    return replace(source, period=period, where=None if source.where is None else next(left))


def _bound(bound: Bound | None, left: Iterator[Core]) -> Bound | None:
    return None if bound is None else replace(bound, day=next(left))
