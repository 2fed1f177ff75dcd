"""Every node of an expression with its place in it, and the records in sight there."""

from collections.abc import Iterator
from typing import NamedTuple

from engine.assurance.lint.possible import About
from engine.language.core import Core, Records, Select
from engine.language.walk import parts

Path = tuple[int, ...]
"""The way down to a node: of each node on it, the number of the part that was taken."""


class Placed(NamedTuple):
    """A node where it stands."""

    core: Core
    path: Path
    about: About


def placed(whole: Placed) -> Iterator[Placed]:
    """A node and all below it, parents first."""
    yield whole
    for node in below(whole):
        yield from placed(node)


def below(node: Placed) -> tuple[Placed, ...]:
    """The nodes directly below one; a selection shows its parts the records it selects from."""
    core, path, about = node
    if isinstance(core, Select) and isinstance(core.source, Records):
        about = about._replace(record=core.source.variable)
    return tuple(Placed(part, (*path, number), about) for number, part in enumerate(parts(core)))
