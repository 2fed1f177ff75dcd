"""What a patient is like whom two versions answer otherwise, for the solver and for the reference."""

from engine.amendment.model import Way
from engine.assurance.run import Found
from engine.language.types import TRUTH
from engine.language.values import Value
from engine.logic.answers import Answer, Truth, agree
from engine.logic.terms import Bool, every, no
from engine.reference.judge import WANTED
from engine.study.linked import Study


def speaks_for(study: Study, name: str) -> bool | None:
    """The answer of a rule that lets a patient pass; None of a rule that gives a value."""
    if study.program.rules[name].type != TRUTH:
        return None
    linked = study.rules.get(name)
    return True if linked is None else WANTED.get(linked.rule.role, True)


def ways_of(passing: bool | None) -> tuple[Way, ...]:
    """How a patient can be answered otherwise."""
    return ("otherwise",) if passing is None else ("gains", "loses")


def claimed(way: Way, passing: bool | None, pair: tuple[Answer, Answer]) -> Bool:
    """That the answers of two versions differ in this way."""
    one, other = pair
    if not (isinstance(one, Truth) and isinstance(other, Truth)):
        return no(agree(one, other))
    before, after = (one.yes, other.yes) if passing else (one.no, other.no)
    match way:
        case "gains":
            return every(after, no(before))
        case "loses":
            return every(before, no(after))
        case "otherwise":
            return every(no(before), no(after), no(agree(one, other)))


def seen(way: Way, passing: bool | None, pair: tuple[Found, Found]) -> bool:
    """Whether the reference gives answers that differ in this way."""
    one, other = pair
    before, after = _passes(one.value, passing), _passes(other.value, passing)
    match way:
        case "gains":
            return after and not before
        case "loses":
            return before and not after
        case "otherwise":
            return one.value != other.value and not before and not after


def _passes(value: Value, passing: bool | None) -> bool:
    return passing is not None and value is passing
