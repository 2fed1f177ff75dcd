"""The logical reading against the reference: one patient is answered alike, and a witness is one."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.language.core import Core, Fact, Records, Ref, Select
from engine.language.operators import OPERATORS, SELECTORS
from engine.language.types import Number
from engine.language.units import ONE
from engine.language.values import Day, DayRange, NumberRange, OneOf
from engine.language.walk import nodes
from engine.logic.answers import ANY_DAY, Answer, Codes, Range, Truth
from engine.logic.near import Origin
from engine.logic.operators import OPERATE, Opaque
from engine.logic.reading import PATIENT
from engine.logic.refusal import Refused
from engine.logic.search import Search
from engine.logic.selectors import SELECT, Found
from engine.logic.space import Space, near
from engine.logic.terms import Bool, no
from engine.logic.witness import Witness
from engine.logic.written import nothing_of
from engine.reference.numbers import comparable
from engine.timeline.known import known_by
from engine.timeline.model import Timeline
from tests.generative.asked import answer, core_of
from tests.generative.expressions import expressions, phrases
from tests.generative.namespace import STUDY
from tests.generative.patients import AS_OF, patients, texts, timeline_of


def has_a_day_twice(timeline: Timeline) -> bool:
    starts = ([record.start for record in one.records] for one in timeline.series.values())
    return any(len(set(days)) < len(days) for days in starts)


def logical(core: Core, timeline: Timeline, as_of: Day) -> Any:
    """What the logical reading says of one patient, in whom nothing is open."""
    space, _ = near(STUDY.protocol, Origin(timeline, as_of), 0, lambda _: False)
    return settled(space.read(STUDY.program).answer(core, PATIENT))


def settled(found: Answer) -> Any:
    """The answer as plain data; `...` where it rests on what is not linear."""
    match found:
        case Truth(yes, not_):
            return (
                ...
                if not (isinstance(yes, bool) and isinstance(not_, bool))
                else yes or (False if not_ else None)
            )
        case Codes(known, could):
            codes = {code for code, possible in could.items() if possible is True}
            return codes if known is True else None if known is False else ...
        case Range():
            return _settled_range(found)


def _settled_range(found: Range) -> Any:
    if found.known is False:
        return None
    low, high = found.low.constant, found.high.constant
    if found.known is not True or low is None or high is None:
        return ...
    return None if found.no_low else float(low), None if found.no_high else float(high)


def told(value: Any) -> Any:
    """What the reference says, in the same form."""
    match value:
        case None | bool():
            return value
        case str():
            return {value}
        case OneOf(codes):
            return set(codes)
        case DayRange(low, high) | NumberRange(low, high):
            return tuple(
                None if end is None else float(comparable(end) if not isinstance(end, int) else end)
                for end in (low, high)
            )
        case _:
            number = float(value if isinstance(value, int) else comparable(value))
            return number, number


def same(one: Any, other: Any) -> bool:
    if not (isinstance(one, tuple) and isinstance(other, tuple)):
        return one == other and type(one) is type(other)
    return all(
        a is b is None or (a is not None and b is not None and abs(a - b) <= 1e-9 * max(1.0, abs(a)))
        for a, b in zip(one, other, strict=True)
    )


@given(expressions(), patients(), st.sampled_from(AS_OF))
@settings(max_examples=settings().max_examples * 5)
def test_one_patient_is_answered_alike(syntax: Any, rows: Any, as_of: Day) -> None:
    timeline, core = known_by(timeline_of(texts(rows, exact=True)), as_of), core_of(syntax)
    assume(not has_a_day_twice(timeline))
    with suppress(Refused):
        found = logical(core, timeline, as_of)
        assert found is ... or same(found, told(answer(core, timeline, as_of)))


def test_only_the_median_is_refused() -> None:
    """Every operator and selector is either encoded or refused by name."""
    assert OPERATE.keys() == OPERATORS.keys()
    assert SELECT.keys() == SELECTORS.keys()
    found = Found((), True)
    refused = set()
    for name, select in SELECT.items():
        target = ANY_DAY if name == "at" else None
        try:
            select(replace(found, target=target), nothing_of(Number(ONE)))
        except Refused as refusal:
            refused.add(refusal.name)
    assert refused == {"median"}


# ------------------------------------------------------------------- witnesses

ANSWERS = {"true": True, "false": False, "unknown": None}


@given(phrases("truth"), patients(most=4), st.sampled_from(sorted(ANSWERS)))
def test_a_witness_is_one(syntax: Any, rows: Any, wanted: str) -> None:
    """Whoever is found gives that answer; near whom none is found, the origin is none."""
    timeline, core = known_by(timeline_of(texts(rows, exact=True)), AS_OF[1]), core_of(syntax)
    assume(not has_a_day_twice(timeline))
    origin, found = Origin(timeline, AS_OF[1]), list[tuple[Timeline, Any]]()

    def goal(space: Space) -> tuple[Bool, list[Opaque]]:
        reading = space.read(STUDY.program)
        truth = reading.answer(core, PATIENT)
        wants = {"true": truth.yes, "false": truth.no, "unknown": no(truth.known)}
        return wants[wanted], reading.opaques

    def confirmed(witness: Witness) -> bool:
        found.append((witness.timeline, answer(core, witness.timeline, witness.as_of)))
        return found[-1][1] is ANSWERS[wanted]

    with suppress(Refused):
        search = Search(STUDY.protocol, origin, read_by(core), goal, confirmed, steps=300_000)
        result = search.run()
        assert all(value is ANSWERS[wanted] for _, value in found), found
        assert result != "impossible" or answer(core, timeline, AS_OF[1]) is not ANSWERS[wanted]


def read_by(core: Core) -> frozenset[str]:
    """The variables and facts that an expression reads, through whatever rules."""
    names, pending = set[str](), [core]
    while pending:
        for node in nodes(pending.pop()):
            match node:
                case Ref(rule=rule):
                    pending.append(STUDY.program.rules[rule])
                case Fact(name=name) | Select(source=Records(variable=name)):
                    names.add(name)
                case _:
                    pass
    return frozenset(names - {"as_of"})
