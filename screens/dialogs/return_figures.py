"""退单统计: the figures of this month, for the centre or for one's own unit."""

from __future__ import annotations

from screens.dialogs.monthly import MonthlyFigures


class ReturnFiguresPage(MonthlyFigures):
    """What counts against the centre, what against the units, and how fast returns were decided (practice P7)."""

    FLOW = "desk.return_figures"

    def __init__(self) -> None:
        super().__init__("退单统计（按申请退单的日期）")
