"""What a study plans: arms, objectives, parameters, visits and endpoints."""

from collections.abc import Iterator, Mapping
from typing import get_args

from engine.source.tree import Scalar
from engine.study.entry import Entry, entries_of
from engine.study.files import Written
from engine.study.model import (
    Acceptance,
    Alternative,
    Arm,
    Endpoint,
    Objective,
    Parameter,
    Schedule,
    Status,
    Visit,
)

TYPICAL = (
    "arrival",
    "allocation",
    "screen_failures",
    "variants",
    "courses",
    "facts",
    "happenings",
    "attending",
    "measurements",
    "judgements",
    "record_keeping",
)
"""The sections of `protocol/typical.yaml`."""

STATUSES: tuple[Status, ...] = get_args(Status)


def read_arms(written: Written) -> tuple[Arm, ...]:
    return tuple(
        Arm(entry.name, entry.words("title"), int(entry.number("ratio") or 1), _whole(entry, "planned"))
        for entry in written.entries("arms")
    )


def _whole(entry: Entry, key: str) -> int | None:
    number = entry.number(key)
    return None if number is None else int(number)


def read_design(written: Written) -> Mapping[str, str]:
    """What kind of study it is: names of the writer's own, each with a text."""
    design = written.sections.get("design")
    return design.table() if design else {}


def read_objectives(written: Written) -> tuple[Objective, ...]:
    return tuple(
        Objective(
            id=entry.name,
            rank=entry.choice("rank", ("primary", "secondary", "exploratory")) or "exploratory",
            text=entry.words("text"),
            source=entry.words("source"),
            at=entry.at,
        )
        for entry in written.entries("objectives")
    )


def read_acceptances(written: Written) -> tuple[Acceptance, ...]:
    """What lints say and the study accepts, by the name they say it of."""
    return tuple(
        Acceptance(lint.name, entry.name, entry.words(lint.name), lint.at)
        for entry in written.entries("accepted")
        for lint in entries_of(entry.tree)
    )


def read_parameters(written: Written) -> Mapping[str, Parameter]:
    """Those with a value; one without has been reported."""
    read = ((entry, _value(entry)) for entry in written.entries("parameters"))
    return {entry.name: _parameter(entry, value) for entry, value in read if value is not None}


def _value(entry: Entry) -> Scalar | tuple[Scalar, ...] | None:
    return entry.scalar("value") or (entry.scalars("value") if entry.items("value") else None)


def _parameter(entry: Entry, value: Scalar | tuple[Scalar, ...]) -> Parameter:
    return Parameter(
        name=entry.name,
        title=entry.words("title"),
        value=value,
        source=entry.words("source"),
        status=entry.choice("status", STATUSES) or "query",
        at=entry.at,
        why=entry.text("why"),
        query=entry.text("query"),
        codelist=entry.text("codelist"),
        alternatives=tuple(_alternatives(entry)),
    )


def _alternatives(parameter: Entry) -> Iterator[Alternative]:
    for tree in parameter.items("alternatives"):
        entry = Entry(parameter.key, tree)
        value = _value(entry)
        if value is not None:
            yield Alternative(value, entry.words("source"), entry.tree.at)


def read_schedule(written: Written) -> Schedule:
    baseline = written.sections.get("baseline")
    visits = (_visit(entry) for entry in written.entries("visits"))
    return Schedule(
        baseline_day=baseline.scalar("day") if baseline else None,
        look_back=baseline.scalar("look_back") if baseline else None,
        attendance=_attendance(written.sections.get("attendance")),
        visits={visit.name: visit for visit in visits if visit},
    )


def _attendance(entry: Entry | None) -> tuple[Scalar, Scalar] | None:
    match entry and (entry.scalar("variable"), entry.scalar("attribute")):
        case (Scalar() as variable, Scalar() as attribute):
            return variable, attribute
        case _:
            return None


def _visit(entry: Entry) -> Visit | None:
    """A visit whose day and window are said; one without them has been reported."""
    said = [entry.scalar(key) for key in ("anchor", "offset", "before", "after")]
    match [scalar for scalar in said if scalar]:
        case [anchor, offset, before, after]:
            return Visit(
                name=entry.name,
                title=entry.words("title"),
                anchor=anchor,
                offset=offset,
                before=before,
                after=after,
                due=entry.scalars("due"),
                at=entry.at,
            )
        case _:
            return None


def read_endpoints(written: Written) -> Mapping[str, Endpoint]:
    return {entry.name: _endpoint(entry) for entry in written.entries("endpoints")}


def _endpoint(entry: Entry) -> Endpoint:
    return Endpoint(
        id=entry.name,
        title=entry.words("title"),
        text=entry.words("text"),
        source=entry.words("source"),
        response=entry.text("response"),
        visit=entry.text("visit"),
        missing=entry.choice("missing", ("non_response", "left_out")),
        analysis=entry.text("analysis"),
        note=entry.text("note"),
        at=entry.at,
    )


def read_typical(written: Written) -> Mapping[str, Entry]:
    """The sections of the typical patient as written: all of their values are expressions."""
    return {name: written.sections[name] for name in TYPICAL if name in written.sections}
