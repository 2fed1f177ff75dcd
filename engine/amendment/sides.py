"""Two versions of a study under one set of names, with what of the second may answer otherwise.

Of a variable that both record, the values plausible in both are meant, and codes
of either. Where it is recorded in another unit, or two records of one day mean
something else, no patient can be held against both: nothing is proved of it then.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from engine.amendment.naming import Renamed, renamed
from engine.language.core import Program
from engine.language.slots import expressions
from engine.study.linked import Study
from engine.study.model import Attribute, Protocol, Variable
from engine.study.resting import resting

Attributes = Mapping[str, Attribute]


@dataclass(frozen=True, slots=True)
class Pair:
    """`after` with the names of `before`; `written` is how it stands in its files.

    `changed` are rules and visits with another expression of their own, `touched`
    those and all that rest on them.
    """

    before: Study
    written: Study
    after: Study
    renamed: Renamed
    changed: frozenset[str]
    touched: frozenset[str]
    both: Protocol = field(repr=False)

    @property
    def unlike(self) -> Mapping[str, str]:
        """Why no patient can be held against both: variables that mean something else now."""
        variables = self.before.protocol.variables, self.after.protocol.variables
        pairs = (
            (name, one, variables[1][name]) for name, one in variables[0].items() if name in variables[1]
        )
        said = ((name, _unlike(self, one, other)) for name, one, other in pairs)
        return {name: why for name, why in said if why is not None}

    @property
    def programs(self) -> tuple[Program, Program]:
        return self.before.program, self.after.program

    def untouched(self, name: str) -> bool:
        """Whether a rule, a visit or the baseline gives in both what it gives in either."""
        return name.partition(".")[0] not in self.touched


def pair_of(before: Study, written: Study) -> Pair:
    """Two versions side by side."""
    found = renamed(before, written)
    after = found.study(written)
    changed = frozenset(_changed(before, after))
    touched = changed | {
        name
        for study in (before, after)
        for name, below in resting(study).items()
        if not changed.isdisjoint(below)
    }
    both = joint(before.protocol, after.protocol)
    return Pair(before, written, after, found, changed, touched, both)


def _changed(before: Study, after: Study) -> Iterator[str]:
    """What has another expression, or is there in one alone."""
    said, says = expressions(before.program), expressions(after.program)
    yield from (slot.rule for slot in said.keys() | says.keys() if said.get(slot) != says.get(slot))
    if before.program.attendance != after.program.attendance:
        yield from (*before.program.visits, *after.program.visits)


# ------------------------------------------------------------------- both at once


def joint(before: Protocol, after: Protocol) -> Protocol:
    """A protocol for the patients of both: every variable of either, with what both hold plausible."""
    codelists = {
        name: {**before.codelists.get(name, {}), **after.codelists.get(name, {})}
        for name in (*before.codelists, *after.codelists)
    }
    variables = {**before.variables, **after.variables}
    shared = before.variables.keys() & after.variables.keys()
    variables |= {name: _both(before.variables[name], after.variables[name]) for name in shared}
    return replace(after, variables=variables, codelists=codelists)


def _both(one: Variable, other: Variable) -> Variable:
    attributes = {**one.attributes, **other.attributes}
    attributes |= {
        name: _narrowed(one.attributes[name], other.attributes[name])
        for name in one.attributes.keys() & other.attributes.keys()
    }
    value = None if one.value is None or other.value is None else _narrowed(one.value, other.value)
    steps = [step for step in (one.step, other.step) if step is not None]
    return replace(other, value=value, attributes=attributes, step=min(steps, default=None))


def _narrowed(one: Attribute, other: Attribute) -> Attribute:
    if one.unit != other.unit:
        return other
    return replace(other, low=_inner(max, one.low, other.low), high=_inner(min, one.high, other.high))


def _inner(pick: Callable[[list[Decimal]], Decimal], *ends: Decimal | None) -> Decimal | None:
    there = [end for end in ends if end is not None]
    return pick(there) if there else None


def _unlike(pair: Pair, one: Variable, other: Variable) -> str | None:
    """In what two declarations of a variable cannot be held beside each other."""
    if one.kind != other.kind:
        return f"`{one.name}` was of kind {one.kind}, and is of kind {other.kind}"
    if one.same_day != other.same_day:
        return f"two records of `{one.name}` on one day mean something else"
    for name, was, is_ in _described(one, other):
        if (was.content, was.unit) != (is_.content, is_.unit):
            return f"`{name}` is recorded in another unit or as something else"
        codes = pair.before.protocol.codelists, pair.after.protocol.codelists
        lists = (codes[0].get(was.codelist or "", {}), codes[1].get(is_.codelist or "", {}))
        if list(lists[0]) != list(lists[1]):
            return f"`{name}` is recorded in other codes"
    return None


def _described(one: Variable, other: Variable) -> Iterator[tuple[str, Attribute, Attribute]]:
    if one.value is not None and other.value is not None:
        yield one.name, one.value, other.value
    for name in (name for name in one.attributes if name in other.attributes):
        yield f"{one.name}.{name}", one.attributes[name], other.attributes[name]
