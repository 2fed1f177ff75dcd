"""What is said of each part of a protocol, aspect by aspect: the text as people read it, and what it means.

Two texts with one meaning are worded otherwise and nothing more: `1.0 g/d` and
`1000 mg/d`. Where the meaning is the text itself, any other text is a change;
titles and sources are words, and change nothing however they read.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from engine.authoring.reading import figure
from engine.language.english import english
from engine.language.names import ParameterName
from engine.language.types import Number
from engine.study.linked import Study
from engine.study.model import Attribute, Names, Variable

WORDS = "words"
"""The meaning of what only people read."""


@dataclass(frozen=True, slots=True)
class Said:
    """One aspect of a part: `means` is what is compared, the text itself where nothing else is."""

    what: str
    text: str
    means: object


Part = tuple[Said, ...]
Parts = Mapping[str, Part]


def said(what: str, text: object, means: object = None) -> Iterator[Said]:
    """An aspect, where there is one."""
    if text is not None and text != "":
        words = " ".join(str(text).split())
        yield Said(what, words, words if means is None else means)


def words(what: str, text: object) -> Iterator[Said]:
    """An aspect that changes nothing."""
    return said(what, text, WORDS)


# -------------------------------------------------------------------- the sections


def _study(study: Study) -> Parts:
    protocol = study.protocol
    head = (*words("title", protocol.title), *words("version", protocol.version))
    design = (one for name, text in protocol.design.items() for one in said(name, text))
    return {protocol.id: (*head, *design)}


def _arms(study: Study) -> Parts:
    return {
        arm.code: (*words("title", arm.title), *said("ratio", arm.ratio), *said("planned", arm.planned))
        for arm in study.protocol.arms
    }


def _objectives(study: Study) -> Parts:
    return {
        one.id: (*said("rank", one.rank), *said("text", one.text), *words("source", one.source))
        for one in study.protocol.objectives
    }


def _endpoints(study: Study) -> Parts:
    meant = ("response", "visit", "missing", "analysis")
    read = ("title", "text", "source", "note")
    return {
        name: (
            *(one for key in meant for one in said(key, getattr(endpoint, key))),
            *(one for key in read for one in words(key, getattr(endpoint, key))),
        )
        for name, endpoint in study.protocol.endpoints.items()
    }


def _visits(study: Study) -> Parts:
    """Days as they are counted, with the value of every figure: a window changes with its parameter."""
    plans = study.program.visits
    return {
        name: (
            *said("target", english(plans[name].target), plans[name].target),
            *said("first day", english(plans[name].opens), plans[name].opens),
            *said("last day", english(plans[name].closes), plans[name].closes),
            *said("due", ", ".join(one.text for one in visit.due)),
            *words("title", visit.title),
        )
        for name, visit in study.protocol.schedule.visits.items()
    }


def _baseline(study: Study) -> Parts:
    baseline = study.program.baseline
    if baseline is None:
        return {}
    days = {"day": baseline.day, "looked back to": baseline.opens}
    return {"baseline": tuple(one for what, core in days.items() for one in said(what, english(core), core))}


def _parameters(study: Study) -> Parts:
    return {name: tuple(_parameter(study, name)) for name in study.protocol.parameters}


def _parameter(study: Study, name: str) -> Iterator[Said]:
    read, parameter = figure(study, name), study.protocol.parameters[name]
    entry = study.names.entries[name]
    assert isinstance(entry, ParameterName)
    yield from said("value", read.value, _meant(entry))
    yield from said("status", read.status)
    yield from words("source", read.source)
    yield from words("title", read.title)
    yield from words("question" if read.status == "query" else "ground", read.ground)
    others = (one.value if isinstance(one.value, tuple) else (one.value,) for one in parameter.alternatives)
    yield from words("alternatives", "; ".join(", ".join(s.text for s in value) for value in others))


def _meant(entry: ParameterName) -> object:
    """A figure in the units that all others of its dimension are made of."""
    if isinstance(entry.type, Number) and isinstance(entry.value, Decimal):
        return (
            entry.value * entry.type.unit.scale.numerator / entry.type.unit.scale.denominator,
            entry.type.unit.dimension,
        )
    return entry.value, entry.type


def _variables(study: Study) -> Parts:
    return {name: tuple(_variable(one)) for name, one in study.protocol.variables.items()}


def _variable(variable: Variable) -> Iterator[Said]:
    yield from words("title", variable.title)
    yield from said("kind", variable.kind)
    if variable.value is not None:
        yield from _attribute("", variable.value)
    for name, attribute in variable.attributes.items():
        yield from said(f"attribute {name}", attribute.content)
        yield from _attribute(f"{name}: ", attribute)
    yield from said("no record means", variable.absent)
    for key in ("same_day", "step", "molar_mass", "by", "role"):
        yield from said(key.replace("_", " "), getattr(variable, key))
    yield from _elsewhere(variable.names)


def _attribute(of: str, attribute: Attribute) -> Iterator[Said]:
    yield from said(f"{of}unit", attribute.unit)
    if attribute.low is not None or attribute.high is not None:
        ends = ["..." if end is None else f"{end:f}" for end in (attribute.low, attribute.high)]
        yield from said(f"{of}plausible", f"{ends[0]} to {ends[1]}", (attribute.low, attribute.high))
    yield from said(f"{of}codelist", attribute.codelist)


def _elsewhere(names: Names) -> Iterator[Said]:
    for one in fields(names):
        value = getattr(names, one.name)
        yield from said(f"in {one.name.upper()}", ", ".join(value) if isinstance(value, tuple) else value)


def _codelists(study: Study) -> Parts:
    """Another title changes nothing, another code does."""
    return {
        name: tuple(Said(f"code {code}", title, code) for code, title in codes.items())
        for name, codes in study.protocol.codelists.items()
    }


def _statements(study: Study) -> Parts:
    return {
        one.id: (
            *said("text", one.text),
            *words("source", one.source),
            *words("held by", ", ".join(one.held_by)),
        )
        for one in study.protocol.statements
    }


SECTIONS: Mapping[str, Callable[[Study], Parts]] = {
    "study": _study,
    "arms": _arms,
    "objectives": _objectives,
    "endpoints": _endpoints,
    "visits": _visits,
    "baseline": _baseline,
    "parameters": _parameters,
    "variables": _variables,
    "codelists": _codelists,
    "statements": _statements,
}
"""All but the rules, in the order in which a change is read."""
