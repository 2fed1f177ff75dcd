"""Rules in plain English, and the words after "it must be"."""

from dataclasses import replace

import pytest

from engine.language.core import Period, Select
from engine.language.english import english
from tests.generative.asked import core_of, scope_of
from tests.generative.questions import parsed

SAID = {
    "last protein in the 14 days up to entry > 1.0 g/d": (
        "the last `protein` in the 14 days up to `entry` is above 1.0 g/d"
    ),
    "last protein in the look_back before entry >= enough": (
        "the last `protein` in the 14 days (`look_back`) before `entry` is at least 1.0 g/d (`enough`)"
    ),
    "not last weight up to entry > 70 kg": "the last `weight` up to `entry` is at most 70 kg",
    "sex != female": "`sex` is not 'female'",
    "not age at entry between 14 years and 65 years": (
        "completed years from `born` to `entry` is not between 14 years and 65 years"
    ),
    "no infection in the 1 month after entry": "no `infection` in the 1 month after `entry`",
    "no infection.severe on 2024-03-01": "no `infection.severe` on 2024-03-01",
    "every steroid.dose from month_1 to month_2 <= ceiling": (
        "every `steroid.dose` from `month_1` to `month_2` is at most 40 mg/d (`ceiling`)"
    ),
    "any biopsy where (class in {I, 'III+V'} and size > 8 mm)": (
        "any `biopsy` (where its `class` is one of 'I' or 'III+V' and its `size` is above 8 mm)"
    ),
    "any biopsy.class not in proliferative": (
        "any `biopsy.class` is not one of 'III' or 'III+V' (`proliferative`)"
    ),
    "last protein after 2024-03-01 has (value > 2 * enough)": (
        "the last `protein` after 2024-03-01 has (its value is above 2 times 1.0 g/d (`enough`))"
    ),
    "total steroid.dose from month_1": "the total `steroid.dose` from `month_1` on",
    "protein at visit - protein at baseline": "`protein` at this visit minus `protein` at baseline",
    "protein at visit >= 85 % of protein at month_1": (
        "`protein` at this visit is at least 0.85 times `protein` at `month_1`"
    ),
    "any improved from week_2 to month_2": "any `improved` from `week_2` to `month_2`",
    "no ratio > 1": "no `ratio` is above 1",
    "first improved": "the first `improved`",
    "number of improved = 2": "the number of `improved` is 2",
    "target of month_1 - 1 day": "the target day of `month_1` minus 1 day",
    "attendance of visit is unknown": "the recorded day of this visit is not known",
    "smoker and (allergic or light)": "`smoker` and (`allergic` or `light`)",
    "none of (smoker, allergic)": "none of (`smoker`; `allergic`)",
    "at least needed of (smoker, allergic, light)": (
        "at least 2 (`needed`) of (`smoker`; `allergic`; `light`)"
    ),
    "if smoker then entry else quarter if known else as_of": (
        "if `smoker` then `entry`, else `quarter`, or if that is not known `as_of`"
    ),
    "first protein has (entry)": "the first `protein` has (`entry`)",
    "min(0.5 * last weight, 40 kg)": "the lower of (0.5 times the last `weight`) and 40 kg",
}


@pytest.mark.parametrize("rule", SAID)
def test_a_rule_in_english(rule: str) -> None:
    assert english(core_of(parsed(rule), scope_of(is_at_visit=True))) == SAID[rule]


def test_a_period_is_said_with_its_bounds_in_or_out() -> None:
    """Some that have no phrase of the language come of making a rule wrong."""
    core = core_of(parsed("last protein from entry to quarter"))
    assert isinstance(core, Select)
    assert core.source.period is not None
    start, end = core.source.period.start, core.source.period.end
    assert start is not None
    assert end is not None
    said = {
        (True, True): "from `entry` to `quarter`",
        (True, False): "from `entry` and before `quarter`",
        (False, True): "after `entry` and up to `quarter`",
        (False, False): "after `entry` and before `quarter`",
    }
    for (opens, closes), words in said.items():
        period = Period(replace(start, inclusive=opens), replace(end, inclusive=closes))
        other = replace(core, source=replace(core.source, period=period))
        assert english(other) == f"the last `protein` {words}"


def test_the_record_a_rule_is_about_and_the_one_before() -> None:
    rule = "days from previous.start to start <= 14 days and dose > previous.dose"
    core = core_of(parsed(rule), scope_of(this="steroid"))
    days = "days from the start of the record before to the start of this record is at most 14 days"
    assert english(core) == f"{days} and `dose` of this record is above `dose` of the record before"
