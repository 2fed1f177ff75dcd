"""Who writes generated phrases: what may stand where he is, and how much may still grow."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from hypothesis import strategies as st

from engine.language import syntax as s
from tests.generative.namespace import SERIES

T = TypeVar("T")
WITH_RECORDS = tuple(name for name in SERIES if name != "attended")
"""Variables whose records rules select; attendance is read through its visit."""


@dataclass(frozen=True, slots=True)
class Author:
    """Writes phrases; `this` is the variable a rule is about, `record` the one selected.

    `write` says how a kind of phrase is written. A `steady` author leaves out
    what asks whether a value is known: such an answer may change when more
    becomes known, and must. `about` are the variables selected from.
    """

    draw: st.DrawFn
    write: Mapping[str, Callable[["Author"], s.Syntax]]
    ripe: int = 2
    is_at_visit: bool = False
    this: str | None = None
    record: str | None = None
    is_steady: bool = False
    about: tuple[str, ...] = WITH_RECORDS

    def pick(self, choices: Iterable[T]) -> T:
        return self.draw(st.sampled_from(tuple(choices)))

    def once_in(self, n: int) -> bool:
        return self.pick(range(n)) == n - 1

    def among(self, leaves: list[Callable[[], s.Syntax]], branches: list[Callable[[], s.Syntax]]) -> s.Syntax:
        """A phrase of one of these kinds: a leaf where nothing more may grow."""
        return self.pick(branches if self.ripe > 0 and not self.once_in(3) else leaves)()

    def more(self, kind: str) -> s.Syntax:
        """A part of the phrase being written."""
        return self.write[kind](self.inner)

    @property
    def inner(self) -> "Author":
        return replace(self, ripe=self.ripe - 1)

    def selecting(self, variable: str) -> "Author":
        return replace(self, record=variable, ripe=min(self.ripe - 1, 1))

    def field(self, measure: str) -> s.Syntax | None:
        """What a record in view has of this measure: the one selected, the rule's, the one before it."""
        found: list[s.Syntax] = []
        holder = self.record or self.this
        if holder is not None:
            found += [s.Name(name) for name, of in fields_of(holder).items() if of == measure]
        if self.this is not None:
            names = [name for name, of in fields_of(self.this).items() if of == measure]
            found += [s.Attribute(word, name) for word in ("this", "previous") for name in names]
        return self.pick(found) if found else None

    def some(self, names: Iterable[str]) -> list[str]:
        """Those of these variables that he writes about; all of them if he does of none."""
        every = list(names)
        return [name for name in every if name in self.about] or every


def fields_of(variable: str) -> dict[str, str]:
    """What a record holds, by measure."""
    series = SERIES[variable]
    fields = {"start": "day", **series.attributes}
    if series.kind == "episode":
        fields["end"] = "day"
    if series.value is not None:
        fields["value"] = series.value
    return fields
