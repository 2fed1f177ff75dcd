"""What two studies say differently, and what rests on it: the only rules that can answer otherwise.

Places take no part in the comparison of cores, so a rule that was only moved or
reworded says the same. A parameter's value stands in the core of each rule that
reads it, and with it in those that say something else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.amendment.threads import SHOWN, Thread, name_of, thread_of, threads
from engine.language.core import Core, Fact, Records, Select, VisitDay
from engine.language.slots import expressions
from engine.language.walk import nodes
from engine.study.linked import LinkedRule, Study
from engine.study.model import Endpoint
from engine.study.resting import resting
from engine.timeline.dictionary import Dictionary, Entry, dictionary_of


@dataclass(frozen=True, slots=True)
class Ground:
    """Two studies, and where they differ.

    `own` says something else itself, in order; `above` what hangs on each
    directly; `touched` names the rules and visits that rest on any of `own`.
    `variables` are read from the files otherwise, `endpoints` counted otherwise.
    """

    was: Study
    now: Study
    own: tuple[Thread, ...]
    above: Mapping[Thread, tuple[Thread, ...]] = field(repr=False)
    touched: frozenset[str] = field(repr=False)
    variables: frozenset[str]
    endpoints: frozenset[str]

    @property
    def names(self) -> tuple[str, ...]:
        """The rules, visits and baseline that say something else."""
        return tuple(dict.fromkeys(map(name_of, self.own)))

    @property
    def is_read_once(self) -> bool:
        """Whether a patient's files hold the same for both."""
        return not self.variables


def ground_of(was: Study, now: Study, is_alike: bool = True) -> Ground:
    """Where two studies differ in what they ask of a patient; everywhere, where the data are not alike."""
    variables = frozenset(_read_otherwise(dictionary(was), dictionary(now)))
    slots = [slot for study in (was, now) for slot in expressions(study.program)]
    own = tuple(dict.fromkeys(_own(was, now, variables) if is_alike else map(thread_of, slots)))
    names = set(map(name_of, own))
    resting_on = [entry for study in (was, now) for entry in resting(study).items()]
    touched = names.union(name for name, below in resting_on if not below.isdisjoint(names))
    fixed = (frozenset(touched), variables, _counted_otherwise(was, now))
    return Ground(was, now, own, _above(was, now), *fixed)


def _above(was: Study, now: Study) -> Mapping[Thread, tuple[Thread, ...]]:
    """What hangs on each thread directly, in either study."""
    above: dict[Thread, dict[Thread, None]] = {}
    for study in (was, now):
        for thread, below in threads(study).items():
            for one in below:
                above.setdefault(one, {})[thread] = None
    return {thread: tuple(some) for thread, some in above.items()}


def dictionary(study: Study) -> Dictionary:
    return dictionary_of(study.protocol.variables, study.protocol.codelists)


# -------------------------------------------------------------------- dictionaries


def _read_otherwise(was: Dictionary, now: Dictionary) -> Iterator[str]:
    """The variables of which the same rows may come to something else, or that only one has."""
    for name in dict.fromkeys([*was.entries, *now.entries]):
        before, after = was.entries.get(name), now.entries.get(name)
        if before is None or after is None or _read_as(before) != _read_as(after):
            yield name


def _read_as(entry: Entry) -> tuple[object, ...]:
    return entry.variable.kind, entry.variable.same_day, entry.value, entry.attributes


# ------------------------------------------------------------------------- meaning


def _own(was: Study, now: Study, variables: frozenset[str]) -> Iterator[Thread]:
    before, after = expressions(was.program), expressions(now.program)
    for slot in before | after:
        cores = (before.get(slot), after.get(slot))
        if cores[0] != cores[1] or any(_reads(core, variables) for core in cores if core):
            yield thread_of(slot)
    for name in dict.fromkeys([*was.rules, *now.rules]):
        if _asked_as(was.rules.get(name)) != _asked_as(now.rules.get(name)):
            yield name
    yield from _attended_otherwise(was, now, variables)


def _reads(core: Core, variables: frozenset[str]) -> bool:
    return bool(variables) and any(_variable_of(node) in variables for node in nodes(core))


def _variable_of(node: Core) -> str | None:
    match node:
        case Fact(name) | Select(source=Records(variable=name)):
            return name
        case _:
            return None


def _asked_as(linked: LinkedRule | None) -> tuple[object, ...] | None:
    """Of whom a rule is asked, and what its answer speaks for."""
    if linked is None:
        return None
    return linked.rule.role, linked.visits, linked.for_each, linked.rule.part_of is None


def _attended_otherwise(was: Study, now: Study, variables: frozenset[str]) -> Iterator[VisitDay]:
    """Every visit, where it is otherwise told when visits took place."""
    before, after = was.program.attendance, now.program.attendance
    if before != after or (before is not None and before.variable in variables):
        visits = dict.fromkeys([*was.program.visits, *now.program.visits])
        yield from (VisitDay(visit, aspect) for visit in visits for aspect in SHOWN)


# ----------------------------------------------------------------------- endpoints


def _counted_otherwise(was: Study, now: Study) -> frozenset[str]:
    """The endpoints that are counted otherwise, whatever the responses are."""
    before, after = was.protocol.endpoints, now.protocol.endpoints
    both = before.keys() & after.keys()
    return frozenset(name for name in both if _counted_as(before[name]) != _counted_as(after[name]))


def _counted_as(endpoint: Endpoint) -> tuple[object, ...]:
    return endpoint.response, endpoint.visit, endpoint.missing
