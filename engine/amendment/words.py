"""The words of answers: what a verdict is called, whether two of them differ, and why one is as it is."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from engine.language.days import show as show_day
from engine.language.values import Value
from engine.reference.interpret import Reading
from engine.reference.judge import WANTED, Judgement, Verdict
from engine.result.compare import NOT_THERE
from engine.result.rows import about, amount
from engine.study.linked import Study
from engine.study.model import Endpoint, Role

Kind = Literal["decision", "criterion", "deviation", "switch", "response", "endpoint", "event", "population"]
KINDS: dict[Role, Kind] = {
    "inclusion": "criterion",
    "exclusion": "criterion",
    "requirement": "deviation",
    "switch": "switch",
    "response": "response",
    "event": "event",
    "population": "population",
}
WORDS: dict[Kind, tuple[str, str]] = {
    "criterion": ("passes", "fails"),
    "deviation": ("kept", "broken"),
    "switch": ("allowed", "not allowed"),
    "response": ("yes", "no"),
    "endpoint": ("response", "no response"),
    "event": ("yes", "no"),
    "population": ("included", "left out"),
}
UNKNOWN = "unknown"
EXEMPT = "not applicable"
LEFT_OUT = "left out"

Key = tuple[str, int]
"""What an answer is about, and the how manieth of those it is."""


def numbered(answers: Iterable[Verdict] | None) -> dict[Key, Verdict]:
    """Verdicts about the same thing, such as two records of one day, are told apart by their order."""
    seen: Counter[str] = Counter()
    found: dict[Key, Verdict] = {}
    for verdict in answers or ():
        of = about(verdict)
        seen[of] += 1
        found[of, seen[of]] = verdict
    return found


def differ(before: Verdict | None, after: Verdict | None) -> bool:
    """Whether somebody must be told: of a rule that is new or gone, only if it has something to say."""
    if before is not None and after is not None:
        return word(before) != word(after)
    there = before or after
    return there is not None and _tells(there)


def _tells(verdict: Verdict) -> bool:
    """Whether a verdict speaks against the patient, or gives what it can give."""
    if not verdict.applies:
        return False
    if verdict.rule.rule.role == "requirement":
        return verdict.passes is False
    return verdict.passes is not True if verdict.rule.rule.role in WANTED else verdict.outcome is True


def word(verdict: Verdict | None) -> str:
    """An answer, with how much there should have been or from when on; a rule that does not apply is kept."""
    if verdict is None:
        return NOT_THERE
    kind = KINDS[verdict.rule.rule.role]
    yes, no = WORDS[kind]
    if not verdict.applies:
        return yes if kind == "deviation" else EXEMPT
    if verdict.passes is None:
        return UNKNOWN
    return _with_detail(verdict, kind, yes if verdict.passes else no)


def _with_detail(verdict: Verdict, kind: Kind, word: str) -> str:
    due = amount(verdict)
    if kind == "deviation" and verdict.passes is False and due:
        return f"{word} ({due})"
    if kind == "switch" and verdict.passes and verdict.day is not None:
        return f"{word} since {show_day(verdict.day)}"
    return word


def because(now: Judgement, verdict: Verdict) -> str:
    if not verdict.applies:
        return ""
    missing = "; ".join(one.words for one in now.missing(verdict))
    return missing or "; ".join(now.reasons(verdict))


def counted(study: Study, reading: Reading, endpoint: Endpoint) -> dict[str, str]:
    """What an endpoint counts a patient as, at its visit or at each of its response's."""
    linked = study.rules.get(endpoint.response or "")
    if linked is None:
        return {}
    visits: tuple[str | None, ...] = (endpoint.visit,) if endpoint.visit else linked.visits or (None,)
    answers = {visit: reading.rule(linked.rule.id, visit) for visit in visits}
    return {visit or "patient": _counts_as(endpoint, answer) for visit, answer in answers.items()}


def _counts_as(endpoint: Endpoint, answer: Value) -> str:
    yes, no = WORDS["endpoint"]
    if answer is None and endpoint.missing == "left_out":
        return LEFT_OUT
    return yes if answer else no
