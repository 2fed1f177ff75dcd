"""What was written: one frozen node a phrase of the grammar, with its place.

Place is not identity, so `parse(canonical(x)) == x` can be asked.
"""

from dataclasses import dataclass, field
from typing import Literal

from engine.source.place import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """`1.0 g/d`, or a plain number; both parts as written."""

    number: str
    unit: str | None
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DateLiteral:
    text: str
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TruthLiteral:
    value: bool
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class CodeLiteral:
    """A code in quotes; a code without is a `Name` until its codelist is known."""

    code: str
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Attribute:
    """`study_drug.dose`, `previous.start`."""

    of: str
    name: str
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Codes:
    codes: tuple[CodeLiteral | Name, ...]
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Junction:
    """Two or more parts joined by `and`, or by `or`."""

    word: Literal["and", "or"]
    parts: "tuple[Syntax, ...]"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Negation:
    part: "Syntax"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Unless:
    part: "Syntax"
    exception: "Syntax"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class IfThenElse:
    condition: "Syntax"
    then: "Syntax"
    otherwise: "Syntax"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class CountOf:
    """`all of`, `any of`, `none of` or `at least` (with its `count`) of the parts."""

    word: Literal["all", "any", "none", "at least"]
    count: "Quantity | Name | None"
    parts: "tuple[Syntax, ...]"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Compare:
    sign: str
    left: "Syntax"
    right: "Syntax"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Between:
    value: "Syntax"
    low: "Syntax"
    high: "Syntax"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Member:
    value: "Syntax"
    codes: Codes | Name
    negated: bool
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Known:
    """`value is known`, or `is unknown`."""

    value: "Syntax"
    known: bool
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class IfKnown:
    value: "Syntax"
    otherwise: "Syntax"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum: each term with its sign, the first one's `+`."""

    terms: "tuple[tuple[str, Syntax], ...]"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Scaled:
    """A product: each factor with `*` or `/`, the first one's `*`."""

    factors: "tuple[tuple[str, Syntax], ...]"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Negative:
    value: "Syntax"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Raised:
    value: "Syntax"
    exponent: "Syntax"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PercentOf:
    """`85 % of X`."""

    percent: Quantity
    value: "Syntax"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FunctionCall:
    name: str
    args: "tuple[Syntax, ...]"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """`days from A to B`: whole days, months or years."""

    unit: Literal["days", "months", "years"]
    start: "Syntax"
    end: "Syntax"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class VisitAspect:
    """`target of month_3`, and the opening, closing and attendance of a visit."""

    aspect: Literal["target", "opening", "closing", "attendance"]
    visit: str
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class At:
    """A thing's value at a visit, at baseline, or (`age`) on a day."""

    thing: Name | Attribute
    visit: Name
    at: Span = field(default=NOWHERE, compare=False, repr=False)


PeriodForm = Literal["before", "up to", "after", "from", "from to", "on"]


@dataclass(frozen=True, slots=True)
class Period:
    """A period phrase; `length` makes it `in the LENGTH before/up to/after/from D`."""

    form: PeriodForm
    day: "Syntax"
    until: "Syntax | None" = None
    length: "Quantity | Name | None" = None
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Selection:
    selector: str
    thing: Name | Attribute
    where: "Syntax | None" = None
    period: Period | None = None
    has: "Syntax | None" = None
    at: Span = field(default=NOWHERE, compare=False, repr=False)


Syntax = (
    Quantity | DateLiteral | TruthLiteral | CodeLiteral | Name | Attribute | Junction | Negation | Unless
    | IfThenElse | CountOf | Compare | Between | Member | Known | IfKnown | Total | Scaled | Negative | Raised
    | PercentOf | FunctionCall | Elapsed | VisitAspect | At | Selection
)  # fmt: skip
