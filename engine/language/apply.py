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
from engine.source.diagnostic import Diagnostics, Label
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
            return "a plain number" if unit == ONE else f"a number in {unit.symbol} ({_kind(unit)})"


def _kind(unit: Unit) -> str:
    return "a ratio" if unit.dimension == ONE.dimension else describe(unit)


def apply(name: str, args: tuple[Core | None, ...], at: Span, findings: Diagnostics) -> Core | None:
    """The call, typed; None with a finding where the arguments do not fit."""
    operator = OPERATORS[name]
    sound = tuple(arg for arg in args if arg is not None)
    fits = (_fits(operator, place, arg, findings) for place, arg in enumerate(args) if arg is not None)
    # What wants all its arguments alike is told of the first that does not fit: the others follow from it.
    if not all(fits if operator.units == "same" else list(fits)) or len(sound) < len(args):
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
        help = f"divide by a quantity of the same kind first, as in `x / 1 {arg.type.unit.symbol}`"
        if operator.name == "pow" and place == 0:
            help += "; a square is `x * x`"
        findings.error(
            "unit",
            f"`{operator.sign}` needs a number without a unit; this is {said(arg.type)}",
            arg.at,
            help=help,
        )
        return False
    return True


def _wrong_kind(operator: Operator, wanted: Takes, arg: Core, findings: Diagnostics) -> None:
    message = f"`{operator.sign}` needs {SAID[wanted]}; this is {said(arg.type)}"
    findings.error("type", message, arg.at, help=_help_on_kind(operator, wanted, arg.type))


def _help_on_kind(operator: Operator, wanted: Takes, found: Type) -> str | None:
    match found:
        case Truth() if wanted == "number":
            return "a yes or no becomes a number with `if X then 1 else 0`"
        case Truth() if wanted == "ordered":
            return "a yes or no is asked by itself: `X`, or `not X`"
        case Code() if wanted == "ordered":
            return "codes have no order: compare them with `=`, `!=` or `in {a, b}`"
        case Number() | Day() | Code() if wanted == "truth":
            return "compare it with something, or ask `is known`"
        case Day() if operator.name == "add":
            return "the days between two dates are `days from A to B`"
        case Day() if operator.name in ("min", "max"):
            return "the earlier of two dates is `if A < B then A else B`"
        case CodeSet() if wanted == "any":
            return "one of several codes is asked with `in`"
        case _:
            return None


def _matched(
    operator: Operator, args: tuple[Core, ...], at: Span, findings: Diagnostics
) -> tuple[Core, ...] | None:
    if operator.units == "plain":
        return tuple(in_plain(arg) for arg in args)
    if operator.units != "same":
        return args
    first = 1 if operator.name == "if" else 0
    same = alike(args[first:], findings)
    return None if same is None else (*args[:first], *same)


def in_plain(arg: Core) -> Core:
    """A percentage as a plain number; everything else as it is."""
    if not isinstance(arg.type, Number):
        return arg
    plain = converted(arg, ONE)
    return arg if plain is None else plain


def alike(args: tuple[Core, ...], findings: Diagnostics) -> tuple[Core, ...] | None:
    """The arguments brought to one type: numbers in one unit, codes of one codelist."""
    first = args[0]
    if all(isinstance(arg.type, Number) for arg in args):
        return _in_one_unit(args, findings)
    odd = next((arg for arg in args if type(arg.type) is not type(first.type)), None)
    if odd is None and isinstance(first.type, Code):
        odd = next((arg for arg in args if arg.type != first.type), None)
    if odd is None:
        return args
    _report_mixture("type", (first, odd), findings, _type_help(first.type, odd.type))
    return None


def _report_mixture(code: str, pair: tuple[Core, Core], findings: Diagnostics, help: str | None) -> None:
    """Two values that do not go together: a literal is to blame sooner than what stands beside it."""
    one, other = pair if isinstance(pair[1], Const) or not isinstance(pair[0], Const) else pair[::-1]
    message = f"{said(other.type)} cannot stand beside {said(one.type)}"
    labels = (Label(one.at, f"this is {said(one.type)}"),)
    findings.error(code, message, other.at, help=help, labels=labels)


def _type_help(one: Type, other: Type) -> str | None:
    match one, other:
        case (Code(codes=codes), Number()) | (Number(), Code(codes=codes)):
            return (
                f"a code that is a number needs quotes; there are {', '.join(f'`{code}`' for code in codes)}"
            )
        case (Code(), Code()):
            return "these are two codelists"
        case (Code(), CodeSet()) | (CodeSet(), Code()):
            return "one of several codes is asked with `in`"
        case (Day(), Number()) | (Number(), Day()):
            return "the time between two dates is `days from A to B`"
        case _:
            return None


def _in_one_unit(args: tuple[Core, ...], findings: Diagnostics) -> tuple[Core, ...] | None:
    molar_mass = _molar_mass(args)
    for unit in _units(args):
        moved = [converted(arg, unit, molar_mass) for arg in args]
        if all(arg is not None for arg in moved):
            return _in_one_precision(tuple(arg for arg in moved if arg is not None))
    first = _unit(args[0])
    odd = next((arg for arg in args if _unit(arg).dimension != first.dimension), args[-1])
    _report_mixture("unit", (args[0], odd), findings, _unit_help(args[0], odd))
    return None


def _molar_mass(args: tuple[Core, ...]) -> Decimal | None:
    """That of the one analyte whose values are among the arguments."""
    found = {arg.type.molar_mass for arg in args if isinstance(arg.type, Number)} - {None}
    return found.pop() if len(found) == 1 else None


def _unit(arg: Core) -> Unit:
    assert isinstance(arg.type, Number)
    return arg.type.unit


def _units(args: tuple[Core, ...]) -> list[Unit]:
    """The units to try, those of recorded values before those of literals."""
    fixed = [arg for arg in args if not isinstance(arg, Const | Parameter)]
    rest = [arg for arg in args if isinstance(arg, Const | Parameter)]
    return [_unit(arg) for arg in (*fixed, *rest)]


def _unit_help(one: Core, other: Core) -> str | None:
    for bare, beside in ((one, other), (other, one)):
        if isinstance(bare, Const) and bare.type == Number(ONE):
            return f"give the number its unit, as in `{bare.value} {_unit(beside).symbol}`"
    figure = f"give the figure in a unit such as `{_unit(one).symbol}`" if isinstance(other, Const) else None
    return MIXTURES.get(frozenset((_kind(_unit(one)), _kind(_unit(other)))), figure)


A_MONTH = "a month has no fixed number of days: give both in days, or both in months"
A_MOLE = "give the variable its `molar_mass`, or write the figure in the unit of the variable"
MIXTURES = {
    frozenset(("time", "calendar time")): A_MONTH,
    frozenset(("mass per volume", "amount per volume")): A_MOLE,
}
"""What to say of two kinds of unit that people take for one."""


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
