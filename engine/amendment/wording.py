"""What was found in words, for the screen and for pages; and as plain data, for programs."""

from collections.abc import Mapping
from dataclasses import asdict

from engine.amendment.diff import Change, Difference
from engine.amendment.model import Compared, Finding, Nobody, Relation, Somebody, Unsettled, Way
from engine.logic.bound import BOUND
from engine.study.linked import ELIGIBLE, Study

DECIDE = ("inclusion", "exclusion")

OF_CRITERIA: Mapping[Relation, str] = {
    "equal": "equal",
    "widens": "widens: whoever passed still passes, and others do, too",
    "narrows": "narrows: nobody passes who did not, and some no longer do",
    "both": "both: some pass who did not, and some no longer do",
    "otherwise": "otherwise: the same patients pass, and some others are answered otherwise",
    "not decided": "not decided",
}
OF_OTHERS: Mapping[Relation, str] = {
    **OF_CRITERIA,
    "widens": "widens: it holds wherever it held, and elsewhere, too",
    "narrows": "narrows: it holds nowhere else, and in places no longer",
    "both": "both: it holds where it did not, and in places no longer",
    "otherwise": "otherwise: where it does not hold, or of what it is a value, the answer is another",
}
LOOKED_FOR: Mapping[Way, str] = {
    "gains": "passes now, and did not",
    "loses": "passed, and does not now",
    "otherwise": "is answered otherwise",
}


def relation_words(study: Study, one: Compared) -> str:
    """What a rule is to what it was, in a sentence."""
    linked = study.rules.get(one.rule)
    decides = one.rule == ELIGIBLE or (linked is not None and linked.rule.role in DECIDE)
    said = (OF_CRITERIA if decides else OF_OTHERS)[one.relation]
    if one.relation == "not decided":
        return f"{said}, because {one.reason}"
    return f"{said}, because {one.why}" if one.why else said


def patient_words(found: Somebody) -> str:
    """In what a patient is other than the typical one, on a line."""
    if found.text is None:
        return (
            f"a patient with other records of {', '.join(found.changed) or 'nothing'}, whom no case can tell"
        )
    told = [line for line in found.text.split("\n")[1:] if not line.strip().startswith(NOT_THE_PATIENT)]
    different = " ".join(" ".join(told).split())
    return f"the typical patient, {different}" if different else "the typical patient"


NOT_THE_PATIENT = ("rule:", "visit:", "because:", "expect:", "record:", "as_of:")


def summary(found: Difference) -> str:
    """`2 changed, 1 reworded; 4 rules answer otherwise`."""
    if not found.changes and not found.compared:
        return "nothing is otherwise"
    kinds = [change.kind for change in found.changes]
    counts = [f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds)]
    rules = len(found.differing)
    said = "1 rule answers otherwise, or may" if rules == 1 else f"{rules} rules answer otherwise, or may"
    return "; ".join(
        [*([", ".join(counts)] if counts else []), said if rules else "every rule answers as it did"]
    )


# -------------------------------------------------------------------- for programs


def document(found: Difference) -> dict[str, object]:
    """All that was found, with what it was found in; the same inputs give the same text."""
    return {
        "before": about(found.pair.before),
        "after": about(found.pair.written),
        "bound": BOUND,
        "changes": [change_document(change) for change in found.changes],
        "rules": [compared_document(one) for one in found.compared],
    }


def about(study: Study) -> dict[str, str]:
    protocol = study.protocol
    return {"study": protocol.id, "version": protocol.version, "fingerprint": study.fingerprint}


def change_document(change: Change) -> dict[str, object]:
    return asdict(change)


def compared_document(one: Compared) -> dict[str, object]:
    ways = [{"way": way, **_finding(found)} for way, found in one.ways]
    names = {"rule": one.now, "was_called": None if one.rule == one.now else one.rule}
    return {**names, "relation": one.relation, "why": one.reason or one.why, "looked_for": ways}


def _finding(found: Finding) -> dict[str, object]:
    match found:
        case Nobody():
            return {"found": "nobody"}
        case Unsettled(why):
            return {"found": "not decided", "why": why}
        case Somebody():
            told = {"before": found.before, "after": found.after, "differs_in": list(found.changed)}
            return {"found": "patient", **told, "visit": found.case.visit, "case": found.text}
