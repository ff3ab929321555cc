"""How the desk was asked to start; read before anything heavy is imported, so standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LaunchOptions:
    """What the command line and the environment say.

    `store` is a path or URL (None: the user's own data folder), `at` an aware time that a demo takes as
    "now", `plain` the profile for slow lines and old consoles, `seat` the name of this terminal.
    """

    store: str | None = None
    demo: bool = False
    as_staff_no: str | None = None
    at: datetime | None = None
    plain: bool = False
    seat: str = ""
