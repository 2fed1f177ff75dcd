"""The hash by which a version of a protocol is known, and every result made from it.

It is taken over what the files say and not over their bytes: a comment, an indent
or the wrapping of a text changes no answer and so no fingerprint. A draft that is
not in force has no part in it either.
"""

import hashlib
from collections.abc import Iterable, Iterator

from engine.source.tree import Mapping, Scalar, Sequence, Tree
from engine.study.entry import Entry

FEWEST = 12
"""So many signs of a fingerprint tell it from any other, for people."""


def fingerprint_of(sections: Iterable[Entry]) -> str:
    """SHA-256 over the sections of a study, in the order they are written."""
    digest = hashlib.sha256()
    for section in sections:
        digest.update("".join(_said(section.key)).encode())
        digest.update("".join(_said(section.tree)).encode())
    return digest.hexdigest()


def names(written: str, fingerprint: str) -> bool:
    """Whether a fingerprint as somebody wrote it down, perhaps its first signs only, is this one."""
    return len(written) >= FEWEST and fingerprint.startswith(written.lower())


def _said(tree: Tree) -> Iterator[str]:
    """A tree as a text that no other tree has."""
    match tree:
        case Scalar(value=None):
            yield "~;"
        case Scalar(value=value, text=text):
            words = " ".join(text.split())
            yield f"{type(value).__name__}{len(words)}:{words};"
        case Sequence(items=items):
            yield f"[{len(items)};"
            for item in items:
                yield from _said(item)
        case Mapping(entries=entries):
            yield f"{{{len(entries)};"
            for key, below in entries:
                yield from _said(key)
                yield from _said(below)
