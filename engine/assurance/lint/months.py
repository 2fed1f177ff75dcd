"""Month added to month, which does not always come to the sum of both.

31 January + 1 month + 1 month is 28 March, and 31 January + 2 months is 31 March.
"""

from collections.abc import Iterator

from engine.assurance.lint.model import Found, Subject
from engine.assurance.lint.uses import expressions
from engine.language.core import Call, Core, Program, Ref, VisitDay
from engine.language.walk import nodes
from engine.source.diagnostic import Label

ON_THE_WAY = ("add_days", "if", "if_known")
"""Operators whose day may have been reached by a month just before."""

PLANNED = ("target", "opens", "closes")


def chained_months(subject: Subject) -> Iterator[Found]:
    program = subject.study.program
    for name, core in _dated(subject):
        for node in nodes(core):
            earlier = _month_below(program, node) if _adds_months(node) else None
            if earlier is not None:
                message = f"in `{name}`, months are added to a day that months were added to"
                labels = (Label(earlier.at, "here first"),) if earlier.at != node.at else ()
                yield Found(name, message, node.at, labels=labels)


def _dated(subject: Subject) -> Iterator[tuple[str, Core]]:
    study = subject.study
    for name, linked in study.rules.items():
        yield from ((name, core) for core in expressions(linked))
    for name, plan in study.program.visits.items():
        yield from ((name, core) for core in (plan.opens, plan.closes))
    if study.program.baseline is not None:
        yield "baseline", study.program.baseline.opens


def _adds_months(core: Core) -> bool:
    return isinstance(core, Call) and core.operator == "add_months"


def _month_below(program: Program, core: Core) -> Core | None:
    """The month added on the way to a day, through definitions and planned days of visits."""
    assert isinstance(core, Call)
    pending, seen = [core.args[0]], set[str]()
    while pending:
        day = pending.pop()
        match day:
            case Call("add_months"):
                return day
            case Call(operator, args) if operator in ON_THE_WAY:
                pending.extend(args)
            case Ref(rule) if rule not in seen:
                seen.add(rule)
                pending.append(program.rules[rule])
            case VisitDay(visit, aspect) if aspect in PLANNED and visit in program.visits:
                pending.append(getattr(program.visits[visit], aspect))
            case _:
                pass
    return None
