"""What a study declares and nothing reads."""

from collections.abc import Iterator

from engine.assurance.lint.model import Found, Subject
from engine.study.model import Protocol


def unused_parameter(subject: Subject) -> Iterator[Found]:
    uses = subject.uses
    outside = uses.planned | uses.told | uses.typical
    for parameter in subject.study.protocol.parameters.values():
        name = parameter.name
        if name not in outside and not uses.by_others(name):
            message = f"no rule, visit or endpoint reads the parameter `{name}`"
            yield Found(name, message, parameter.at)


def unused_variable(subject: Subject) -> Iterator[Found]:
    """One that is due at a visit is recorded for its own sake; what is invented of it is no use."""
    protocol, uses = subject.study.protocol, subject.uses
    outside = uses.planned | uses.told | _due(protocol)
    for variable in protocol.variables.values():
        name = variable.name
        if name not in outside and not uses.by_others(name) and variable.role is None:
            message = f"no rule or endpoint reads `{name}`, and no visit has it due"
            yield Found(name, message, variable.at)


def unused_definition(subject: Subject) -> Iterator[Found]:
    uses = subject.uses
    outside = uses.planned | uses.told | uses.typical
    for linked in subject.study.of("definition"):
        name = linked.rule.id
        if name not in outside and not uses.by_others(name):
            message = f"no other rule and no endpoint reads the definition `{name}`"
            yield Found(name, message, linked.rule.at)


def unused_codelist(subject: Subject) -> Iterator[Found]:
    protocol = subject.study.protocol
    used = set(_codelists(protocol))
    for name in protocol.codelists:
        if name not in used:
            message = f"no variable, attribute or parameter takes its codes from `{name}`"
            yield Found(name, message, protocol.codelists_at[name])


def _codelists(protocol: Protocol) -> Iterator[str | None]:
    for parameter in protocol.parameters.values():
        yield parameter.codelist
    for variable in protocol.variables.values():
        values = (variable.value, *variable.attributes.values())
        yield from (value.codelist for value in values if value is not None)


# ------------------------------------------------------------------- schedule

ASKED = ("measurement", "judgement")
"""What somebody must see to at a visit: events and episodes happen by themselves, and a fact has no day."""


def unscheduled(subject: Subject) -> Iterator[Found]:
    """A study whose visits have nothing due says nothing of what is recorded when."""
    protocol, uses = subject.study.protocol, subject.uses
    due = _due(protocol)
    for variable in protocol.variables.values():
        if due and variable.kind in ASKED and variable.name not in due:
            readers = [rule for rule, read in uses.by_rule.items() if variable.name in read]
            if readers:
                message = f"`{readers[0]}` reads `{variable.name}`, and no visit has it due"
                yield Found(variable.name, message, variable.at)


def _due(protocol: Protocol) -> frozenset[str]:
    return frozenset(name.text for visit in protocol.schedule.visits.values() for name in visit.due)
