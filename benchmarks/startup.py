"""What a command costs from its first instruction to its last, most of it before it does anything."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.measure import Measured, ran, side_by_side

PATIENT = "examples/patients/eligible.yaml"
NOTHING = (sys.executable, "-c", "pass")
EVALUATE = (sys.executable, "cli.py", "evaluate", PATIENT)
CHECK = (sys.executable, "cli.py", "check")


def bench(root: Path) -> Iterator[Measured]:
    """As processes of their own: with what earlier runs kept, and with an empty cache folder."""
    with tempfile.TemporaryDirectory() as folder:
        kept, empty = Path(folder) / "kept", Path(folder) / "empty"

        def warm(words: Sequence[str]) -> Callable[[], float]:
            return partial(ran, words, root, kept)

        def cold(words: Sequence[str]) -> Callable[[], float]:
            return partial(ran_anew, words, root, empty)

        works = {
            "python -c pass": warm(NOTHING),
            "trial check, nothing kept": cold(CHECK),
            "trial evaluate, nothing kept": cold(EVALUATE),
            "trial check": warm(CHECK),
            "trial evaluate": warm(EVALUATE),
        }
        seconds = {name: median(found) for name, found in side_by_side(works).items()}
    yield Measured("python -c pass", seconds["python -c pass"], "s")
    yield Measured("trial evaluate, one patient", seconds["trial evaluate"], "s", goal=0.2)
    yield Measured("trial evaluate, nothing kept", seconds["trial evaluate, nothing kept"], "s")
    yield Measured("trial check, the whole study", seconds["trial check"], "s", goal=0.4)
    yield Measured("trial check, nothing kept", seconds["trial check, nothing kept"], "s")


def ran_anew(words: Sequence[str], folder: Path, cache: Path) -> float:
    shutil.rmtree(cache, ignore_errors=True)
    return ran(words, folder, cache)
