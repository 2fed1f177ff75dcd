"""A rule's words beside the figures it reads: `text` says 1.0 g/d and the parameter 1.5 g/d."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from engine.assurance.lint.figure_text import Figure, figures
from engine.assurance.lint.model import Found, Subject
from engine.assurance.lint.uses import expressions
from engine.language.core import BASELINE, Const, Core, Parameter, Program, Ref, VisitDay
from engine.language.show import show
from engine.language.types import Number
from engine.language.units import ONE, Unit
from engine.language.walk import nodes
from engine.source.diagnostic import Label
from engine.study.linked import LinkedRule, Study
from engine.study.model import Rule


@dataclass(frozen=True, slots=True)
class Read:
    """A figure that a rule reads, itself or through what it refers to."""

    size: Fraction
    unit: Unit
    core: Const | Parameter

    def is_like(self, figure: Figure) -> bool:
        """Whether one could stand for the other. A plain number is no percentage."""
        return self.unit.dimension == figure.unit.dimension and (self.unit == ONE) == (figure.unit == ONE)


def text_disagrees(subject: Subject) -> Iterator[Found]:
    """A sentence that several rules quote is held against all of them: each reads its part."""
    study = subject.study
    read = cache(lambda name: _read(study, study.rules[name]))
    texts = {name: " ".join((linked.rule.text or "").split()) for name, linked in study.rules.items()}
    for name, linked in study.rules.items():
        for figure in figures(texts[name]):
            own = [one for one in read(name) if one.is_like(figure)]
            others = (one for other in _quoting(texts, name) for one in read(other))
            if own and not any(_agrees(one, figure) for one in (*own, *others)):
                yield _found(linked.rule, figure, own)


def _agrees(one: Read, figure: Figure) -> bool:
    """A ratio may be written as a percentage or as a plain number."""
    return one.unit.dimension == figure.unit.dimension and one.size == figure.size


def _quoting(texts: Mapping[str, str], name: str) -> Iterable[str]:
    """Other rules with the same words, or with more or fewer of them."""
    text = texts[name]
    return (
        other for other, said in texts.items() if said and other != name and (said in text or text in said)
    )


def _found(rule: Rule, figure: Figure, own: list[Read]) -> Found:
    read = list(dict.fromkeys(one.core for one in own))
    cores = [core for core in read if isinstance(core, Parameter)] or read
    message = f"the text of `{rule.id}` says {figure.words}, and the rule reads no such figure"
    labels = tuple(Label(core.at, "this is read") for core in cores[:1] if core.at.file == rule.at.file)
    return Found(rule.id, message, rule.at, f"it reads {', '.join(map(_shown, cores[:3]))}", labels)


def _shown(core: Const | Parameter) -> str:
    value = show(core.value, core.type)
    return f"{value} (`{core.name}`)" if isinstance(core, Parameter) else value


# ------------------------------------------------------------ what a rule reads


def _read(study: Study, linked: LinkedRule) -> tuple[Read, ...]:
    """Figures of the rule and of all that it refers to, visits with their windows among it."""
    found: list[Read] = []
    pending, seen = list(expressions(linked)), set[object]()
    while pending:
        for node in nodes(pending.pop()):
            if isinstance(node, Const | Parameter):
                found.extend(_figure(node))
            elif isinstance(node, Ref | VisitDay) and node not in seen:
                seen.add(node)
                pending.extend(_behind(study.program, node))
    return tuple(found)


def _figure(core: Const | Parameter) -> Iterator[Read]:
    if isinstance(core.type, Number) and isinstance(core.value, Decimal):
        unit = core.type.unit
        yield Read(abs(Fraction(core.value)) * unit.scale, unit, core)


def _behind(program: Program, node: Ref | VisitDay) -> Iterator[Core]:
    if isinstance(node, Ref):
        yield program.rules[node.rule]
    elif node.visit in program.visits:
        plan = program.visits[node.visit]
        yield from (plan.target, plan.opens, plan.closes)
    elif node.visit == BASELINE and program.baseline is not None:
        yield from (program.baseline.day, program.baseline.opens)
