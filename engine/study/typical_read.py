"""`protocol/typical.yaml` to the typical patient: every name looked up, every value typed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from engine.language.names import Names, Scope
from engine.source.diagnostic import Diagnostics
from engine.source.suggest import did_you_mean
from engine.study.entry import Entry
from engine.study.model import Protocol
from engine.study.typical import (
    EVERYBODY,
    Attending,
    Content,
    RecordKeeping,
    Shares,
    Typical,
    Variant,
)
from engine.study.typical_entries import EntryReader
from engine.study.typical_values import Values, entries_in
from engine.study.typical_variants import filled

T = TypeVar("T")
SECTIONS = ("facts", "happenings", "measurements", "judgements")
AT_A_VISIT = Scope(visit=True)


def link_typical(protocol: Protocol, names: Names, findings: Diagnostics) -> Typical | None:
    """The typical patient, or None where the study has none or it has errors."""
    if not protocol.typical:
        return None
    before = len(findings.found)
    typical = _Reader(protocol, Values(names, findings)).typical()
    return typical if len(findings.found) == before else None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the sections; what is named and not there is in the findings."""

    protocol: Protocol
    values: Values

    @property
    def entries(self) -> EntryReader:
        return EntryReader(self.protocol, self.values, self.courses_named())

    def section(self, name: str) -> Entry | None:
        return self.protocol.typical.get(name)

    def within(self, name: str) -> tuple[Entry, ...]:
        return entries_in(self.section(name))

    # -------------------------------------------------------------- whole

    def typical(self) -> Typical | None:
        arrival, failures = self.section("arrival"), self.section("screen_failures")
        every = self.values.length(arrival.scalar("every")) if arrival else None
        event = self.event(arrival)
        reasons = failures.entries("reasons") if failures else ()
        content = self.content({name: self.within(name) for name in SECTIONS})
        if arrival is None or event is None or every is None:
            return None
        return Typical(
            content=content,
            arrival=event,
            every=every,
            every_spread=self.values.length(arrival.scalar("spread")) or 0.0,
            allocation=self.event(self.section("allocation")),
            courses=self.courses(),
            attending=self.attending(),
            variants=tuple(self.variant(entry) for entry in self.within("variants")),
            screen_failures=(self.values.share(failures.scalar("share")) if failures else None) or 0.0,
            reasons=tuple(self.variant(entry) for entry in reasons),
            keeping=self.keeping(),
        )

    def event(self, entry: Entry | None) -> str | None:
        """The event that `with` names."""
        named = entry.scalar("with") if entry else None
        found = self.entries.variable(named, ("event",)) if named else None
        return found.name if found else None

    def keeping(self) -> RecordKeeping:
        shares = self.values.shares(self.within("record_keeping"))
        known = ("blank", "repeated", "other_units", "boundary_values")
        return RecordKeeping(**{name: share for name, share in shares.items() if name in known})

    # ------------------------------------------------------------ contents

    def content(self, sections: Mapping[str, Iterable[Entry]]) -> Content:
        reader = self.entries
        return Content(
            facts=_named(sections["facts"], reader.fact),
            happenings=_named(sections["happenings"], reader.happening),
            measurements=_named(sections["measurements"], reader.measurement),
            judgements=_named(sections["judgements"], reader.judgement),
        )

    def variant(self, entry: Entry) -> Variant:
        """What patients of one kind have instead; filled up from the typical patient."""
        weight = self.values.share(entry.scalar("share"))
        if weight is None:
            weight = float(entry.number("weight") or 1)
        sections = {name: [self.of_variant(name, one) for one in entry.entries(name)] for name in SECTIONS}
        return Variant(entry.name, weight, self.content(sections))

    def of_variant(self, section: str, entry: Entry) -> Entry:
        typical = next((one for one in self.within(section) if one.name == entry.name), None)
        return filled(entry, typical)

    # ------------------------------------------------------------- courses

    def courses_named(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.name for arm in self.within("courses") for one in entries_in(arm)))

    def courses(self) -> Mapping[str, Shares]:
        arms = [arm.code for arm in self.protocol.arms]
        for entry in self.within("courses"):
            if entry.name not in (*arms, EVERYBODY):
                help = did_you_mean(entry.name, [*arms, EVERYBODY])
                self.values.findings.error(
                    "unknown-arm", f"there is no arm `{entry.name}`", entry.at, help=help
                )
        return {entry.name: self.all_of(entry) for entry in self.within("courses")}

    def all_of(self, entry: Entry) -> Shares:
        """Shares that must be all there is."""
        shares = self.values.shares(entries_in(entry))
        total = sum(shares.values())
        if shares and abs(total - 1) > 1e-9:
            message = f"the shares of `{entry.name}` add up to {100 * total:.4g} %, and not to 100 %"
            self.values.fail(message, entry.at)
        return shares

    # -------------------------------------------------------------- visits

    def attending(self) -> Mapping[str, Attending]:
        """Each visit of the schedule, with what holds for all where nothing else is said."""
        section = self.section("attending")
        usual = self.attends(section, Attending())
        visits = self.protocol.schedule.visits
        special = {entry.name: entry for entry in section.entries("visits")} if section else {}
        for name, entry in special.items():
            if name not in visits:
                self.entries.no_visit(entry.key)
        return {visit: self.attends(special.get(visit), usual) for visit in visits}

    def attends(self, entry: Entry | None, usual: Attending) -> Attending:
        if entry is None:
            return usual
        day, condition = self.entries.day, self.entries.condition
        said = {
            "on": day(entry.scalar("on"), AT_A_VISIT),
            "when": condition(entry.scalar("when"), AT_A_VISIT),
            "jitter": self.values.length(entry.scalar("jitter")),
            "missed": self.values.share(entry.scalar("missed")),
            "out_of_window": self.values.share(entry.scalar("out_of_window")),
            "missing": self.values.share(entry.scalar("missing")),
        }
        return replace(usual, **{key: value for key, value in said.items() if value is not None})  # type: ignore[arg-type]


def _named(entries: Iterable[Entry], read: Callable[[Entry], T | None]) -> dict[str, T]:
    found = {entry.name: read(entry) for entry in entries}
    return {name: one for name, one in found.items() if one is not None}
