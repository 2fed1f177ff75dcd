"""A rule, parameter or visit as it stands in a version: its words, expressions and figures as written."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.authoring.matrix import figures
from engine.authoring.reading import NAMED, FigureRead, figure, rests_on
from engine.study.linked import LinkedRule, Study
from engine.study.rulebook import FORMS, FURTHER

KEYS = {form.role: form.key for form in FORMS}


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands under a name. `expressions` are by their keys; `figures` all that they rest on."""

    name: str
    kind: str
    version: str
    fingerprint: str
    title: str
    text: str | None
    source: str | None
    note: str | None
    expressions: Mapping[str, str]
    uses: tuple[str, ...]
    figures: tuple[FigureRead, ...]
    file: str
    line: int


def standing(study: Study, name: str) -> Standing | None:
    """What stands under a name in a version of the study; None where that is nothing to show."""
    protocol = study.protocol
    if name in study.rules:
        return _rule(study, study.rules[name])
    if name in protocol.parameters:
        return _parameter(study, name)
    return _visit(study, name) if name in protocol.schedule.visits else None


def _rule(study: Study, linked: LinkedRule) -> Standing:
    rule = linked.rule
    asked = {} if not rule.visits else {"at_each_visit": ", ".join(linked.visits)}
    asked |= {} if linked.for_each is None else {"for_each": linked.for_each}
    further = {key: rule.extra[key].text.strip() for key in FURTHER if key in rule.extra}
    uses = rests_on(study, rule.id)
    named = dict.fromkeys(one for used in (rule.id, *uses) for one in figures(study.rules[used]))
    return Standing(
        rule.id,
        NAMED[rule.role].lower(),
        study.protocol.version,
        study.fingerprint,
        rule.title,
        rule.text and " ".join(rule.text.split()),
        rule.source,
        rule.note and " ".join(rule.note.split()),
        {**asked, KEYS[rule.role]: rule.expression.text.strip(), **further},
        uses,
        tuple(figure(study, one) for one in named),
        rule.at.file,
        rule.at.line,
    )


def _parameter(study: Study, name: str) -> Standing:
    parameter = study.protocol.parameters[name]
    figures = (figure(study, name),)
    words = (parameter.title, None, None, None)
    where = (parameter.at.file, parameter.at.line)
    return Standing(
        name, "parameter", study.protocol.version, study.fingerprint, *words, {}, (), figures, *where
    )


def _visit(study: Study, name: str) -> Standing:
    visit = study.protocol.schedule.visits[name]
    keys = {"anchor": visit.anchor, "offset": visit.offset, "before": visit.before, "after": visit.after}
    written = {key: scalar.text for key, scalar in keys.items()}
    if visit.due:
        written["due"] = ", ".join(scalar.text for scalar in visit.due)
    named = (text for text in written.values() if text in study.protocol.parameters)
    found = tuple(figure(study, one) for one in dict.fromkeys(named))
    words = (visit.title, None, None, None)
    where = (visit.at.file, visit.at.line)
    return Standing(
        name, "visit", study.protocol.version, study.fingerprint, *words, written, (), found, *where
    )
