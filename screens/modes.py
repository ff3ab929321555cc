"""The five screens: mode, key, word."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from textual.screen import Screen

MODES: tuple[tuple[str, str, str], ...] = (
    ("intake", "F2", "受理"),
    ("dispatch", "F3", "派单"),
    ("my_tickets", "F4", "我的工单"),
    ("emergency", "F5", "应急"),
    ("review", "F6", "审核评议"),
)
HOMES = {
    "agent": "intake",
    "station_clerk": "intake",
    "dispatcher": "dispatch",
    "duty_officer": "emergency",
    "auditor": "review",
    "callback_agent": "review",
}
"""Where somebody with a role begins; of several roles the first one here counts, without any F4."""

SCREENS = {
    "intake": ("screens.intake", "IntakeScreen"),
    "dispatch": ("screens.dispatch", "DispatchScreen"),
    "my_tickets": ("screens.my_tickets", "MyTicketsScreen"),
    "emergency": ("screens.emergency", "EmergencyScreen"),
    "review": ("screens.review", "ReviewScreen"),
}
BALLOT = "ballot"
"""The mode of a 评议员: no F-key leads there, and none away (practice P29)."""
_APART = {BALLOT: ("screens.ballot", "BallotScreen")}
_SET_UP = ("screens.set_up", "SetUp")


def screen(mode: str) -> Callable[[], Screen[Any]]:
    """What makes the screen of a mode when it is first shown."""

    def make() -> Screen[Any]:
        module, name = SCREENS.get(mode) or _APART.get(mode, _SET_UP)
        return cast("Screen[Any]", getattr(importlib.import_module(module), name)())

    return make
