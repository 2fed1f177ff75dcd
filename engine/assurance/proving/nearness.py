"""What of a patient has to do with a rule: first what it reads itself, then what is further away."""

from collections.abc import Iterable, Iterator

from engine.language.core import Core, Fact, Program, Records, Ref, Select
from engine.language.walk import nodes
from engine.logic.near import AS_OF
from engine.study.linked import Study


def tiers(study: Study, name: str) -> tuple[frozenset[str], ...]:
    """Variables by how near they are to a rule, each tier with those before it."""
    linked = study.rules.get(name.partition(".")[0])
    own = frozenset({linked.for_each} if linked and linked.for_each else ())
    anchors = {one.rule.id for one in study.of("anchor")} - {name}
    read = own | frozenset(_read(study.program.rules[name]))
    below = read | frozenset(read_below(study.program, name, anchors))
    everything = below | frozenset(read_below(study.program, name)) | frozenset(read_of_days(study)) | {AS_OF}
    return tuple(dict.fromkeys((read, below, everything)))


def _read(core: Core) -> Iterator[str]:
    """The variables and facts that an expression reads itself."""
    for node in nodes(core):
        match node:
            case Fact(name=name) | Select(source=Records(variable=name)) if name != AS_OF:
                yield name
            case _:
                pass


def read_below(program: Program, name: str, but_not: Iterable[str] = ()) -> Iterator[str]:
    """What a rule and those it rests on read; some rules are not looked into."""
    seen, pending = set(but_not), [name]
    while pending:
        rule = pending.pop()
        if rule in seen:
            continue
        seen.add(rule)
        core = program.rules[rule]
        yield from _read(core)
        pending.extend(node.rule for node in nodes(core) if isinstance(node, Ref))


def read_of_days(study: Study) -> Iterator[str]:
    """What the days of visits rest on."""
    program = study.program
    if program.attendance is not None:
        yield program.attendance.variable
    plans = [core for plan in program.visits.values() for core in (plan.target, plan.opens, plan.closes)]
    ends = [] if program.baseline is None else [program.baseline.day, program.baseline.opens]
    for core in (*plans, *ends):
        for node in nodes(core):
            if isinstance(node, Ref):
                yield from read_below(program, node.rule)
