"""Junctions of the other word, with a part too few, or with another count."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from engine.assurance.mutation.model import Change, Spot
from engine.language.core import Call, Const, Core, Parameter, Records, Select

OTHER_WORD = {"and": "or", "or": "and"}


def junction(spot: Spot) -> Iterator[Change]:
    node = spot.node
    if isinstance(node, Call) and node.operator in OTHER_WORD:
        yield Change(replace(node, operator=OTHER_WORD[node.operator]), node.at)


def clause(spot: Spot) -> Iterator[Change]:
    """A part left out, a `not` not said, a filter not asked."""
    match spot.node:
        case Call("and" | "or") as node:
            yield from (Change(_left(node, rest), part.at, part) for part, rest in _one_less(node.args))
        case Call("at_least", (count, *inside)) as node:
            for part, rest in _one_less(tuple(inside)):
                if _number(count) <= len(rest):
                    yield Change(replace(node, args=(count, *rest)), part.at, part)
        case Call("not", (part,)) as node:
            yield Change(part, node.at)
        case Select(source=Records(where=where) as source) as node if where is not None:
            yield Change(replace(node, source=replace(source, where=None)), where.at)
        case _:
            pass


def count(spot: Spot) -> Iterator[Change]:
    match spot.node:
        case Call("at_least", (Const() | Parameter() as needed, *inside)) as node:
            for number in (_number(needed) - 1, _number(needed) + 1):
                if 1 <= number <= len(inside):
                    other = Const(Decimal(number), needed.type, needed.at)
                    yield Change(replace(node, args=(other, *inside)), needed.at)
        case _:
            pass


def _one_less(parts: tuple[Core, ...]) -> Iterator[tuple[Core, tuple[Core, ...]]]:
    for place, part in enumerate(parts):
        yield part, (*parts[:place], *parts[place + 1 :])


def _left(junction: Call, rest: tuple[Core, ...]) -> Core:
    return rest[0] if len(rest) == 1 else replace(junction, args=rest)


def _number(count: Core) -> int:
    value = count.value if isinstance(count, Const | Parameter) else None
    return int(value) if isinstance(value, Decimal) else 0
