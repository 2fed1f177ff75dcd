"""The study's typical patient, and how patients differ from it: `protocol/typical.yaml`, linked.

Every value is typed core, in the unit of what it is the value of. Shares and
chances run from 0 to 1, lengths of time are in days.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from engine.language.core import Core

Shares = Mapping[str, float]

ALL = "all"
"""What a happening ends that a patient leaves by."""

EVERYBODY = "everybody"
"""The name under which courses stand that do not depend on the arm."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One standard deviation: a share of the typical value, or in its unit (days for a date)."""

    size: float
    relative: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """A value as patients have it: the typical one, what some have instead, and how it varies.

    `month_only` and `year_only` are how often no more than that is known of a date.
    """

    typical: Core
    others: tuple[tuple[Core, float], ...] = ()
    spread: Spread | None = None
    low: Core | None = None
    high: Core | None = None
    step: Decimal | None = None
    missing: float | None = None
    month_only: float = 0.0
    year_only: float = 0.0


@dataclass(frozen=True, slots=True)
class OtherUnit:
    """A unit that some laboratories report in, its factor to the usual one, and what they round to."""

    text: str
    factor: Fraction
    step: Decimal


@dataclass(frozen=True, slots=True)
class Monthly:
    """What one month does to a value: to a share of it (`relative`), or by so much."""

    size: float
    relative: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A measurement: a patient's own level, moved by the course, with `noise` each time."""

    variable: str
    amount: Amount
    visits: tuple[str, ...]
    when: Core | None = None
    noise: Spread | None = None
    each_month: Mapping[str, Monthly] = field(default_factory=dict)
    low: Core | None = None
    high: Core | None = None
    attributes: Mapping[str, Amount] = field(default_factory=dict)
    other_unit: OtherUnit | None = None
    detected_from: Core | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement, given at each of the visits or once on a day."""

    variable: str
    amount: Amount
    visits: tuple[str, ...]
    when: Core | None = None
    on: Amount | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One of the episodes that follow each other; without a length it is the last."""

    lasts: Amount | None
    until: Core | None
    attributes: Mapping[str, Amount]


@dataclass(frozen=True, slots=True)
class Repeated:
    """Again and again: every so many days, up to a day."""

    every: float
    jitter: float
    skipped: float


@dataclass(frozen=True, slots=True)
class Happening:
    """An event or episode of `variable`, on a day or `at` visits.

    It is decided when the findings of the visit `after` are known. `ends` names
    the variables of which nothing is recorded after it.
    """

    name: str
    variable: str
    on: Amount | None
    at: tuple[str, ...] = ()
    after: str | None = None
    when: Core | None = None
    chance: float = 1.0
    repeated: Repeated | None = None
    until: Core | None = None
    lasts: Amount | None = None
    ongoing: float = 0.0
    end_unknown: float = 0.0
    steps: tuple[Step, ...] = ()
    attributes: Mapping[str, Amount] = field(default_factory=dict)
    ends: tuple[str, ...] = ()
    new_course: Shares | None = None


@dataclass(frozen=True, slots=True)
class Attending:
    """Whether and when one visit is attended; `on` stands where it is not the target.

    `missing` is how often what is due at it is not recorded.
    """

    on: Core | None = None
    when: Core | None = None
    jitter: float = 0.0
    missed: float = 0.0
    out_of_window: float = 0.0
    missing: float = 0.0


@dataclass(frozen=True, slots=True)
class Content:
    """What is recorded of a patient, in the order it is made in."""

    facts: Mapping[str, Amount] = field(default_factory=dict)
    happenings: Mapping[str, Happening] = field(default_factory=dict)
    measurements: Mapping[str, Measured] = field(default_factory=dict)
    judgements: Mapping[str, Judged] = field(default_factory=dict)

    def with_variant(self, other: "Content") -> "Content":
        """The same with what a variant has instead, and what it has besides."""
        return Content(
            {**self.facts, **other.facts},
            {**self.happenings, **other.happenings},
            {**self.measurements, **other.measurements},
            {**self.judgements, **other.judgements},
        )


@dataclass(frozen=True, slots=True)
class Variant:
    """Patients who differ from the typical one in some entries; `weight` among their like."""

    name: str
    weight: float
    content: Content


@dataclass(frozen=True, slots=True)
class RecordKeeping:
    """How well records are kept: the shares of what is blank, repeated, in another unit, at a figure."""

    blank: float = 0.0
    repeated: float = 0.0
    other_units: float = 0.0
    boundary_values: float = 0.0


@dataclass(frozen=True, slots=True)
class Typical:
    """The typical patient, and what makes a cohort of it.

    `arrival` is the event that a patient's record begins with, `allocation` the
    one that gives an arm. The weights of `variants` are shares of all patients,
    those of `reasons` divide the share of `screen_failures` among them.
    """

    content: Content
    arrival: str
    every: float
    every_spread: float
    allocation: str | None
    courses: Mapping[str, Shares]
    attending: Mapping[str, Attending]
    variants: tuple[Variant, ...]
    screen_failures: float
    reasons: tuple[Variant, ...]
    keeping: RecordKeeping
