"""What is said of a rule: its expressions in plain English with their core, and the words beside them."""

from collections.abc import Iterator

from engine.amendment.aspects import Part, Said, said, words
from engine.amendment.naming import Renamed
from engine.authoring.reading import reading, sentence
from engine.language.core import Core
from engine.study.linked import LinkedRule, Study

FURTHER = {"applies_when": "asked only when", "since": "holds since", "amount": "amount"}
SAYS = "it says"
EXPRESSIONS = (SAYS, *FURTHER.values())
READ = ("title", "text", "source", "note")


def rule_part(study: Study, linked: LinkedRule, renamed: Renamed) -> Part:
    """A rule as it reads, compared by what it means with the earlier names."""
    means = renamed.linked(linked)
    rule = means.rule
    return (
        *words("title", rule.title),
        *_expressions(study, linked, means),
        *said("asked of each", linked.for_each),
        *said("asked at", ", ".join(linked.visits)),
        *said("role", rule.role),
        *said("severity", rule.severity),
        *said("part of", rule.part_of, renamed.rule(rule.part_of or "")),
        *said("moves", rule.moves and f"from {', '.join(rule.moves[0])} to {rule.moves[1]}"),
        *(one for key in READ[1:] for one in words(key, getattr(rule, key))),
    )


def _expressions(study: Study, linked: LinkedRule, means: LinkedRule) -> Iterator[Said]:
    """When it is asked at all stands first, as one reads it; what was typed is only words."""
    english = reading(study, linked.rule.id).said
    for (what, core), one in zip(_cores(means), english, strict=True):
        yield from said(what, sentence(one), core)
    yield from words("as written", linked.rule.expression.text)


def _cores(linked: LinkedRule) -> Iterator[tuple[str, Core]]:
    extra = {FURTHER[key]: core for key, core in linked.extra.items()}
    first = FURTHER["applies_when"]
    yield from ((what, core) for what, core in extra.items() if what == first)
    yield SAYS, linked.core
    yield from ((what, core) for what, core in extra.items() if what != first)
