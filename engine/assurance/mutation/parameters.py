"""A study in which a parameter has the other value that its protocol could have meant."""

from collections.abc import Iterator
from dataclasses import replace

from engine.assurance.mutation.kinds import PARAMETER
from engine.assurance.mutation.model import Mutant
from engine.assurance.rewrite import reading_otherwise
from engine.language.core import Const, Core, Parameter
from engine.language.show import show
from engine.language.slots import expressions
from engine.language.walk import nodes
from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from engine.study.model import Alternative
from engine.study.model import Parameter as Declared
from engine.study.vocabulary import parameter_name


def other_parameters(study: Study) -> Iterator[Mutant]:
    for declared in study.protocol.parameters.values():
        now = _value(study, declared)
        for alternative in declared.alternatives:
            other = _value(study, replace(declared, value=alternative.value))
            if now is not None and other is not None and now != other:
                yield from _with_other(study, declared.name, (now, other), alternative)


def _value(study: Study, declared: Declared) -> Const | None:
    named = parameter_name(replace(declared, alternatives=()), study.protocol, Diagnostics())
    return None if named is None else Const(named.value, named.type, declared.at)


def _with_other(
    study: Study, name: str, values: tuple[Const, Const], alternative: Alternative
) -> Iterator[Mutant]:
    """Nothing for a parameter that no rule reads."""
    changes = reading_otherwise(study.program, name, values[1])
    before, after = (f"`{name}` is {show(value.value, value.type)}" for value in values)
    if changes:
        reads = tuple(_reads(study, name))
        yield Mutant(PARAMETER, name, alternative.at, before, after, tuple(changes.items()), reads)


def _reads(study: Study, name: str) -> Iterator[Core]:
    for core in expressions(study.program).values():
        yield from (node for node in nodes(core) if isinstance(node, Parameter) and node.name == name)
