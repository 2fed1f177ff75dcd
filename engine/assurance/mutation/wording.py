"""A mutant in words: the smallest condition round what is wrong, as it is and as it would be."""

from engine.assurance.mutation.model import Spot
from engine.assurance.paths import rewritten
from engine.language.core import Core, Select
from engine.language.english import english
from engine.language.types import TRUTH


def in_words(kind: str, spot: Spot, other: Core) -> tuple[str, str]:
    around = next((one for one in reversed((*spot.around, spot.node)) if one.type == TRUTH), None)
    whole = around or (*spot.around, spot.node)[0]
    before, after = english(whole), english(rewritten(whole, spot.node, other))
    if kind == "absence":
        return f"{before}; no record means {_meant(spot.node)}", f"{after}; no record means {_meant(other)}"
    return before, after


def _meant(core: Core) -> str:
    return str(getattr(core.source if isinstance(core, Select) else core, "absent", ""))
