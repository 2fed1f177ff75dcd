"""Two versions of the small study, the second with some of its text otherwise."""

from pathlib import Path

from engine.amendment.comparing import Comparing
from engine.amendment.diff import Change, changes
from engine.amendment.model import Compared
from tests.unit.invention.small import FILES, sound

PLACES = {Path(name).stem: name for name in FILES}


def versions(folder: Path, *edits: tuple[str, str, str]) -> Comparing:
    """Each edit is of a file: what stands there, and what stands there instead."""
    texts = {name: FILES[place] for name, place in PLACES.items()}
    for file, written, instead in edits:
        assert written in texts[file], written
        texts[file] = texts[file].replace(written, instead)
    return Comparing(sound(folder / "before"), sound(folder / "after", **texts))


def changed(folder: Path, *edits: tuple[str, str, str]) -> dict[str, Change]:
    """What is otherwise, by the name of today; nothing is proved of it."""
    return {change.name: change for change in changes(versions(folder, *edits).pair)}


def compared(folder: Path, rule: str, *edits: tuple[str, str, str]) -> Compared:
    """One rule, by the name of today."""
    (found,) = versions(folder, *edits).relations([rule])
    return found
