"""What the desk says when it will not do something: one Chinese line that names the next step.

`str(error)` is that line; a screen shows it as it is. Nothing was written when one of these is raised.
"""

import re

_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]+")
_MOST, _HEAD, _TAIL = 300, 200, 80


class Refused(Exception):
    """拒绝: the deed was not done. `message` is Chinese, complete, and says what to do next.

    It may repeat what was typed, so it is made one line of bearable length without anything that steers a terminal.
    """

    def __init__(self, message: str) -> None:
        line = _STEERING.sub(" ", message)
        self.message = line if len(line) <= _MOST else f"{line[:_HEAD]}..{line[-_TAIL:]}"
        super().__init__(self.message)


class BadInput(Refused):
    """A field holds something that the desk cannot take; `field` is its Chinese label."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotAllowed(Refused):
    """The person has no right to this deed on this order (desk/rules/rights.py)."""


class NotNow(Refused):
    """The order's status does not allow this deed (desk/rules/lifecycle.py)."""


class Stale(Refused):
    """Somebody was faster: the line names who did what."""


class Locked(Refused):
    """The store stayed busy for the whole waiting time; the form is kept and can be sent again."""


class StoreUnusable(Refused):
    """The store cannot be read or written at all (wrong file, newer schema, full disk, network share)."""
