"""当班: what seats, calls, queues and roles are doing now; it reads itself again while it is shown (practice P31)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import Static

from desk.shift_rows import KINDS
from screens import columns
from screens.cells import OVERDUE, CellText, day_time, plain
from screens.dialogs.base import Dialog
from screens.widgets.columns import Column
from screens.widgets.row_list import RowList

if TYPE_CHECKING:
    from datetime import datetime

    from desk.shift_rows import BehindRow, Board, BoardLine

EVERY_SECONDS = 5.0
_MOVE = (("Up/Down", "移动"), ("Esc", "关闭"))


class ShiftBoardPage(Dialog[None]):
    """The lines of the running shift; Enter opens what is behind one."""

    FLOW = "desk.shift_board"
    HINTS = (("Enter", "看后面的"), ("^D", "工单卡片"), *_MOVE)
    DEFAULT_CSS = """
    ShiftBoardPage > #box { width: 100%; max-width: 116; height: 100%; }
    ShiftBoardPage #title { margin: 0; }
    ShiftBoardPage #shift { height: 1; width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__("当班")
        self._timer: Timer | None = None
        self._now: datetime | None = None
        self._said = ""

    def questions(self) -> ComposeResult:
        yield Static("正在汇总..", markup=False, id="shift")
        yield RowList["BoardLine"](
            [
                Column("类别", 6, lambda line: KINDS[line.kind]),
                Column("事项", 18, self._what, flex=1),
                Column("时长", 8, self._span),
                Column("情况", 36, lambda line: line.words, flex=1),
            ],
            key=lambda line: line.key or line.kind,
            hint="现在没有人签入，也没有来电",
            id="lines",
        )

    @staticmethod
    def _what(line: BoardLine) -> CellText:
        return (f"!{line.what}", OVERDUE) if line.is_alarming else line.what

    def _span(self, line: BoardLine) -> str:
        """How long it lasts, as of the last reading: a page that nobody's time changes is not drawn again."""
        return "" if line.since is None or self._now is None else lasting(line.since, self._now)

    @property
    def _rows(self) -> RowList[BoardLine]:
        return self.query_one("#lines", RowList)

    def order_no(self) -> str | None:
        line = self._rows.cursor_row
        return line.order_no or None if line else None

    def on_mount(self) -> None:
        self._rows.focus()

    def on_screen_resume(self) -> None:
        self._look()
        if self._timer is None:
            self._timer = self.set_interval(EVERY_SECONDS, self._look)

    def on_screen_suspend(self) -> None:
        """Nothing is read for a page that nobody sees."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _look(self) -> None:
        self.read(lambda flow, desk: (flow.board(desk), desk.now()), self._show)

    def _show(self, found: tuple[Board, datetime]) -> None:
        board, self._now = found
        shown = f"{board.shift}  签入 {sum(line.kind == 'seat' for line in board.lines)} 席"
        if shown != self._said:
            self._said = shown
            self.query_one("#shift", Static).update(plain(shown))
        self._rows.set_page(board.lines, len(board.lines))

    def on_row_list_opened(self) -> None:
        """Enter: what is behind the line under the cursor."""
        line = self._rows.cursor_row
        if line is not None:
            self.app.push_screen(BehindPage(line))


class BehindPage(Dialog[None]):
    """What one line of 当班 sums up; Enter opens the card of an order."""

    FLOW = "desk.shift_board"
    HINTS = (("Enter", "工单卡片"), *_MOVE)
    DEFAULT_CSS = "BehindPage > #box { width: 100%; max-width: 116; height: 100%; }"

    def __init__(self, line: BoardLine) -> None:
        super().__init__(f"当班：{KINDS[line.kind]} {line.what}")
        self._line = line

    def questions(self) -> ComposeResult:
        yield RowList["BehindRow"](
            [
                Column("时间", 11, lambda row: day_time(row.at)),
                Column("谁", 18, lambda row: row.who, flex=1),
                Column("情况", 28, lambda row: row.words, flex=2),
                Column("工单号", 9, lambda row: columns.short_number(row.order_no)),
            ],
            key=lambda row: row.key,
            hint="正在读取..",
            id="rows",
        )

    @property
    def _rows(self) -> RowList[BehindRow]:
        return self.query_one("#rows", RowList)

    def order_no(self) -> str | None:
        row = self._rows.cursor_row
        return row.order_no or None if row else None

    def on_mount(self) -> None:
        self._rows.focus()
        key = self._line.key
        self.read(lambda flow, desk: flow.behind(desk, key), self._show)

    def _show(self, rows: tuple[BehindRow, ...]) -> None:
        self._rows.hint = "后面没有了：已经办掉，或本班还没有"
        self._rows.set_page(rows, len(rows))

    def on_row_list_opened(self) -> None:
        if self.order_no() is None:
            self.refuse("这一行没有工单")
        else:
            self.app.call_later(self.desk_app.action_card)


def lasting(since: datetime, now: datetime) -> str:
    """`不到1分`, `12分`, `3时05分`, `2天4时`: how long something has lasted, in whole minutes."""
    minutes = max(int((now - since).total_seconds() // 60), 0)
    if minutes < 1:
        return "不到1分"
    if minutes < 60:
        return f"{minutes}分"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}时{minutes:02d}分" if hours < 24 else f"{hours // 24}天{hours % 24}时"
