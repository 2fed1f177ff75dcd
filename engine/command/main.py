"""The command line: words to a task, its result to the screen, its meaning to an exit code.

Whatever goes wrong ends in one line on standard error and a code of `exits`,
never in a traceback; `TRIAL_DEBUG=1` lets one through.
"""

import gc
import os
from collections.abc import Sequence

from engine.command.exits import FAULT, FINE, STOPPED
from engine.command.screen import Screen

MUCH_MADE = 50_000
"""So many new objects before Python looks for garbage: a run makes many, and nearly all of them to stay."""


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code says how it ended."""
    screen = Screen()
    try:
        code = _run(words, screen)
        screen.flush()
    except BrokenPipeError:
        code = FINE
    except KeyboardInterrupt:
        code = screen.error("stopped", STOPPED)
    except OSError as problem:
        code = screen.unusable(problem)
    except Exception as fault:
        code = _fault(fault, screen)
    screen.close()
    gc.freeze()  # or Python would go through all that was made once more on its way out
    return code


def _run(words: Sequence[str] | None, screen: Screen) -> int:
    gc.set_threshold(MUCH_MADE)
    # Loading takes longer than most commands: who stops it then must not see a traceback either.
    from engine.command.parser import parsed

    try:
        given = parsed(words)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FINE
    return int(given.run(given, screen))


def _fault(fault: Exception, screen: Screen) -> int:
    """A bug of ours, said as such: the reader has done nothing wrong."""
    if os.environ.get("TRIAL_DEBUG"):
        raise fault
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" ({os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno})" if trace else ""
    screen.note(
        "this is a fault of the engine, not of what it was given; `TRIAL_DEBUG=1` shows where it lies"
    )
    return screen.error(f"there is no answer: {type(fault).__name__}: {fault}{where}", FAULT)
