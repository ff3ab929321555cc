"""A clock that only goes forward, also through sleep where the system offers one; its zero means nothing."""

import time


def _clock() -> int | None:
    """The clock that counts sleep too: Linux names it BOOTTIME, on macOS it is MONOTONIC."""
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        if hasattr(time, name):
            return int(getattr(time, name))
    return None


_CLOCK = _clock()


def steady_seconds() -> float:
    """Return steady seconds; setting the system's date or time does not change them."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)
