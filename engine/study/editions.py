"""Versions as files, before anything is linked: made in no time, so that all can be looked over.

Only those that somebody works with are linked (`load.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.source.diagnostic import Diagnostic, Diagnostics, Label, Severity
from engine.source.tree import Scalar
from engine.study.amending import Amended, Touched, amended, versioned
from engine.study.files import Written
from engine.study.fingerprint import FEWEST, fingerprint_of, names
from engine.study.model import Amendment
from engine.study.versions import JOIN, approved, drafts


@dataclass(frozen=True, slots=True)
class Edition:
    """A version as files, before anything is linked; `touched` is what its amendments changed."""

    id: str
    amendments: tuple[Amendment, ...]
    written: Written
    touched: Touched

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.written.sections.values())


def editions(written: Written, amendments: Iterable[Amendment], findings: Diagnostics) -> tuple[Edition, ...]:
    """The base and what each approved amendment made of it, in order."""
    made = [_base(written)]
    for amendment in approved(amendments):
        before = made[-1]
        findings.found.extend(_changed_since(amendment, before))
        after = amended(before.written, amendment, {}, findings)
        made.append(_next(before, amendment, after))
    return tuple(made)


def _base(written: Written) -> Edition:
    study = written.sections.get("study")
    return Edition(study.words("version") if study else "", (), written, {})


def _next(before: Edition, amendment: Amendment, after: Amended) -> Edition:
    version = amendment.version
    name = before.id if version is None else version.text.strip()
    written = after.written if version is None else versioned(after.written, version)
    return Edition(name, (*before.amendments, amendment), written, after.touched)


def drafted(chain: Sequence[Edition], chosen: Iterable[Amendment], findings: Diagnostics) -> Edition:
    """The newest version with drafts on top; no two of them may change one thing."""
    edition = replace(chain[-1], touched={})
    for draft in chosen:
        findings.found.extend(_changed_since(draft, chain[-1]))
        before = {**_since(draft, chain), **edition.touched}
        after = amended(edition.written, draft, before, findings)
        name = f"{edition.id}{JOIN}{draft.id}"
        written = versioned(after.written, Scalar(name, name, draft.at, (0, 0), 0, False))
        edition = Edition(name, (*edition.amendments, draft), written, {**edition.touched, **after.touched})
    return edition


def _since(draft: Amendment, chain: Sequence[Edition]) -> Touched:
    """What was changed after the version that a draft was written against."""
    known = [edition.id for edition in chain]
    if draft.amends not in known:
        return {}
    later = chain[known.index(draft.amends) + 1 :]
    return {path: made for edition in later for path, made in edition.touched.items()}


def _changed_since(amendment: Amendment, before: Edition) -> Iterator[Diagnostic]:
    """The version that an amendment was written against must be the one it finds.

    A draft that says what stood where it writes something else is held against those places alone.
    """
    written, in_force = amendment.fingerprint, amendment.status == "approved"
    if not in_force and (written is None or amendment.amends != before.id or says_what_was(amendment)):
        return
    known_by = before.fingerprint
    line = f"`fingerprint: {known_by[:FEWEST]}`"
    if written is None:
        help = f"write {line}, by which version `{before.id}` is known"
        yield Diagnostic("missing-key", "`amendment` has no `fingerprint`", amendment.at, help)
    elif amendment.amends == before.id and not names(written.text.strip(), known_by):
        first = "undo what was changed in it, or" if in_force else "see whether its changes still fit, then"
        message = f"version `{before.id}` is not what it was when `{amendment.id}` was written"
        severity: Severity = "error" if in_force else "warning"
        help = f"{first} write {line}"
        yield Diagnostic("amended-version-changed", message, written.at, help, severity=severity)


def says_what_was(amendment: Amendment) -> bool:
    """Whether an amendment says of every place to which it gives something else what it found there."""
    return all(change.kind in ("add", "remove") or change.was is not None for change in amendment.changes)


def changes_in_doubt(written: Written, amendments: Sequence[Amendment]) -> Iterator[Diagnostic]:
    """Every change of every amendment against the version that it would change."""
    findings = Diagnostics()
    chain = editions(written, amendments, findings)
    for draft in drafts(amendments):
        drafted(chain, (draft,), findings)
    yield from findings.found


def caused(finding: Diagnostic, amendments: Sequence[Amendment]) -> Diagnostic:
    """A finding that an amendment brought about: where it shows elsewhere, the amendment is shown as well."""
    files = {amendment.at.file for amendment in amendments}
    if finding.severity != "error" or finding.at.file in files or not amendments:
        return finding
    last = amendments[-1]
    named = [change for change in last.changes if f"`{change.target.split('.')[:2][-1]}`" in finding.message]
    change = next(iter(named if named else last.changes[: len(last.changes) == 1]), None)
    label = Label(last.at if change is None else change.at, f"this is so with `{last.id}`")
    return replace(finding, labels=(*finding.labels, label))
