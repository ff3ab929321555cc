"""告知: what failed and what waits, with the numbers to ring instead (practice P19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from desk.codes import MessageState, word
from screens.cells import NEAR, OVERDUE, CellText, day_time
from screens.columns import short_number
from screens.dialogs.ask import AskText
from screens.dialogs.base import Dialog
from screens.widgets.columns import Column
from screens.widgets.detail import Detail, Section
from screens.widgets.row_list import RowList

if TYPE_CHECKING:
    from desk.messages import MessageRow, Unsent

_NOTHING = "没有失败或待发的告知"


class MessageList(Dialog[None]):
    """Failed messages on top: sent again, or the person is rung and the call is filed."""

    FLOW = "desk.messages"
    OPENS_PAGES = False
    HINTS = (
        ("r", "重发"),
        ("c", "已电话告知"),
        ("x", "电话未接通"),
        ("Up/Down", "移动"),
        ("Esc", "关闭"),
    )
    BINDINGS = [("r", "retry"), ("c", "rung"), ("x", "not_reached")]
    DEFAULT_CSS = """
    MessageList > #box { width: 100%; max-width: 116; height: 100%; }
    MessageList #body { height: 5; }
    """

    def __init__(self) -> None:
        super().__init__("告知：失败的和待发的")

    def questions(self) -> ComposeResult:
        yield RowList["MessageRow"](
            [
                Column("状态", 6, _state),
                Column("告知", 8, lambda row: row.title),
                Column("对象", 14, lambda row: row.to_whom),
                Column("号码", 11, lambda row: row.number),
                Column("工单", 10, lambda row: short_number(row.order_no)),
                Column("时间", 11, lambda row: day_time(row.made_at)),
                Column("原因", 10, lambda row: row.failure, flex=1),
            ],
            key=lambda row: str(row.id),
            hint=_NOTHING,
            id="messages",
        )
        yield Detail(hint="", id="body")

    @property
    def _rows(self) -> RowList[MessageRow]:
        return self.query_one("#messages", RowList)

    def on_mount(self) -> None:
        self._rows.focus()
        self.deed_done()

    def deed_done(self) -> None:
        self.read(lambda flow, desk: flow.unsent(desk), self._show)

    def _show(self, found: Unsent) -> None:
        self._rows.set_page(found.rows, len(found.rows))
        self._show_body()
        if found.trouble:
            self.refuse(found.trouble)

    def on_row_list_moved(self) -> None:
        self._show_body()

    def _show_body(self) -> None:
        row = self._rows.cursor_row
        sections = [Section(row.body, tuple(_more(row)))] if row else []
        self.query_one("#body", Detail).show(sections)

    def action_retry(self) -> None:
        """r: the message under the cursor is tried again."""
        row = self._rows.cursor_row
        if row is not None:
            self.act(lambda flow, desk: flow.retry(desk, row.id), done="已排队重发")

    def action_rung(self) -> None:
        """c: whom it did not reach was told by telephone; a call out is filed."""
        row = self._rows.cursor_row

        def given(note: str | None) -> None:
            if note is not None and row is not None:
                self.act(
                    lambda flow, desk: flow.ring_instead(desk, row.id, note), done="已存呼出记录：电话告知"
                )

        if row is not None:
            self.app.push_screen(
                AskText(f"已电话告知 {row.to_whom}", "备注", required=False, max_length=200), given
            )

    def action_not_reached(self) -> None:
        """x: the telephone was not answered; the call out is filed, the message stays here."""
        row = self._rows.cursor_row
        if row is not None:
            self.act(
                lambda flow, desk: flow.ring_instead(desk, row.id, was_answered=False),
                done="已存呼出记录：未接通",
            )


def _state(row: MessageRow) -> CellText:
    return word(row.state), OVERDUE if row.state is MessageState.FAILED else NEAR


def _more(row: MessageRow) -> list[str]:
    """What the columns of a small screen cut short."""
    tries = f"已试 {row.tries} 次" if row.tries else ""
    again = f"下次 {day_time(row.next_try_at)}" if row.next_try_at else ""
    return [
        line
        for line in (
            f"工单 {row.order_no}" if row.order_no else "",
            row.failure,
            " ".join(part for part in (tries, again) if part),
        )
        if line
    ]
