"""A large cohort in shares: each process reads and judges its own patients, and sends what becomes of them.

Reading takes longest, so a process reads for itself and is sent no patients. It
first says up to when it has data and waits to hear of all, since what is still
going on at the end is so for everybody from the same day on.
"""

import gc
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from heapq import merge
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from types import TracebackType
from typing import Any

from engine.amendment.effects import Fate, fate_of
from engine.amendment.ground import Ground, dictionary
from engine.language.values import Day
from engine.timeline.read import Cohort, begun, merged
from engine.timeline.share import Share

SENT_TOGETHER = 50
SEARCHED = 50_000
"""So many new objects before a process looks for garbage, as the command line does."""


@dataclass(slots=True)
class Shares:
    """Processes for as many shares of the data as there are `jobs`; both studies read the files alike.

    They are spawned, which works everywhere, and inherit nothing by accident.
    """

    ground: Ground
    data: Path
    jobs: int
    pipes: list["Connection[Any, Any]"] = field(default_factory=list)
    processes: list[SpawnProcess] = field(default_factory=list)

    def __enter__(self) -> "Shares":
        context = SpawnContext()
        for number in range(self.jobs):
            here, there = context.Pipe()
            share = Share(number, self.jobs)
            process = context.Process(target=work, args=(there, self.ground, self.data, share), daemon=True)
            process.start()
            there.close()
            self.pipes.append(here)
            self.processes.append(process)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in self.pipes:
            pipe.close()
        for process in self.processes:
            process.terminate()
            process.join()

    def read(self) -> tuple[Cohort, int]:
        """What was found in the files, and how many patients there are."""
        self.tell(max([_heard(pipe) for pipe in self.pipes]))
        shares = [_heard(pipe) for pipe in self.pipes]
        return merged([cohort for cohort, _ in shares]), sum(patients for _, patients in shares)

    def fates(self, as_of: Day) -> Iterator[Fate]:
        """What becomes of each patient, in order."""
        self.tell(as_of)
        return merge(*map(_sent, self.pipes), key=lambda fate: fate.patient)

    def tell(self, word: int) -> None:
        for pipe in self.pipes:
            pipe.send(word)


def _sent(pipe: "Connection[Any, Any]") -> Iterator[Fate]:
    while some := _heard(pipe):
        yield from some


def _heard(pipe: "Connection[Any, Any]") -> Any:
    """What a process says; what went wrong there goes wrong here."""
    said = pipe.recv()
    if isinstance(said, Exception):
        raise said
    return said


def work(pipe: "Connection[Any, Any]", ground: Ground, data: Path, share: Share) -> None:
    """What a process does; it ends quietly once nobody listens any more."""
    gc.set_threshold(SEARCHED)
    try:
        _work(pipe, (ground, data, share))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return
    except Exception as fault:  # for `_heard`, which raises it where somebody is told
        pipe.send(fault)


def _work(pipe: "Connection[Any, Any]", of: tuple[Ground, Path, Share]) -> None:
    ground, data, share = of
    reading = begun(data, dictionary(ground.now), share=share)
    pipe.send(reading.last_day)
    cohort = reading.cohort(pipe.recv())
    pipe.send((replace(cohort, timelines=()), len(cohort.timelines)))
    as_of = pipe.recv()
    for start in range(0, len(cohort.timelines), SENT_TOGETHER):
        some = cohort.timelines[start : start + SENT_TOGETHER]
        pipe.send([fate_of(ground, (timeline, timeline), as_of) for timeline in some])
    pipe.send([])
