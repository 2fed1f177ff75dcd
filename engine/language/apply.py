"""An operator of the table applied to typed arguments: kinds, units, result.

This is the one place where types meet. It reports what does not fit in words
of the protocol's, and gives None after an error so that none follows from it.
"""

from dataclasses import replace
from decimal import Decimal

from engine.language.core import Call, Const, Core, Parameter
from engine.language.literals import converted
from engine.language.operators import OPERATORS, Operator, Takes
from engine.language.types import DAY, TRUTH, Code, CodeSet, Day, Number, Truth, Type
from engine.language.units import DAY_UNIT, MONTH_UNIT, ONE, YEAR_UNIT, Unit, describe, over, times
from engine.source.diagnostic import Diagnostics
from engine.source.place import Span

KINDS: dict[Takes, tuple[type, ...]] = {
    "truth": (Truth,),
    "number": (Number,),
    "plain": (Number,),
    "day": (Day,),
    "code": (Code,),
    "codes": (CodeSet,),
    "ordered": (Number, Day),
    "any": (Truth, Number, Day, Code),
    "span": (Number,),
}

SAID: dict[Takes, str] = {
    "truth": "a yes-or-no condition",
    "number": "a number",
    "plain": "a number without a unit",
    "day": "a date",
    "code": "a code",
    "codes": "codes",
    "ordered": "a number or a date",
    "any": "one value",
    "span": "a length of time",
}

ELAPSED = {"days": DAY_UNIT, "months": MONTH_UNIT, "years": YEAR_UNIT}


def said(type_: Type) -> str:
    """A type in the words of a protocol: "a number in g/d (mass per time)"."""
    match type_:
        case Truth():
            return "a yes-or-no condition"
        case Day():
            return "a date"
        case Code(codelist=name):
            return f"a code of `{name}`"
        case CodeSet(of=code):
            return f"codes of `{code.codelist}`"
        case Number(unit=unit):
            return "a plain number" if unit == ONE else f"a number in {unit.symbol} ({describe(unit)})"


def apply(name: str, args: tuple[Core | None, ...], at: Span, findings: Diagnostics) -> Core | None:
    """The call, typed; None with a finding where the arguments do not fit."""
    operator = OPERATORS[name]
    sound = tuple(arg for arg in args if arg is not None)
    fits = [_fits(operator, place, arg, findings) for place, arg in enumerate(sound)]
    if len(sound) < len(args) or not all(fits):
        return None
    matched = _matched(operator, sound, at, findings)
    return None if matched is None else Call(name, matched, _result(operator, matched), at)


def takes(operator: Operator, place: int) -> Takes:
    return operator.takes[min(place, len(operator.takes) - 1)]


def _fits(operator: Operator, place: int, arg: Core, findings: Diagnostics) -> bool:
    wanted = takes(operator, place)
    if not isinstance(arg.type, KINDS[wanted]):
        _wrong_kind(operator, wanted, arg, findings)
        return False
    if wanted == "plain" and isinstance(arg.type, Number) and arg.type.unit.dimension != ONE.dimension:
        help = "divide by a quantity of the same unit first, as in `creatinine / 0.9 mg/dL`"
        findings.error(
            "unit",
            f"`{operator.sign}` needs a number without a unit; this is {said(arg.type)}",
            arg.at,
            help=help,
        )
        return False
    return True


def _wrong_kind(operator: Operator, wanted: Takes, arg: Core, findings: Diagnostics) -> None:
    help = None
    if operator.name == "add" and isinstance(arg.type, Day):
        help = "the days between two dates are `days from A to B`"
    if wanted == "truth" and isinstance(arg.type, Number | Day | Code):
        help = "compare it with something, or ask `is known`"
    findings.error(
        "type", f"`{operator.sign}` needs {SAID[wanted]}; this is {said(arg.type)}", arg.at, help=help
    )


def _matched(
    operator: Operator, args: tuple[Core, ...], at: Span, findings: Diagnostics
) -> tuple[Core, ...] | None:
    if operator.units == "plain":
        return tuple(in_plain(arg) for arg in args)
    if operator.units != "same":
        return args
    first = 1 if operator.name == "if" else 0
    same = alike(args[first:], at, findings)
    return None if same is None else (*args[:first], *same)


