"""秒表: how long an emergency has run, by a clock that nobody can set (design part 3, practice P24).

Where a stopwatch is first looked at, the wall clock says how long it has run already (the stored time of acceptance;
also after a restart). From then on only the steady clock counts, so that a system clock set back or forward in the
middle changes nothing on the screen.
"""

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

_FRESH = timedelta(minutes=1)
"""What a desk that has just been opened still rings for; what is older was somebody else's alarm."""


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """A running stopwatch: how long it had run when it was first seen, and the steady seconds at that moment."""

    run: timedelta
    seen_at: float

    @classmethod
    def begun(cls, started_at: datetime, now: datetime, steady: float) -> "Stopwatch":
        """A stopwatch for what started at `started_at`, seen `now` (both aware) at `steady` seconds.

        A start that lies in the future (another desk's clock is ahead) counts as now. Raises ValueError when naive.
        """
        if started_at.tzinfo is None or now.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return cls(max(now - started_at, timedelta()), steady)

    def elapsed(self, steady: float) -> timedelta:
        """How long it has run at `steady` seconds."""
        return self.run + timedelta(seconds=max(0.0, steady - self.seen_at))


class Stopwatches:
    """The stopwatches of one running desk, each begun when its emergency is first seen."""

    def __init__(self) -> None:
        self._running: dict[Hashable, Stopwatch] = {}

    def elapsed(self, key: Hashable, started_at: datetime, now: datetime, steady: float) -> timedelta:
        """How long `key` has run: `now` (aware) counts only at the first look, `steady` (seconds) ever after."""
        watch = self._running.get(key)
        if watch is None:
            watch = self._running[key] = Stopwatch.begun(started_at, now, steady)
        return watch.elapsed(steady)

    def keep_only(self, keys: Collection[Hashable]) -> None:
        """Forget the stopwatches of emergencies that are over."""
        for key in self._running.keys() - set(keys):
            del self._running[key]


def alarms_between(before: timedelta | None, elapsed: timedelta, minutes: Collection[int]) -> tuple[int, ...]:
    """Return the alarm minutes that were reached since the last look, in order.

    `before` is what the watch showed then, None at the first look: what was reached over a minute ago was somebody
    else's alarm and is not rung again after a restart.
    """
    last = elapsed - _FRESH if before is None else before
    return tuple(sorted(minute for minute in set(minutes) if last < timedelta(minutes=minute) <= elapsed))


def has_come(before: timedelta | None, elapsed: timedelta, after: timedelta) -> bool:
    """Whether a watch has passed `after` since the last look (`before`, None at the first): that is rung once."""
    last = elapsed - _FRESH if before is None else before
    return last < after <= elapsed
