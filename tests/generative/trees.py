"""Every syntax tree that the grammar can make, whether or not it would load."""

from typing import Any

from hypothesis import strategies as st

from engine.language import syntax as s
from engine.study.names import RESERVED

names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,5}", fullmatch=True).filter(lambda name: name not in RESERVED)
a_name = st.builds(s.Name, names)
an_attribute = st.builds(s.Attribute, names, names)
things = st.one_of(a_name, an_attribute)
UNITS = (
    *("g/d", "mg/dL", "/uL", "10^9/L", "x10^9/L", "10*3/uL", "mL/min/1.73m2", "mL/min/1.73 m2", "g/24 h"),
    *("g/(24.h)", "%", "days", "months", "umol/L", "µmol/L", "m^2", "kg/m²", "[IU]/mL", "{cells}/HPF", "°C"),
)
quantities = st.builds(
    s.Quantity,
    st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3})?", fullmatch=True),
    st.none() | st.sampled_from(UNITS) | names.filter(lambda name: not name.startswith("_")),
)
dates = st.builds(s.DateLiteral, st.dates().map(str))
letters = st.characters(exclude_characters="'\n", exclude_categories=["Cs"])
codes = st.builds(s.CodeLiteral, st.text(letters, max_size=6))
aspects = st.builds(s.VisitAspect, st.sampled_from(("target", "opening", "closing", "attendance")), names)
words: st.SearchStrategy[s.Syntax] = st.one_of(
    a_name, an_attribute, quantities, dates, codes, aspects, st.builds(s.TruthLiteral, st.booleans()),
    st.builds(s.At, things, a_name),
)  # fmt: skip
sets = st.one_of(a_name, st.builds(s.Codes, st.lists(a_name | codes, min_size=1, max_size=3).map(tuple)))
counts = st.one_of(a_name, quantities)


def several(parts: st.SearchStrategy[Any], least: int = 1) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(parts, min_size=least, max_size=3).map(tuple)


Signed = tuple[tuple[str, s.Syntax], ...]


def signed(signs: str, parts: st.SearchStrategy[s.Syntax]) -> st.SearchStrategy[Signed]:
    """The first of a sum or product stands without a sign."""
    rest = st.lists(st.tuples(st.sampled_from(signs), parts), min_size=1, max_size=2)
    return st.tuples(parts, rest).map(lambda drawn: ((signs[0], drawn[0]), *drawn[1]))


def periods(parts: st.SearchStrategy[s.Syntax]) -> st.SearchStrategy[s.Period]:
    forms = st.sampled_from(("before", "up to", "after", "from", "on"))
    measured = st.sampled_from(("before", "up to", "after", "from"))
    return st.one_of(
        st.builds(s.Period, forms, parts),
        st.builds(s.Period, st.just("from to"), parts, parts),
        st.builds(s.Period, measured, parts, st.none(), counts),
    )


def selections(parts: st.SearchStrategy[s.Syntax]) -> st.SearchStrategy[s.Selection]:
    selectors = "first last highest lowest mean median total any no every".split()
    clause = st.none() | parts
    period = st.none() | periods(parts)
    return st.builds(s.Selection, st.sampled_from((*selectors, "number of")), things, clause, period, clause)


def grown(parts: st.SearchStrategy[s.Syntax]) -> st.SearchStrategy[s.Syntax]:
    """One phrase of these parts, of every kind there is."""
    signs = st.sampled_from(("=", "!=", "<", "<=", ">", ">="))
    counted = st.sampled_from(("all", "any", "none"))
    functions = st.sampled_from(("min", "max", "abs", "round"))
    kinds: tuple[st.SearchStrategy[s.Syntax], ...] = (
        st.builds(s.Junction, st.sampled_from(("and", "or")), several(parts, 2)),
        st.builds(s.Negation, parts),
        st.builds(s.Unless, parts, parts),
        st.builds(s.IfThenElse, parts, parts, parts),
        st.builds(s.CountOf, counted, st.none(), several(parts)),
        st.builds(s.CountOf, st.just("at least"), counts, several(parts)),
        st.builds(s.Compare, signs, parts, parts),
        st.builds(s.Between, parts, parts, parts),
        st.builds(s.Member, parts, sets, st.booleans()),
        st.builds(s.Known, parts, st.booleans()),
        st.builds(s.IfKnown, parts, parts),
        st.builds(s.Total, signed("+-", parts)),
        st.builds(s.Scaled, signed("*/", parts)),
        st.builds(s.Negative, parts),
        st.builds(s.Raised, parts, parts),
        st.builds(s.PercentOf, quantities, parts),
        st.builds(s.FunctionCall, functions, several(parts)),
        st.builds(s.Elapsed, st.sampled_from(("days", "months", "years")), parts, parts),
        selections(parts),
    )
    return st.one_of(kinds)


syntax = st.recursive(words, grown, max_leaves=12)
