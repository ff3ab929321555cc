"""CPU of a piece of work, as the median of several runs."""

import statistics
import time
from collections.abc import Callable


def cpu_ms(work: Callable[[], object], runs: int = 15) -> float:
    """Return the median CPU of `work`, user and system, in milliseconds; the first run is not counted."""
    work()
    return statistics.median(once(work) for _ in range(runs))


def once(work: Callable[[], object]) -> float:
    """Return the CPU of one run, user and system, in milliseconds."""
    begun = time.process_time_ns()
    work()
    return (time.process_time_ns() - begun) / 1e6
