"""Entries of a variant, filled up with what the typical patient has.

A variant writes only what differs. An entry changes the keys it has and keeps
the others; a new `typical` value stands alone, since the spread and the bounds
of the old one would not be about it.
"""

from engine.source.tree import Mapping, Scalar, Tree
from engine.study.entry import Entry

ABOUT_THE_VALUE = ("typical", "others", "spread", "between")
"""The keys that are about the value itself: all of the old ones go when a new one is given."""

IN_PARTS = ("with",)
"""The keys under which single entries are changed, not all of them at once."""


def filled(entry: Entry, typical: Entry | None) -> Entry:
    """A variant's entry with the keys it leaves out."""
    if typical is None:
        return entry
    return Entry(entry.key, _over(typical.tree, entry.tree))


def _over(below: Tree, above: Tree) -> Tree:
    if not isinstance(below, Mapping) or not isinstance(above, Mapping):
        return above
    changed = {key.text: (key, tree) for key, tree in above.entries}
    gone = ABOUT_THE_VALUE if "typical" in changed else ()
    kept = {key.text: (key, tree) for key, tree in below.entries if key.text not in gone}
    joined = {
        name: _joined(kept.get(name), one) if name in IN_PARTS else one for name, one in changed.items()
    }
    return Mapping(tuple({**kept, **joined}.values()), above.at)


def _joined(below: tuple[Scalar, Tree] | None, above: tuple[Scalar, Tree]) -> tuple[Scalar, Tree]:
    key, tree = above
    if below is None or not isinstance(below[1], Mapping) or not isinstance(tree, Mapping):
        return above
    merged = {name.text: (name, part) for name, part in (*below[1].entries, *tree.entries)}
    return key, Mapping(tuple(merged.values()), tree.at)
