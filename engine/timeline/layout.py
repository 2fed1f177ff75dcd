"""How the rows of a table are read: which column holds what, for each variable.

Worked out once for each set of columns and each variable, so that a row only
looks things up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engine.source.suggest import did_you_mean
from engine.timeline.cells import ReadCell, reader_of
from engine.timeline.dictionary import BASE_COLUMNS, Dictionary, Entry
from engine.timeline.trouble import Trouble

MOST_SUGGESTIONS = 1000


@dataclass(slots=True)
class Readers:
    """The readers of every variable's value and attributes, made when first asked for."""

    dictionary: Dictionary
    _made: dict[tuple[str, str | None, bool], ReadCell] = field(default_factory=dict)

    def value(self, entry: Entry, unit_is_implied: bool) -> ReadCell | None:
        key = entry.variable.name, None, unit_is_implied
        if key not in self._made and entry.value:
            self._made[key] = reader_of(entry.value, unit_is_implied)
        return self._made.get(key)

    def attribute(self, entry: Entry, name: str) -> ReadCell:
        key = entry.variable.name, name, True
        if key not in self._made:
            self._made[key] = reader_of(entry.attributes[name], unit_is_implied=True)
        return self._made[key]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of one variable are read.

    `attributes` are name, column (None: the table has none) and reader;
    `empty` are the columns in which such a row must have nothing.
    """

    name: str
    entry: Entry
    value: ReadCell | None
    attributes: tuple[tuple[str, int | None, ReadCell], ...]
    empty: tuple[int, ...]
    is_episode: bool
    is_fact: bool


class RecordLayout:
    """Where the columns of a long table are, and a plan for each variable met in it."""

    def __init__(self, columns: Sequence[str], readers: Readers) -> None:
        self.columns, self.readers = columns, readers
        self.at = {name: index for index, name in enumerate(columns)}
        self.patient, self.variable, self.start, self.end, self.value, self.unit = (
            self.at[name] for name in BASE_COLUMNS
        )
        self._plans: dict[str, Plan | Trouble] = {}

    def plan_of(self, variable: str) -> Plan | Trouble:
        plan = self._plans.get(variable)
        if plan is None:
            plan = self._plans[variable] = self._plan(variable)
        return plan

    def _plan(self, name: str) -> Plan | Trouble:
        entry = self.readers.dictionary.entries.get(name)
        if entry is None:
            return self._no_variable(name)
        readers, filled = self.readers, _filled(entry)
        return Plan(
            entry.variable.name,
            entry,
            readers.value(entry, unit_is_implied=False),
            tuple((one, self.at.get(one), readers.attribute(entry, one)) for one in entry.attributes),
            tuple(index for column, index in self.at.items() if column not in filled),
            entry.variable.kind == "episode",
            entry.variable.kind == "fact",
        )

    def _no_variable(self, name: str) -> Trouble:
        if not name:
            return Trouble("missing-variable", "this row names no variable")
        # Comparing with every name is slow, and a column of free text would ask for it a million times.
        few = len(self._plans) < MOST_SUGGESTIONS
        help = did_you_mean(name, self.readers.dictionary.entries) if few else None
        return Trouble("unknown-variable", f"`{name}` is not in the data dictionary", help)

    def misplaced(self, plan: Plan, column: int) -> Trouble:
        """What is wrong with a cell that such a row should have left empty."""
        kind, name = plan.entry.variable.kind, self.columns[column]
        if name in BASE_COLUMNS:
            article = "an" if kind[0] in "aeiou" else "a"
            message = f"`{plan.name}` is {article} {kind}, which has no `{name}`"
            return Trouble("not-of-kind", message, "leave this cell empty")
        if name not in self.readers.dictionary.record_columns:
            return unknown_filled(name)
        message = f"`{name}` is not an attribute of `{plan.name}`"
        own = ", ".join(f"`{one}`" for one in plan.entry.attributes)
        return Trouble("not-an-attribute", message, f"its attributes are {own}" if own else "it has none")


def _filled(entry: Entry) -> set[str]:
    """The columns that a row of this variable may fill."""
    filled = {"patient", "variable", *entry.attributes}
    if entry.value:
        filled |= {"value", "unit"}
    if entry.variable.kind != "fact":
        filled.add("start")
    if entry.variable.kind == "episode":
        filled.add("end")
    return filled


def fact_readers(columns: Sequence[str], readers: Readers) -> Iterator[tuple[int, str, ReadCell]]:
    """The columns of a table of facts: column, fact and reader."""
    entries = readers.dictionary.entries
    for index, name in enumerate(columns):
        if name != "patient" and name in readers.dictionary.fact_columns:
            read = readers.value(entries[name], unit_is_implied=True)
            assert read is not None
            yield index, name, read


def unknown_filled(column: str) -> Trouble:
    """A cell of a column that nobody knows: left out, its row would say less than it does."""
    return Trouble("unknown-column", f"this row fills `{column}`, which is no column that is known")
