"""Rules and comparisons that can go only one way, whoever the patient is."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from engine.assurance.lint.could import Codes, Could, Outcomes
from engine.assurance.lint.intervals import Bound, Interval
from engine.assurance.lint.model import Found, Subject
from engine.assurance.lint.possible import About
from engine.assurance.places import Placed, placed
from engine.language.core import Call, Const, Core, Parameter
from engine.language.show import plain
from engine.language.types import Code, Number
from engine.language.units import ONE
from engine.language.walk import nodes
from engine.source.diagnostic import Label
from engine.source.place import NOWHERE
from engine.study.linked import LinkedRule
from engine.study.model import Role

JUDGED = ("inclusion", "exclusion", "requirement", "switch", "response", "event", "population")
"""The roles whose rules say something of a patient; anchors and definitions only serve them."""

COMPARISONS = ("eq", "lt", "le", "gt", "ge", "in")

SAID = {True: "true", False: "false"}

MEANS: dict[tuple[Role, bool], str] = {
    ("inclusion", True): "nobody can be eligible",
    ("inclusion", False): "it keeps nobody out",
    ("exclusion", True): "it excludes nobody",
    ("exclusion", False): "nobody can be eligible",
    ("requirement", True): "everybody it is asked of deviates",
    ("requirement", False): "nobody can deviate from it",
    ("switch", True): "nobody may switch",
    ("switch", False): "everybody may switch",
    ("response", True): "nobody can respond",
    ("response", False): "everybody responds",
    ("event", True): "it counts nothing",
    ("event", False): "it counts everything",
    ("population", True): "nobody belongs to it",
    ("population", False): "everybody belongs to it",
}
"""What it means for each role that the outcome cannot be had."""


# ----------------------------------------------------------------- whole rules


def never_true(subject: Subject) -> Iterator[Found]:
    return _never(subject, True)


def never_false(subject: Subject) -> Iterator[Found]:
    return _never(subject, False)


def _never(subject: Subject, outcome: bool) -> Iterator[Found]:
    for linked in subject.study.of(*JUDGED):
        if one_way(subject, linked) is outcome:
            rule = linked.rule
            message = f"`{rule.id}` can never be {SAID[outcome]}: {MEANS[rule.role, outcome]}"
            labels = tuple(Label(call.at, said) for call, said in _one_way_comparisons(subject, linked))
            yield Found(rule.id, message, rule.at, labels=labels)
    yield from _proved(subject, outcome)


def _proved(subject: Subject, outcome: bool) -> Iterator[Found]:
    """What ranges leave open, and a solver does not."""
    for name in subject.proved.never(outcome):
        rule = subject.study.rules[name].rule
        message = f"`{name}` can never be {SAID[outcome]}: {MEANS[rule.role, outcome]}"
        label = Label(rule.expression.at, f"nobody makes this {SAID[outcome]}")
        yield Found(name, message, rule.at, subject.proved.ground, (label,))


def one_way(subject: Subject, linked: LinkedRule) -> bool | None:
    """The outcome that a rule cannot have; None where both are possible."""
    could = subject.possible.rule(linked.rule.id)
    assert isinstance(could, Outcomes)
    if could.values == {True, False}:
        return None
    return True not in could.values


# ----------------------------------------------------------------- comparisons


def one_way_comparison(subject: Subject) -> Iterator[Found]:
    """Inside rules that can go both ways; of the others it is said why they cannot."""
    for linked in subject.study.rules.values():
        if linked.rule.role in JUDGED and one_way(subject, linked) is not None:
            continue
        for call, said in _one_way_comparisons(subject, linked):
            yield Found(linked.rule.id, f"in `{linked.rule.id}`, {said}", call.at)


def _one_way_comparisons(subject: Subject, linked: LinkedRule) -> Iterator[tuple[Call, str]]:
    """Comparisons of what is recorded whose answer is settled by ranges and codelists alone."""
    extra = (core for key, core in linked.extra.items() if key != "applies_when")
    for whole in (linked.core, *extra):
        for call, about in comparisons(whole, About(this=linked.for_each)):
            could = subject.possible.of(call, about)
            if isinstance(could, Outcomes) and len(could.values) == 1 and _is_written(call):
                yield call, _said(subject, call, about, could)


def comparisons(core: Core, about: About) -> Iterator[tuple[Call, About]]:
    """Every comparison, with the records that are in sight where it stands."""
    for node in placed(Placed(core, (), about)):
        if isinstance(node.core, Call) and node.core.operator in COMPARISONS:
            yield node.core, node.about


def _is_written(call: Call) -> bool:
    """Whether somebody wrote it of something recorded: what compares choices goes the way that was chosen."""
    recorded = any(not isinstance(node, Const | Parameter | Call) for node in nodes(call))
    return recorded and call.at != NOWHERE and isinstance(call.args[0].type, Number | Code)


def _said(subject: Subject, call: Call, about: About, could: Outcomes) -> str:
    (outcome,) = could.values
    sides = [_shown(subject.possible.of(arg, about), arg) for arg in call.args]
    return f"this is always {SAID[outcome]} where it is known: {sides[0]}, against {sides[1]}"


def _shown(could: Could, core: Core) -> str:
    match could, core.type:
        case Interval() as one, Number(unit=unit):
            number = _number(one)
            return number if unit == ONE else f"{number} {unit.symbol}"
        case Codes(codes), _:
            return ", ".join(sorted(codes)) or "no code"
        case _:
            return "anything"


def _number(one: Interval) -> str:
    if one.point is not None:
        return _bound(one.low)
    low, high = isinstance(one.low, Fraction), isinstance(one.high, Fraction)
    if low and high:
        return f"{_bound(one.low)} to {_bound(one.high)}"
    if low:
        return f"{_bound(one.low)} or more"
    return f"{_bound(one.high)} or less" if high else "any number"


def _bound(bound: Bound) -> str:
    number = Decimal(f"{float(bound):.6g}")
    return plain(number + 0)
