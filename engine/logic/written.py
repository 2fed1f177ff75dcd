"""Settled values as terms: figures of the protocol, and what was recorded of one patient."""

from decimal import Decimal
from typing import Any

from engine.language.types import Code, Day, Type
from engine.language.types import Truth as TruthType
from engine.language.values import FIRST_DAY, Date, DayRange, Number, NumberRange, OneOf, Value
from engine.logic import amounts
from engine.logic.amounts import Amount
from engine.logic.answers import NO, UNKNOWN, YES, Among, Answer, Codes, Range, Truth, nothing_like, point


def nothing_of(type_: Type) -> Answer:
    """A missing value of a type."""
    match type_:
        case TruthType():
            return UNKNOWN
        case Code(codes=codes):
            return Codes(False, dict.fromkeys(codes, False))
        case Day():
            return Range(False, Amount(FIRST_DAY), Amount(FIRST_DAY))
        case _:
            return Range(False, amounts.ZERO, amounts.ZERO)


def written(value: Value | frozenset[str], type_: Type) -> Any:
    """A value that is settled: a figure of the protocol, or what was recorded."""
    match value:
        case None:
            return nothing_of(type_)
        case bool():
            return YES if value else NO
        case frozenset():
            return Among(value)
        case str() | OneOf():
            assert isinstance(type_, Code)
            possible = value.codes if isinstance(value, OneOf) else {value}
            return Codes(True, {code: code in possible for code in type_.codes})
        case _:
            return _range(value)


def _range(value: Number | Date) -> Range:
    match value:
        case int():
            return point(Amount(value))
        case DayRange(low, high):
            return Range(True, Amount(low), Amount(high))
        case Decimal() | float():
            return point(amounts.exactly(value))
        case NumberRange(low, high):
            ends = [amounts.exactly(0 if end is None else end) for end in (low, high)]
            return Range(True, ends[0], ends[1], low is None, high is None)


def like(free: Answer, value: Value) -> Answer:
    """What was recorded, in the shape of an unknown of the same kind."""
    match free:
        case _ if value is None:
            return nothing_like(free)
        case Truth():
            return YES if value else NO
        case Codes(could=codes):
            possible = value.codes if isinstance(value, OneOf) else {value}
            return Codes(True, {code: code in possible for code in codes})
        case Range():
            assert not isinstance(value, str | OneOf)
            return _range(value)
