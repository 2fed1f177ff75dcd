"""Syntax back to text: the one canonical way to write an expression.

Brackets stand only where the grammar needs them, and one space between words.
A code that was written in quotes keeps them: bare it would be a name, which
may mean something else. So `parse(canonical(x)) == x`.
"""

from collections.abc import Iterable

from engine.language import syntax as s

# The rules of the grammar from the loosest to the tightest.
EXPRESSION, CONDITION, JUNCTION, ITEM, COMPARISON, FALLBACK, SUM, PRODUCT, FACTOR, POWER, ATOM = range(11)

LEVELS: dict[type, int] = {
    s.IfThenElse: EXPRESSION,
    s.Unless: CONDITION,
    s.Junction: JUNCTION,
    s.Negation: ITEM,
    s.Compare: COMPARISON,
    s.Between: COMPARISON,
    s.Member: COMPARISON,
    s.Known: COMPARISON,
    s.IfKnown: FALLBACK,
    s.Total: SUM,
    s.Scaled: PRODUCT,
    s.Negative: FACTOR,
    s.Raised: POWER,
}
"""Where in the grammar a phrase is made; one that is not here is an atom."""

MOMENTS = (s.Name, s.Attribute, s.DateLiteral, s.VisitAspect)
"""What stands for a day without brackets."""


def canonical(syntax: s.Syntax) -> str:
    """The text of an expression."""
    match syntax:
        case s.IfThenElse(condition, then, otherwise):
            return f"if {_at(CONDITION, condition)} then {canonical(then)} else {canonical(otherwise)}"
        case s.Unless(part, exception):
            return f"{_at(JUNCTION, part)} unless {_at(JUNCTION, exception)}"
        case s.Junction(word, parts):
            return f" {word} ".join(_at(ITEM, part) for part in parts)
        case s.Negation(part):
            return f"not {_at(ITEM, part)}"
        case s.Compare() | s.Between() | s.Member() | s.Known():
            return _comparison(syntax)
        case s.IfKnown(value, otherwise):
            return f"{_at(SUM, value)} if known else {_at(FALLBACK, otherwise)}"
        case s.Total() | s.Scaled() | s.Negative() | s.Raised():
            return _sum(syntax)
        case _:
            return _atom(syntax)


def _at(level: int, syntax: s.Syntax) -> str:
    """A part where the grammar wants nothing looser than `level`."""
    text = canonical(syntax)
    return text if level_of(syntax) >= level else f"({text})"


def level_of(syntax: s.Syntax) -> int:
    """Where in the grammar a phrase is made."""
    return LEVELS.get(type(syntax), ATOM)


def _comparison(syntax: s.Compare | s.Between | s.Member | s.Known) -> str:
    match syntax:
        case s.Compare(sign, left, right):
            return f"{_at(FALLBACK, left)} {sign} {_at(FALLBACK, right)}"
        case s.Between(value, low, high):
            return f"{_at(FALLBACK, value)} between {_at(FALLBACK, low)} and {_at(FALLBACK, high)}"
        case s.Member(value, codes, negated):
            return f"{_at(FALLBACK, value)} {'not in' if negated else 'in'} {_codes(codes)}"
        case s.Known(value, known):
            return f"{_at(FALLBACK, value)} is {'known' if known else 'unknown'}"


def _codes(codes: s.Codes | s.Name) -> str:
    return codes.name if isinstance(codes, s.Name) else f"{{{_listed(codes.codes)}}}"


def _sum(syntax: s.Total | s.Scaled | s.Negative | s.Raised) -> str:
    match syntax:
        case s.Total(terms):
            return _signed(terms, PRODUCT)
        case s.Scaled(factors):
            return _signed(factors, FACTOR)
        case s.Negative(value):
            return f"-{_at(FACTOR, value)}"
        case s.Raised(value, exponent):
            return f"{_at(ATOM, value)} ^ {_at(FACTOR, exponent)}"


def _signed(parts: tuple[tuple[str, s.Syntax], ...], level: int) -> str:
    (_, first), *rest = parts
    return " ".join([_at(level, first), *(f"{sign} {_at(level, part)}" for sign, part in rest)])


# ---------------------------------------------------------------------- atoms


def _atom(syntax: s.Syntax) -> str:
    match syntax:
        case s.Selection():
            return _selection(syntax)
        case s.CountOf(word, count, parts):
            least = "" if count is None else f" {canonical(count)}"
            return f"{word}{least} of ({_listed(parts)})"
        case s.FunctionCall(name, args):
            return f"{name}({_listed(args)})"
        case s.PercentOf(percent, value):
            return f"{canonical(percent)} of {_at(ATOM, value)}"
        case s.Elapsed(unit, start, end):
            return f"{unit} from {_moment(start)} to {_moment(end)}"
        case s.At(thing, visit):
            return f"{canonical(thing)} at {visit.name}"
        case _:
            return _word(syntax)


def _word(syntax: s.Syntax) -> str:
    match syntax:
        case s.Name(name):
            return name
        case s.Attribute(of, name):
            return f"{of}.{name}"
        case s.Quantity(number, unit):
            return number if unit is None else f"{number} {unit}"
        case s.DateLiteral(text):
            return text
        case s.TruthLiteral(value):
            return "true" if value else "false"
        case s.CodeLiteral(code):
            return f"'{code}'"
        case s.VisitAspect(aspect, visit):
            return f"{aspect} of {visit}"
        case _:
            raise AssertionError(syntax)


def _listed(parts: Iterable[s.Syntax]) -> str:
    return ", ".join(map(canonical, parts))


def _moment(day: s.Syntax) -> str:
    return canonical(day) if isinstance(day, MOMENTS) else f"({canonical(day)})"


def _selection(syntax: s.Selection) -> str:
    where = "" if syntax.where is None else f" where ({canonical(syntax.where)})"
    period = "" if syntax.period is None else f" {in_period(syntax.period)}"
    has = "" if syntax.has is None else f" has ({canonical(syntax.has)})"
    return f"{syntax.selector} {canonical(syntax.thing)}{where}{period}{has}"


def in_period(syntax: s.Period) -> str:
    """The words of a period."""
    if syntax.until is not None:
        return f"from {_moment(syntax.day)} to {_moment(syntax.until)}"
    length = "" if syntax.length is None else f"in the {canonical(syntax.length)} "
    return f"{length}{syntax.form} {_moment(syntax.day)}"
