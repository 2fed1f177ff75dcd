"""One value of `protocol/typical.yaml`: expressions of a wanted type, shares, lengths, spreads."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from engine.language.apply import said
from engine.language.check import check
from engine.language.core import Call, Const, Core, Parameter
from engine.language.literals import converted
from engine.language.names import Names, Scope
from engine.language.parse import parse
from engine.language.types import DAY, TRUTH, Code, Day, Number, Type
from engine.language.unit_table import NO_DIMENSION
from engine.language.units import DAY_UNIT, MONTH_UNIT, ONE, PERCENT
from engine.source.diagnostic import Diagnostics
from engine.source.place import Span
from engine.source.tree import Mapping, Scalar, Tree, span_in
from engine.study.entry import Entry, entries_of
from engine.study.typical import Amount, Monthly, Spread

DAYS_IN_A_MONTH = 365.25 / 12
"""For spreads only: what is dated exactly is dated by an expression."""

YES_NO = {"yes": True, "no": False}
NEVER = Scope()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a value must be: its type, its plausible range, and what may be named in it."""

    type: Type
    low: Decimal | None = None
    high: Decimal | None = None
    scope: Scope = field(default=NEVER)


DATE = Wanted(DAY)
CONDITION = Wanted(TRUTH)
LENGTH = Wanted(Number(DAY_UNIT))
"""A length of time: in days, or in months and years."""


@dataclass(frozen=True, slots=True)
class Values:
    """Reads values by the names of the study; what does not fit is in `findings`."""

    names: Names
    findings: Diagnostics

    def fail(self, message: str, at: Span, help: str | None = None) -> None:
        self.findings.error("typical", message, at, help=help)

    # --------------------------------------------------------- expressions

    def expression(self, scalar: Scalar | None, wanted: Wanted) -> Core | None:
        """The core of an expression, in the wanted unit; None where there is none or it does not fit."""
        if scalar is None:
            return None
        if wanted.type == TRUTH and scalar.text in YES_NO:
            return Const(YES_NO[scalar.text], TRUTH, scalar.at)
        if isinstance(wanted.type, Code) and scalar.text in wanted.type.codes:
            return Const(scalar.text, wanted.type, scalar.at)
        core = self._checked(scalar, wanted)
        return None if core is None else self._fitting(core, wanted, scalar)

    def _checked(self, scalar: Scalar, wanted: Wanted) -> Core | None:
        if not scalar.one_to_one:
            help = "write it on one line, or after `|` over several"
            self.findings.error("expression", "an expression cannot be folded", scalar.at, help=help)
            return None
        syntax = parse(scalar.text, lambda start, end: span_in(scalar, start, end), self.findings)
        if syntax is None:
            return None
        return check(syntax, self.names, wanted.scope, self.findings, like=wanted.type)

    def _fitting(self, core: Core, wanted: Wanted, scalar: Scalar) -> Core | None:
        unit = wanted.type.unit if isinstance(wanted.type, Number) else None
        if unit is None and core.type == wanted.type:
            return core
        moved = converted(core, unit) if unit and isinstance(core.type, Number) else None
        if moved is None:
            help = (
                f"give the number its unit, as in `{scalar.text} {unit.symbol}`"
                if _bare(core) and unit
                else None
            )
            message = f"this must be {said(wanted.type)}, and is {said(core.type)}"
            self.findings.error("type", message, scalar.at, help=help)
            return None
        return moved if self._plausible(moved, wanted, scalar) else None

    def _plausible(self, core: Core, wanted: Wanted, scalar: Scalar) -> bool:
        value = constant(core)
        if value is None:
            return True
        low, high = wanted.low, wanted.high
        beyond = (low is not None and value < low) or (high is not None and value > high)
        if beyond:
            message = f"`{scalar.text}` is outside the plausible range, {low} to {high}"
            help = "the dictionary says what is plausible; a value beyond it would not be used"
            self.findings.error("range", message, scalar.at, help=help)
        return not beyond

    # ------------------------------------------------- shares and lengths

    def share(self, scalar: Scalar | None) -> float | None:
        """A share from 0 to 1."""
        core = None if scalar is None else self._checked(scalar, DATE)
        if scalar is None or core is None:
            return None
        plain = converted(core, ONE) if isinstance(core.type, Number) else None
        value = None if plain is None else constant(plain)
        if value is None or not 0 <= value <= 1:
            self.fail(
                f"`{scalar.text}` is not a share", scalar.at, "write it as in `15 %`, from 0 % to 100 %"
            )
            return None
        return float(value)

    def length(self, scalar: Scalar | None) -> float | None:
        """A length of time, in days."""
        core = None if scalar is None else self._checked(scalar, DATE)
        if scalar is None or core is None:
            return None
        days = days_in(core)
        if days is None:
            message = f"this must be a length of time, and is {said(core.type)}"
            self.findings.error("type", message, scalar.at, help="write it as in `14 days` or `9 years`")
        return days

    def spread(self, scalar: Scalar | None, wanted: Wanted) -> Spread | None:
        """A standard deviation: `25 %`, in the unit of the value, or for a date a length of time."""
        if scalar is None:
            return None
        if isinstance(wanted.type, Day) or wanted is LENGTH:
            days = self.length(scalar)
            return None if days is None else Spread(days, relative=False)
        if not isinstance(wanted.type, Number):
            self.fail(f"{said(wanted.type)} has no spread", scalar.at, "say what `others` have")
            return None
        core = self._checked(scalar, wanted)
        if (
            core is not None
            and isinstance(core.type, Number)
            and core.type.unit == PERCENT
            and "%" in scalar.text
        ):
            share = constant(core)
            return None if share is None else Spread(float(share) / 100, relative=True)
        moved = None if core is None else self._fitting(core, Wanted(wanted.type), scalar)
        size = None if moved is None else constant(moved)
        return None if size is None else Spread(float(size), relative=False)

    # -------------------------------------------------------------- amounts

    def amount(self, tree: Tree | None, wanted: Wanted) -> Amount | None:
        """A value alone, or a mapping that says how patients vary."""
        match tree:
            case Scalar():
                core = self._day_count(tree) if wanted is LENGTH else self.expression(tree, wanted)
                return None if core is None else Amount(core)
            case Mapping():
                return self._varied(Entry(_NO_KEY, tree), wanted)
            case _:
                return None

    def _varied(self, entry: Entry, wanted: Wanted) -> Amount | None:
        typical = self.amount(entry.scalar("typical"), wanted)
        low, high = self.bounds(entry, "between", wanted)
        known = entry.inner("known_to")
        if known and not isinstance(wanted.type, Day):
            self.fail(f"`known_to` is about dates, and this is {said(wanted.type)}", known.at)
        others = self._others(entry, wanted)
        spread = self.spread(entry.scalar("spread"), wanted)
        if typical is None:
            return None
        return Amount(
            typical.typical,
            others,
            spread,
            low,
            high,
            self._step(entry, wanted),
            self.share(entry.scalar("missing")),
            (self.share(known.scalar("month")) if known else None) or 0.0,
            (self.share(known.scalar("year")) if known else None) or 0.0,
        )

    def bounds(self, entry: Entry, key: str, wanted: Wanted) -> tuple[Core | None, Core | None]:
        found = [self.amount(scalar, wanted) for scalar in entry.scalars(key)]
        low, high = (*(one.typical if one else None for one in found), None, None)[:2]
        return low, high

    def _others(self, entry: Entry, wanted: Wanted) -> tuple[tuple[Core, float], ...]:
        listed = entry.entries("others")
        read = [(self.amount(one.key, wanted), self.share(entry_scalar(one))) for one in listed]
        found = tuple((value.typical, share) for value, share in read if value and share is not None)
        if sum(share for _, share in found) > 1 + 1e-9:
            self.fail(
                "these shares are more than 100 % in all", listed[0].at, "the rest have the typical value"
            )
        return found

    def _step(self, entry: Entry, wanted: Wanted) -> Decimal | None:
        core = self.expression(entry.scalar("step"), Wanted(wanted.type))
        return None if core is None else constant(core)

    def _day_count(self, scalar: Scalar) -> Core | None:
        days = self.length(scalar)
        return None if days is None else Const(Decimal(round(days)), Number(DAY_UNIT), scalar.at)

    def monthly(self, scalar: Scalar | None, wanted: Wanted) -> Monthly | None:
        """What a month does: `-30 %` of what it was, or so much in the unit."""
        spread = self.spread(scalar, wanted)
        return None if spread is None else Monthly(spread.size, spread.relative)

    def shares(self, entries: Iterable[Entry]) -> dict[str, float]:
        """Names with their shares."""
        read = {entry.name: self.share(entry_scalar(entry)) for entry in entries}
        return {name: share for name, share in read.items() if share is not None}


