"""The ways in which a rule goes wrong by one small step: the table."""

from engine.assurance.mutation.anchors import anchor
from engine.assurance.mutation.comparisons import strictness, threshold
from engine.assurance.mutation.conditions import clause, count, junction
from engine.assurance.mutation.model import Changing
from engine.assurance.mutation.selections import absence, outermost, window

CHANGING: dict[str, Changing] = {
    "strictness": strictness,
    "threshold": threshold,
    "junction": junction,
    "clause": clause,
    "count": count,
    "window": window,
    "outermost": outermost,
    "anchor": anchor,
    "absence": absence,
}
"""Those that change one node; each gives the nodes that could stand there instead."""

PARAMETER = "parameter"
"""The one that gives a parameter its other value wherever it is read."""

KINDS: dict[str, str] = {
    "strictness": "`<` for `<=`, `>` for `>=`",
    "threshold": "a figure compared with a recorded value, one step higher or lower",
    "junction": "`and` for `or`",
    "clause": "a condition, filter, `unless` or `not` left out",
    "count": "`at least` one more or fewer",
    "window": "the bound of a period in or out, a day off or left away; a length one longer or shorter",
    "outermost": "`first` for `last`, `highest` for `lowest`, `any` for `every`",
    "anchor": "the anchor or visit next to the one that is meant",
    "absence": "no record taken to mean `no` instead of unknown",
    PARAMETER: "an alternative that the protocol's parameter declares",
}
