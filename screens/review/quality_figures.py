"""质检统计: a month by agent, to be read and to be written out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from desk.rules.months import months_before
from screens.dialogs.ask import Answers, AskForm
from screens.dialogs.monthly import MonthlyFigures
from screens.widgets.field import Field
from screens.widgets.key_hints import Hint


class QualityFiguresPage(MonthlyFigures):
    """质检统计: by agent, what is owed and what was checked."""

    FLOW = "desk.quality"
    HINTS: ClassVar[Sequence[Hint]] = (("e", "导出"), *MonthlyFigures.HINTS)
    BINDINGS = [("e", "export")]

    def __init__(self) -> None:
        super().__init__("质检统计（按话务的日期）")

    def action_export(self) -> None:
        """e: the month that is shown, as a file."""
        month = months_before(self._months_back, self.desk_app.now())

        def given(answers: Answers | None) -> None:
            if answers is not None:
                path = Path(answers["path"]).expanduser().absolute()
                self.act(
                    lambda flow, desk: flow.export(desk, path, month),
                    lambda made: self.say(f"已导出 {made.count} 行：{made.path}", "done"),
                )

        field = Field(
            "文件", f"质检{month}.xlsx", max_length=200, placeholder="以 .xlsx 或 .csv 结尾", id="path"
        )
        self.app.push_screen(AskForm("导出质检统计", [field], required=("path",)), given)
