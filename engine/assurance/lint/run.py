"""Every lint of the table over a study, and what the study accepts of it."""

from collections.abc import Iterable, Iterator

from engine.assurance.lint.model import Found, Remark, Subject
from engine.assurance.lint.proved import Proved
from engine.assurance.lint.table import ACCEPTS_NOTHING, LINTS
from engine.study.linked import Study
from engine.study.model import Acceptance


def lint(study: Study, rule: str | None = None, proved: Proved | None = None) -> tuple[Remark, ...]:
    """All that there is to remark, accepted or not, in order of place; or of one rule and what it reads.

    Without proofs no acceptance is idle of what takes a solver to be found.
    """
    subject = Subject(study, proved)
    remarks = sorted(_remarks(subject), key=_place)
    names = None if rule is None else _asked(subject, rule)
    return tuple(remark for remark in remarks if names is None or remark.found.of in names)


def unaccepted(remarks: Iterable[Remark]) -> list[Remark]:
    """The warnings that nobody has accepted; an open question is none."""
    return [one for one in remarks if one.lint.severity == "warning" and one.accepted is None]


def _remarks(subject: Subject) -> Iterator[Remark]:
    study = subject.study
    accepted = {(one.lint, one.of): one for one in study.protocol.accepted}
    used = set[Acceptance]()
    for row in LINTS.values():
        for found in row.look(subject):
            acceptance = accepted.get((row.code, found.of))
            used.update({acceptance} if acceptance else ())
            yield Remark(row, found, acceptance)
    sought = {code for code, row in LINTS.items() if subject.is_proved or not row.proved}
    idle = (one for one in accepted.values() if one not in used and one.lint in sought)
    yield from (Remark(LINTS[ACCEPTS_NOTHING], _idle(one)) for one in idle)


def _place(remark: Remark) -> tuple[object, ...]:
    return remark.found.at, remark.lint.code, remark.found.message


def _asked(subject: Subject, rule: str) -> frozenset[str]:
    """A rule with its parts, and what they read by themselves."""
    rules = {name for name, one in subject.study.rules.items() if rule in (name, one.rule.part_of)}
    return frozenset(rules.union(*(subject.uses.by_rule[name] for name in rules)))


def _idle(one: Acceptance) -> Found:
    message = f"this accepts `{one.lint}` of `{one.of}`, and nothing of the kind is found"
    return Found(one.of, message, one.at)
