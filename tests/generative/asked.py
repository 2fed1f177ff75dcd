"""Phrases checked and asked: typed core from syntax, answers from the reference reading."""

from typing import Any

from engine.language import syntax as s
from engine.language.check import check
from engine.language.core import Core
from engine.language.names import Scope, VariableName
from engine.language.phrase import canonical
from engine.language.values import Day
from engine.reference.interpret import Reading
from engine.reference.view import View
from engine.source.diagnostic import Diagnostics
from engine.timeline.model import Timeline
from tests.generative.namespace import STUDY

PATIENT = View()


def scope_of(is_at_visit: bool = False, this: str | None = None) -> Scope:
    entry = None if this is None else STUDY.names.entries[this]
    return Scope(visit=is_at_visit, this=entry if isinstance(entry, VariableName) else None)


def core_of(syntax: s.Syntax, scope: Scope | None = None) -> Core:
    """The typed core of a generated phrase, which must have one."""
    findings = Diagnostics()
    core = check(syntax, STUDY.names, scope or scope_of(), findings)
    assert core is not None, (canonical(syntax), [finding.message for finding in findings])
    return core


def answer(core: Core, timeline: Timeline, as_of: Day, view: View = PATIENT) -> Any:
    return Reading(STUDY.program, timeline, as_of).value(core, view)
