"""A folder to a linked study: read it, link it, say what it was made from."""

import hashlib
from pathlib import Path

from engine.source.diagnostic import Diagnostics
from engine.study.link import link
from engine.study.linked import Study
from engine.study.read import read_protocol

MARK = Path("protocol") / "study.yaml"
"""The file that makes a folder a study."""


def load(folder: Path, findings: Diagnostics) -> Study | None:
    """The study in a folder, or None with findings that say why there is none."""
    protocol = read_protocol(folder, findings)
    if protocol is None:
        return None
    return link(protocol, fingerprint(folder), findings)


def fingerprint(folder: Path) -> str:
    """SHA-256 over the names and bytes of every file a study is read from."""
    digest = hashlib.sha256()
    for path in sorted(p for part in ("protocol", "rules") for p in (folder / part).rglob("*.yaml")):
        name, content = path.relative_to(folder).as_posix(), path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def nearest_study(folder: Path) -> Path | None:
    """The study a folder is in: itself or the nearest above it."""
    return next((above for above in (folder, *folder.parents) if (above / MARK).is_file()), None)
