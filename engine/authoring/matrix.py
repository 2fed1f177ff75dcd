"""Each statement of the protocol with all that holds it, and which statements nothing holds.

What belongs to a statement is read off the study: a rule, endpoint or objective
has words of it under `text` and its section under `source`, a part goes with its
whole, and a parameter with the rules that read it. The statements themselves say
only what cannot be seen so. Nothing is listed twice, so nothing can disagree.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.language.core import Core, Parameter, Ref
from engine.language.walk import nodes
from engine.study.linked import ELIGIBLE, LinkedRule, Study
from engine.study.model import Protocol, Statement, StatementKind

SHARED = ("definition", "anchor")
"""Rules that others are said with: what they read belongs to whoever uses them."""

PLANNED = ("arms.", "design.", "objectives.")
RESULTS = ("endpoints.", "objectives.")

Cases = Mapping[str, Sequence[str]]
"""The names of the cases of each rule."""


@dataclass(frozen=True, slots=True)
class Row:
    """A statement and what holds it.

    `uses` are the definitions and anchors that its rules are said with, and
    `further` the parameters that these read.
    """

    statement: Statement
    rules: tuple[str, ...]
    uses: tuple[str, ...]
    parameters: tuple[str, ...]
    further: tuple[str, ...]
    others: tuple[str, ...]
    cases: tuple[str, ...]
    lacking: str | None
    """What it should have and has not: a `rule`, an `endpoint`, a `case`."""

    @property
    def kind(self) -> StatementKind:
        return self.statement.kind


def matrix(study: Study, cases: Cases | None) -> tuple[Row, ...]:
    """A row for each statement in order; `cases` is None where the study has none at all."""
    tracing = _Tracing(study, cases)
    return tuple(tracing.row(statement) for statement in study.protocol.statements)


def without_statement(study: Study) -> tuple[str, ...]:
    """The rules with words of the protocol that belong to no statement: misquoted, or of another section."""
    held = {name for row in matrix(study, None) for name in (*row.rules, *row.uses)}
    return tuple(name for name, rule in study.rules.items() if rule.rule.text and name not in held)


# ------------------------------------------------------------------------ words


def belongs(text: str | None, source: str | None, statement: Statement) -> bool:
    """Whether words under a source are words of the statement."""
    if not text or not source or not _begins(source, statement.source):
        return False
    words = " ".join(text.split())
    return _within(words, statement.text) or _within(statement.text.rstrip(";,"), words)


def _begins(source: str, section: str) -> bool:
    """`registry, Exclusion 1` is not the beginning of `registry, Exclusion 10`."""
    rest = source[len(section) :]
    return source.startswith(section) and not (rest[:1].isalnum() or rest[:1] == "_")


def _within(words: str, text: str) -> bool:
    """As whole words."""
    at = text.find(words)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(words) : at + len(words) + 1]
        if not (before.isalnum() and words[0].isalnum()) and not (after.isalnum() and words[-1].isalnum()):
            return True
        at = text.find(words, at + 1)
    return False


# ---------------------------------------------------------------------- tracing


@dataclass(frozen=True, slots=True)
class _Tracing:
    study: Study
    cases: Cases | None

    @property
    def protocol(self) -> Protocol:
        return self.study.protocol

    def row(self, statement: Statement) -> Row:
        named = self._with_parts(dict.fromkeys([*self._by_words(statement), *statement.held_by]))
        rules = tuple(name for name in named if name in self.study.rules)
        uses = tuple(self._used(rules))
        read = [name for name in named if name in self.protocol.parameters]
        read += [name for rule in rules for name in figures(self.study.rules[rule])]
        read += [name for visit in named for name in self._planned(visit)]
        further = (name for rule in uses for name in figures(self.study.rules[rule]))
        others = [*self._quoting(statement), *(name for name in named if self._is_other(name))]
        found = Row(
            statement=statement,
            rules=rules,
            uses=uses,
            parameters=tuple(dict.fromkeys(read)),
            further=tuple(name for name in dict.fromkeys(further) if name not in read),
            others=tuple(dict.fromkeys(others)),
            cases=tuple(dict.fromkeys(self._cases(rules))),
            lacking=None,
        )
        return replace(found, lacking=_lacking(found, self.cases is not None))

    def _with_parts(self, named: Iterable[str]) -> tuple[str, ...]:
        """Each criterion with its parts behind it."""
        parts = {name: rule.rule.part_of for name, rule in self.study.rules.items() if rule.rule.part_of}
        found = ([name, *(part for part, whole in parts.items() if whole == name)] for name in named)
        return tuple(dict.fromkeys(name for names in found for name in names))

    def _is_other(self, name: str) -> bool:
        return name not in self.study.rules and name not in self.protocol.parameters

    def _planned(self, visit: str) -> Iterator[str]:
        """The parameters that say when a visit is."""
        plan = self.study.program.visits.get(visit)
        for core in () if plan is None else (plan.target, plan.opens, plan.closes):
            yield from (node.name for node in nodes(core) if isinstance(node, Parameter))

    def _cases(self, rules: Iterable[str]) -> Iterator[str]:
        for rule in rules:
            yield from (self.cases or {}).get(rule, ())

    def _by_words(self, statement: Statement) -> Iterator[str]:
        """The rules with words of it."""
        for name, linked in self.study.rules.items():
            if belongs(linked.rule.text, linked.rule.source, statement):
                yield name

    def _quoting(self, statement: Statement) -> Iterator[str]:
        """Objectives and endpoints with words of it."""
        for objective in self.protocol.objectives:
            if belongs(objective.text, objective.source, statement):
                yield f"objectives.{objective.id}"
        for endpoint in self.protocol.endpoints.values():
            if belongs(endpoint.text, endpoint.source, statement):
                yield f"endpoints.{endpoint.id}"

    def _used(self, rules: Sequence[str]) -> Iterator[str]:
        """Definitions and anchors, one through another."""
        met, pending = set(rules), list(rules)
        while pending:
            for name in mentioned(self.study.rules[pending.pop(0)]):
                used = self.study.rules.get(name)
                if used is not None and used.rule.role in SHARED and name not in met:
                    met.add(name)
                    pending.append(name)
                    yield name


def cores(linked: LinkedRule) -> tuple[Core, ...]:
    """All that a rule says."""
    return (linked.core, *linked.extra.values())


def mentioned(linked: LinkedRule) -> tuple[str, ...]:
    """The rules that a rule refers to, but for the decision they all make."""
    found = (node.rule for core in cores(linked) for node in nodes(core) if isinstance(node, Ref))
    return tuple(dict.fromkeys(name for name in found if name != ELIGIBLE))


def figures(linked: LinkedRule) -> tuple[str, ...]:
    """The parameters that a rule itself reads."""
    found = (node.name for core in cores(linked) for node in nodes(core) if isinstance(node, Parameter))
    return tuple(dict.fromkeys(found))


def _lacking(row: Row, has_cases: bool) -> str | None:
    match row.kind:
        case "rule":
            if not row.rules:
                return "rule"
            return "case" if has_cases and not row.cases else None
        case "design":
            planned = any(name.startswith(PLANNED) for name in row.others)
            return None if planned or row.rules or row.parameters else "entry of the design"
        case "endpoint":
            return None if any(name.startswith(RESULTS) for name in row.others) else "endpoint"
        case "note":
            return None
