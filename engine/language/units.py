"""Units of measurement: read from text, multiplied, and converted exactly.

A unit is a scale and a dimension. Spellings are those of UCUM and those that
clinicians write. An unknown part is a problem with that part named: nothing
is guessed, and nothing is converted to another dimension except mass to amount
by a molar mass.
"""

import re
from dataclasses import dataclass, field, replace
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import cache

from engine.language.unit_advice import KNOWN, advice
from engine.language.unit_table import (
    ATOMS,
    BASES,
    NO_DIMENSION,
    PREFIXES,
    SHOWN,
    SURFACE,
    Dimension,
    dimension,
)
from engine.language.unit_text import TOKEN, tidied, unmatched


@dataclass(frozen=True, slots=True)
class Unit:
    """`scale` of the bases to their exponents; `symbol` is only how it is shown."""

    symbol: str = field(compare=False)
    scale: Fraction
    dimension: Dimension


@dataclass(frozen=True, slots=True)
class UnitProblem:
    """Why a text is not a unit, and what might have been meant."""

    message: str
    help: str | None = None


ONE = Unit("1", Fraction(1), NO_DIMENSION)
PERCENT = Unit("%", Fraction(1, 100), NO_DIMENSION)
DAY_UNIT = Unit("days", Fraction(1), dimension(time=1))
MONTH_UNIT = Unit("months", Fraction(1), dimension(calendar_time=1))
YEAR_UNIT = Unit("years", Fraction(12), dimension(calendar_time=1))


def known_symbols() -> tuple[str, ...]:
    """The common clinical units, for suggestions."""
    return KNOWN


# ------------------------------------------------------------------- reading

_Token = Unit | str


@cache
def parse_unit(text: str) -> Unit | UnitProblem:
    """The unit that a text names, in the spellings of UCUM and of clinicians."""
    tidy = tidied(text)
    tokens = _tokens(tidy)
    if isinstance(tokens, str):
        named = f"`{tokens}`" if tokens == tidy else f"`{tokens}` in `{tidy}`"
        return UnitProblem(f"unknown unit {named}", _advice(tidy, tokens))
    unit = _evaluated(tokens) if tokens else None
    if unit is None:
        message = f"`{tidy}` cannot be read as a unit" if tidy else "the unit is empty"
        return UnitProblem(message, _advice(tidy, tidy))
    return replace(unit, symbol=_written(tokens))


def _advice(text: str, part: str) -> str:
    return advice(text, part, atoms=_atoms(), shown=_symbol)


def _symbol(text: str) -> str | None:
    unit = parse_unit(text)
    return unit.symbol if isinstance(unit, Unit) else None


@cache
def _atoms() -> dict[str, Unit]:
    """Every spelling of every atom, with every prefix it may take."""
    found = {}
    for spellings, prefixes, scale, bases in ATOMS:
        for spelling in spellings.split():
            shown = SHOWN.get(spelling, spelling)
            found[spelling] = Unit(shown, scale, bases)
            for prefix in prefixes:
                found[prefix + spelling] = Unit(prefix + shown, PREFIXES[prefix] * scale, bases)
    return found


def _tokens(text: str) -> list[_Token] | str:
    """Factors and marks in order; or, as text, the first part that is neither."""
    tokens: list[_Token] = []
    position = 0
    while position < len(text):
        found = TOKEN.match(text, position)
        if found is None:
            return unmatched(text, position)
        token = _token(found, tokens[-1] if tokens else "")
        if token is None:
            return found[0] if found["count"] else found["atom"] or found[0]
        if token:
            tokens.append(token)
        position = found.end()
    return tokens


def _token(found: re.Match[str], before: _Token) -> _Token | None:
    """What one match stands for; empty for a note on what was before, None if unknown."""
    if found["note"]:
        return "" if isinstance(before, Unit) or before.startswith(")") else ONE
    if found["ten"]:
        return Unit("10^" + found["ten"], Fraction(10) ** int(found["ten"]), NO_DIMENSION)
    if found["surface"]:
        return _atoms()[SURFACE]
    if found["atom"]:
        return _factor(found, before)
    if found["number"]:
        return _number(found["number"], before)
    return None if found["unread"] else found[0]


def _factor(found: re.Match[str], before: _Token) -> Unit | None:
    """An atom with its exponent, and a number if it is divided by: `/24h`."""
    atom, number = _atoms().get(found["atom"]), _number(found["count"] or "1", before)
    if atom is None or number is None:
        return None
    shown = (found["count"] or "") + atom.symbol + (found["power"] or "")
    return _with(shown, number, _raised(atom, int(found["power"] or 1)))


def _number(digits: str, before: _Token) -> Unit | None:
    """A number that a unit may hold: 1, or one that is divided by, as in `g/(24.h)`."""
    allowed = digits == "1" or before in ("/", "(")
    return Unit(digits, Fraction(int(digits)), NO_DIMENSION) if allowed else None


def _written(tokens: list[_Token]) -> str:
    shown = "".join(token if isinstance(token, str) else token.symbol for token in tokens)
    return shown.removeprefix("1") if shown.startswith("1/") else shown


class _Product:
    """The factors of one bracket, as they are multiplied and divided from left to right."""

    def __init__(self) -> None:
        self.value, self.mark, self.divided = ONE, "start", False

    def join(self, mark: str) -> bool:
        """Takes `/` or `.`; `g/h.m` is refused, as people read it in two ways."""
        if self.mark not in ("", "start" if mark == "/" else "") or (mark == "." and self.divided):
            return False
        self.mark, self.divided = mark, mark == "/"
        return True

    def take(self, unit: Unit) -> bool:
        if not self.mark:
            return False
        self.value = _with("", self.value, unit if self.mark != "/" else _raised(unit, -1))
        self.mark = ""
        return True


