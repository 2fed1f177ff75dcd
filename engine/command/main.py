"""The command line: words to a task, its result to the screen, its meaning to an exit code.

Whatever goes wrong ends in one line on standard error and a code of `exits`,
never in a traceback; `TRIAL_DEBUG=1` lets one through.
"""

import os
from collections.abc import Sequence

from engine.command.exits import FAULT, FINE, STOPPED, UNUSABLE
from engine.command.parser import parser
from engine.command.screen import Screen


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code says how it ended."""
    screen = Screen()
    try:
        code = _run(words, screen)
        screen.flush()
        return code
    except BrokenPipeError:
        screen.close()
        return FINE
    except KeyboardInterrupt:
        screen.error("stopped")
        return STOPPED
    except OSError as problem:
        screen.error(_said(problem))
        return UNUSABLE
    except Exception as fault:
        return _fault(fault, screen)


def _run(words: Sequence[str] | None, screen: Screen) -> int:
    try:
        given = parser().parse_args(words)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FINE
    return int(given.run(given, screen))


def _said(problem: OSError) -> str:
    where = f" `{problem.filename}`" if problem.filename else ""
    return f"cannot use{where}: {(problem.strerror or str(problem)).lower()}"


def _fault(fault: Exception, screen: Screen) -> int:
    """A bug of ours, said as such: the reader has done nothing wrong."""
    if os.environ.get("TRIAL_DEBUG"):
        raise fault
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" ({os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno})" if trace else ""
    screen.error(f"the engine failed, and gives no answer: {type(fault).__name__}: {fault}{where}")
    screen.note("this is a fault of the engine; `TRIAL_DEBUG=1` shows where it lies")
    return FAULT
