"""Amendments as they are written, and whether they follow each other.

The approved ones stand in the order of their files, each on top of the one before.
A draft stands on top of the newest.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

from engine.language.days import parse_when
from engine.language.days import show as show_day
from engine.language.values import Day
from engine.source.diagnostic import Diagnostic, Label
from engine.source.suggest import did_you_mean
from engine.source.tree import Scalar, Tree
from engine.study.entry import Entry, entries_of
from engine.study.files import Written
from engine.study.model import Amendment, Change
from engine.study.versions import CONSENT, approved, drafts

NEW: dict[Literal["set", "replace", "add", "remove"], str | None] = {
    "set": "to",
    "replace": "with",
    "add": "as",
    "remove": None,
}
"""The kinds of change, each with the key under which what is new stands."""


def read_amendments(written: Written) -> tuple[Amendment, ...]:
    """The amendments in the order of their files."""
    return tuple(_amendment(head, tree) for tree, head in _heads(written))


def _heads(written: Written) -> Iterator[tuple[Tree, Entry]]:
    for tree in written.amendments:
        yield from ((tree, entry) for entry in entries_of(tree) if entry.name == "amendment")


def _amendment(head: Entry, tree: Tree) -> Amendment:
    return Amendment(
        id=head.words("id"),
        title=head.words("title"),
        status=head.choice("status", ("draft", "approved")) or "draft",
        reason=head.words("reason"),
        at=(head.inner("id") or head).tree.at,
        amends=head.text("amends"),
        author_role=head.text("author_role"),
        changes=tuple(_changes(Entry(head.key, tree))),
        version=head.scalar("version"),
        fingerprint=head.scalar("fingerprint"),
        approved=_day(head.scalar("approved")),
        effective=_day(head.scalar("effective")),
    )


def _changes(amendment: Entry) -> Iterator[Change]:
    for item in amendment.items("changes"):
        entry = Entry(amendment.key, item)
        for kind, new in NEW.items():
            target = entry.scalar(kind)
            if target:
                value = entry.find(new) if new else None
                yield Change(kind, target.text.strip(), value, target.at, entry.find("was"))


def _day(written: Scalar | None) -> Day | None:
    when = None if written is None else parse_when(written.text.strip())
    return when.date if when is not None and isinstance(when.date, int) else None


# ------------------------------------------------------------------------- checks


def amendments_in_doubt(amendments: Iterable[Amendment], written: Written) -> Iterator[Diagnostic]:
    """What is wrong with amendments before anything is changed: ids, days and their order."""
    amendments = tuple(amendments)
    yield from _ids_used_twice(amendments)
    for tree, head in _heads(written):
        yield from _no_days(head)
        yield from _nothing_changed(Entry(head.key, tree))
    for amendment in amendments:
        yield from _too_early(amendment)
    study = written.sections.get("study")
    if study:
        yield from _judged_by_nothing(approved(amendments), study, written.names("anchors"))
        yield from _out_of_order(approved(amendments), study)
        for draft in drafts(amendments):
            yield from _draft_in_doubt(draft, approved(amendments), study)


def _ids_used_twice(amendments: tuple[Amendment, ...]) -> Iterator[Diagnostic]:
    first: dict[str, Amendment] = {}
    for amendment in amendments:
        earlier = first.setdefault(amendment.id, amendment)
        if earlier is not amendment:
            message = f"another amendment has the id `{amendment.id}`"
            labels = (Label(earlier.at, "first used here"),)
            help = "give each amendment an id of its own"
            yield Diagnostic("name-used-twice", message, amendment.at, help, labels)


def _no_days(head: Entry) -> Iterator[Diagnostic]:
    for key in ("approved", "effective"):
        written = head.scalar(key)
        if written is not None and _day(written) is None:
            message = f"`{written.text.strip()}` is no day"
            yield Diagnostic("amendment-day", message, written.at, help="write it as `2025-03-01`")


def _nothing_changed(amendment: Entry) -> Iterator[Diagnostic]:
    for item in amendment.items("changes"):
        entry = Entry(amendment.key, item)
        was = entry.find("was")
        if was is not None and not any(entry.find(kind) for kind in NEW):
            help = "name the place that said so: `set`, `replace` or `remove`"
            yield Diagnostic("no-change", "this is what was, and not what changes", was.at, help)


def _too_early(amendment: Amendment) -> Iterator[Diagnostic]:
    since, day = amendment.effective, amendment.approved
    if amendment.status == "approved" and since is not None and day is not None and since < day:
        message = (
            f"`{amendment.id}` would be in force from {show_day(since)}, and was approved on {show_day(day)}"
        )
        help = "it can be in force from its day of approval at the earliest"
        yield Diagnostic("amendment-day", message, amendment.at, help)
    elif amendment.status == "draft" and day is not None:
        message = f"`{amendment.id}` is a draft and has a day of approval"
        help = "write `status: approved`, or leave out `approved` until it is"
        yield Diagnostic("amendment-day", message, amendment.at, help)


def _judged_by_nothing(
    approved: tuple[Amendment, ...], study: Entry, anchors: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """Where there is more than one version, something must say which is whose."""
    if approved and study.scalar("judged_by") is None and CONSENT not in anchors:
        message = f"nothing says by which version a patient is judged: there is no anchor `{CONSENT}`"
        help = "name the anchor whose day counts, as in `judged_by: randomization`"
        yield Diagnostic("judged-by-nothing", message, study.at, help)


def _out_of_order(approved: tuple[Amendment, ...], study: Entry) -> Iterator[Diagnostic]:
    """Each approved amendment against the version before it, which it must amend."""
    first = study.scalar("version")
    places = {} if first is None else {first.text.strip(): first}
    version = study.text("version")
    for amendment in approved:
        if version is not None and amendment.amends not in (version, None):
            message = (
                f"`{amendment.id}` amends `{amendment.amends}`, and the version before it is `{version}`"
            )
            help = "approved amendments stand in the order of their files, each on top of the one before"
            yield Diagnostic("amends-another-version", message, amendment.at, help)
        made = amendment.version
        version = None if made is None else made.text.strip()
        if made is not None and version in places:
            message, help = f"there is a version `{version}` already", "give each version a name of its own"
            labels = (Label(places[version].at, "first used here"),)
            yield Diagnostic("name-used-twice", message, made.at, help, labels)
        elif made is not None and version is not None:
            places[version] = made
    for one, other in pairwise(approved):
        yield from _before_the_last(one, other)


def _before_the_last(one: Amendment, other: Amendment) -> Iterator[Diagnostic]:
    if one.effective is not None and other.effective is not None and other.effective <= one.effective:
        days = (
            f"{show_day(other.effective)}, and `{one.id}`, which it stands on, from {show_day(one.effective)}"
        )
        message = f"`{other.id}` would be in force from {days}"
        labels = (Label(one.at, "the amendment before it"),)
        help = "each version must come into force after the one before"
        yield Diagnostic("amendment-day", message, other.at, help, labels)


def _draft_in_doubt(draft: Amendment, approved: tuple[Amendment, ...], study: Entry) -> Iterator[Diagnostic]:
    """A draft of an older version may still fit; of one that never was, nobody can tell."""
    versions = [study.text("version"), *(one.version.text.strip() for one in approved if one.version)]
    if draft.amends is None or None in versions or draft.amends == versions[-1]:
        return
    newest, known = str(versions[-1]), [str(version) for version in versions]
    help = f"see whether its changes still fit, then write `amends: '{newest}'`"
    message = f"`{draft.id}` was written against version `{draft.amends}`; the study is at `{newest}`"
    if draft.amends not in known:
        message = f"`{draft.id}` amends `{draft.amends}`, and there is no such version"
        help = did_you_mean(draft.amends, known) or help
    yield Diagnostic("amends-another-version", message, draft.at, help, severity="warning")
