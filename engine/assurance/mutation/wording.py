"""A mutant in words: the condition or selection that is wrong, as it is and as it would be."""

from engine.assurance.mutation.model import Change, Spot
from engine.assurance.paths import rewritten
from engine.language.core import Core, Fact, Records, Select
from engine.language.english import english
from engine.language.types import TRUTH
from engine.language.walk import parts

LEFT_OUT = "left out"


def in_words(spot: Spot, change: Change) -> tuple[str, str]:
    if change.left_out is not None:
        return english(change.left_out), LEFT_OUT
    whole = _told(spot)
    before, after = english(whole), english(rewritten(whole, spot.node, change.node))
    was, would = _absent(spot.node), _absent(change.node)
    if was is None or would is None or was == would:
        return before, after
    return f"{before}; no record means {was}", f"{after}; no record means {would}"


def _told(spot: Spot) -> Core:
    """The nearest that can be understood by itself."""
    upwards = (spot.node, *reversed(spot.around))
    whole = next((one for one in upwards if one.type == TRUTH or isinstance(one, Select)), None)
    alone = spot.node if parts(spot.node) or not spot.around else spot.around[-1]
    return whole or alone


def _absent(core: Core) -> str | None:
    """What no record means of a selection, or of a fact."""
    match core:
        case Fact(absent=absent) | Select(source=Records(absent=absent)):
            return absent
        case _:
            return None
