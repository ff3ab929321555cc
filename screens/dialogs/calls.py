"""F10: what is directed at this seat: calls put through to it, questions with a promise, to 班长 who calls him (P13, P17, P25)."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from textual.app import ComposeResult

from desk.promise_rows import PromiseRow
from desk.transfer_rows import TransferRow, TransferWay
from screens.columns import left_cell
from screens.dialogs.base import Dialog
from screens.dialogs.promise import PromisePage
from screens.rest import FLOW
from screens.widgets.columns import Column
from screens.widgets.row_list import RowList

_NOTHING = "现在没有转来的电话、呼叫和承诺回电"


@dataclass(frozen=True, slots=True)
class CallLine:
    """One line: what it is, from whom, what it is about."""

    key: str
    kind: str
    who: str
    words: str
    due_at: datetime | None
    transfer: TransferRow | None = None
    promise: PromiseRow | None = None


class SeatCalls(Dialog[None]):
    """The list behind the top line. Enter takes a call over, says that 班长 has seen it, or opens a promise; n refuses."""

    FLOW = "desk.transfers"
    OPENS_PAGES = False
    HINTS = (
        ("Enter", "接、已看到、回电"),
        ("n", "不接"),
        ("r", "小休、结束小休"),
        ("Up/Down", "移动"),
        ("Esc", "关闭"),
    )
    BINDINGS = [("n", "refuse"), ("r", "rest")]
    DEFAULT_CSS = "SeatCalls > #box { width: 100%; max-width: 116; height: 100%; max-height: 24; }"

    def __init__(self) -> None:
        super().__init__("转接、呼叫与承诺回电")

    def questions(self) -> ComposeResult:
        yield RowList[CallLine](
            [
                Column("类别", 5, lambda row: row.kind),
                Column("来自", 22, lambda row: row.who),
                Column("事由", 20, lambda row: row.words, flex=1),
                Column("时限", 10, lambda row: left_cell(row.due_at, self.desk_app.now())),
            ],
            key=lambda row: row.key,
            hint=_NOTHING,
            id="calls",
        )

    def on_mount(self) -> None:
        self._rows.focus()
        self.reload()
        self.set_interval(1.0, self.reload)

    @property
    def _rows(self) -> RowList[CallLine]:
        return self.query_one("#calls", RowList)

    def reload(self) -> None:
        """Show what stands now: an offer runs out while one looks at it."""
        behind, now = self.desk_app.background, self.desk_app.now()
        rows: list[CallLine] = []
        if behind.transfers is not None:
            open_ = [row for row in behind.transfers.known.incoming if row.expires_at > now]
            rows += [_transfer_line(row) for row in (*behind.transfers.known.silent, *open_)]
        if behind.promises is not None:
            rows += [_promise_line(row) for row in behind.promises.known]
        self._rows.set_page(rows, len(rows))

    def hear_offers(self) -> None:
        self.reload()

    def deed_done(self) -> None:
        transfers = self.desk_app.background.transfers
        if transfers is not None:
            transfers.look()

    async def on_row_list_opened(self) -> None:
        """Enter: take the call over, or say that 班长 has seen who calls him."""
        line = self._rows.cursor_row
        if line is None:
            return
        row = line.transfer
        if line.promise is not None:
            self.app.push_screen(PromisePage(line.promise), lambda _: self.desk_app.look_again())
        elif row is not None and row.way is TransferWay.SILENT:
            self._acknowledge(row)
        elif row is not None and (transfers := self.desk_app.background.transfers) is not None:
            self.dismiss(None)
            self.app.call_later(transfers.take, row)

    def _acknowledge(self, row: TransferRow) -> None:
        self.act(
            lambda flow, desk: flow.acknowledge(desk, row.id),
            done=f"已看到：{row.from_name}（座席 {row.from_seat}），请到该座席或监听",
        )

    def action_refuse(self) -> None:
        """n: not this call."""
        line, transfers = self._rows.cursor_row, self.desk_app.background.transfers
        row = line.transfer if line else None
        if row is not None and transfers is not None and row.way is not TransferWay.SILENT:
            transfers.refuse(row)

    def action_rest(self) -> None:
        """r: 小休 begins, or ends."""
        rest = self.desk_app.background.rest
        if rest is None:
            return
        if rest.since is None:
            self.act(
                lambda _, desk: _seats().rest(desk),
                lambda _: rest.look(),
                done="已小休，不派来电；再按 r 结束",
            )
        else:
            self.act(
                lambda _, desk: _seats().sit_down(desk), lambda _: rest.look(), done="小休结束，可以接来电"
            )


def _seats() -> Any:
    return importlib.import_module(FLOW)


def _transfer_line(row: TransferRow) -> CallLine:
    who = f"{row.from_name} 座席 {row.from_seat}"
    if row.way is TransferWay.SILENT:
        return CallLine(row.id, "危机", who, row.title, None, row)
    return CallLine(row.id, "转接", who, row.title, row.expires_at, row)


def _promise_line(row: PromiseRow) -> CallLine:
    state = "已答复，待回电" if row.answer else "待答复"
    tried = f" 已拨{row.attempts}次" if row.attempts else ""
    words = f"{state}{tried} {row.number} {row.question}"
    who = row.target if row.is_asked_here else row.asked_by
    return CallLine(f"promise-{row.id}", "回电", who, words, row.due_at, promise=row)
