"""F10: everything that is directed at this seat: calls put through to it, and to 班长 who calls him (practice P13, P25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from textual.app import ComposeResult

from desk.transfer_rows import TransferRow, TransferWay
from screens.cells import clock
from screens.dialogs.base import Dialog
from screens.widgets.columns import Column
from screens.widgets.row_list import RowList

_NOTHING = "现在没有转来的电话和呼叫"


@dataclass(frozen=True, slots=True)
class CallLine:
    """One line: what it is, from whom, what it is about."""

    key: str
    kind: str
    who: str
    words: str
    since: datetime
    transfer: TransferRow


class SeatCalls(Dialog[None]):
    """The list behind the top line. Enter takes a call over, or tells the operator that 班长 has seen it; n refuses."""

    FLOW = "desk.transfers"
    OPENS_PAGES = False
    HINTS = (("Enter", "接 / 已看到"), ("n", "不接"), ("Up/Down", "移动"), ("Esc", "关闭"))
    BINDINGS = [("n", "refuse")]
    DEFAULT_CSS = "SeatCalls > #box { width: 100%; max-width: 116; height: 100%; max-height: 24; }"

    def __init__(self) -> None:
        super().__init__("转接与呼叫")

    def questions(self) -> ComposeResult:
        yield RowList[CallLine](
            [
                Column("类别", 5, lambda row: row.kind),
                Column("来自", 22, lambda row: row.who),
                Column("事由", 20, lambda row: row.words, flex=1),
                Column("起于", 6, lambda row: clock(row.since)),
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
        transfers = self.desk_app.background.transfers
        if transfers is not None:
            now = self.desk_app.now()
            open_ = [row for row in transfers.known.incoming if row.expires_at > now]
            rows = [_line(row) for row in (*transfers.known.silent, *open_)]
            self._rows.set_page(rows, len(rows))

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
        if row.way is TransferWay.SILENT:
            self.act(
                lambda flow, desk: flow.acknowledge(desk, row.id),
                done=f"已看到：{row.from_name}（座席 {row.from_seat}），请到该座席或监听",
            )
        else:
            self.dismiss(None)
            self.app.call_later(self.desk_app.take_transfer, row)

    def action_refuse(self) -> None:
        """n: not this call."""
        line, transfers = self._rows.cursor_row, self.desk_app.background.transfers
        if line is not None and transfers is not None and line.transfer.way is not TransferWay.SILENT:
            transfers.refuse(line.transfer)


def _line(row: TransferRow) -> CallLine:
    kind = "危机" if row.way is TransferWay.SILENT else "转接"
    return CallLine(row.id, kind, f"{row.from_name} 座席 {row.from_seat}", row.title, row.offered_at, row)
