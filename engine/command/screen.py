"""What is printed, and how.

What data and files hold is never trusted on a terminal: control characters are
shown as a replacement mark, and letters that a terminal lacks by their number.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import TypeVar

from engine.command.exits import UNUSABLE
from engine.command.table import drawn
from engine.source.render import safe

T = TypeVar("T")

LONG_WORK = 200
"""From so many patients on, progress is shown."""

MOST_ROWS = 500
"""Nobody reads a longer table on a screen; files hold them all."""

PIPE_WIDTH = 140


class Screen:
    """Results go to standard output, findings and progress to standard error."""

    def __init__(self) -> None:
        for name in ("stdout", "stderr"):  # Python has none where the shell has closed it
            if getattr(sys, name) is None:
                setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
        plain = bool(os.environ.get("NO_COLOR"))
        self.colour = sys.stdout.isatty() and not plain
        self.colour_of_notes = sys.stderr.isatty() and not plain
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")

    # -- text ----------------------------------------------------------------

    def text(self, text: str) -> None:
        """Lines for people."""
        self.as_is(_safe_lines(text))

    def as_is(self, text: str) -> None:
        """Lines for people that are known to be safe."""
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")

    def data(self, text: str) -> None:
        """A file for programs: the same bytes whatever the terminal would have them in."""
        if isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8", errors="strict", newline="\n")
        self.as_is(text)

    def error(self, message: str, code: int = UNUSABLE) -> int:
        """Why nothing came of it; the exit code that goes with it."""
        self.note(f"error: {message}")
        return code

    def unusable(self, problem: OSError) -> int:
        """What the system says of a file."""
        file = problem.filename2 or problem.filename
        where = f" `{file}`" if file else ""
        return self.error(f"cannot use{where}: {(problem.strerror or str(problem)).lower()}")

    def note(self, message: str) -> None:
        """Lines beside the result: findings, and what was written."""
        self.note_as_is(_safe_lines(message))

    def note_as_is(self, text: str) -> None:
        with suppress(OSError):  # whoever reads the result may have gone; `flush` says so at the end
            self.flush()
        sys.stderr.write(f"{text}\n")

    # -- the end ---------------------------------------------------------------

    def flush(self) -> None:
        sys.stdout.flush()

    def close(self) -> None:
        """What cannot be written any more goes nowhere, or Python would complain of it on its way out."""
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except OSError:
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

    # -- tables ---------------------------------------------------------------

    def table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table for people, no wider than the terminal."""
        shown = [columns, *([safe(cell) for cell in row] for row in rows[:MOST_ROWS])]
        if sys.stdout.isatty():
            self._by_rich(title, shown)
        else:
            self.as_is(drawn(title, shown, self.width))
        if len(rows) > MOST_ROWS:
            self.text(f"... and {len(rows) - MOST_ROWS} more: --out or --format csv has them all\n")

    def _by_rich(self, title: str, shown: Sequence[Sequence[str]]) -> None:
        from rich.box import SIMPLE_HEAD
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
        for column in shown[0]:
            table.add_column(column, overflow="fold")
        for row in shown[1:]:
            table.add_row(*(Text(cell, style=STYLES.get(cell, "")) for cell in row))
        Console(highlight=False).print(table)

    @property
    def width(self) -> int:
        """The columns of the terminal, or of what a table has elsewhere."""
        width = os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 0
        return width or PIPE_WIDTH

    def progress(self, work: Iterable[T], total: int, what: str) -> Iterator[T]:
        """The work, with a bar on a terminal where there is much of it."""
        if total < LONG_WORK or not sys.stderr.isatty():
            return iter(work)
        from rich.console import Console
        from rich.progress import track

        return iter(track(work, what, total, console=Console(stderr=True), transient=True))


def _safe_lines(text: str) -> str:
    return "\n".join(map(safe, text.split("\n")))


STYLES = {
    "eligible": "green",
    "ineligible": "red",
    "undetermined": "yellow",
    "major": "red",
    "unknown": "yellow",
}
"""Words that are easier found in colour; the word itself always stands."""
