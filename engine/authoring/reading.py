"""A rule to be proof-read: the protocol's words, what the rule says in English, and what that rests on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.authoring.matrix import belongs, cores, figures, mentioned
from engine.authoring.outline import Line, outline
from engine.language.core import Call, Const, Core, Fact, Records, Ref, Select
from engine.language.core import Parameter as Figure
from engine.language.english import english
from engine.language.types import TRUTH, Number
from engine.language.unit_words import in_words
from engine.language.walk import nodes
from engine.source.tree import Scalar
from engine.study.linked import ELIGIBLE, LinkedRule, Study
from engine.study.model import Parameter, Role, Variable

NAMED: dict[Role, str] = {
    "inclusion": "Inclusion criterion",
    "exclusion": "Exclusion criterion",
    "requirement": "Requirement",
    "switch": "Switch",
    "response": "Response",
    "event": "Event that is counted",
    "population": "Population",
    "anchor": "Anchor",
    "definition": "Definition",
}
"""What each kind of rule is called, in the order in which a protocol without statements is read."""

LEADS: dict[Role, str] = {
    "inclusion": "It must be that",
    "exclusion": "A patient is excluded when",
    "requirement": "It must be that",
    "switch": "It is allowed when",
    "response": "It is achieved when",
    "event": "It is counted when",
    "population": "A patient belongs to it when",
    "anchor": "It is",
    "definition": "It is",
}
ONCE = "Once for each patient"
FURTHER = {"applies_when": "It is asked only when", "since": "It holds since", "amount": "The amount is"}


@dataclass(frozen=True, slots=True)
class Said:
    """One expression in English: `lead` says of what it is the answer."""

    lead: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FigureRead:
    """A parameter as it is read: its value in words and who stands behind it."""

    name: str
    title: str
    value: str
    status: str
    source: str
    ground: str | None
    """Why it is assumed, or what is asked of the protocol's writer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule, beside the protocol's words. `data` and `units` say what is recorded, and in what."""

    id: str
    kind: str
    title: str
    text: str | None
    source: str | None
    note: str | None
    asked: str
    said: tuple[Said, ...]
    figures: tuple[FigureRead, ...]
    data: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]
    uses: tuple["Reading", ...] = ()
    part_of: str | None = None


def reading(study: Study, name: str, deep: bool = False) -> Reading:
    """One rule, with the rules it uses one level down, or all of them."""
    used = _used(study, name, deep)
    if name == ELIGIBLE:
        return replace(_decision(study), uses=tuple(_reading(study, study.rules[one]) for one in used))
    return _reading(study, study.rules[name], tuple(_reading(study, study.rules[one]) for one in used))


def readings(study: Study) -> tuple[Reading, ...]:
    """Every rule in the order of the protocol: of its statements first, then kind by kind."""
    places = {name: place for place, name in enumerate(study.rules)}
    ordered = sorted(study.rules.values(), key=lambda rule: (*_place(study, rule), places[rule.rule.id]))
    return tuple(_reading(study, rule) for rule in ordered)


def _place(study: Study, linked: LinkedRule) -> tuple[int, int]:
    """The first statement that a rule has words of, with its whole where it is a part; and its kind."""
    rule = study.rules[linked.rule.part_of].rule if linked.rule.part_of else linked.rule
    statements = study.protocol.statements
    found = (n for n, one in enumerate(statements) if belongs(rule.text, rule.source, one))
    return next(found, len(statements)), list(NAMED).index(rule.role)


def rests_on(study: Study, name: str) -> tuple[str, ...]:
    """Every rule that a rule uses, and that those use."""
    return _used(study, name, deep=True)


def _used(study: Study, name: str, deep: bool) -> tuple[str, ...]:
    own = criteria(study) if name == ELIGIBLE else mentioned(study.rules[name])
    found = {name: None} | dict.fromkeys(own)
    pending = list(found)[1:] if deep else []
    while pending:
        below = [one for one in mentioned(study.rules[pending.pop(0)]) if one not in found]
        found |= dict.fromkeys(below)
        pending += below
    return tuple(found)[1:]


def criteria(study: Study) -> tuple[str, ...]:
    """The rules that the decision is made of."""
    return tuple(node.rule for node in nodes(study.program.rules[ELIGIBLE]) if isinstance(node, Ref))


def _reading(study: Study, linked: LinkedRule, uses: tuple[Reading, ...] = ()) -> Reading:
    rule = linked.rule
    return Reading(
        id=rule.id,
        kind=NAMED[rule.role],
        title=rule.title,
        text=rule.text and " ".join(rule.text.split()),
        source=rule.source,
        note=rule.note and " ".join(rule.note.split()),
        asked=asked(study, linked),
        said=tuple(_said(study, linked)),
        figures=tuple(figure(study, name) for name in figures(linked)),
        data=tuple(_data(study, linked)),
        units=tuple(_units(study, linked)),
        uses=uses,
        part_of=rule.part_of,
    )


def _decision(study: Study) -> Reading:
    """What all criteria together decide."""
    core = study.program.rules[ELIGIBLE]
    said = (Said("A patient is eligible when", outline(core)),)
    return Reading(ELIGIBLE, "Decision", "Eligible", None, None, None, ONCE, said, (), (), ())


def asked(study: Study, linked: LinkedRule) -> str:
    """Of what a rule is asked, and how often."""
    if linked.for_each is not None:
        variable = study.protocol.variables[linked.for_each]
        return f"For each record of `{variable.name}` ({variable.title})"
    if not linked.visits:
        return ONCE
    visits = study.protocol.schedule.visits
    every = linked.visits == tuple(visits)
    return "At every visit" if every else "At " + ", ".join(visits[one].title for one in linked.visits)


def _said(study: Study, linked: LinkedRule) -> Iterator[Said]:
    """When it is asked at all comes first, as one reads it."""
    role, extra = linked.rule.role, linked.extra
    said = [(_lead(role, linked.core), _itself(linked))]
    said += [(FURTHER[key], core) for key, core in extra.items() if key != "applies_when"]
    if "applies_when" in extra:
        said = [(FURTHER["applies_when"], extra["applies_when"]), *said]
    for lead, core in said:
        yield Said(lead, tuple(_as_written(study, core, outline(core))))


def _lead(role: Role, core: Core) -> str:
    """A definition may be a value, or what is or is not so."""
    return "It is so when" if role == "definition" and core.type == TRUTH else LEADS[role]


def _as_written(study: Study, core: Core, lines: tuple[Line, ...]) -> Iterator[Line]:
    """Each figure in the unit it was written in, and not in the one it is compared in."""
    written = {
        english(node): f"{_value(study, study.protocol.parameters[node.name])} (`{node.name}`)"
        for node in nodes(core)
        if isinstance(node, Figure) and isinstance(node.type, Number)
    }
    for line in lines:
        words = line.words
        for computed, figure in written.items():
            words = re.sub(rf"(?<![\w.]){re.escape(computed)}", figure.replace("\\", ""), words)
        yield replace(line, words=words)


def _itself(linked: LinkedRule) -> Core:
    """The expression without "or it does not apply", which linking has put before it."""
    match linked.core:
        case Call("or", (Call("not", (condition,)), core)) if condition == linked.extra.get("applies_when"):
            return core
        case core:
            return core


# --------------------------------------------------------------- what it rests on


def figure(study: Study, name: str) -> FigureRead:
    parameter = study.protocol.parameters[name]
    ground = parameter.query if parameter.status == "query" else parameter.why
    return FigureRead(
        name=name,
        title=parameter.title,
        value=_value(study, parameter),
        status=parameter.status,
        source=parameter.source,
        ground=ground and " ".join(ground.split()),
    )


def _value(study: Study, parameter: Parameter) -> str:
    """As written; a code with its title."""
    written = parameter.value if isinstance(parameter.value, tuple) else (parameter.value,)
    titles = study.protocol.codelists.get(parameter.codelist or "", {})
    texts = (one.text for one in written)
    return ", ".join(f"{text} ({titles[text]})" if text in titles else text for text in texts)


def _data(study: Study, linked: LinkedRule) -> Iterator[tuple[str, str]]:
    """The variables that are read, each with what it is."""
    for name in _variables(cores(linked), linked.for_each):
        yield name, _described(study.protocol.variables[name])


def _variables(cores: Sequence[Core], this: str | None) -> tuple[str, ...]:
    found = [] if this is None else [this]
    for node in (node for core in cores for node in nodes(core)):
        match node:
            case Fact(name) if name != "as_of":
                found.append(name)
            case Select(source=Records(variable=name)):
                found.append(name)
            case _:
                pass
    return tuple(dict.fromkeys(found))


def _described(variable: Variable) -> str:
    unit = variable.value.unit if variable.value is not None else None
    measured = f" in {unit}" if unit not in (None, "1") else ""
    absent = "; no record means no" if variable.absent == "no" else ""
    return f"{variable.title} ({variable.kind}{measured}{absent})"


def _units(study: Study, linked: LinkedRule) -> Iterator[tuple[str, str]]:
    """The units that stand in the English words, spelled out."""
    literals = [node for core in cores(linked) for node in nodes(core) if isinstance(node, Const)]
    symbols = [type_.unit.symbol for type_ in (node.type for node in literals) if isinstance(type_, Number)]
    written = [study.protocol.parameters[name].value for name in figures(linked)]
    symbols += [value.text.partition(" ")[2] for value in written if isinstance(value, Scalar)]
    spelled = ((symbol, in_words(symbol)) for symbol in dict.fromkeys(symbols))
    yield from ((symbol, words) for symbol, words in spelled if words and words not in (symbol, f"{symbol}s"))


def sentence(said: Said) -> str:
    """An expression in one sentence, for a program: what stands one below another is numbered."""
    numbers: list[int] = []
    words = said.lead
    for line in said.lines:
        if line.item:
            numbers = [*numbers, *[0] * line.depth][: line.depth]
            numbers[-1] += 1
            words += "" if words.endswith(":") else ";"
            words += f" ({'.'.join(str(number) for number in numbers if number)})"
        words += f" {line.words}"
    return words
