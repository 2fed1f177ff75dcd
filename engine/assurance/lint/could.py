"""All that a value could be: outcomes, an interval, codes, or some day.

`unknown` says that it may be missing, or a condition unknown. A value known in
part (`<0.15`, `2024-03`) needs nothing of its own: a rule decides on it only
where each of its possibilities, and so each that is counted here, agrees.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from engine.assurance.lint.intervals import Interval, hull
from engine.language.types import Code, CodeSet, Day, Number, Truth, Type
from engine.language.values import Value


@dataclass(frozen=True, slots=True)
class Outcomes:
    values: frozenset[bool]
    unknown: bool = True

    @property
    def all(self) -> frozenset[bool | None]:
        """True, false and unknown, as far as they can be."""
        return self.values | ({None} if self.unknown else set())


@dataclass(frozen=True, slots=True)
class Codes:
    codes: frozenset[str]
    unknown: bool = True


@dataclass(frozen=True, slots=True)
class SomeDay:
    unknown: bool = True


Could = Outcomes | Interval | Codes | SomeDay
EITHER = frozenset((True, False))


def anything(type_: Type) -> Could:
    """Whatever a type allows."""
    match type_:
        case Truth():
            return Outcomes(EITHER)
        case Day():
            return SomeDay()
        case Code(codes=codes) | CodeSet(of=Code(codes=codes)):
            return Codes(frozenset(codes))
        case Number():
            return Interval()


def just(value: Value | frozenset[str], type_: Type) -> Could:
    """One value that is written down."""
    match value:
        case bool():
            return Outcomes(frozenset((value,)), unknown=False)
        case frozenset():
            return Codes(value, unknown=False)
        case str():
            return Codes(frozenset((value,)), unknown=False)
        case Decimal():
            return Interval(Fraction(value), Fraction(value), unknown=False)
        case int():
            return SomeDay(unknown=False)
        case _:
            return anything(type_)


def either(a: Could, b: Could) -> Could:
    """One of two; they are of one kind, as the types were checked."""
    unknown = a.unknown or b.unknown
    match a, b:
        case Outcomes(), Outcomes():
            return Outcomes(a.values | b.values, unknown)
        case Interval(), Interval():
            return hull(a, b)
        case Codes(), Codes():
            return Codes(a.codes | b.codes, unknown)
        case _:
            return SomeDay(unknown)


def doubted(a: Could) -> Could:
    """The same, or missing."""
    return replace(a, unknown=True)


def known(a: Could) -> Could:
    """The same where it is known."""
    return replace(a, unknown=False)
