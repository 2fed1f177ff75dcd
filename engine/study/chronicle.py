"""The story of a protocol: what each version and draft changes, and why, with what stood there before."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.language.days import show as show_day
from engine.language.values import Day
from engine.source.diagnostic import Diagnostics
from engine.source.tree import Mapping, Scalar, Sequence, Tree, at_path
from engine.study.amending import path_of
from engine.study.editions import Edition, drafted
from engine.study.fingerprint import names
from engine.study.making import Chain, chain_in
from engine.study.model import Amendment, Change
from engine.study.versions import drafts


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """One change: what stood at the target, and what stands there now; None where nothing does."""

    kind: str
    target: str
    before: str | None
    after: str | None
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """The protocol as written, a version that an amendment made of it, or one that a draft would make.

    `stale` says that the version a draft was written against is no longer what it was.
    """

    version: str
    fingerprint: str
    amendment: str | None
    title: str
    status: str
    reason: str | None = None
    author_role: str | None = None
    amends: str | None = None
    approved: str | None = None
    effective: str | None = None
    stale: bool = False
    changes: tuple[ChangeTold, ...] = ()


def chronicle(folder: Path, findings: Diagnostics) -> tuple[Chapter, ...] | None:
    """Every version from the first on, then the drafts; None with findings where the files have errors."""
    chain = chain_in(folder, findings)
    return None if chain is None or findings.failed else tuple(_chapters(chain))


def _chapters(chain: Chain) -> Iterator[Chapter]:
    first, *later = chain.editions
    yield Chapter(first.id, first.fingerprint, None, "the protocol as first written", "approved")
    for before, edition in zip(chain.editions, later, strict=False):
        yield _chapter(edition.amendments[-1], before, edition)
    for draft in drafts(chain.protocol.amendments):
        edition = drafted(chain.editions, (draft,), Diagnostics())
        yield _chapter(draft, chain.editions[-1], edition)


def _chapter(amendment: Amendment, before: Edition, after: Edition) -> Chapter:
    written = amendment.fingerprint
    return Chapter(
        version=after.id,
        fingerprint=after.fingerprint,
        amendment=amendment.id,
        title=amendment.title,
        status=amendment.status,
        reason=" ".join(amendment.reason.split()),
        author_role=amendment.author_role,
        amends=amendment.amends,
        approved=_day(amendment.approved),
        effective=_day(amendment.effective),
        stale=amendment.amends not in (None, before.id)
        or (written is not None and not names(written.text.strip(), before.fingerprint)),
        changes=tuple(_told(change, before) for change in amendment.changes),
    )


def _told(change: Change, before: Edition) -> ChangeTold:
    path = path_of(change.target, before.written)
    section = before.written.sections.get(path[0])
    there = None if section is None or change.kind == "add" else at_path(section.tree, path[1:])
    after = None if change.value is None else _said(change.value)
    at = change.at
    return ChangeTold(
        change.kind, ".".join(path), None if there is None else _said(there), after, at.file, at.line
    )


def _said(tree: Tree) -> str:
    """A value in one line, as somebody would write it."""
    match tree:
        case Scalar(text=text):
            return " ".join(text.split())
        case Sequence(items=items):
            return f"[{', '.join(map(_said, items))}]"
        case Mapping(entries=entries):
            return f"{{{', '.join(f'{key.text}: {_said(value)}' for key, value in entries)}}}"


def _day(day: Day | None) -> str | None:
    return None if day is None else show_day(day)
