"""Identity outside a store: UUID version 7, ordered by time (RFC 9562 section 5.7)."""

import os
import time
from threading import Lock

_lock = Lock()
_last = 0


def new_uid() -> str:
    """Return a new UUIDv7 in hexadecimal with hyphens; within one process each is greater than the last."""
    global _last  # noqa: PLW0603
    milliseconds = time.time_ns() // 1_000_000
    number = milliseconds << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62
    with _lock:
        if number <= _last:
            number = _last + 1
        _last = number
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
