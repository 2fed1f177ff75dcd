"""On which rules and visits each rule and visit rests, through however many others."""

from collections.abc import Iterator, Mapping

from engine.assurance.rewrite import expressions
from engine.language.core import CURRENT, Core, Records, Ref, Select, VisitDay
from engine.language.walk import nodes
from engine.study.linked import Study


def resting(study: Study) -> Mapping[str, frozenset[str]]:
    """By the name of a rule, of a visit, or of the baseline."""
    direct: dict[str, set[str]] = {}
    for slot, core in expressions(study.program).items():
        linked = study.rules.get(slot.rule)
        named = direct.setdefault(slot.rule, set())
        for name in _named(core):
            named.update(linked.visits if name == CURRENT and linked else (name,))
    return {name: frozenset(_below(name, direct)) for name in direct}


def _named(core: Core) -> Iterator[str]:
    for node in nodes(core):
        match node:
            case Ref(rule, visit):
                yield from (rule, visit) if visit else (rule,)
            case VisitDay(visit) | Select(source=Records(visit=str() as visit)):
                yield visit
            case _:
                pass


def _below(name: str, direct: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    pending = [name]
    while pending:
        for one in direct.get(pending.pop(), set()) - found:
            found.add(one)
            pending.append(one)
    return found
