"""On which rules and visits each rule and visit rests, through however many others."""

from collections.abc import Iterator, Mapping

from engine.language.core import CURRENT, Core, Records, Ref, Select, VisitDay, Visits
from engine.language.slots import expressions
from engine.language.walk import nodes
from engine.study.linked import Study


def resting(study: Study) -> Mapping[str, frozenset[str]]:
    """By the name of a rule, of a visit, or of the baseline."""
    direct = named(study)
    return {name: frozenset(_below(name, direct)) for name in direct}


def named(study: Study) -> Mapping[str, set[str]]:
    """Likewise, those alone that it names itself."""
    direct: dict[str, set[str]] = {}
    for slot, core in expressions(study.program).items():
        linked = study.rules.get(slot.rule)
        found = direct.setdefault(slot.rule, set())
        for name in mentions(core):
            found.update(linked.visits if name == CURRENT and linked else (name,))
    return direct


def mentions(core: Core) -> Iterator[str]:
    """The rules and visits that an expression goes by itself."""
    for node in nodes(core):
        match node:
            case Ref(rule, visit):
                yield from (rule, visit) if visit else (rule,)
            case VisitDay(visit) | Select(source=Records(visit=str() as visit)):
                yield visit
            case Select(source=Visits(visits=visits)):
                yield from visits
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
