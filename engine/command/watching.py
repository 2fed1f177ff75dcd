"""Doing something again whenever a file of a study changes."""

from collections.abc import Callable, Mapping
from pathlib import Path
from time import sleep

from engine.command.screen import Screen

EVERY = 0.4
"""Seconds between looks: a change is seen before a hand has left the keyboard, and looking costs little."""

Seen = Mapping[Path, tuple[int, int]]


def watch(folder: Path, run: Callable[[], int], screen: Screen) -> int:
    """Runs now and after each change, until Ctrl-C; the code of the last run."""
    seen, code = files(folder), _run(run, screen)
    screen.note("watching for changes; Ctrl-C ends it")
    try:
        while True:
            sleep(EVERY)
            now = files(folder)
            if now != seen:
                seen, code = now, _again(run, screen)
    except KeyboardInterrupt:
        return code


def _again(run: Callable[[], int], screen: Screen) -> int:
    screen.text("\n" + "-" * 80)
    code = _run(run, screen)
    screen.flush()
    return code


def _run(run: Callable[[], int], screen: Screen) -> int:
    """A file may be gone by the time it is read, or closed: whoever watches will see it come back."""
    try:
        return run()
    except BrokenPipeError:
        raise
    except OSError as problem:
        return screen.unusable(problem)


def files(folder: Path) -> Seen:
    """When each file that a study is read from was last written, and how long it is."""
    found = (path for part in ("protocol", "rules") for path in (folder / part).rglob("*.yaml"))
    return {path: mark for path in sorted(found) if (mark := _mark(path))}


def _mark(path: Path) -> tuple[int, int] | None:
    """None for a file that is gone by the time it is looked at: editors swap files."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
