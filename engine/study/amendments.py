"""Amendments: what each would change, and whether what it names is there.

A target is section, name and key with dots between, as in
`parameters.visit_window.value`. A rule may be named without its section:
`rules.E1.exclude_when`.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from engine.language.checker import meant
from engine.source.diagnostic import Diagnostic, Label
from engine.source.place import NOWHERE
from engine.source.suggest import nearest
from engine.source.tree import Mapping, Scalar, Tree, at_path
from engine.study.entry import Entry, entries_of
from engine.study.files import Written
from engine.study.model import Amendment, Change
from engine.study.rulebook import FORMS

NEW: dict[Literal["set", "replace", "add", "remove"], str | None] = {
    "set": "to",
    "replace": "with",
    "add": "as",
    "remove": None,
}
"""The kinds of change, each with the key under which what is new stands."""

RULES = "rules"
VALUES = ("value", *(form.key for form in FORMS))
"""The keys that hold what a parameter or a rule says, as against titles and sources."""


def read_amendments(written: Written) -> tuple[Amendment, ...]:
    """The amendments in the order of their files."""
    heads = ((tree, entry) for tree in written.amendments for entry in entries_of(tree))
    return tuple(_amendment(head, tree) for tree, head in heads if head.name == "amendment")


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
    )


def _changes(amendment: Entry) -> Iterator[Change]:
    for item in amendment.items("changes"):
        entry = Entry(amendment.key, item)
        for kind, new in NEW.items():
            target = entry.scalar(kind)
            if target:
                yield Change(kind, target.text.strip(), entry.find(new) if new else None, target.at)


# ------------------------------------------------------------------------- checks


def changes_in_doubt(amendments: Iterable[Amendment], written: Written) -> Iterator[Diagnostic]:
    """Every amendment against the others and against the study it would change."""
    first: dict[str, Amendment] = {}
    places = _places(written)
    for amendment in amendments:
        earlier = first.setdefault(amendment.id, amendment)
        if earlier is not amendment:
            message = f"another amendment has the id `{amendment.id}`"
            labels = (Label(earlier.at, "first used here"),)
            help = "give each amendment an id of its own"
            yield Diagnostic("name-used-twice", message, amendment.at, help, labels)
        yield from _standing(amendment, written)
        for change in amendment.changes:
            yield from _target(change, places)


def _standing(amendment: Amendment, written: Written) -> Iterator[Diagnostic]:
    study = written.sections.get("study")
    version = study.text("version") if study else None
    if amendment.status == "approved":
        yield Diagnostic(
            "approved-amendment",
            f"`{amendment.id}` is approved, and this version of the engine does not put amendments in force",
            amendment.at,
            help="make its changes in the files themselves, raise `version`, and take this file away",
        )
    if amendment.amends and version and amendment.amends != version:
        yield Diagnostic(
            "amends-another-version",
            f"`{amendment.id}` was written against version `{amendment.amends}`; the study is at `{version}`",
            amendment.at,
            help=f"see whether its changes still fit, then write `amends: '{version}'`",
            severity="warning",
        )


def _places(written: Written) -> Mapping:
    """The whole study as one mapping, which targets are paths into."""
    rules = [entry for form in FORMS for entry in written.entries(form.section)]
    every_rule = Entry(Scalar(RULES, RULES, NOWHERE, (0, 0), 0, False), _mapping(rules))
    return _mapping([every_rule, *written.sections.values()])


def _mapping(entries: Iterable[Entry]) -> Mapping:
    return Mapping(tuple((entry.key, entry.tree) for entry in entries), NOWHERE)


def _target(change: Change, places: Mapping) -> Iterator[Diagnostic]:
    path = change.target.split(".")
    known = _steps_there(places, path)
    new = change.kind == "add"
    if known < len(path) - new:
        yield _unknown(change, path[: known + 1], places)
    elif new and known == len(path):
        help = "to change what is there, write `set` or `replace`"
        yield Diagnostic("amendment-target", f"`{change.target}` is there already", change.at, help)
    elif new and path[:-1] in ([], [RULES]):
        help = "write section and name, as in `exclusion.E12`"
        yield Diagnostic(
            "amendment-target", f"`{change.target}` does not say where to add it", change.at, help
        )
    elif change.kind in ("set", "replace"):
        yield from _one_value(change, at_path(places, path))


def _unknown(change: Change, path: list[str], places: Mapping) -> Diagnostic:
    *way, last = path
    known = [entry.name for entry in entries_of(at_path(places, way))]
    near = nearest(last, known)
    help = f"did you mean `{'.'.join([*way, near])}`?" if near else meant(last, known)
    missing = change.target if "" in path else ".".join(path)
    return Diagnostic("amendment-target", f"there is no `{missing}` in this study", change.at, help)


def _one_value(change: Change, there: Tree) -> Iterator[Diagnostic]:
    keys = [entry.name for entry in entries_of(there)]
    if keys:
        own = [key for key in keys if key in VALUES]
        help = f"say which of its keys, as in `{change.target}.{(own or keys)[-1]}`"
        yield Diagnostic("amendment-target", f"`{change.target}` is more than one value", change.at, help)


def _steps_there(places: Mapping, path: list[str]) -> int:
    """How many steps of a path lead somewhere."""
    tree: Tree | None = places
    for count, step in enumerate(path):
        tree = tree.find(step) if isinstance(tree, Mapping) else None
        if tree is None:
            return count
    return len(path)
