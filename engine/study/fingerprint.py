"""The hash by which a version of a protocol is known, and every result made from it.

It is taken over what the files say and not over their bytes: a comment, an indent
or the wrapping of a text changes no answer and so no fingerprint. A draft that is
not in force has no part in it either.
"""

import hashlib
from collections.abc import Iterable

from engine.source.tree import Mapping, Scalar, Sequence, Tree
from engine.study.entry import Entry

FEWEST = 12
"""So many signs of a fingerprint tell it from any other, for people."""


def fingerprint_of(sections: Iterable[Entry]) -> str:
    """SHA-256 over the sections of a study, in the order they are written."""
    said: list[str] = []
    for section in sections:
        _say(section.key, said)
        _say(section.tree, said)
    return hashlib.sha256("".join(said).encode()).hexdigest()


def names(written: str, fingerprint: str) -> bool:
    """Whether a fingerprint as somebody wrote it down, perhaps its first signs only, is this one."""
    return len(written) >= FEWEST and fingerprint.startswith(written.lower())


def _say(tree: Tree, said: list[str]) -> None:
    """Adds a tree as a text that no other tree has."""
    match tree:
        case Scalar(value=None):
            said.append("~;")
        case Scalar(value=value, text=text):
            words = " ".join(text.split())
            said.append(f"{type(value).__name__}{len(words)}:{words};")
        case Sequence(items=items):
            said.append(f"[{len(items)};")
            for item in items:
                _say(item, said)
        case Mapping(entries=entries):
            said.append(f"{{{len(entries)};")
            for key, below in entries:
                _say(key, said)
                _say(below, said)
