"""Linked studies kept between runs, as `.pyc` files keep modules.

A study is found again only by the fingerprint of its files and of the engine's
own, so an edit to either makes it anew. Nothing depends on it: where the folder
cannot be used, each run links for itself.
"""

import hashlib
import os
import pickle
import sys
from dataclasses import fields, is_dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import engine
from engine.source.cache import cache_folder
from engine.study.linked import Study

MOST_KEPT = 20


def find(fingerprint: str) -> Study | None:
    """The study linked from files with this fingerprint, if it was kept whole."""
    try:
        study = pickle.loads(_path(fingerprint).read_bytes())
    except Exception:  # a torn or foreign file is no study, whatever is wrong with it
        return None
    return study if isinstance(study, Study) and study.fingerprint == fingerprint else None


def keep(study: Study) -> None:
    """Keeps a study for the next run, the oldest ones making room."""
    path = _path(study.fingerprint)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = path.with_suffix(f".{os.getpid()}")
        partial.write_bytes(_packed(study))
        partial.replace(path)
        _make_room(path.parent)
    except OSError:
        return


def _packed(study: Study) -> bytes:
    packed = BytesIO()
    _Packing(packed, protocol=5).dump(study)
    return packed.getvalue()


class _Packing(pickle.Pickler):
    """Dataclasses as calls of their class: pickle's own way to fill frozen ones is twice as slow to read."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, type) or not is_dataclass(value):
            return NotImplemented
        return type(value), tuple(getattr(value, name) for name in _names(type(value)))


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _path(fingerprint: str) -> Path:
    key = hashlib.sha256(f"{fingerprint}{sys.version}{_engine()}".encode()).hexdigest()
    return cache_folder() / f"{key[:32]}.study"


def _engine() -> str:
    """What tells one state of the engine's files from another."""
    root = Path(engine.__file__).parent
    files = sorted(path for room in ("language", "source", "study") for path in (root / room).iterdir())
    return "".join(f"{path.name}{(stat := path.stat()).st_size}.{stat.st_mtime_ns}" for path in files)


def _make_room(where: Path) -> None:
    kept = sorted(where.glob("*.study"), key=lambda path: path.stat().st_mtime)
    for path in kept[:-MOST_KEPT]:
        path.unlink(missing_ok=True)
