"""Measuring on a machine that does other things too: CPU time, side by side, the middle one of several."""

import os
import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the report: what was measured, what came out, and what it must not be above."""

    what: str
    value: float
    unit: str
    goal: float | None = None

    @property
    def holds(self) -> bool:
        return self.goal is None or self.value <= self.goal


def side_by_side(works: Mapping[str, Callable[[], float]]) -> Mapping[str, list[float]]:
    """The CPU seconds that each work says it took, in rounds of all, so that all meet the same weather."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            seconds[name].append(work())
    return seconds


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """A work in this process, which says how many CPU seconds it took."""

    def seconds() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return seconds


def ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """The middle one of the ratios of each round."""
    return median(a / b for a, b in zip(above, below, strict=True))


FINE = 0


def ran(words: Sequence[str], folder: Path, cache: Path, ends: int = FINE) -> float:
    """The CPU seconds of a program, its bytecode kept as an installed one's is, with its own cache folder."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "XDG_CACHE_HOME": str(cache)}
    start = _of_children()
    ended = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    assert ended.returncode == ends, ended.stderr
    return _of_children() - start


def _of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
