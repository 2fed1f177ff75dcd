"""The table of everything that can be done to values.

Each reading of the language has a table with the same names that says what the
operator does there; this one says what it takes, what it gives, what it does
with units and with unknowns, and how it is said.
"""

from dataclasses import dataclass
from typing import Literal

Takes = Literal["truth", "number", "plain", "day", "code", "codes", "ordered", "any", "span"]
Units = Literal["none", "same", "product", "quotient", "first", "plain", "days", "months", "years"]


@dataclass(frozen=True, slots=True)
class Operator:
    """One row: a name, the kinds it takes (the last repeats if `many`), what it gives.

    `units`: `same` converts all arguments to the first one's unit; `product`
    and `quotient` combine units; `first` keeps the first one's; `plain` wants
    numbers without unit. `gives` names a kind, or `same` as the arguments.
    `exact` says that exact arguments give an exact result.
    """

    name: str
    sign: str
    takes: tuple[Takes, ...]
    gives: Literal["truth", "number", "day", "same"]
    unknown: str
    english: str
    units: Units = "none"
    many: bool = False
    exact: bool = True


KLEENE_AND = "false if any part is false, else unknown if any is unknown"
KLEENE_OR = "true if any part is true, else unknown if any is unknown"
ALL_POSSIBLE = "unknown if a value is missing, or if its possible values disagree"
MISSING = "missing if a value is missing; a bounded value gives bounds"

_ROWS = (
    Operator("and", "and", ("truth",), "truth", KLEENE_AND, "{} and {}", many=True),
    Operator("or", "or", ("truth",), "truth", KLEENE_OR, "{} or {}", many=True),
    Operator("not", "not", ("truth",), "truth", "unknown if the part is unknown", "not {}"),
    Operator(
        "at_least", "at least", ("plain", "truth"), "truth",
        "true when enough are true, false when too few still can be, else unknown",
        "at least {} of {}", units="plain", many=True,
    ),
    Operator("eq", "=", ("any", "any"), "truth", ALL_POSSIBLE, "{} is {}", units="same"),
    Operator("lt", "<", ("ordered", "ordered"), "truth", ALL_POSSIBLE, "{} is below {}", units="same"),
    Operator("le", "<=", ("ordered", "ordered"), "truth", ALL_POSSIBLE, "{} is at most {}", units="same"),
    Operator("gt", ">", ("ordered", "ordered"), "truth", ALL_POSSIBLE, "{} is above {}", units="same"),
    Operator("ge", ">=", ("ordered", "ordered"), "truth", ALL_POSSIBLE, "{} is at least {}", units="same"),
    Operator("in", "in", ("code", "codes"), "truth", ALL_POSSIBLE, "{} is one of {}"),
    Operator("known", "is known", ("any",), "truth", "never unknown", "{} is known"),
    Operator(
        "if_known", "if known else", ("any", "any"), "same",
        "missing only if both are missing", "{}, or if that is not known {}", units="same",
    ),
    Operator(
        "if", "if then else", ("truth", "any", "any"), "same",
        "if the condition is unknown, known only where both branches agree",
        "if {} then {}, else {}", units="same",
    ),
    Operator("add", "+", ("number",), "number", MISSING, "{} plus {}", units="same", many=True),
    Operator("neg", "-", ("number",), "number", MISSING, "minus {}", units="first"),
    Operator("mul", "*", ("number",), "number", MISSING, "{} times {}", units="product", many=True),
    Operator(
        "div", "/", ("number", "number"), "number", MISSING + "; missing if the divisor can be zero",
        "{} divided by {}", units="quotient", exact=False,
    ),
    Operator(
        "pow", "^", ("plain", "plain"), "number", MISSING + "; missing where there is no real result",
        "{} to the power {}", units="plain", exact=False,
    ),
    Operator("min", "min", ("number",), "number", MISSING, "the lower of {}", units="same", many=True),
    Operator("max", "max", ("number",), "number", MISSING, "the higher of {}", units="same", many=True),
    Operator("abs", "abs", ("number",), "number", MISSING, "the size of {}", units="first"),
    Operator("round", "round", ("number", "number"), "number", MISSING, "{} to the nearest {}", units="same"),
    Operator(
        "nonzero", "nonzero", ("number",), "number", MISSING + "; missing if it is or can be zero", "{}",
        units="first",
    ),
    Operator("convert", "convert", ("number", "plain"), "number", MISSING, "{}", units="first"),
    Operator("approximate", "approximate", ("number",), "number", MISSING, "{}", units="first", exact=False),
    Operator(
        "days_between", "days from", ("day", "day"), "number", MISSING, "days from {} to {}", units="days",
    ),
    Operator(
        "months_between", "months from", ("day", "day"), "number", MISSING,
        "whole months from {} to {}", units="months",
    ),
    Operator(
        "years_between", "years from", ("day", "day"), "number", MISSING,
        "completed years from {} to {}", units="years",
    ),
    Operator("add_days", "+", ("day", "span"), "day", MISSING, "{} plus {}"),
    Operator("add_months", "+", ("day", "span"), "day", MISSING, "{} plus {}"),
)  # fmt: skip

OPERATORS: dict[str, Operator] = {row.name: row for row in _ROWS}

COMPARISONS = ("eq", "lt", "le", "gt", "ge")

OPPOSITE = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt"}
"""What a comparison is when it does not hold; in three values it is the same."""


@dataclass(frozen=True, slots=True)
class Selector:
    """How a series becomes one value: what its elements must be and what none means."""

    name: str
    takes: Literal["truth", "number", "ordered", "any", "nothing"]
    gives: Literal["truth", "number", "count", "element"]
    empty: str
    english: str
    exact: bool = True


_SELECTORS = (
    Selector("first", "any", "element", "missing", "the first {}"),
    Selector("last", "any", "element", "missing", "the last {}"),
    Selector("at", "any", "element", "missing", "{}"),
    Selector("highest", "ordered", "element", "missing", "the highest {}"),
    Selector("lowest", "ordered", "element", "missing", "the lowest {}"),
    Selector("mean", "number", "number", "missing", "the mean {}", exact=False),
    Selector("median", "number", "number", "missing", "the median {}", exact=False),
    Selector("total", "number", "number", "0 where no record means no, else missing", "the total {}"),
    Selector("number of", "nothing", "count", "0 where no record means no, else missing", "the number of {}"),
    Selector("any", "truth", "truth", "false where no record means no, else unknown", "any {}"),
    Selector("every", "truth", "truth", "true where no record means no, else unknown", "every {}"),
)

SELECTORS: dict[str, Selector] = {row.name: row for row in _SELECTORS}
