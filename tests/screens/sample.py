"""A small screen with everything on it, standing in for the five real ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult

from screens.base import DeskScreen
from screens.cells import due_cell
from screens.widgets import Choice, Column, Detail, Field, FormRow, LongText, RowList, Tab, Tabs

KINDS = [("inquiry", "咨询"), ("request", "求助"), ("complaint", "投诉"), ("report", "举报")]


@dataclass(frozen=True, slots=True)
class SampleRow:
    order_no: str
    title: str
    due: str


class SampleScreen(DeskScreen):
    FLOW = "desk.sample"
    HINTS = (("^S", "提交"), ("F9", "再登一件"))
    BINDINGS = [("ctrl+s", "send")]

    def body(self) -> ComposeResult:
        yield Tabs([Tab("all", "全部", 3), Tab("late", "超期", 1, alert=True)])
        yield FormRow(Field("姓名", id="name"), Choice("类型", KINDS, id="kind"))
        yield LongText("内容", id="content")
        yield RowList[SampleRow](
            [
                Column("工单号", 18, lambda row: row.order_no),
                Column("标题", 10, lambda row: row.title, flex=1),
                Column("时限", 9, lambda row: due_cell(row.due)),
            ],
            key=lambda row: row.order_no,
            can_mark=True,
            id="rows",
        )
        yield Detail(id="detail")

    def reload(self) -> None:
        self.read(lambda flow, desk: flow.page(desk, 0), self.show_page)

    def show_page(self, rows: list[Any]) -> None:
        self.query_one("#rows", RowList).set_page(rows, len(rows))

    def action_send(self) -> None:
        self.act(lambda flow, desk: flow.send(desk), done="已提交")

    def order_no(self) -> str | None:
        row = self.query_one("#rows", RowList).cursor_row
        return row.order_no if row else None

    def unsaved(self) -> str:
        return "样表" if self.query_one("#name", Field).text else ""


ROWS = [
    SampleRow(f"CY01-20261123-{n:04d}", f"夜间施工噪音[/b]{n}", "!超期1天" if n < 3 else "余2天3时")
    for n in range(40)
]
