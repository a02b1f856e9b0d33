"""What the measurements share: clocks, percentiles, and the line of the table they print."""

from __future__ import annotations

import gc
import statistics
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what was measured, the result, and what it should be.

    `value` and `aim` are in the same `unit`; without an aim the line only informs. `note` holds
    the absolute figures behind a ratio.
    """

    what: str
    value: float
    unit: str = ""
    aim: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether the aim is reached."""
        if self.aim is None:
            return True
        return self.value >= self.aim if self.at_least else self.value <= self.aim


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    started = perf_counter()
    work()
    return perf_counter() - started


def median(work: Callable[[], object], times: int = 5) -> float:
    """Return the median of several calls, in seconds; garbage is collected before each."""
    taken = []
    for _ in range(times):
        gc.collect()
        taken.append(seconds(work))
    return statistics.median(taken)


def side_by_side(
    ours: Callable[[], object], bare: Callable[[], object], times: int = 5
) -> tuple[float, float]:
    """Return the medians of two works measured in turn, so that a busy moment hits both.

    Neither pays for the rubbish of the other.
    """
    pairs = []
    for _ in range(times):
        gc.collect()
        mine = seconds(ours)
        gc.collect()
        pairs.append((mine, seconds(bare)))
    return statistics.median(x for x, _ in pairs), statistics.median(x for _, x in pairs)


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` (0 to 1) of all values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
