"""Times as they stand on disk: whole milliseconds since 1970-01-01 UTC, as integers (design part 3)."""

from datetime import UTC, datetime, timedelta

FAR = 253_402_214_400_000
"""No due time: a moment (9999-12-31 UTC) behind every other, so that lists sort without NULLs."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Return an aware moment as whole milliseconds since the epoch, UTC; a naive one raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """Return whole milliseconds since the epoch as an aware moment in UTC."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def maybe_from_ms(milliseconds: int | None) -> datetime | None:
    """Return `from_ms`, or None for no time at all (NULL or `FAR`)."""
    return None if milliseconds is None or milliseconds >= FAR else from_ms(milliseconds)
