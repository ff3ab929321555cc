"""退回原因: chosen from the list when a reply is sent back, and the figures of a month."""

from __future__ import annotations

from collections.abc import Sequence

from desk.codes import SendBackReason, word
from screens.dialogs.monthly import MonthlyFigures
from screens.widgets.several import Several


def reasons_field(proposed: Sequence[SendBackReason]) -> Several:
    """The field 退回原因; what the checker speaks for is chosen at first."""
    reasons = [(str(each), word(each)) for each in SendBackReason]
    return Several("退回原因", reasons, value=",".join(map(str, proposed)), id="reasons")


class SendBackPage(MonthlyFigures):
    """What was sent back by the units' own 审核人 and by 办结审核: by reason, by unit, by month."""

    FLOW = "desk.send_backs"

    def __init__(self) -> None:
        super().__init__("退回原因（单位审核退回、办结审核退回）")
