"""One named mapping of a file, read without fear.

The schema has said what is missing or misshapen; here that simply reads as
nothing, so that the rest of a study can be looked at all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from engine.source.place import Span
from engine.source.tree import Mapping, Scalar, Sequence, Tree

Word = TypeVar("Word")


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with what stands under it."""

    key: Scalar
    tree: Tree

    @property
    def name(self) -> str:
        return self.key.text

    @property
    def at(self) -> Span:
        return self.key.at

    def find(self, key: str) -> Tree | None:
        return self.tree.find(key) if isinstance(self.tree, Mapping) else None

    def scalar(self, key: str) -> Scalar | None:
        found = self.find(key)
        return found if isinstance(found, Scalar) and found.value is not None else None

    def text(self, key: str) -> str | None:
        found = self.scalar(key)
        return found.text.strip() if found else None

    def words(self, key: str) -> str:
        """Text that the schema asks for."""
        return self.text(key) or ""

    def number(self, key: str) -> Decimal | None:
        return number_in(self.scalar(key))

    def choice(self, key: str, words: tuple[Word, ...]) -> Word | None:
        """One of a few words."""
        text = self.text(key)
        return next((word for word in words if word == text), None)

    def items(self, key: str) -> tuple[Tree, ...]:
        found = self.find(key)
        return found.items if isinstance(found, Sequence) else ()

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """The leaves of a list; a leaf that stands alone is a list of one."""
        alone = self.scalar(key)
        return (alone,) if alone else tuple(item for item in self.items(key) if isinstance(item, Scalar))

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(item.text.strip() for item in self.scalars(key))

    def inner(self, key: str) -> "Entry | None":
        """A mapping inside this one."""
        return next((entry for entry in entries_of(self.tree) if entry.name == key), None)

    def entries(self, key: str) -> "tuple[Entry, ...]":
        return tuple(entries_of(self.find(key)))

    def table(self) -> dict[str, str]:
        """All of it as texts."""
        return {entry.name: self.words(entry.name) for entry in entries_of(self.tree)}


def entries_of(tree: Tree | None) -> Iterator[Entry]:
    """What a mapping holds, entry by entry."""
    if isinstance(tree, Mapping):
        yield from (Entry(key, value) for key, value in tree.entries)


def number_in(tree: Tree | None) -> Decimal | None:
    match tree:
        case Scalar(value=bool()):
            return None
        case Scalar(value=int() | Decimal() as value):
            return Decimal(value)
        case _:
            return None
