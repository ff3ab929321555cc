"""Yes or no."""

from __future__ import annotations

from screens.dialogs.base import Dialog


class Confirm(Dialog[bool]):
    """Asks once more before something that cannot be taken back. Enter or Y: yes (True); Esc or N: no (None)."""

    OPENS_PAGES = False
    HAS_HELP = False
    HINTS = (("Enter/Y", "是"), ("Esc/N", "否"))
    BINDINGS = [("enter,y", "yes"), ("n", "cancel")]

    def action_yes(self) -> None:
        self.dismiss(True)
