"""Expressions that load, worked backwards from the type that is wanted."""

from collections.abc import Callable
from functools import partial
from typing import Any

from hypothesis import strategies as st

from engine.language import syntax as s
from tests.generative import selections
from tests.generative.author import Author
from tests.generative.namespace import CODES, LITERALS, NUMBER_RULES, PARAMETERS, TRUTH_RULES
from tests.generative.selections import SIGNS, Leaf, named_day, rule_at_visit, span, visit

DIMENSIONS = tuple(LITERALS)
ASPECTS = ("target", "opening", "closing")


# --------------------------------------------------------------------- truth


def truth(author: Author) -> s.Syntax:
    leaves: list[Leaf] = [
        lambda: s.Name(author.pick(("smoker", "allergic", "fit", "unfit", "light", "strict"))),
        lambda: s.TruthLiteral(author.once_in(2)),
        lambda: selections.quantified(author),
        lambda: selections.quantified(author),
        lambda: _compared_numbers(author),
        lambda: _compared_days(author),
        lambda: _compared_codes(author),
        lambda: rule_at_visit(author, author.pick(TRUTH_RULES)),
    ]
    field = author.field("yes/no")
    return author.among(leaves if field is None else [*leaves, lambda: field], _conditions(author))


def _conditions(author: Author) -> list[Leaf]:
    def part() -> s.Syntax:
        return author.more("truth")

    branches: list[Leaf] = [
        lambda: s.Junction(author.pick(("and", "or")), tuple(part() for _ in range(author.pick((2, 2, 3))))),
        lambda: s.Negation(part()),
        lambda: s.Unless(part(), part()),
        lambda: _count_of(author),
        lambda: s.Compare(author.pick(("=", "!=")), s.Negation(part()), part()),
        lambda: s.IfThenElse(part(), part(), part()),
        lambda: selections.quantified(author),
        lambda: _compared_numbers(author),
        lambda: _compared_days(author),
        lambda: _compared_codes(author),
    ]
    if not author.is_steady:
        branches += [lambda: _known(author), lambda: s.IfKnown(part(), part())]
    return branches


def _count_of(author: Author) -> s.Syntax:
    parts = tuple(author.more("truth") for _ in range(author.pick((2, 3))))
    word = author.pick(("all", "any", "none", "at least"))
    count = author.pick((s.Quantity("1", None), s.Name("needed"))) if word == "at least" else None
    return s.CountOf(word, count, parts)  # type: ignore[arg-type]


def _known(author: Author) -> s.Syntax:
    if author.once_in(4):
        return s.Known(s.VisitAspect("attendance", author.pick(CODES["visit"])), author.once_in(2))
    return s.Known(author.more(author.pick(("truth", "day", "class", *DIMENSIONS))), author.once_in(2))


def _compared_numbers(author: Author) -> s.Syntax:
    dimension = author.pick(DIMENSIONS)
    value, other = author.more(dimension), author.more(dimension)
    if author.once_in(4):
        return s.Between(value, other, author.more(dimension))
    return s.Compare(author.pick(SIGNS), value, other)


def _compared_days(author: Author) -> s.Syntax:
    return s.Compare(author.pick(SIGNS), author.more("day"), author.more("day"))


def _compared_codes(author: Author) -> s.Syntax:
    codelist = author.pick(("sex", "class"))
    value = author.more(codelist)
    if author.once_in(2):
        return s.Compare(author.pick(("=", "!=")), value, _literal_code(author, codelist))
    codes = s.Codes(tuple(_literal_code(author, codelist) for _ in range(author.pick((1, 2)))))
    named = codelist == "class" and author.once_in(2)
    return s.Member(value, s.Name("proliferative") if named else codes, author.once_in(2))


# ------------------------------------------------------------------- numbers


def number(author: Author, dimension: str) -> s.Syntax:
    leaves: list[Leaf] = [
        lambda: s.Quantity(*author.pick(LITERALS[dimension])),
        lambda: selections.of_numbers(author, dimension),
        lambda: selections.of_numbers(author, dimension),
        *_special(author, dimension),
    ]
    field = author.field(dimension)
    return author.among(
        leaves if field is None else [*leaves, *[lambda: field] * 3], _grown(author, dimension)
    )


def _special(author: Author, dimension: str) -> list[Leaf]:
    """What only some dimensions have: names, lengths of time, rules of visits."""
    named = [*PARAMETERS.get(dimension, ()), *(["height"] if dimension == "length" else [])]
    rules = [rule for rule, of in NUMBER_RULES.items() if of == dimension]
    leaves: list[Leaf] = [partial(s.Name, name) for name in named]
    leaves += [partial(rule_at_visit, author, rule) for rule in rules]
    if dimension == "time":
        leaves.append(lambda: s.Elapsed("days", author.more("day"), author.more("day")))
    if dimension == "calendar time":
        unit = author.pick(("months", "years"))
        leaves.append(lambda: s.Elapsed(unit, author.more("day"), author.more("day")))  # type: ignore[arg-type]
        leaves.append(lambda: s.At(s.Name("age"), s.Name(author.pick(("entry", "month_1")))))
    return leaves


