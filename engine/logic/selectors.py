"""What each selector means to the solver over the records of a bounded history.

A record is `sure` to be in the series, or `maybe`; so the same care is taken as
in the meaning: an answer is known only where it is the same either way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.language.values import FIRST_DAY
from engine.logic import amounts, terms
from engine.logic.amounts import Amount
from engine.logic.answers import (
    UNKNOWN,
    Answer,
    Range,
    Truth,
    joined,
    known,
    nothing_like,
    picked,
    point,
)
from engine.logic.operators import higher, plus, scaled
from engine.logic.refusal import Refused
from engine.logic.terms import Bool, Int, every, implies, no, some


@dataclass(frozen=True, slots=True)
class Looked:
    """A record in doubt or not, its day, and what is looked at in it."""

    sure: Bool
    maybe: Bool
    start: Range
    value: Answer

    @property
    def possible(self) -> Bool:
        return some(self.sure, self.maybe)


@dataclass(frozen=True, slots=True)
class Found:
    """A series; what the flags mean stands with the meaning of selectors."""

    records: Sequence[Looked]
    none_known: Bool
    exact: bool = True
    open_ended: Bool = False
    target: Range | None = None
    own_day: bool = False
    nothing: Truth | None = None

    @property
    def some_sure(self) -> Bool:
        return some(*(one.sure for one in self.records))

    @property
    def some_maybe(self) -> Bool:
        return some(*(one.maybe for one in self.records))


_NOT_YET: Bool = False
"""Whether a record that counts has been met, before the first is looked at."""

Selector = Callable[[Found, Answer], Answer]
"""The series, and a missing value of the kind that is looked at."""


# ------------------------------------------------------------------ any, every


def any_of(found: Found, _: Answer) -> Truth:
    yes = some(*(every(one.sure, _truth(one).yes) for one in found.records))
    settled = every(found.none_known, no(found.open_ended))
    return Truth(yes, every(settled, *(implies(one.possible, _truth(one).no) for one in found.records)))


def each(found: Found, _: Answer) -> Truth:
    not_ = some(*(every(one.sure, _truth(one).no) for one in found.records))
    settled = every(found.none_known, no(found.open_ended))
    return Truth(every(settled, *(implies(one.possible, _truth(one).yes) for one in found.records)), not_)


def _truth(one: Looked) -> Truth:
    assert isinstance(one.value, Truth)
    return one.value


def _range(one: Looked) -> Range:
    assert isinstance(one.value, Range)
    return one.value


# --------------------------------------------------------------------- numbers


def number_of(found: Found, _: Answer) -> Range:
    least = Amount(terms.counted(one.sure for one in found.records))
    most = Amount(terms.counted(one.possible for one in found.records))
    return Range(found.none_known, least, most, False, found.open_ended)


def total(found: Found, _: Answer) -> Range:
    """Each sure value, and what a doubtful one may add."""
    zero = point(amounts.ZERO)
    values = [implies(one.possible, _range(one).known) for one in found.records]
    summed = zero
    for one in found.records:
        added = picked(one.sure, _range(one), picked(one.maybe, _with_zero(_range(one)), zero))
        summed = plus(summed, added)  # type: ignore[arg-type]
    return replace(summed, known=every(found.none_known, no(found.open_ended), *values))


def _with_zero(a: Range) -> Range:
    low, high = amounts.lesser(a.low, amounts.ZERO), amounts.greater(a.high, amounts.ZERO)
    return replace(a, low=low, high=high)


def mean(found: Found, nothing: Answer) -> Range:
    """Of a settled series the sum shared out; of one in doubt, somewhere among all its values."""
    count = terms.counted(one.sure for one in found.records)
    summed = total(replace(found, none_known=True), nothing)
    shared = nothing
    for number in range(1, len(found.records) + 1):
        part = scaled(summed, Fraction(1, number))
        shared = picked(terms.same(count, number), part, shared)
    possible = [(one.possible, _range(one)) for one in found.records]
    spread = _among(possible, nothing)
    result = picked(found.some_maybe, spread, shared)
    assert isinstance(result, Range)
    values = [implies(one.possible, _range(one).known) for one in found.records]
    return replace(result, known=every(found.some_sure, no(found.open_ended), *values))


def _among(values: Sequence[tuple[Bool, Range]], nothing: Answer) -> Answer:
    """From the lowest to the highest of those that count."""
    found: Answer = nothing
    has = _NOT_YET
    for counts, value in values:
        both = picked(has, joined((found, value)) if has is not False else value, value)
        found, has = picked(counts, both, found), some(has, counts)
    return found


def median(_: Found, __: Answer) -> Answer:
    raise Refused("median", "it has no linear terms")


def highest(found: Found, nothing: Answer) -> Answer:
    return _extreme(found, nothing, higher)


def lowest(found: Found, nothing: Answer) -> Answer:
    assert isinstance(nothing, Range)
    turned = [replace(one, value=_turned(_range(one))) for one in found.records]
    result = _extreme(replace(found, records=turned), _turned(nothing), higher)
    return _turned(result)


def _turned(a: Range) -> Range:
    return Range(a.known, amounts.minus(a.high), amounts.minus(a.low), a.no_high, a.no_low)


def _extreme(found: Found, nothing: Answer, further: Callable[[Range, Range], Range]) -> Range:
    """The furthest of the sure values, or as far as a doubtful or unknown one may go."""
    furthest, has = nothing, _NOT_YET
    for one in found.records:
        counts = every(one.sure, known(one.value))
        both = picked(has, further(furthest, _range(one)), one.value) if has is not False else one.value  # type: ignore[arg-type]
        furthest, has = picked(counts, both, furthest), some(has, counts)
    assert isinstance(furthest, Range)
    high, no_high = furthest.high, furthest.no_high
    for one in found.records:
        counts = every(one.maybe, known(one.value))
        high = amounts.choose(counts, amounts.greater(high, _range(one).high), high)
        no_high = some(no_high, every(counts, _range(one).no_high))
    blank = some(found.open_ended, *(every(one.possible, no(known(one.value))) for one in found.records))
    return Range(has, furthest.low, high, furthest.no_low, some(no_high, blank))


# ------------------------------------------------------------------ first, last


def first(found: Found, nothing: Answer) -> Answer:
    return _outermost(found, nothing, last=False)


def last(found: Found, nothing: Answer) -> Answer:
    result = _outermost(found, nothing, last=True)
    return picked(found.open_ended, nothing_like(result), result)


def _outermost(found: Found, nothing: Answer, last: bool) -> Answer:
    """What the records beyond which no sure one certainly lies have in common."""
    edge = _edge(found, last)
    candidates = [(every(one.possible, _reaches(one, edge, last)), one) for one in found.records]
    if found.own_day:
        result: Answer = _outermost_day(candidates, edge, last)
    else:
        result = _common([(counts, one.value) for counts, one in candidates], nothing)
    return _or_nothing(found, result)


def _or_nothing(found: Found, result: Answer) -> Answer:
    of_none: Answer = nothing_like(result)
    if found.nothing is not None:
        of_none = picked(found.some_maybe, UNKNOWN, found.nothing)
    return picked(found.some_sure, result, of_none)


def _edge(found: Found, last: bool) -> Amount:
    """The nearer end of the outermost sure record."""
    edge, has = Amount(FIRST_DAY), _NOT_YET
    for one in found.records:
        day = one.start.low if last else one.start.high
        further = (amounts.greater if last else amounts.lesser)(edge, day)
        edge = amounts.choose(one.sure, amounts.choose(has, further, day), edge)
        has = some(has, one.sure)
    return edge


def _reaches(one: Looked, edge: Amount, last: bool) -> Bool:
    return amounts.at_most(edge, one.start.high) if last else amounts.at_most(one.start.low, edge)


def _outermost_day(candidates: Sequence[tuple[Bool, Looked]], edge: Amount, last: bool) -> Range:
    """The first day of several is no later than that of any sure record, wherever the others lie."""
    far = edge
    for counts, one in candidates:
        end = one.start.high if last else one.start.low
        further = (amounts.greater if last else amounts.lesser)(far, end)
        far = amounts.choose(counts, further, far)
    return Range(True, edge, far) if last else Range(True, far, edge)


def _common(values: Sequence[tuple[Bool, Answer]], nothing: Answer) -> Answer:
    """What all of those that count share; missing if none does."""
    found, has = nothing_like(nothing), _NOT_YET
    for counts, value in values:
        both = value if has is False else picked(has, joined((found, value)), value)
        found, has = picked(counts, both, found), some(has, counts)
    return found


# --------------------------------------------------------------------- nearest


def nearest(found: Found, nothing: Answer) -> Answer:
    """The value nearest to the target; where all is certain, a tie goes to the later day."""
    target = found.target
    assert target is not None
    strict = every(found.exact, no(found.some_maybe), target.is_point)
    certain, closest = _nearest_of_all(found, target), _least_furthest(found, target)
    values = [
        (
            terms.whether(strict, every(one.sure, alone), every(one.possible, _near(one, target, closest))),
            one.value,
        )
        for one, alone in zip(found.records, certain, strict=True)
    ]
    result = _common(values, nothing)
    single = every(no(found.some_maybe), terms.same(terms.counted(one.sure for one in found.records), 1))
    only = _common([(one.sure, one.value) for one in found.records], nothing)
    result = picked(single, only, result)
    return _or_nothing(found, picked(target.known, result, nothing_like(result)))


def _nearest_of_all(found: Found, target: Range) -> list[Bool]:
    """Of each record whether it is the nearest sure one."""
    keys = [_key(one, target) for one in found.records]
    least = _least(list(zip((one.sure for one in found.records), keys, strict=True)))
    return [terms.same(key, least) for key in keys]


def _key(one: Looked, target: Range) -> Int:
    """The distance in days; of two the same, the later day is less."""
    apart = terms.plus(one.start.low.term, terms.minus(target.low.term))
    earlier = terms.choose(terms.below(apart, 0), 1, 0)
    return terms.plus(terms.by(terms.size(apart), 2), earlier)


def _least(values: Sequence[tuple[Bool, Int]]) -> Int:
    found: Int = 0
    has = _NOT_YET
    for counts, value in values:
        found = terms.choose(counts, terms.choose(has, terms.lesser(found, value), value), found)
        has = some(has, counts)
    return found


def _least_furthest(found: Found, target: Range) -> Int:
    return _least([(one.sure, _furthest(one, target)) for one in found.records])


def _furthest(one: Looked, target: Range) -> Int:
    return terms.greater(
        terms.plus(one.start.high.term, terms.minus(target.low.term)),
        terms.plus(target.high.term, terms.minus(one.start.low.term)),
    )


def _near(one: Looked, target: Range, closest: Int) -> Bool:
    ahead = terms.plus(one.start.low.term, terms.minus(target.high.term))
    behind = terms.plus(target.low.term, terms.minus(one.start.high.term))
    return every(terms.at_most(ahead, closest), terms.at_most(behind, closest), terms.at_most(0, closest))


SELECT: dict[str, Selector] = {
    "first": first,
    "last": last,
    "at": nearest,
    "highest": highest,
    "lowest": lowest,
    "mean": mean,
    "median": median,
    "total": total,
    "number of": number_of,
    "any": any_of,
    "every": each,
}
