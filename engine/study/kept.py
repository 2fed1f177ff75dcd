"""Linked studies kept between runs, as `.pyc` files keep modules.

A study is found again only by the mark of its files and of the engine's own, so an
edit to either makes it anew. Nothing depends on it: where the folder cannot be used,
each run links for itself.
"""

import hashlib
import pickle
from dataclasses import fields, is_dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from engine.source import cache
from engine.study.linked import Study

MOST_KEPT = 40


def find(mark: str) -> Study | None:
    """The study kept under this mark, if it was kept whole."""
    try:
        under, study = pickle.loads(_path(mark).read_bytes())
    except Exception:  # a torn or foreign file is no study, whatever is wrong with it
        return None
    return study if isinstance(study, Study) and under == mark else None


def keep(mark: str, study: Study) -> None:
    """Keeps a study for the next run under the mark of its files, and of its version where they hold more."""
    cache.keep(_path(mark), _packed(mark, study), MOST_KEPT)


def _packed(mark: str, study: Study) -> bytes:
    packed = BytesIO()
    _Packing(packed, protocol=5).dump((mark, study))
    return packed.getvalue()


class _Packing(pickle.Pickler):
    """Dataclasses as calls of their class: pickle's own way to fill frozen ones is twice as slow to read."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, type) or not is_dataclass(value):
            return NotImplemented
        return type(value), tuple(getattr(value, field.name) for field in fields(value))


def _path(mark: str) -> Path:
    key = hashlib.sha256(f"{mark}\n{cache.maker()}".encode()).hexdigest()
    return cache.cache_folder() / f"{key[:32]}.study"
