"""Laws that answers keep whatever is asked of whom: of three values, and of the calendar."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language import syntax as s
from engine.language.days import months_between, plus_days, plus_months, years_between
from engine.language.values import Day
from tests.generative.asked import answer, core_of
from tests.generative.expressions import phrases
from tests.generative.naive import months_on
from tests.generative.patients import AS_OF, patients, texts, timeline_of

truths = phrases("truth", is_steady=True, ripe=1)
Law = Callable[[s.Syntax, s.Syntax, s.Syntax], tuple[s.Syntax, s.Syntax]]


def both(*parts: s.Syntax) -> s.Syntax:
    return s.Junction("and", parts)


def either(*parts: s.Syntax) -> s.Syntax:
    return s.Junction("or", parts)


def denied(part: s.Syntax) -> s.Syntax:
    return s.Negation(part)


def of(word: Any, *parts: s.Syntax, least: str | None = None) -> s.Syntax:
    return s.CountOf(word, None if least is None else s.Quantity(least, None), parts)


LAWS: dict[str, Law] = {
    "and, in any order": lambda a, b, c: (both(a, b, c), both(c, a, b)),
    "or, in any order": lambda a, b, c: (either(a, b, c), either(b, c, a)),
    "and, in any groups": lambda a, b, c: (both(a, both(b, c)), both(a, b, c)),
    "not and": lambda a, b, c: (denied(both(a, b, c)), either(denied(a), denied(b), denied(c))),
    "not or": lambda a, b, c: (denied(either(a, b, c)), both(denied(a), denied(b), denied(c))),
    "not not": lambda a, b, c: (denied(denied(a)), a),
    "and over or": lambda a, b, c: (both(a, either(b, c)), either(both(a, b), both(a, c))),
    "unless": lambda a, b, c: (s.Unless(a, b), both(a, denied(b))),
    "all of": lambda a, b, c: (of("all", a, b, c), both(a, b, c)),
    "any of": lambda a, b, c: (of("any", a, b, c), either(a, b, c)),
    "none of": lambda a, b, c: (of("none", a, b, c), denied(either(a, b, c))),
    "at least one": lambda a, b, c: (of("at least", a, b, c, least="1"), either(a, b, c)),
    "at least all": lambda a, b, c: (of("at least", a, b, c, least="3"), both(a, b, c)),
    "at least two": lambda a, b, c: (
        of("at least", a, b, c, least="2"),
        either(both(a, b), both(a, c), both(b, c)),
    ),
    "if the same either way": lambda a, b, c: (s.IfThenElse(a, b, b), b),
    "if not": lambda a, b, c: (s.IfThenElse(denied(a), b, c), s.IfThenElse(a, c, b)),
    "known or not": lambda a, b, c: (s.Known(a, False), denied(s.Known(a, True))),
}


@pytest.mark.parametrize("law", LAWS)
@given(st.data())
@settings(max_examples=settings().max_examples // 2)
def test_two_ways_to_say_it_are_one(law: str, data: st.DataObject) -> None:
    one, other = LAWS[law](*(data.draw(truths) for _ in range(3)))
    timeline, as_of = timeline_of(texts(data.draw(patients()))), data.draw(st.sampled_from(AS_OF))
    assert answer(core_of(one), timeline, as_of) is answer(core_of(other), timeline, as_of)


SIGNS = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!="}


@pytest.mark.parametrize("sign", SIGNS)
@given(st.data())
def test_a_comparison_denied_is_its_opposite(sign: str, data: st.DataObject) -> None:
    left, right = (data.draw(phrases("mass per time", ripe=1)) for _ in range(2))
    guard = s.Total((("+", left), ("+", s.Quantity("0", "g/d"))))  # else `any x < y` is of each record
    denial, opposite = denied(s.Compare(sign, guard, right)), s.Compare(SIGNS[sign], guard, right)
    timeline = timeline_of(texts(data.draw(patients())))
    assert answer(core_of(denial), timeline, AS_OF[0]) is answer(core_of(opposite), timeline, AS_OF[0])


@given(st.data())
def test_no_is_not_any_and_every_is_no_other(data: st.DataObject) -> None:
    limit = s.Quantity("1.0", "g/d")

    def asked(word: str, sign: str) -> s.Syntax:
        return s.Compare(sign, s.Selection(word, s.Name("protein"), None, period), limit)

    period = data.draw(st.sampled_from((None, s.Period("up to", s.Name("month_1")))))
    timeline = timeline_of(texts(data.draw(patients(variables=("protein",)))))
    answers = [
        answer(core_of(each), timeline, AS_OF[0])
        for each in (asked("no", ">"), denied(asked("any", ">")), asked("every", "<="))
    ]
    assert answers[0] is answers[1] is answers[2]


# ------------------------------------------------------------------- calendar

days = st.dates(date(1890, 1, 1), date(2110, 12, 31))
many = st.integers(-600, 600)


def ordinal(day: date) -> Day:
    return Day(day.toordinal())


@given(days, many)
def test_months_are_added_as_on_a_calendar(day: date, n: int) -> None:
    assert plus_months(ordinal(day), n) == months_on(day, n).toordinal()


@given(days, days)
def test_whole_months_are_as_many_as_fit(a: date, b: date) -> None:
    n = months_between(ordinal(a), ordinal(b))
    assert months_on(a, n) <= b < months_on(a, n + 1)
    assert years_between(ordinal(a), ordinal(b)) == n // 12


@given(days, days, many)
def test_later_days_stay_later(a: date, b: date, n: int) -> None:
    first, last = sorted((a, b))
    assert months_on(first, n) <= months_on(last, n)
    assert months_between(ordinal(first), ordinal(b)) >= months_between(ordinal(last), ordinal(b))


@given(days, many)
def test_a_whole_year_is_twelve_months(day: date, n: int) -> None:
    assert plus_months(ordinal(day), 12 * n) == months_on(day, 12 * n).toordinal()
    moved = plus_days(ordinal(day), n)
    assert isinstance(moved, int)
    assert plus_days(moved, -n) == ordinal(day)