def in_plain(arg: Core) -> Core:
    """A percentage as a plain number; everything else as it is."""
    if not isinstance(arg.type, Number):
        return arg
    plain = converted(arg, ONE)
    return arg if plain is None else plain


def alike(args: tuple[Core, ...], at: Span, findings: Diagnostics) -> tuple[Core, ...] | None:
    """The arguments brought to one type: numbers in one unit, codes of one codelist."""
    types = [arg.type for arg in args]
    numbers = [t for t in types if isinstance(t, Number)]
    if len(numbers) == len(args):
        return _in_one_unit(args, at, findings)
    if any(type(t) is not type(types[0]) for t in types):
        other = next(t for t in types if type(t) is not type(types[0]))
        findings.error("type", f"{said(types[0])} beside {said(other)}: these cannot be compared", at)
        return None
    if isinstance(types[0], Code) and len(set(types)) > 1:
        findings.error("type", f"{said(types[0])} beside {said(types[1])}: these are different codelists", at)
        return None
    return args


def _in_one_unit(args: tuple[Core, ...], at: Span, findings: Diagnostics) -> tuple[Core, ...] | None:
    molar_mass = _molar_mass(args)
    for unit in _units(args):
        moved = [converted(arg, unit, molar_mass) for arg in args]
        if all(arg is not None for arg in moved):
            return _in_one_precision(tuple(arg for arg in moved if arg is not None))
    units = _units(args)
    other = next((u for u in units if u.dimension != units[0].dimension), units[-1])
    findings.error(
        "unit",
        f"`{units[0].symbol}` beside `{other.symbol}`: {describe(units[0])} and {describe(other)} never mix",
        at,
        help=_unit_help(args, units[0], other),
    )
    return None


def _molar_mass(args: tuple[Core, ...]) -> Decimal | None:
    """That of the one analyte whose values are among the arguments."""
    found = {arg.type.molar_mass for arg in args if isinstance(arg.type, Number)} - {None}
    return found.pop() if len(found) == 1 else None


def _units(args: tuple[Core, ...]) -> list[Unit]:
    """The units to try, those of recorded values before those of literals."""
    fixed = [arg for arg in args if not isinstance(arg, Const | Parameter)]
    rest = [arg for arg in args if isinstance(arg, Const | Parameter)]
    return [arg.type.unit for arg in (*fixed, *rest) if isinstance(arg.type, Number)]


def _unit_help(args: tuple[Core, ...], unit: Unit, other: Unit) -> str | None:
    bare = next((arg for arg in args if isinstance(arg, Const) and arg.type == Number(ONE)), None)
    if bare is not None and unit != ONE:
        return f"give the number its unit, as in `{bare.value} {unit.symbol}`"
    return None


def _in_one_precision(args: tuple[Core, ...]) -> tuple[Core, ...]:
    """Exact numbers beside binary64 ones become binary64, so that every reading compares alike."""
    exact = [isinstance(arg.type, Number) and arg.type.exact for arg in args]
    if all(exact) or not any(exact):
        return args
    return tuple(_approximate(arg) if is_exact else arg for arg, is_exact in zip(args, exact, strict=True))


def _approximate(arg: Core) -> Core:
    assert isinstance(arg.type, Number)
    return Call("approximate", (arg,), replace(arg.type, exact=False), arg.at)


def _result(operator: Operator, args: tuple[Core, ...]) -> Type:
    match operator.gives:
        case "truth":
            return TRUTH
        case "day":
            return DAY
        case "same":
            return args[-1].type
        case "number":
            return Number(_unit_of(operator, args), operator.exact and _all_exact(args))


def _all_exact(args: tuple[Core, ...]) -> bool:
    return all(arg.type.exact for arg in args if isinstance(arg.type, Number))


def _unit_of(operator: Operator, args: tuple[Core, ...]) -> Unit:
    units = [arg.type.unit for arg in args if isinstance(arg.type, Number)]
    if operator.units in ELAPSED:
        return ELAPSED[operator.units]
    if operator.units == "quotient":
        return over(units[0], units[1])
    if operator.units == "product":
        product = units[0]
        for unit in units[1:]:
            product = times(product, unit)
        return product
    return ONE if operator.units == "plain" else units[0]
