"""What must agree between the parts of a study, as far as it shows without reading an expression."""

from collections.abc import Iterator

from engine.language.units import UnitProblem, parse_unit
from engine.source.diagnostic import Diagnostic, Label
from engine.study.coding import arms_in_doubt, attendance_in_doubt
from engine.study.dictionary import range_of
from engine.study.entry import Entry
from engine.study.files import Written
from engine.study.misfit import listed
from engine.study.names import names_in_doubt
from engine.study.references import accepted_of_nothing, judged_by_nothing, names_of_nothing
from engine.study.statements import held_by_nothing


def contradictions(written: Written) -> Iterator[Diagnostic]:
    """Everything in the files that cannot be meant."""
    yield from names_in_doubt(written)
    yield from names_of_nothing(written)
    yield from judged_by_nothing(written)
    yield from held_by_nothing(written)
    yield from accepted_of_nothing(written)
    yield from _no_units(written)
    yield from _upside_down(written)
    yield from _parts_of_parts(written)
    yield from _each_of_one(written)
    yield from _never_asked(written)
    yield from _roles_used_twice(written)
    yield from arms_in_doubt(written)
    yield from attendance_in_doubt(written)


def _measured(written: Written) -> Iterator[Entry]:
    """Every entry that may have a unit or a range."""
    for variable in written.entries("variables"):
        yield variable
        yield from variable.entries("attributes")


def _no_units(written: Written) -> Iterator[Diagnostic]:
    for entry in _measured(written):
        unit = entry.scalar("unit")
        problem = parse_unit(unit.text) if unit else None
        if unit and isinstance(problem, UnitProblem):
            yield Diagnostic("unit", problem.message, unit.at, problem.help)


def _upside_down(written: Written) -> Iterator[Diagnostic]:
    for entry in _measured(written):
        low, high = range_of(entry)
        if low is not None and high is not None and low > high:
            message = f"the range of `{entry.name}` is upside down: {low} is above {high}"
            help = f"write `[{high}, {low}]`"
            yield Diagnostic("range", message, entry.items("range")[0].at, help)


def _parts_of_parts(written: Written) -> Iterator[Diagnostic]:
    """Only whole criteria are shown and decide, so a part of a part would be lost."""
    for section in ("inclusion", "exclusion"):
        parts = {entry.name: part for entry in written.entries(section) if (part := entry.scalar("part_of"))}
        for part in parts.values():
            if part.text in parts:
                whole = parts[part.text].text
                message, help = f"`{part.text}` is itself a part, of `{whole}`", f"write `part_of: {whole}`"
                if whole == part.text:
                    message, help = f"`{whole}` cannot be a part of itself", "leave out `part_of`"
                yield Diagnostic("part-of-a-part", message, part.at, help)


def _each_of_one(written: Written) -> Iterator[Diagnostic]:
    """A rule for each record of a variable that has no records."""
    facts = {entry.name: entry for entry in written.entries("variables") if entry.text("kind") == "fact"}
    for section in ("requirements", "events"):
        for rule in written.entries(section):
            name = rule.scalar("for_each")
            if name and name.text in facts:
                message = f"`{name.text}` is a fact: it has one value, and no records to ask a rule of"
                labels = (Label(facts[name.text].at, "it is defined here"),)
                yield Diagnostic("for-each", message, name.at, "leave out `for_each`", labels)


def _never_asked(written: Written) -> Iterator[Diagnostic]:
    """An endpoint at a visit at which its response is not judged."""
    responses = {entry.name: entry for entry in written.entries("responses")}
    for endpoint in written.entries("endpoints"):
        response, visit = responses.get(endpoint.words("response")), endpoint.scalar("visit")
        asked = response.texts("at_each_visit") if response else ()
        planned = visit is not None and visit.text in written.names("visits")
        if response and visit and planned and not {visit.text, "all"} & {*asked}:
            message = f"`{response.name}` is not asked at `{visit.text}`"
            help = f"it is asked at {listed(asked, 'and')}" if asked else "say where: `at_each_visit`"
            labels = (Label(response.at, "it is defined here"),)
            yield Diagnostic("visit", message, visit.at, help, labels)


def _roles_used_twice(written: Written) -> Iterator[Diagnostic]:
    first: dict[str, Entry] = {}
    for variable in written.entries("variables"):
        role = variable.scalar("role")
        if role and first.setdefault(role.text, variable) is not variable:
            message = f"`{variable.name}` is a second variable with `role: {role.text}`"
            labels = (Label(first[role.text].at, "the first is here"),)
            yield Diagnostic("role-used-twice", message, role.at, "only one can have it", labels)
