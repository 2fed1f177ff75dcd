"""A model of the solver as a patient: the records and facts it chose, with values as files hold them."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import z3

from engine.language.days import spanning
from engine.language.values import Date, Day, OneOf, Value
from engine.logic.answers import Answer, Codes, Range, Truth
from engine.logic.history import Held, Slot
from engine.logic.near import AS_OF, Near
from engine.source.place import NOWHERE
from engine.study.model import Variable
from engine.timeline.model import FactValue, Record, Series, Timeline


@dataclass(frozen=True, slots=True)
class Witness:
    """A patient, known up to a day, and the variables that differ from the origin's."""

    timeline: Timeline
    as_of: Day
    changed: tuple[str, ...]


def witness_of(model: z3.ModelRef, near: Near) -> Witness:
    """What the model says of what was looked at; all else is as it was."""
    chosen = _Chosen(model)
    made = dict.fromkeys(change.key.variable for change in near.changes if chosen.holds(change.made))
    variables = near.free.protocol.variables
    facts, series = dict(near.origin.timeline.facts), dict(near.origin.timeline.series)
    for name in made.keys() - {AS_OF}:
        if variables[name].kind == "fact":
            _put(facts, name, chosen.fact(variables[name], near.facts[name]))
        else:
            series[name] = chosen.series(variables[name], near.slots[name])
    timeline = Timeline(near.origin.timeline.patient, facts, series)
    return Witness(timeline, Day(chosen.number(near.as_of)), tuple(made))


def _put(facts: dict[str, FactValue], name: str, found: FactValue | None) -> None:
    facts.pop(name, None)
    if found is not None:
        facts[name] = found


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Reads terms off a model; what it says nothing of may be anything."""

    model: z3.ModelRef

    def holds(self, term: Any) -> bool:
        return term if isinstance(term, bool) else z3.is_true(self.model.eval(term, True))

    def number(self, term: Any) -> int:
        return term if isinstance(term, int) else int(self.model.eval(term.term, True).as_long())

    def fact(self, variable: Variable, held: Held) -> FactValue | None:
        if not self.holds(held.present):
            return None
        return FactValue(
            self.value(held.value, variable.value is not None and variable.value.content == "date"), NOWHERE
        )

    def series(self, variable: Variable, slots: tuple[Slot, ...]) -> Series:
        found = [self.record(variable, slot) for slot in slots if self.holds(slot.present)]
        records = sorted(found, key=lambda record: record.start)  # type: ignore[arg-type, return-value]
        days = tuple(record.start for record in records)
        return Series(tuple(records), None if variable.kind == "episode" else days)  # type: ignore[arg-type]

    def record(self, variable: Variable, slot: Slot) -> Record:
        start = Day(self.number(slot.start.low.term))
        end = None if slot.end is None else self.day(slot.end)
        fields: dict[str, Value] = {"start": start, "end": end}
        for key, answer in slot.fields.items():
            if key not in fields:
                attribute = variable.value if key == "value" else variable.attributes[key]
                fields[key] = self.value(answer, attribute is not None and attribute.content == "date")
        return Record(start, end, None, fields)

    def value(self, answer: Answer, is_day: bool) -> Value:
        match answer:
            case Truth():
                return True if self.holds(answer.yes) else False if self.holds(answer.no) else None
            case Codes() if self.holds(answer.known):
                codes = [code for code, could in answer.could.items() if self.holds(could)]
                return codes[0] if len(codes) == 1 else OneOf(frozenset(codes))
            case Range() if self.holds(answer.known):
                return self.day(answer) if is_day else self.decimal(answer)
            case _:
                return None

    def day(self, answer: Range) -> Date:
        return spanning(Day(self.number(answer.low.term)), Day(self.number(answer.high.term)))

    def decimal(self, answer: Range) -> Decimal:
        found = Fraction(self.number(answer.low.term), answer.low.per)
        return Decimal(found.numerator) / Decimal(found.denominator)
