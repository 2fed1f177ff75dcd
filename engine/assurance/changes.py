"""What `but` and `also` say of a patient, as rows: which records are changed, added or taken away."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.assurance.rows import Row, cell, row_of
from engine.assurance.written import Written
from engine.language.core import BASELINE, Core
from engine.language.days import high, low, parse_when
from engine.language.days import show as show_day
from engine.language.names import Scope
from engine.language.values import LAST_DAY, Date, Day
from engine.reference.interpret import PATIENT, Reading
from engine.source.place import Span
from engine.source.suggest import did_you_mean
from engine.source.tree import Mapping, Scalar, Sequence, Tree
from engine.study.entry import Entry, entries_of
from engine.study.linked import Study
from engine.study.typical_values import DATE, Values, Wanted
from engine.timeline.dictionary import Dictionary
from engine.timeline.dictionary import Entry as Described
from engine.timeline.model import Record

NONE, UNKNOWN, ONGOING = "none", "unknown", "ongoing"
NO_DAY = "2000-01-01"
AT = "at"
OF_VISITS = ("measurement", "judgement", "event")
NOT_OF_PATIENT = ("visit", "record", "arm", "as_of")
"""What a table may set beside variables."""

Fields = dict[str, tuple[Span, Tree]]


@dataclass(slots=True)
class Changing:
    """One patient being changed. `reading` is the patient before: days are counted from it.

    `days` are those counted from the same patient so far, by other cases too.
    `rows` holds the rows of every variable that is changed, `gone` those of which
    nothing is left; `last` is the place of the row that was changed or added last.
    """

    study: Study
    dictionary: Dictionary
    values: Values
    reading: Reading
    case: Written
    days: dict[str, Date] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    last: dict[str, Span] = field(default_factory=dict)

    def run(self) -> None:
        """Everything the case changes: what is usual first, the row of a table last."""
        for entry in self.case.but:
            self.change(entry.key, entry.tree, None)
        for entry in self.case.also:
            self.add(entry)
        for name, value in self.case.set:
            if name.text.strip() not in NOT_OF_PATIENT:
                self.change(name, value, self.case.set_at)

    # ------------------------------------------------------------------ days

    def day(self, scalar: Scalar, words: tuple[str, ...] = ()) -> Date | None:
        """The day that is written, or that an expression gives for the patient before the changes.

        `words` are what may stand in its place.
        """
        text = scalar.text.strip()
        when = parse_when(text)
        if when is not None:
            return when.date
        if text in self.days:
            return self.days[text]
        if text == BASELINE and self.study.program.baseline is not None:
            found: Date | None = self.reading.visit_day(BASELINE, "day")
        else:
            core = None if self.is_misspelt(scalar, words) else self._day_core(scalar)
            if core is None:
                return None
            found = self.reading.value(core, PATIENT)
        if found is None:
            message = f"`{text}` is not known of this patient"
            self.fail("no-day", message, scalar.at, "days are counted from the patient before the changes")
        else:
            self.days[text] = found
        return found

    def _day_core(self, scalar: Scalar) -> Core | None:
        return self.values.expression(scalar, Wanted(DATE.type, scope=Scope()))

    def is_misspelt(self, scalar: Scalar, words: tuple[str, ...]) -> bool:
        """Whether a lone word is nearly that of a day, which expressions know only some of."""
        text, program = scalar.text.strip(), self.study.program
        if not text.isidentifier() or text in self.values.names.entries:
            return False
        days = [name for name, core in program.rules.items() if core.type == DATE.type]
        near = did_you_mean(text, (*words, BASELINE, *program.visits, *days))
        if near is not None:
            self.fail("unknown-day", f"there is no day `{text}`", scalar.at, near)
        return near is not None

    def fail(self, code: str, message: str, at: Span, help: str | None = None) -> None:
        self.values.findings.error(code, message, at, help=help)

    # --------------------------------------------------------------- changes

    def change(self, name: Scalar, tree: Tree, at: Scalar | None) -> None:
        """One entry of `but`: the name of a variable or of its attribute, and what is different."""
        variable, _, attribute = name.text.strip().partition(".")
        described = self.described(variable, name)
        if described is None:
            return
        if attribute:
            self.change_fields(described, {attribute: (name.at, tree)}, (at, tree.at))
        elif isinstance(tree, Sequence):
            self.replace_all(described, tree)
        elif isinstance(tree, Mapping):
            fields = {key.text: (key.at, value) for key, value in tree.entries}
            _, place = fields.pop(AT, (tree.at, at))
            self.change_fields(described, fields, (place if isinstance(place, Scalar) else at, tree.at))
        elif tree.text.strip() == NONE and not self._is_code(described, NONE):
            self.rows[variable] = []
        elif described.variable.kind == "fact":
            fact = {"variable": cell(variable, name.at), "value": self.text(described, "value", tree)}
            self.rows[variable] = [Row(fact, tree.at)]
        else:
            self.change_fields(described, {"value": (name.at, tree)}, (at, tree.at))

    def add(self, entry: Entry) -> None:
        """One entry of `also`: a record, or a list of them, beside those there are."""
        described = self.described(entry.name, entry.key)
        if described is None:
            return
        items = entry.tree.items if isinstance(entry.tree, Sequence) else (entry.tree,)
        for item in items:
            self.keep(described, [*self.rows_of(described), self.new(described, item)])

    def replace_all(self, described: Described, tree: Sequence) -> None:
        self.rows[described.variable.name] = []
        for item in tree.items:
            self.keep(described, [*self.rows_of(described), self.new(described, item)])

    def keep(self, described: Described, rows: list[Row]) -> None:
        name = described.variable.name
        self.rows[name] = rows
        self.last[name] = rows[-1].at

    def new(self, described: Described, item: Tree) -> Row:
        """A record told in full; an episode of which no end is told goes on."""
        variable = described.variable
        cells = {"variable": cell(variable.name, item.at)}
        if variable.kind == "episode":
            cells["end"] = cell(ONGOING, item.at)
        for one in entries_of(item):
            cells |= self.field(described, one.name, (one.at, one.tree))
        if "start" not in cells:
            self.fail(
                "no-start", f"this `{variable.name}` has no `start`", item.at, "say on which day it was"
            )
        return Row(cells, item.at)

    def change_fields(self, described: Described, fields: Fields, place: tuple[Scalar | None, Span]) -> None:
        """Some fields of one record; a record that is not there yet is made."""
        at, span = place
        cells: dict[str, Scalar] = {}
        for name, value in fields.items():
            cells |= self.field(described, name, value)
        rows, before = self.rows_of(described), len(self.values.findings.found)
        row = self.meant(described, rows, place)
        if len(self.values.findings.found) > before:
            return
        if row is None:
            self.make(described, cells, (at, span))
            return
        changed = row.with_cells(cells, span)
        self.rows[described.variable.name] = [changed if one is row else one for one in rows]
        self.last[described.variable.name] = span

    def make(self, described: Described, cells: dict[str, Scalar], place: tuple[Scalar | None, Span]) -> None:
        """A new record, on the day it names or else on that of the case."""
        at, span = place
        name = described.variable.name
        own = {"variable": cell(name, span)}
        if described.variable.kind == "episode":
            own["end"] = cell(ONGOING, span)
        if "start" not in cells:
            day = self._day_of_case(at)
            if day is None:
                help = "say when: `start:`, or the `day` of the case"
                self.fail("no-start", f"nothing is recorded of `{name}` to be changed", span, help)
                return
            own["start"] = cell(show_day(day), span)
        self.keep(described, [*self.rows_of(described), Row({**own, **cells}, span)])

    # ---------------------------------------------------------- which record

    def meant(self, described: Described, rows: list[Row], place: tuple[Scalar | None, Span]) -> Row | None:
        """The record that is changed: that of a visit, the last up to a day, or the only one."""
        at, span = place[0] or self._own_place(), place[1]
        if at is None:
            if len(rows) > 1:
                name = described.variable.name
                message = f"there are {len(rows)} records of `{name}`, and nothing says which is meant"
                help = "give the case a `day` or a `visit`, or the change an `at`"
                self.fail("which-record", message, span, help)
            return rows[0] if rows else None
        if at.text.strip() in self.study.program.visits and described.variable.kind in OF_VISITS:
            found = self._at_visit(rows, at.text.strip())
            if found is not None or described.variable.kind != "event":
                return found
        day = self.day(at)
        if day is None:
            return None
        before = [row for row in rows if _begin(row) <= high(day)]
        return max(before, key=_begin, default=None)

    def _at_visit(self, rows: list[Row], visit: str) -> Row | None:
        """The record in the window of a visit that is nearest to its day."""
        day, opens, closes = (self.reading.visit_day(visit, aspect) for aspect in ("day", "opens", "closes"))
        if day is None or opens is None or closes is None:
            return None
        inside = [row for row in rows if low(opens) <= _begin(row) <= high(closes)]
        return min(inside, key=lambda row: (abs(_begin(row) - low(day)), -_begin(row)), default=None)

    def _own_place(self) -> Scalar | None:
        """Which record the changes of a case are about: that of its visit, or up to its day."""
        return self.place("visit") or self.place("day")

    def place(self, key: str) -> Scalar | None:
        """`visit`, `record`, `arm` or `as_of` of the case, or of its row of a table."""
        row = (value for name, value in self.case.set if name.text.strip() == key)
        found = next((one for one in row if isinstance(one, Scalar)), None)
        return found or self.case.scalar(key)

    def _day_of_case(self, at: Scalar | None) -> Date | None:
        at = at or self._own_place()
        if at is None:
            return None
        if at.text.strip() in self.study.program.visits:
            found: Date | None = self.reading.visit_day(at.text.strip(), "day")
            return found
        return self.day(at)

    # ----------------------------------------------------------------- cells

    def described(self, variable: str, name: Scalar) -> Described | None:
        found = self.dictionary.entries.get(variable)
        if found is None:
            help = did_you_mean(variable, self.dictionary.entries)
            self.fail("unknown-variable", f"there is no variable `{variable}`", name.at, help)
        return found

    def field(self, described: Described, name: str, said: tuple[Span, Tree]) -> dict[str, Scalar]:
        """One cell; `said` is where its name stands, and its value."""
        at, value = said
        known = self._fields(described)
        if name not in known:
            help = did_you_mean(name, known) or "there are " + ", ".join(f"`{one}`" for one in known)
            message = f"a record of `{described.variable.name}` has no `{name}`"
            self.fail("unknown-attribute", message, at, help)
            return {}
        if not isinstance(value, Scalar):
            self.fail("wrong-value", f"`{name}` must be a single value", value.at)
            return {}
        return {name: self.text(described, name, value)}

    def text(self, described: Described, name: str, value: Scalar) -> Scalar:
        """The text of a cell as the readers take it: days worked out, `unknown` left empty."""
        text = "" if value.value is None else value.text.strip()
        if text == UNKNOWN and not self._is_code(described, UNKNOWN):
            return cell("", value.at)
        if not self._is_date(described, name) or not text or text == ONGOING:
            return cell(text, value.at)
        if parse_when(text) is not None:
            return cell(text, value.at)
        when = self.day(value)
        if when is None:  # it was said why; what stands here instead must not be complained of as well
            return cell(ONGOING if name == "end" else NO_DAY, value.at)
        return cell(show_day(when), value.at)

    def rows_of(self, described: Described) -> list[Row]:
        name = described.variable.name
        if name in self.rows:
            return self.rows[name]
        series = self.reading.timeline.series.get(name)
        records = series.records if series else ()
        return list(self._numbered(described, records))

    def _numbered(self, described: Described, records: tuple[Record, ...]) -> Iterator[Row]:
        """Each row has a place of its own, before the file begins: the typical patient stands in none."""
        at = self.case.at
        for number, record in enumerate(records, 1):
            yield row_of(described, record, Span(at.file, -number, at.column, -number, at.column))

    def _fields(self, described: Described) -> tuple[str, ...]:
        own = {"fact": (), "episode": ("start", "end")}.get(described.variable.kind, ("start",))
        return (*own, *(("value",) if described.value else ()), *described.attributes)

    def _is_date(self, described: Described, name: str) -> bool:
        content = described.value if name == "value" else described.attributes.get(name)
        return name in ("start", "end") or (content is not None and content.content == "date")

    def _is_code(self, described: Described, text: str) -> bool:
        return described.value is not None and text in described.value.codes


def _begin(row: Row) -> Day:
    """When a record began before the changes, or as it is told; one without a day comes last."""
    if row.record is not None:
        return low(row.record.start)
    when = parse_when(row.cells["start"].text) if "start" in row.cells else None
    return LAST_DAY if when is None else low(when.date)
