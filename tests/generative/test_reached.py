"""The generators reach everything there is: what they never draw, no other test here has seen."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language.core import Core, Period, Records, Select, Visits
from engine.language.operators import OPERATORS, SELECTORS
from engine.language.syntax import Syntax
from engine.language.walk import nodes
from tests.generative.asked import answer, core_of, scope_of
from tests.generative.expressions import expressions
from tests.generative.patients import AS_OF, Cells, patients, texts, timeline_of
from tests.generative.questions import questions
from tests.generative.trees import syntax

ABOUT = ("weight", "biopsy", "steroid", "fit", "infection")
MANY, FEW = settings(max_examples=800), settings(max_examples=100)


def said(core: Core) -> Iterator[str]:
    """What a test should have met: kinds of node, operators, selectors, sources, bounds."""
    for node in nodes(core):
        yield type(node).__name__
        if isinstance(node, Select):
            yield from (node.selector, type(node.source).__name__, *_narrowed(node.source))
        yield from (getattr(node, name) for name in ("operator", "of", "aspect") if hasattr(node, name))


def _narrowed(source: Records | Visits) -> Iterator[str]:
    if source.where is not None:
        yield "where"
    if isinstance(source, Records):
        yield from (source.kind, f"absent {source.absent}", "at a visit" if source.visit else "in a period")
    if isinstance(source.period, Period):
        bounds = (source.period.start, source.period.end)
        yield " ".join("open" if one is None else "in" if one.inclusive else "out" for one in bounds)


WANTED = {
    *(kind.__name__ for kind in get_args(Core)),
    *OPERATORS,
    *SELECTORS,
    *("Records", "Visits", "where", "measurement", "event", "episode", "judgement"),
    *("absent no", "absent unknown", "at a visit", "in a period", "record", "this", "previous"),
    *("day", "target", "opens", "closes", "attended"),
    *("open out", "open in", "out open", "in open", "in in", "in out", "out in"),
}


def test_every_part_of_the_core_is_drawn() -> None:
    found: set[str] = set()

    @settings(max_examples=1500)
    @given(st.data(), st.booleans(), st.sampled_from((None, "steroid", "infection")))
    def meet(data: st.DataObject, is_at_visit: bool, this: str | None) -> None:
        core = core_of(
            data.draw(expressions(is_at_visit=is_at_visit, this=this)), scope_of(is_at_visit, this)
        )
        found.update(said(core))

    meet()
    assert WANTED - found == set()


def test_every_kind_of_phrase_is_drawn() -> None:
    found: set[type] = set()

    @settings(max_examples=300)
    @given(syntax)
    def meet(written: Syntax) -> None:
        found.update(map(type, within(written)))

    meet()
    assert set(get_args(Syntax)) - found == set()


def within(part: object) -> Iterator[object]:
    """A phrase and all that it is made of."""
    yield part
    if is_dataclass(part):
        part = tuple(getattr(part, each.name) for each in fields(part))
    for inner in part if isinstance(part, tuple) else ():
        yield from within(inner)


def test_every_kind_of_value_and_record_is_drawn() -> None:
    found: set[str] = set()

    @FEW
    @given(patients(variables=ABOUT, most=12))
    def meet(rows: list[Cells]) -> None:
        timeline = timeline_of(texts(rows))
        for variable, series in timeline.series.items():
            found.update(type(answer(core, timeline, AS_OF[0])).__name__ for _, core in questions(variable))
            for record in series.records:
                found.update(f"held {type(value).__name__}" for value in record.fields.values())
                found.update((variable, "doubtful" if record.doubtful else "certain"))

    meet()
    kinds = ("NoneType", "bool", "Decimal", "NumberRange", "int", "DayRange", "str")
    wanted = {*ABOUT, "certain", "doubtful", "float", "OneOf", *kinds, *(f"held {kind}" for kind in kinds)}
    assert wanted - found == set()
