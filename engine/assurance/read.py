"""A study's case files to cases: every name looked up, every patient built, every answer understood."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.assurance.answers import Answers
from engine.assurance.cases import Case, Shown
from engine.assurance.changes import Changing
from engine.assurance.patients import Patient, Patients
from engine.assurance.rows import cell
from engine.assurance.written import Written, written_cases
from engine.language.core import Const, Core, Parameter
from engine.language.days import high, low
from engine.language.names import ParameterName
from engine.language.types import CodeSet, Number, Type
from engine.language.units import DAY_UNIT, MONTH_UNIT
from engine.language.values import Day
from engine.reference.previous import with_previous
from engine.source.diagnostic import Diagnostics
from engine.source.suggest import did_you_mean
from engine.source.tree import Mapping, Scalar, Sequence, Tree
from engine.study.entry import entries_of
from engine.study.linked import ELIGIBLE, Study
from engine.study.typical_values import Values, Wanted, constant
from engine.timeline.known import known_by
from engine.timeline.model import Record, Timeline

FIRST, LAST = "first", "last"


def read_cases(study: Study, folder: Path, findings: Diagnostics) -> tuple[Case, ...]:
    """Every case of the study in a folder; those that cannot be read are left out and in the findings."""
    return cases_of(Patients(study, findings), written_cases(folder, findings))


def cases_of(patients: Patients, written: Iterable[Written]) -> tuple[Case, ...]:
    """Cases that have been read, each with its patient."""
    return _Reader(patients.study, patients.findings, patients).cases(written)


@dataclass(frozen=True, slots=True)
class _Reader:
    study: Study
    findings: Diagnostics
    patients: Patients

    def cases(self, written: Iterable[Written]) -> tuple[Case, ...]:
        patients = self.patients
        drafted = [(one, self.is_rule(one), patients.draft(one)) for one in written]
        sound = [(one, asks, draft) for one, asks, draft in drafted if draft is not None]
        read = patients.read([draft for _, _, draft in sound])
        made = [
            self.case(one, draft.changing, patient)
            for (one, asks, draft), patient in zip(sound, read, strict=True)
            if asks
        ]
        for one, asks, draft in drafted:
            if not asks or draft is None:
                self.look_up(one)
        return tuple(case for case in made if case is not None)

    def look_up(self, written: Written) -> None:
        """What a case names that cannot be asked: all that is wrong with it is said at once."""
        for key in ("decided_by", "missing"):
            tuple(self.names(written, key))
        parameters = [one.key for key in ("shows", "given") for one in entries_of(written.parts.get(key))]
        for name in (*parameters, *written.names("shows")):
            self.is_parameter(name)

    def fail(self, code: str, message: str, scalar: Scalar | Written, help: str | None = None) -> None:
        self.findings.error(code, message, scalar.at, help=help)

    # ------------------------------------------------------------------ rules

    def is_rule(self, written: Written) -> bool:
        """Whether the case asks a rule that is there, or a further value of one."""
        rule = written.scalar("rule")
        if rule is None:
            self.fail("missing-key", f"the case `{written.label}` asks no rule", written, "write `rule:`")
            return False
        if rule.text.strip() in self.study.program.rules:
            return True
        name, known = rule.text.strip(), self.study.program.rules
        kind = "parameter" if name in self.study.protocol.parameters else "variable"
        is_other = name in self.study.protocol.variables or name in self.study.protocol.parameters
        help = f"it is a {kind}" if is_other else did_you_mean(name, (*self.study.rules, ELIGIBLE, *known))
        self.fail("unknown-rule", f"there is no rule `{name}`", rule, help)
        return False

    # ------------------------------------------------------------------ cases

    def case(self, written: Written, changing: Changing, patient: Patient) -> Case | None:
        before, rule = len(self.findings.found), written.parts["rule"]
        assert isinstance(rule, Scalar)
        assert written.expect is not None
        name = rule.text.strip()
        as_of = self.as_of(changing, patient)
        known = patient.timeline if as_of == patient.last else known_by(patient.timeline, as_of)
        visit = self.visit(name, changing)
        record, previous = self.record(name, changing, known)
        answers = Answers(self.study, name, changing)
        expected = answers.expected(written.expect)
        shows, given = tuple(self.shows(written, answers)), tuple(self.given(written))
        names = {key: tuple(self.names(written, key)) for key in ("decided_by", "missing")}
        if expected is None or len(self.findings.found) > before:
            return None
        because = written.scalar("because")
        is_open = expected.value is None and expected.applies
        return Case(
            name=written.label,
            rule=name,
            timeline=known,
            as_of=as_of,
            expected=expected,
            at=written.at,
            visit=visit,
            record=record,
            previous=previous,
            decided_by=() if is_open else names["decided_by"],
            missing=names["missing"] if is_open and "missing" in written.parts else None,
            because=None if because is None else " ".join(because.text.split()),
            shows=shows,
            given=given,
        )

    def as_of(self, changing: Changing, patient: Patient) -> Day:
        said = changing.place("as_of")
        day = None if said is None else changing.day(said)
        return patient.last if day is None else high(day)

    def visit(self, rule: str, changing: Changing) -> str | None:
        """The visit asked about, where the rule is one of visits."""
        linked = self.study.rules.get(rule.partition(".")[0])
        visits = linked.visits if linked else ()
        said = changing.place("visit")
        name = said.text.strip() if said else ""
        if said is not None and name not in self.study.protocol.schedule.visits:
            help = did_you_mean(name, self.study.protocol.schedule.visits)
            self.fail("unknown-visit", f"there is no visit `{name}`", said, help)
        elif visits and said is None:
            self.fail("no-visit", f"`{rule}` is asked at visits", changing.case, "say at which: `visit:`")
        elif visits and said is not None and name not in visits:
            help = "it is asked at " + ", ".join(f"`{one}`" for one in visits)
            self.fail("not-asked-at", f"`{rule}` is not asked at `{name}`", said, help)
        return name if visits and name else None

    def record(
        self, rule: str, changing: Changing, timeline: Timeline
    ) -> tuple[Record | None, Record | None]:
        """The record a rule of records is asked of, and the one before it."""
        linked = self.study.rules.get(rule.partition(".")[0])
        variable = linked.for_each if linked else None
        said, before = changing.place("record"), len(self.findings.found)
        if variable is None:
            if said is not None:
                self.fail("not-of-records", f"`{rule}` is not asked of a record", said, "leave it out")
            return None, None
        series = timeline.series.get(variable)
        pairs = tuple(with_previous(series.records if series else ()))
        found = self._meant(variable, changing, pairs)
        if found is None and len(self.findings.found) > before:
            return None, None
        if found is None:
            message = f"no record of `{variable}` is the one that `{rule}` is asked of"
            help = "say which: `record: first`, `last`, or a day"
            self.fail("no-record", message, changing.case, help)
            return None, None
        return found

    def _meant(
        self, variable: str, changing: Changing, pairs: tuple[tuple[Record, Record | None], ...]
    ) -> tuple[Record, Record | None] | None:
        said, changed = changing.place("record"), changing.last.get(variable)
        if said is None and changed is not None:
            return next((pair for pair in pairs if changed in pair[0].at), None)
        if said is None:
            return pairs[0] if len(pairs) == 1 else None
        if said.text.strip() in (FIRST, LAST):
            return None if not pairs else pairs[0] if said.text.strip() == FIRST else pairs[-1]
        day = changing.day(said, (FIRST, LAST))
        before = [pair for pair in pairs if day is not None and low(pair[0].start) <= high(day)]
        return before[-1] if before else None

    # ------------------------------------------------------------------ names

    def names(self, written: Written, key: str) -> Iterator[str]:
        """Names of rules, variables or visits that are there."""
        protocol = self.study.protocol
        known = {*self.study.rules, *protocol.variables, *protocol.schedule.visits}
        for scalar in written.names(key):
            name = scalar.text.strip()
            if name in known:
                yield name
            else:
                message = f"`{name}` is no rule, variable or visit"
                self.fail("unknown-name", message, scalar, did_you_mean(name, known))

    # ------------------------------------------------------------- parameters

    def shows(self, written: Written, answers: Answers) -> Iterator[Shown]:
        """The parameters that the case shows the meaning of."""
        tree = written.parts.get("shows")
        if not isinstance(tree, Mapping):
            yield from (
                Shown(one.text.strip(), one.at) for one in written.names("shows") if self.is_parameter(one)
            )
            return
        for parameter in entries_of(tree):
            if self.is_parameter(parameter.key):
                for entry in entries_of(parameter.tree):
                    yield from self.shown(parameter.key, (entry.key, entry.tree), answers)

    def given(self, written: Written) -> Iterator[Shown]:
        """The parameters that have another value in the case."""
        for entry in entries_of(written.parts.get("given")):
            if self.is_parameter(entry.key):
                value = _joined(entry.tree)
                other = self.other(entry.name, value)
                if other is not None:
                    yield Shown(entry.name, entry.at, other, words=value.text)

    def shown(self, parameter: Scalar, said: tuple[Scalar, object], answers: Answers) -> Iterator[Shown]:
        key, value = said
        other = self.other(parameter.text, key)
        expected = answers.expected(value) if isinstance(value, Scalar) else None
        if other is not None and expected is not None:
            yield Shown(parameter.text, key.at, other, expected, key.text.strip())

    def is_parameter(self, name: Scalar) -> bool:
        known = self.study.protocol.parameters
        if name.text.strip() not in known:
            help = did_you_mean(name.text.strip(), known)
            self.fail("unknown-parameter", f"there is no parameter `{name.text.strip()}`", name, help)
        return name.text.strip() in known

    def other(self, parameter: str, key: Scalar) -> Const | None:
        """Another value of a parameter, as typed as its own."""
        named = self.study.names.entries[parameter]
        assert isinstance(named, ParameterName)
        kind = named.type
        if isinstance(kind, CodeSet):
            codes = [code.strip() for code in key.text.strip().strip("[]").split(",")]
            wrong = [code for code in codes if code not in kind.of.codes]
            for code in wrong:
                help = did_you_mean(code, kind.of.codes)
                self.fail("unknown-code", f"`{code}` is not a code of `{kind.of.codelist}`", key, help)
            return None if wrong else Const(frozenset(codes), kind, key.at)
        if key.text.strip() in ("true", "false"):
            return Const(key.text.strip() == "true", kind, key.at)
        return self._typed(key, kind)

    def _typed(self, key: Scalar, kind: Type) -> Const | None:
        """A length of time may be one of days where the parameter is one of months, or the other way."""
        lengths = [Number(DAY_UNIT), Number(MONTH_UNIT)]
        is_length = isinstance(kind, Number) and any(kind.unit.dimension == n.unit.dimension for n in lengths)
        kinds = [kind, *lengths] if is_length else [kind]
        found = Diagnostics()
        for one in kinds:
            found = Diagnostics()
            core = Values(self.study.names, found).expression(key, Wanted(one))
            if core is not None:
                return _const(core, key)
        self.findings.found.extend(found.found)
        return None


def _joined(tree: Tree) -> Scalar:
    """A list of codes as one text, as it stands where it is a key."""
    if isinstance(tree, Scalar):
        return tree
    items = tree.items if isinstance(tree, Sequence) else ()
    return cell(", ".join(item.text for item in items if isinstance(item, Scalar)), tree.at)


def _const(core: Core, key: Scalar) -> Const:
    value = constant(core)
    if value is not None:
        return Const(value, core.type, key.at)
    assert isinstance(core, Const | Parameter)
    return Const(core.value, core.type, key.at)
