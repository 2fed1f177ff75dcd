"""Arms and visits as codes: data can say which was meant only if the codelists hold them."""

from collections.abc import Iterator

from engine.language.checker import meant
from engine.source.diagnostic import Diagnostic, Label
from engine.source.suggest import did_you_mean
from engine.source.tree import Scalar
from engine.study.entry import Entry, entries_of
from engine.study.files import Written


def arms_in_doubt(written: Written) -> Iterator[Diagnostic]:
    """Each arm must be a code of the variable that holds a patient's arm."""
    variable = next((entry for entry in written.entries("variables") if entry.text("role") == "arm"), None)
    if variable:
        yield from _not_codes("arms", variable, written)
    elif written.entries("arms"):
        yield Diagnostic(
            "no-arm-variable",
            "no variable says which arm a patient was allocated to",
            written.sections["arms"].at,
            help="add a `fact` with `role: arm`, `content: code` and a codelist of the arms",
        )


def attendance_in_doubt(written: Written) -> Iterator[Diagnostic]:
    """Attendance must be an event with a code for each visit."""
    attendance = written.sections.get("attendance")
    name = attendance and attendance.scalar("variable")
    if attendance and name:
        event = _named(name.text, written.entries("variables"))
        if event is None:
            events = [entry.name for entry in written.entries("variables") if entry.text("kind") == "event"]
            help = meant(name.text, events)
            yield Diagnostic("unknown-variable", f"there is no variable `{name.text}`", name.at, help)
        elif event.text("kind") != "event":
            message = f"`{name.text}` is not an event, and attendance is recorded by one"
            help = "name an event with an attribute that says which visit took place"
            yield Diagnostic("attendance", message, name.at, help, (Label(event.at, "it is defined here"),))
        else:
            yield from _attribute_in_doubt(event, attendance.scalar("attribute"), written)


def _attribute_in_doubt(event: Entry, name: Scalar | None, written: Written) -> Iterator[Diagnostic]:
    attribute = name and _named(name.text, event.entries("attributes"))
    if name and attribute is None:
        help = meant(name.text, [entry.name for entry in event.entries("attributes")])
        yield Diagnostic("unknown-attribute", f"`{event.name}` has no attribute `{name.text}`", name.at, help)
    elif name and attribute and attribute.text("content") != "code":
        message = f"`{name.text}` does not hold a code, and attendance needs the code of a visit"
        help = "name an attribute with `content: code`, and a codelist of the visits"
        yield Diagnostic("attendance", message, name.at, help, (Label(attribute.at, "it is defined here"),))
    elif attribute:
        yield from _not_codes("visits", attribute, written)


def _not_codes(section: str, coded: Entry, written: Written) -> Iterator[Diagnostic]:
    """The names of a section that are no codes of the codelist that `coded` takes its codes from."""
    codelist = _named(coded.words("codelist"), written.entries("codelists"))
    codes = [code.name for code in entries_of(codelist.tree)] if codelist else []
    for entry in written.entries(section):
        if codelist and entry.name not in codes:
            yield Diagnostic(
                "not-a-code",
                f"`{entry.name}` is not a code of the codelist `{codelist.name}`",
                entry.at,
                help=did_you_mean(entry.name, codes) or "without it the data can never say so: add the code",
                labels=(Label(codelist.at, "the codelist is here"),),
            )


def _named(name: str, entries: tuple[Entry, ...]) -> Entry | None:
    return next((entry for entry in entries if entry.name == name), None)