_NO_KEY = Scalar("", "", Span("", 0, 0, 0, 0), (0, 0), 0, False)


def entry_scalar(entry: Entry) -> Scalar | None:
    return entry.tree if isinstance(entry.tree, Scalar) and entry.tree.value is not None else None


def entries_in(entry: Entry | None) -> tuple[Entry, ...]:
    """What stands in a mapping, entry by entry."""
    return tuple(entries_of(entry.tree)) if entry else ()


def constant(core: Core) -> Decimal | None:
    """The number that a literal or parameter stands for, with its sign and in its unit."""
    match core:
        case Const(Decimal() as value) | Parameter(_, Decimal() as value):
            return value
        case Call("neg", (inner,)):
            number = constant(inner)
            return None if number is None else -number
        case Call("convert", (inner, Const(Decimal() as by))):
            number = constant(inner)
            return None if number is None else number * by
        case _:
            return None


def days_in(core: Core) -> float | None:
    """How many days a length of time is; a month is a twelfth of 365.25 of them."""
    if not isinstance(core.type, Number) or core.type.unit.dimension == NO_DIMENSION:
        return None
    for unit, days in ((DAY_UNIT, 1.0), (MONTH_UNIT, DAYS_IN_A_MONTH)):
        moved = converted(core, unit)
        value = None if moved is None else constant(moved)
        if value is not None:
            return float(value) * days
    return None


def _bare(core: Core) -> bool:
    return isinstance(core, Const) and core.type == Number(ONE)
