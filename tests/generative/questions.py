"""Everything that can be asked of one variable, in many periods: a questionnaire for small patients.

Generated expressions rarely meet the one patient that would trip them. So each
small patient is asked all of these.
"""

from functools import cache

from engine.language import syntax as s
from engine.language.core import Core
from engine.language.parse import nowhere, parse
from engine.source.diagnostic import Diagnostics
from tests.generative.asked import core_of
from tests.generative.namespace import SERIES

PERIODS = (
    "",
    "up to 2024-02-14",
    "before 2024-02-29",
    "after 2024-01-31",
    "from 2024-02-14",
    "on 2024-02-29",
    "from 2024-02-01 to 2024-02-29",
    "from 2024-02-15 to 2024-02-01",
    "up to entry",
    "from entry to month_1",
    "after week_2",
    "in the 14 days up to month_1",
    "in the 14 days before 2024-02-29",
    "in the 1 month after entry",
    "in the 1 month from 2024-01-31",
    "in the 0 days before 2024-02-14",
    "from crossing to month_2",
)
FIGURES = {
    "mass per time": ("0.5 g/d", "1.0 g/d", "40 mg/d"),
    "count": ("4.0 10^9/L",),
    "mass": ("70 kg",),
    "plain": ("0", "2"),
    "concentration": ("10 g/L",),
    "time": ("24 h",),
    "length": ("8 mm",),
}
NUMERIC = ("first", "last", "highest", "lowest", "mean", "median", "total")


@cache
def questions(variable: str) -> tuple[tuple[str, Core], ...]:
    """Every question about a variable, as asked and as typed."""
    asked = [*_of_records(variable), *_of_value(variable), *_at_visits(variable)]
    if variable == "attended":
        asked += ["week_2", "month_1", "month_2", "attendance of month_1", "days from entry to month_2"]
    return tuple((text, core_of(parsed(text))) for text in asked)


def parsed(text: str) -> s.Syntax:
    """The syntax of a question, which must have one."""
    found = Diagnostics()
    syntax = parse(text, nowhere, found)
    assert syntax is not None, (text, [finding.message for finding in found])
    return syntax


def _of_records(variable: str) -> list[str]:
    series = SERIES[variable]
    plain = [f"number of {variable}", f"first {variable}.start", f"last {variable}.start"]
    plain += [] if series.kind == "judgement" else [f"any {variable}"]
    if series.kind == "episode":
        plain += [f"highest {variable}.end", f"total {variable}"]
    asked = []
    for text in plain:
        for period in PERIODS:
            if text.startswith("total"):
                asked.append(f"{text} {period} has (days from start to end)")
            else:
                asked.append(f"{text} {period}")
    filtered = [f"number of {variable} where (start >= 2024-02-14) {period}" for period in PERIODS]
    return asked + filtered


def _of_value(variable: str) -> list[str]:
    series = SERIES[variable]
    things = [(variable, "value", series.value)] if series.value else []
    things += [(f"{variable}.{name}", name, of) for name, of in series.attributes.items()]
    return [question for thing in things for question in _of_thing(variable, *thing)]


def _of_thing(variable: str, thing: str, field: str, measure: str | None) -> list[str]:
    if measure == "yes/no":
        asked = [
            f"{word} {thing} {period}" for word in ("any", "every", "first", "last") for period in PERIODS
        ]
        return asked + [f"number of {variable} where ({field}) {period}" for period in PERIODS]
    if measure == "day":
        return [f"{word} {thing} {period}" for word in ("first", "last", "highest") for period in PERIODS]
    if measure == "class":
        asked = [f"{word} {thing} {period}" for word in ("first", "last") for period in PERIODS]
        asked += [f"{word} {thing} {period} = III" for word in ("any", "every") for period in PERIODS]
        return asked + [f"every {variable}.size where ({field} = I) {period} < 8 mm" for period in PERIODS]
    return _of_numbers(variable, thing, field, FIGURES[measure or ""])


def _of_numbers(variable: str, thing: str, field: str, figures: tuple[str, ...]) -> list[str]:
    asked = [f"{word} {thing} {period}" for word in NUMERIC for period in PERIODS]
    for figure in figures:
        asked += [f"{word} {thing} {period} > {figure}" for word in ("any", "every") for period in PERIODS]
        asked += [f"every {thing} where ({field} < {figure}) {period} < {figure}" for period in PERIODS]
        asked += [f"number of {variable} where ({field} >= {figure}) {period}" for period in PERIODS]
    return asked


def _at_visits(variable: str) -> list[str]:
    series = SERIES[variable]
    things = [variable] * (series.value is not None) + [f"{variable}.{name}" for name in series.attributes]
    return [
        f"{thing} at {visit}" for thing in things for visit in ("week_2", "month_1", "month_2", "baseline")
    ]
