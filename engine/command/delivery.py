"""Where a text for programs goes: to a file, or to standard output."""

from pathlib import Path

from engine import tasks
from engine.command.screen import Screen


def deliver(text: str, out: Path | None, screen: Screen) -> None:
    if out is None:
        screen.data(text)
        return
    tasks.save(out, text)
    screen.note(f"wrote {out}")
