"""Orders of a 服务站 that have not come to the centre for too long: said once, with the number to ring (practice P18).

Like every alarm: one line where the desk answers anyway, one bell, nothing opened, no key eaten. The header and the form
go on showing it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk.rows import HeaderCounts, Uploads
    from screens.app import DeskApp


class StationAlarm:
    """Rings once for each oldest order that is late. The App calls `look` whenever the header was counted."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._told: datetime | None = None
        self._said = ""

    def look(self, counts: HeaderCounts) -> None:
        """Tell the clerk of what has become late since the last count."""
        uploads = counts.uploads
        if uploads is None or not uploads.is_late:
            self._take_away()
            return
        if uploads.oldest == self._told:
            return
        say = getattr(self._app.screen, "say", None)
        if say is None or self._app.current_mode in ("log_in", "set_up"):
            return
        self._told, self._said = uploads.oldest, late_words(uploads)
        say(self._said, "refused")
        self._app.bell()

    def _take_away(self) -> None:
        """What was said is true no longer: it must not stand there until somebody presses a key."""
        unsay = getattr(self._app.screen, "unsay", None)
        if self._said and unsay is not None:
            unsay(self._said)
            self._said = ""


def late_words(uploads: Uploads) -> str:
    """`3 件超过 2 小时未到中心：用 U 盘送去，或电话报中心 07973812345`; since when, the header says."""
    hours, minutes = divmod(uploads.limit_minutes, 60)
    limit = f"{hours} 小时" if not minutes else f"{uploads.limit_minutes} 分钟"
    return f"{uploads.count} 件超过 {limit}未到中心：用 U 盘送去，或电话报中心 {uploads.phone}"
