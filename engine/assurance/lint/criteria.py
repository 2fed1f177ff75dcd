"""Rules held against each other: the same twice, a criterion that others imply, criteria at odds.

Limits on the very same value are compared here and now; what else there is to
say of criteria has been proved, or is left out.
"""

from collections.abc import Iterator

from engine.assurance.lint.limits import implied_limits, limits_apart
from engine.assurance.lint.model import Found, Subject
from engine.language.core import Ref
from engine.source.diagnostic import Label
from engine.study.linked import LinkedRule
from engine.study.misfit import listed


def same_rule(subject: Subject) -> Iterator[Found]:
    """Two rules of one role that ask the same of the same."""
    first: dict[object, LinkedRule] = {}
    for linked in subject.study.rules.values():
        key = (linked.rule.role, linked.core, *linked.extra.items(), linked.visits, linked.for_each)
        earlier = first.setdefault(key, linked)
        if earlier is not linked and not isinstance(linked.core, Ref):
            rule, other = linked.rule, earlier.rule
            message = f"`{rule.id}` says the very same as `{other.id}`"
            yield Found(rule.id, message, rule.at, labels=(Label(other.at, "the first is here"),))


# ------------------------------------------------------------------ implied


def implied(subject: Subject) -> Iterator[Found]:
    """A criterion that says nothing beyond a stricter one, or several."""
    said = set[tuple[str, ...]]()
    for looser, stricter in implied_limits(subject):
        said.add((looser.rule, stricter.rule))
        message = f"`{looser.rule}` says nothing that `{stricter.rule}` does not say"
        label = Label(stricter.at, f"{stricter.said} must hold here, and {looser.said} there")
        yield Found(looser.rule, message, looser.at, labels=(label,))
    for fact in subject.proved.implied:
        if (fact.rule, *fact.by) not in said and not _is_copy(subject, fact.rule, fact.by):
            yield _implied(subject, fact.rule, fact.by)


def _implied(subject: Subject, name: str, by: tuple[str, ...]) -> Found:
    rules, together = subject.study.rules, "together do" if len(by) > 1 else "does"
    message = f"`{name}` says nothing that {listed(by, 'and')} {together} not say"
    said = "whoever passes this, and the others," if len(by) > 1 else "whoever passes this"
    labels = tuple(Label(rules[one].rule.at, f"{said} passes `{name}`") for one in by)
    return Found(name, message, rules[name].rule.at, subject.proved.ground, labels)


def _is_copy(subject: Subject, name: str, by: tuple[str, ...]) -> bool:
    """Whether the two are one rule under two names, which is said already."""
    one, other = subject.study.rules[name], subject.study.rules[by[0]]
    return len(by) == 1 and one.rule.role == other.rule.role and one.core == other.core


# ------------------------------------------------------------------- at odds


def contradictory(subject: Subject) -> Iterator[Found]:
    """Criteria that nobody meets all of."""
    said = set[frozenset[str]]()
    for one, other in limits_apart(subject):
        said.add(frozenset((one.rule, other.rule)))
        label = Label(one.at, f"{one.said} must hold here, and {other.said} there")
        yield Found(other.rule, _at_odds((one.rule, other.rule)), other.at, labels=(label,))
    for fact in subject.proved.apart:
        if frozenset(fact.rules) not in said:
            yield _apart(subject, fact.rules)


def _apart(subject: Subject, names: tuple[str, ...]) -> Found:
    *others, last = (subject.study.rules[name].rule for name in names)
    labels = tuple(Label(other.at, f"whoever passes this does not pass `{last.id}`") for other in others)
    if len(others) > 1:
        labels = tuple(Label(other.at, "this is one of them") for other in others)
    return Found(last.id, _at_odds(names), last.at, subject.proved.ground, labels)


def _at_odds(names: tuple[str, ...]) -> str:
    count = "both" if len(names) == 2 else "all of"
    return f"nobody can meet {count} {listed(names, 'and')}: nobody can be eligible"
