"""Every node of a core expression, parents before their parts."""

from collections.abc import Iterator

from engine.language.core import Bound, Call, Core, Records, Select, Visits


def nodes(core: Core) -> Iterator[Core]:
    pending = [core]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(parts(node)))


def parts(core: Core) -> tuple[Core, ...]:
    """The expressions directly inside one."""
    match core:
        case Call(args=args):
            return args
        case Select(source=source, element=element):
            return (*_of_source(source), element)
        case _:
            return ()


def _of_source(source: Records | Visits) -> tuple[Core, ...]:
    bounds = () if source.period is None else (source.period.start, source.period.end)
    days = tuple(bound.day for bound in bounds if isinstance(bound, Bound))
    return days if source.where is None else (*days, source.where)
