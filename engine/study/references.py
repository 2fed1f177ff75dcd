"""Keys whose value is the name of something else in the study: it must be there.

Names inside expressions are looked up when the expression is checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.language.checker import meant
from engine.source.diagnostic import Diagnostic
from engine.source.suggest import did_you_mean
from engine.source.tree import Scalar
from engine.study.entry import Entry
from engine.study.files import Written
from engine.study.names import NAMESPACE


@dataclass(frozen=True, slots=True)
class Reference:
    """In entries of `section`, what stands under `key` names a `noun` out of `targets`."""

    section: str
    key: str
    noun: str
    targets: tuple[str, ...]


REFERENCES = (
    Reference("variables", "codelist", "codelist", ("codelists",)),
    Reference("parameters", "codelist", "codelist", ("codelists",)),
    Reference("visits", "anchor", "anchor", ("anchors",)),
    Reference("visits", "due", "variable", ("variables",)),
    Reference("definitions", "at_each_visit", "visit", ("visits",)),
    Reference("inclusion", "part_of", "inclusion criterion", ("inclusion",)),
    Reference("exclusion", "part_of", "exclusion criterion", ("exclusion",)),
    Reference("requirements", "at_each_visit", "visit", ("visits",)),
    Reference("requirements", "for_each", "variable", ("variables",)),
    Reference("switches", "from", "arm", ("arms",)),
    Reference("switches", "to", "arm", ("arms",)),
    Reference("responses", "at_each_visit", "visit", ("visits",)),
    Reference("events", "at_each_visit", "visit", ("visits",)),
    Reference("events", "for_each", "variable", ("variables",)),
    Reference("endpoints", "response", "response", ("responses", "definitions")),
    Reference("endpoints", "visit", "visit", ("visits",)),
    Reference("attributes", "codelist", "codelist", ("codelists",)),
)


def names_of_nothing(written: Written) -> Iterator[Diagnostic]:
    """Names under such keys that nothing in the study has."""
    for reference in REFERENCES:
        known = written.names(*reference.targets)
        for entry in _entries(reference.section, written):
            for name in entry.scalars(reference.key):
                if name.text not in known and not _is_all(reference, name):
                    yield _unknown(reference, name, known)


def judged_by_nothing(written: Written) -> Iterator[Diagnostic]:
    """The anchor that says by which version a patient is judged."""
    study = written.sections.get("study")
    name = study and study.scalar("judged_by")
    known = written.names("anchors")
    if name and name.text.strip() not in known:
        message = f"there is no anchor `{name.text.strip()}`"
        yield Diagnostic("unknown-anchor", message, name.at, help=meant(name.text.strip(), known))


def accepted_of_nothing(written: Written) -> Iterator[Diagnostic]:
    """Names under `accepted` that nothing in the study has."""
    known = written.names(*NAMESPACE, "codelists")
    for entry in written.entries("accepted"):
        if entry.name not in known and entry.name != "baseline":
            message = f"there is nothing named `{entry.name}` of which to accept anything"
            yield Diagnostic("unknown-name", message, entry.at, help=did_you_mean(entry.name, known))


def _unknown(reference: Reference, name: Scalar, known: tuple[str, ...]) -> Diagnostic:
    return Diagnostic(
        f"unknown-{reference.noun.split()[-1]}",
        f"there is no {reference.noun} `{name.text}`",
        name.at,
        help=meant(name.text, known),
    )


def _entries(section: str, written: Written) -> tuple[Entry, ...]:
    if section == "attributes":
        return tuple(inner for entry in written.entries("variables") for inner in entry.entries("attributes"))
    return written.entries(section)


def _is_all(reference: Reference, name: Scalar) -> bool:
    """`at_each_visit: all` names no visit."""
    return reference.key == "at_each_visit" and name.text == "all"
