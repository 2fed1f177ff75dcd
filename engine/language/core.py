"""What a rule means: a dozen frozen, typed nodes, and the program made of them.

Every reading of a rule starts here. Names are resolved, literals stand in the
unit they are compared in, sugar is gone. Place is not identity: two rules that
mean the same compare equal wherever they were written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.language.types import DAY, TRUTH, Type
from engine.language.values import Value
from engine.source.place import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Const:
    """A literal; a set of codes is a frozenset."""

    value: Value | frozenset[str]
    type: Type
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named figure or choice of the protocol, with its value in this version."""

    name: str
    value: Value | frozenset[str]
    type: Type
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Fact:
    """A patient's one value of a `fact`; `absent` is what no value means."""

    name: str
    type: Type
    absent: Literal["no", "unknown"] = "unknown"
    at: Span = field(default=NOWHERE, compare=False, repr=False)


Holder = Literal["record", "this", "previous"]


@dataclass(frozen=True, slots=True)
class Field:
    """An attribute (or `value`, `start`, `end`) of a record in view.

    `record` is the one a `where`, `has` or selector looks at, `this` the one a
    `for each` rule is about, `previous` the one before it.
    """

    of: Holder
    name: str
    type: Type
    at: Span = field(default=NOWHERE, compare=False, repr=False)


CURRENT = "visit"
"""The visit that a rule at each visit is being asked about."""

BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Ref:
    """The value of another rule, at a visit if it is a rule of visits."""

    rule: str
    visit: str | None
    type: Type
    at: Span = field(default=NOWHERE, compare=False, repr=False)


VisitAspect = Literal["day", "target", "opens", "closes", "attended"]


@dataclass(frozen=True, slots=True)
class VisitDay:
    """A day of a visit: its recorded date else its target (`day`), or one aspect."""

    visit: str
    aspect: VisitAspect = "day"
    at: Span = field(default=NOWHERE, compare=False, repr=False)
    type: Type = DAY


@dataclass(frozen=True, slots=True)
class Call:
    """An operator of the table applied to its arguments."""

    operator: str
    args: "tuple[Core, ...]"
    type: Type
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Bound:
    day: "Core"
    inclusive: bool = True


@dataclass(frozen=True, slots=True)
class Period:
    """The days between two bounds; None is no bound on that side."""

    start: Bound | None
    end: Bound | None


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a variable in a period (in a visit's window if `visit` is set)."""

    variable: str
    kind: Literal["measurement", "event", "episode", "judgement"]
    absent: Literal["no", "unknown"]
    period: Period | None = None
    where: "Core | None" = None
    visit: str | None = None


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits as a series: one record a visit, dated by the visit's day.

    `where` and the selected element are asked at each of them in turn.
    """

    visits: tuple[str, ...]
    period: Period | None = None
    where: "Core | None" = None


@dataclass(frozen=True, slots=True)
class Select:
    """A series taken to one value: `selector` over `element` of each record."""

    selector: str
    source: Records | Visits
    element: "Core"
    type: Type
    at: Span = field(default=NOWHERE, compare=False, repr=False)


Core = Const | Parameter | Fact | Field | Ref | VisitDay | Call | Select


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """When a visit is due: `target`, and the window from `opens` to `closes`, both in."""

    name: str
    target: Core
    opens: Core
    closes: Core


@dataclass(frozen=True, slots=True)
class Baseline:
    """The day up to which, and how far back from it, a baseline value is looked for."""

    day: Core
    opens: Core


@dataclass(frozen=True, slots=True)
class Attendance:
    """The event variable, and its code attribute, that record when a visit took place."""

    variable: str
    attribute: str


@dataclass(frozen=True, slots=True)
class Program:
    """Every rule of a study by name, with the visits they are asked about."""

    rules: Mapping[str, Core]
    visits: Mapping[str, VisitPlan]
    baseline: Baseline | None
    attendance: Attendance | None


TRUE = Const(True, TRUTH)
FALSE = Const(False, TRUTH)
