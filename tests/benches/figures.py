"""What a bench reports, and the floors that it is held against."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes:
        bench, name: which.
        value, unit: what was measured.
        goal: what design page 6 asks for, in words; "" when it is only reported.
        reached: whether the goal was reached; None when there is none.
    """

    bench: str
    name: str
    value: float
    unit: str
    goal: str = ""
    reached: bool | None = None

    def line(self) -> str:
        """One line for a terminal."""
        sign = {True: "ok   ", False: "SHORT", None: "     "}[self.reached]
        return f"{sign} {self.bench:10} {self.name:52} {self.value:12,.3f} {self.unit:10} {self.goal}"

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def at_most(bench: str, name: str, value: float, unit: str, limit: float) -> Figure:
    """A figure that should not exceed a limit."""
    return Figure(bench, name, value, unit, f"<= {limit:g}", value <= limit)


def at_least(bench: str, name: str, value: float, unit: str, limit: float) -> Figure:
    """A figure that should reach a limit."""
    return Figure(bench, name, value, unit, f">= {limit:g}", value >= limit)


def percentile(samples: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the samples do not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def timed_ms(action: Callable[[], object]) -> float:
    """How long one call takes, in milliseconds."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def fsync_ms(folder: Path, times: int = 50) -> float:
    """The disk's own floor: the median of writing 4 KiB to the end of a file and flushing it, in milliseconds."""
    samples = []
    with (folder / "fsync.probe").open("ab", buffering=0) as file:

        def write(block: bytes) -> None:
            file.write(block)
            os.fsync(file.fileno())

        for _ in range(times):
            samples.append(timed_ms(partial(write, os.urandom(4096))))
    return statistics.median(samples)
