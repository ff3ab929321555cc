"""交接班: what is open, line by line; the shift that goes hands it over, the one that comes signs for it (practice P27)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from desk.codes import word
from screens import columns
from screens.cells import NEAR, CellText, clock, day_time
from screens.dialogs.ask import Answers, AskForm, AskText
from screens.dialogs.base import Dialog
from screens.dialogs.confirm import Confirm
from screens.widgets.columns import Column
from screens.widgets.field import Field
from screens.widgets.key_hints import KeyHints
from screens.widgets.row_list import RowList

if TYPE_CHECKING:
    from desk.shift_change import HandoverLine, HandoverPage

_NOTHING = "没有未了的事项：按 h 写一句说明交班"
_TO_TAKE = (
    ("Enter", "签收"),
    ("m", "签收并备注"),
    ("a", "全部签收"),
    ("^D", "卡片"),
    ("Up/Down", "移动"),
    ("Esc", "关闭"),
)
_TO_HAND = (("h", "交班"), ("^D", "卡片"), ("Up/Down", "移动"), ("Esc", "关闭"))


class ShiftPage(Dialog[None]):
    """What waits to be signed for; when nothing does, what would be handed over now."""

    FLOW = "desk.shift_change"
    HINTS = (*_TO_HAND[:1], *_TO_TAKE)
    BINDINGS = [("m", "sign_with_remark"), ("a", "sign_all"), ("h", "hand_over")]
    DEFAULT_CSS = """
    ShiftPage > #box { width: 100%; max-width: 116; height: 100%; }
    ShiftPage #state { height: auto; max-height: 4; }
    """

    def __init__(self) -> None:
        super().__init__("交接班")
        self._page: HandoverPage | None = None

    def questions(self) -> ComposeResult:
        yield Static("正在汇总..", markup=False, id="state")
        yield RowList["HandoverLine"](
            [
                Column("类别", 8, lambda row: word(row.kind)),
                Column("工单号", 9, lambda row: columns.short_number(row.order_no)),
                Column("事项", 24, lambda row: row.what, flex=2),
                Column("签收", 14, _signature, flex=1),
            ],
            key=lambda row: f"{row.id} {row.kind} {row.order_no} {row.what}",
            hint=_NOTHING,
            id="lines",
        )

    @property
    def _rows(self) -> RowList[HandoverLine]:
        return self.query_one("#lines", RowList)

    def order_no(self) -> str | None:
        row = self._rows.cursor_row
        return row.order_no or None if row else None

    def on_mount(self) -> None:
        self._rows.focus()
        self.deed_done()

    def deed_done(self) -> None:
        self.read(lambda flow, desk: flow.current(desk), self._show)

    def _show(self, page: HandoverPage) -> None:
        self._page = page
        self.query_one("#state", Static).update(_state(page))
        self._rows.set_page(page.lines, len(page.lines))
        self.query_one(KeyHints).hints = _TO_TAKE if page.handed_by else _TO_HAND

    def _is_to_take(self) -> bool:
        if self._page is None or not self._page.handed_by:
            self.refuse("没有要接的班：现在列的是未了事项，按 h 交班")
            return False
        return True

    def on_row_list_opened(self) -> None:
        """Enter: sign for the line under the cursor."""
        self._sign("")

    def _sign(self, remark: str) -> None:
        row = self._rows.cursor_row
        if self._is_to_take() and row is not None:
            self.act(lambda flow, desk: flow.sign(desk, row.id, remark), self._signed)

    def action_sign_with_remark(self) -> None:
        """m: sign for the line under the cursor, and say what there is to say."""

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self._sign(answers["remark"])

        if self._is_to_take() and self._rows.cursor_row is not None:
            self.app.push_screen(
                AskForm("签收并备注", [Field("备注", max_length=200, id="remark")], required=("remark",)),
                given,
            )

    def action_sign_all(self) -> None:
        """a: sign for everything that is left, after one question."""

        def answered(is_sure: bool | None) -> None:
            if is_sure:
                self.act(lambda flow, desk: flow.sign_all(desk), self._signed)

        if self._is_to_take():
            left = sum(not row.signed_by for row in self._page.lines) if self._page else 0
            self.app.push_screen(Confirm(f"余下 {left} 条都已看过，全部签收？"), answered)

    def _signed(self, page: HandoverPage) -> None:
        if not page.handed_by:
            self.say("已全部签收，接班完成", "done")
        else:
            left = sum(not row.signed_by for row in page.lines)
            self.say(f"已签收，还有 {left} 条", "done")

    def action_hand_over(self) -> None:
        """h: keep what is open for the next shift, with a note."""

        def given(note: str | None) -> None:
            if note is not None:
                self.act(lambda flow, desk: flow.hand_over(desk, note), done="已交班，等下一班逐条签收")

        if self._page is not None and self._page.handed_by:
            self.refuse(f"{self._page.handed_by}交的班还没有人接完，请先逐条签收")
        else:
            form = AskText(
                "交班：以下未了事项逐条交给下一班",
                "交班说明",
                required=False,
                max_length=500,
                placeholder="要下一班特别留意的；可以不写",
            )
            self.app.push_screen(form, given)


def _signature(row: HandoverLine) -> CellText:
    if row.signed_at is None:
        return ("待签", NEAR) if row.id else ""
    remark = f" {row.remark}" if row.remark else ""
    return f"{clock(row.signed_at)} {row.signed_by}{remark}"


def _state(page: HandoverPage) -> str:
    if not page.handed_by:
        last = f"{page.last}\n" if page.last else ""
        return f"{last}现在交班会交出 {len(page.lines)} 条未了事项" if page.lines else f"{last}没有未了的事项"
    left = sum(not row.signed_by for row in page.lines)
    who = "（您交的班，由接班的人签收）" if page.is_mine else ""
    note = f"\n交班说明：{page.note}" if page.note else ""
    return f"{page.handed_by} {day_time(page.handed_at)} 交班，未签 {left}/{len(page.lines)}{who}{note}"
