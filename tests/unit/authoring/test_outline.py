"""English as an outline: what is joined, denied or chosen stands one below another."""

import pytest

from engine.authoring.outline import outline
from engine.language.check import check
from engine.language.names import Names, Scope, VariableName
from engine.language.parse import nowhere, parse
from engine.language.types import TRUTH, Number
from engine.language.units import ONE
from engine.source.diagnostic import Diagnostics

NAMES = Names(
    {
        **{
            name: VariableName(name, "fact", TRUTH, {}, "unknown")
            for name in (
                "first_long_condition",
                "second_long_condition",
                "third_long_condition",
                "fourth_long_condition",
                "short",
            )
        },
        "score": VariableName("score", "fact", Number(ONE), {}, "unknown"),
        "biopsy": VariableName("biopsy", "event", None, {"active": TRUTH, "depth_of_it": TRUTH}, "no"),
    }
)
LONG = "first_long_condition, second_long_condition, third_long_condition, fourth_long_condition"


def shown(text: str) -> list[str]:
    findings = Diagnostics()
    syntax = parse(text, nowhere, findings)
    assert syntax is not None
    core = check(syntax, NAMES, Scope(), findings)
    assert core is not None, [finding.message for finding in findings]
    return [f"{'  ' * line.depth}{'- ' * line.item}{line.words}" for line in outline(core)]


ITEMS = [f"  - `{name}`" for name in LONG.split(", ")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("short and score > 6", ["`short` and `score` is above 6"]),
        ("first biopsy <= as_of", ["the first `biopsy` is on or before `as_of`"]),
        ("not first biopsy < as_of", ["the first `biopsy` is on or after `as_of`"]),
        (f"all of ({LONG})", ["all of these hold:", *ITEMS]),
        (f"any of ({LONG})", ["any of these holds:", *ITEMS]),
        (f"none of ({LONG})", ["none of these holds:", *ITEMS]),
        (f"not all of ({LONG})", ["not all of these hold:", *ITEMS]),
        (f"at least 2 of ({LONG})", ["at least 2 of these hold:", *ITEMS]),
        (
            "first_long_condition and (second_long_condition "
            "and (third_long_condition and fourth_long_condition))",
            ["all of these hold:", *ITEMS],
        ),
        (
            "short and score between 1 and 5 and first_long_condition and second_long_condition",
            [
                "all of these hold:",
                "  - `short`",
                "  - `score` is between 1 and 5",
                "  - `first_long_condition`",
                "  - `second_long_condition`",
            ],
        ),
        (
            "if first_long_condition and second_long_condition then score > 10 "
            "else if third_long_condition then score > 20 else score > 30",
            [
                "if `first_long_condition` and `second_long_condition`",
                "  then `score` is above 10",
                "else if `third_long_condition`",
                "  then `score` is above 20",
                "else `score` is above 30",
            ],
        ),
        (
            "any biopsy has (active and depth_of_it and first_long_condition and second_long_condition)",
            [
                "any `biopsy` of which all of these hold:",
                "  - its `active`",
                "  - its `depth_of_it`",
                "  - `first_long_condition`",
                "  - `second_long_condition`",
            ],
        ),
        (
            "no biopsy where (active or depth_of_it or first_long_condition or second_long_condition)",
            [
                "no `biopsy` (where its `active` or its `depth_of_it` or `first_long_condition` or "
                "`second_long_condition`)"
            ],
        ),
        (
            "any biopsy where (active or depth_of_it or first_long_condition or second_long_condition)",
            [
                "any `biopsy` where any of these holds:",
                "  - its `active`",
                "  - its `depth_of_it`",
                "  - `first_long_condition`",
                "  - `second_long_condition`",
            ],
        ),
    ],
)
def test_an_outline_reads_down(text: str, lines: list[str]) -> None:
    assert shown(text) == lines