def _grown(author: Author, dimension: str) -> list[Leaf]:
    def part() -> s.Syntax:
        return author.more(dimension)

    branches: list[Leaf] = [
        lambda: s.Total((("+", part()), (author.pick(("+", "-")), part()))),
        lambda: s.Scaled((("*", author.more("plain")), ("*", part()))),
        lambda: s.Scaled((("*", part()), ("/", author.more("plain")))),
        lambda: s.PercentOf(s.Quantity(author.pick(("85", "0", "150")), "%"), part()),
        lambda: s.Negative(part()),
        lambda: s.FunctionCall(author.pick(("min", "max")), (part(), part())),
        lambda: s.FunctionCall("abs", (part(),)),
        lambda: s.FunctionCall("round", (part(), s.Quantity(*author.pick(LITERALS[dimension])))),
        lambda: s.IfThenElse(author.more("truth"), part(), part()),
    ]
    if not author.is_steady:
        branches.append(lambda: s.IfKnown(part(), part()))
    if things := selections.things(author, dimension):
        share = s.Quantity("85", "%")
        branches.append(lambda: s.PercentOf(share, s.At(author.pick(things), s.Name("baseline"))))
    return branches + (
        [lambda: _ratio(author), *[lambda: _power(author)] * 3] if dimension == "plain" else []
    )


def _ratio(author: Author) -> s.Syntax:
    dimension = author.pick(DIMENSIONS)
    return s.Scaled((("*", author.more(dimension)), ("/", author.more(dimension))))


def _power(author: Author) -> s.Syntax:
    two, half, one = (s.Quantity(number, None) for number in ("2", "0.5", "1"))
    exponents: tuple[s.Syntax, ...] = (two, half, s.Negative(one), author.more("plain"))
    return s.Raised(author.more("plain"), author.pick(exponents))


# --------------------------------------------------------------- days, codes


def day(author: Author) -> s.Syntax:
    aspects = ASPECTS if author.is_steady else (*ASPECTS, "attendance")
    leaves: list[Leaf] = [
        lambda: named_day(author),
        lambda: s.VisitAspect(author.pick(aspects), visit_named(author)),  # type: ignore[arg-type]
        lambda: selections.of_days(author),
    ]
    branches: list[Leaf] = [
        lambda: s.Total((("+", author.more("day")), (author.pick(("+", "-")), span(author)))),
        lambda: s.Total((("+", author.more("day")), ("-", s.Name(author.pick(("look_back", "season")))))),
        lambda: s.IfThenElse(author.more("truth"), author.more("day"), author.more("day")),
        lambda: selections.of_days(author),
    ]
    if not author.is_steady:
        branches.append(lambda: s.IfKnown(author.more("day"), author.more("day")))
    field = author.field("day")
    return author.among(leaves if field is None else [*leaves, *[lambda: field] * 3], branches)


def visit_named(author: Author) -> str:
    name = visit(author).name
    return "month_1" if name == "baseline" else name


def code(author: Author, codelist: str) -> s.Syntax:
    leaves: list[Leaf] = [lambda: s.Name("sex")]
    if codelist == "class":
        leaves = [lambda: selections.of_codes(author), lambda: s.Name("wanted")]
    either: list[Leaf] = [
        lambda: s.IfThenElse(author.more("truth"), author.more(codelist), author.more(codelist))
    ]
    field = author.field(codelist)
    return author.among(leaves if field is None else [*leaves, *[lambda: field] * 3], either)


def _literal_code(author: Author, codelist: str) -> s.Name | s.CodeLiteral:
    """In quotes or, where it is a plain word, perhaps without."""
    found = author.pick(CODES[codelist])
    return s.Name(found) if found.isalpha() and author.once_in(2) else s.CodeLiteral(found)


# ---------------------------------------------------------------- strategies

WRITE: dict[str, Callable[[Author], s.Syntax]] = {
    "truth": truth,
    "day": day,
    "sex": partial(code, codelist="sex"),
    "class": partial(code, codelist="class"),
    **{dimension: partial(number, dimension=dimension) for dimension in DIMENSIONS},
}
"""How each kind of phrase is written."""


@st.composite
def phrases(draw: st.DrawFn, /, kind: str, **where: Any) -> s.Syntax:
    """A phrase of a kind of `WRITE`, or any `number`."""
    author = Author(draw, WRITE, **where)
    return WRITE[author.pick(DIMENSIONS) if kind == "number" else kind](author)


@st.composite
def selected(draw: st.DrawFn, /, **where: Any) -> s.Syntax:
    """One selection, with what narrows it."""
    author = Author(draw, WRITE, ripe=1, **where)
    measured = partial(selections.of_numbers, author, author.pick(DIMENSIONS))
    kinds = (selections.quantified, selections.quantified, selections.of_days, selections.of_codes)
    return author.pick((*(partial(kind, author) for kind in kinds), measured, measured, measured))()


@st.composite
def expressions(draw: st.DrawFn, /, **where: Any) -> s.Syntax:
    """A phrase of any type, mostly a condition, as rules are."""
    kind = draw(st.sampled_from(("truth", "truth", "truth", "number", "number", "day", "class")))
    return draw(phrases(kind, **where))
