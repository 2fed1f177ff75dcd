"""The trees of texts that were read before, kept between runs: most of a study is as it was.

A tree is `[rule, start, end, parts]`, a part a tree, a word, or None where one
was left out. Lark loads only where there is something new to read.
"""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from engine.source.cache import cache_folder, keep, maker

Tree = list[Any]

MOST_TEXTS = 5_000
MOST_FILES = 5


@dataclass(slots=True)
class _Shelf:
    """Trees by text; `used` are those of this run, `noted` whether any of them is new."""

    trees: dict[str, Tree]
    used: set[str] = field(default_factory=set)
    noted: bool = False


def find(text: str) -> Tree | None:
    """The tree of a text, if it was read before."""
    shelf = _shelf()
    shelf.used.add(text)
    return shelf.trees.get(text)


def note(text: str, tree: Tree) -> None:
    """A text that was read, and found good."""
    shelf = _shelf()
    shelf.trees[text] = tree
    shelf.noted = True


def keep_trees() -> None:
    """Keeps what is new for the next run; texts that nobody uses any more make room."""
    shelf = _shelf()
    if not shelf.noted:
        return
    if len(shelf.trees) > MOST_TEXTS:
        shelf.trees = {text: tree for text, tree in shelf.trees.items() if text in shelf.used}
    keep(_path(), json.dumps(shelf.trees).encode(), MOST_FILES)
    shelf.noted = False


@cache
def _shelf() -> _Shelf:
    try:
        trees = json.loads(_path().read_bytes())
    except (OSError, ValueError):  # nothing was kept, or a part of it
        trees = None
    return _Shelf(trees if isinstance(trees, dict) else {})


def _path() -> Path:
    return cache_folder() / f"{hashlib.sha256(maker().encode()).hexdigest()[:32]}.trees"
