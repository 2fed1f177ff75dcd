"""Whether two patients are recorded alike, and two cases ask the same; where it stands does not matter."""

from engine.assurance.cases import Case
from engine.assurance.rows import end_text
from engine.timeline.model import Record, Timeline


def alike(one: Timeline, other: Timeline, name: str) -> bool:
    """Whether the same is recorded of a variable."""
    facts = [(True, said.facts[name].value) if name in said.facts else (False, None) for said in (one, other)]
    series = [said.series[name].records if name in said.series else () for said in (one, other)]
    return facts[0] == facts[1] and list(map(_told, series[0])) == list(map(_told, series[1]))


def same_question(one: Case, other: Case) -> bool:
    """Whether the same is asked of the same patient."""
    asked = [(case.rule, case.visit, case.as_of) for case in (one, other)]
    records = [[_told(record) for record in (case.record, case.previous) if record] for case in (one, other)]
    timelines = (one.timeline, other.timeline)
    names = {name for timeline in timelines for name in (*timeline.facts, *timeline.series)}
    same_patient = one.timeline.refused == other.timeline.refused
    return (
        asked[0] == asked[1]
        and records[0] == records[1]
        and same_patient
        and all(alike(*timelines, name) for name in names)
    )


def _told(record: Record) -> tuple[object, ...]:
    """A record as it is recorded: of an end that has not come it does not matter since when that is known."""
    fields = {name: (type(value), value) for name, value in record.fields.items() if name != "end"}
    return record.start, record.minute, end_text(record), record.doubtful, fields