def _evaluated(tokens: list[_Token]) -> Unit | None:
    """The product of the tokens, None if they are in no sensible order."""
    open_, sensible = [_Product()], True
    for token in tokens:
        if isinstance(token, Unit):
            sensible = open_[-1].take(token)
        elif token == "(":
            open_.append(_Product())
        elif token in ("/", "."):
            sensible = open_[-1].join(token)
        elif len(open_) > 1 and not open_[-1].mark:
            sensible = open_[-2].take(_raised(open_.pop().value, int(token[1:].lstrip("^") or 1)))
        else:
            sensible = False
        if not sensible:
            return None
    return open_[0].value if len(open_) == 1 and not open_[0].mark else None


# -------------------------------------------------------------------- algebra


def _with(symbol: str, a: Unit, b: Unit) -> Unit:
    exponents = tuple(x + y for x, y in zip(a.dimension, b.dimension, strict=True))
    return Unit(symbol, a.scale * b.scale, exponents)


def _raised(a: Unit, n: int) -> Unit:
    return Unit("", a.scale**n, tuple(n * x for x in a.dimension))


def times(a: Unit, b: Unit) -> Unit:
    """The unit of a product; one that has a common name is shown by it."""
    if ONE in (a, b):
        return a if b == ONE else b
    return _well_known(_with(f"{_bracketed(a)}.{_bracketed(b)}", a, b))


def over(a: Unit, b: Unit) -> Unit:
    """The unit of a quotient."""
    if b == ONE:
        return a
    above = "" if a == ONE else a.symbol
    return _well_known(_with(f"{above}/{_bracketed(b)}", a, _raised(b, -1)))


def power(a: Unit, n: int) -> Unit:
    """The unit of the n-th power, n of either sign."""
    if n in (0, 1) or a == ONE:
        return a if n else ONE
    if n < 0:
        return over(ONE, power(a, -n))
    simple = a.symbol.isalpha()
    return _well_known(replace(_raised(a, n), symbol=f"{a.symbol if simple else f'({a.symbol})'}^{n}"))


def _bracketed(unit: Unit) -> str:
    compound = set("/.(") & set(unit.symbol.replace(SURFACE, ""))
    return f"({unit.symbol})" if compound else unit.symbol


def _well_known(unit: Unit) -> Unit:
    """Shown by its common symbol. A ratio keeps its own: mmol/mol is not called mg/g."""
    if unit == ONE:
        return ONE
    return unit if unit.dimension == NO_DIMENSION else _named_units().get(unit, unit)


@cache
def _named_units() -> dict[Unit, Unit]:
    named: dict[Unit, Unit] = {}
    for symbol in KNOWN:
        unit = parse_unit(symbol)
        assert isinstance(unit, Unit), symbol
        named.setdefault(unit, unit)
    return named


# ---------------------------------------------------------------- conversion

_MASS, _AMOUNT = BASES.index("mass"), BASES.index("amount")
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_ROUNDED = Context(prec=12, rounding=ROUND_HALF_EVEN, Emax=MAX_EMAX, Emin=MIN_EMIN)


def factor(source: Unit, target: Unit, molar_mass: Decimal | None = None) -> Fraction | None:
    """What to multiply a number in `source` by to have it in `target`; None if nothing does.

    `molar_mass`, in g/mol, takes mass to amount and back, to any power.
    """
    scale = source.scale / target.scale
    if source.dimension == target.dimension:
        return scale
    moles = target.dimension[_AMOUNT] - source.dimension[_AMOUNT]
    if molar_mass is None or molar_mass <= 0 or _mass_as_amount(source, moles) != target.dimension:
        return None
    return scale / Fraction(molar_mass) ** moles


def _mass_as_amount(unit: Unit, moles: int) -> Dimension:
    moved = list(unit.dimension)
    moved[_MASS] -= moles
    moved[_AMOUNT] += moles
    return tuple(moved)


def convert(value: Decimal, by: Fraction) -> Decimal:
    """The number times the factor: exact if it has an end, else to 12 significant digits."""
    if by == 1:
        return value
    product = Fraction(value) * by
    exact = exactly(product)
    return exact if exact is not None else _ROUNDED.divide(*map(Decimal, product.as_integer_ratio()))


def exactly(fraction: Fraction) -> Decimal | None:
    """The same number as a decimal, None if its digits have no end."""
    rest, places = fraction.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    while rest > 1:
        step = 2 if rest % 2 == 0 else 5
        if rest % step:
            return None
        rest, places = rest // step, places + 1
    digits = fraction.numerator * 10**places // fraction.denominator
    return _EXACT.scaleb(Decimal(digits), -places)


# ------------------------------------------------------------------- in words


def describe(unit: Unit) -> str:
    """The dimension in plain English: `mass per time`."""
    if unit.dimension == NO_DIMENSION:
        return "a plain number"
    bases = list(zip(BASES, unit.dimension, strict=True))
    above = " times ".join(_base(name, n) for name, n in bases if n > 0)
    return " per ".join([above or "number", *(_base(name, -n) for name, n in bases if n < 0)])


def _base(name: str, n: int) -> str:
    if name == "length" and n in (2, 3):
        return "area" if n == 2 else "volume"
    return name if n == 1 else f"{name} to the power of {n}"
