"""质检: what is to be checked, what was answered, what was judged, and one's own; the record and its sheet below (practice P31)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from desk.codes import Deed, word
from desk.errors import Refused
from desk.quality_rows import VIEWS
from desk.rules import rights
from screens import columns
from screens.cells import NEAR, OVERDUE, CellText, day_time
from screens.review.quality_acts import ChecksRecords
from screens.widgets.columns import Column
from screens.widgets.detail import Detail, Section
from screens.widgets.key_hints import Hint, KeyHints
from screens.widgets.row_list import RowList
from screens.widgets.tabs import Tab, Tabs

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.quality_rows import CheckPage, CheckRow, Sheet

_EMPTY = {
    "to_check": "没有待检的记录：按规则抽取，n 可以人工列入",
    "answered": "没有待裁定的申辩",
    "judged": "还没有评过分的记录：在“待检”一栏按 s 评分",
    "own": "您还没有被质检的记录",
}
_ON_A_CHECK: tuple[tuple[Deed, Hint], ...] = (
    (Deed.JUDGE_QUALITY, ("s", "评分")),
    (Deed.DECIDE_QUALITY, ("c", "裁定")),
    (Deed.ANSWER_QUALITY, ("a", "申辩")),
    (Deed.HEAR_RECORDING, ("p", "听录音")),
    (Deed.NAME_AGENT, ("k", "指明话务员")),
)
_ADD: Hint = ("n", "列入")
_REST: tuple[Hint, ...] = (("f", "统计"), ("Enter", "工单卡片"), ("[ ]", "换栏"), ("Esc", "关闭"))
_LOW = 60
"""Points below which a sheet stands out."""


class QualityPage(ChecksRecords):
    """One list a view; opening it draws what the rule draws, at the desk of whoever may."""

    HINTS = (*(hint for _, hint in _ON_A_CHECK), _ADD, *_REST)
    BINDINGS = [
        *((key, f"do('{deed}')") for deed, (key, _) in _ON_A_CHECK),
        ("n", "add"),
        ("f", "figures"),
        ("left_square_bracket,ctrl+left", "tab(-1)"),
        ("right_square_bracket,ctrl+right", "tab(1)"),
    ]
    DEFAULT_CSS = """
    QualityPage > #box { width: 100%; max-width: 116; height: 100%; }
    QualityPage #title { margin: 0; }
    QualityPage #checks { height: 2fr; }
    QualityPage #sheet { height: 3fr; }
    """

    def __init__(self, about: str = "") -> None:
        super().__init__(about)
        self._sheet: Sheet | None = None

    def questions(self) -> ComposeResult:
        desk = self.desk_app.desk
        mine = (
            VIEWS if desk and rights.scopes(desk.actor.roles, Deed.JUDGE_QUALITY) else {"own": VIEWS["own"]}
        )
        yield Tabs([Tab(key, name) for key, name in mine.items()])
        yield RowList["CheckRow"](
            [
                Column("原因", 4, lambda row: word(row.reason)),
                Column("话务时间", 11, lambda row: day_time(row.record_at)),
                Column("话务员", 12, self._agent, flex=1),
                Column("小结", 8, lambda row: row.summary),
                Column("结果", 6, self._result),
                Column("工单号", 9, lambda row: columns.short_number(row.order_no)),
                Column("标题", 10, lambda row: row.title, flex=2),
            ],
            key=lambda row: row.id,
            hint="正在抽取..",
            id="checks",
        )
        yield Detail(id="sheet")

    @staticmethod
    def _agent(row: CheckRow) -> CellText:
        return row.who if row.agent else (row.who, NEAR)

    @staticmethod
    def _result(row: CheckRow) -> CellText:
        if row.points is None:
            return word(row.state)
        return (f"!{row.points}分", OVERDUE) if row.points < _LOW else f"{row.points}分"

    @property
    def _rows(self) -> RowList[CheckRow]:
        return self.query_one("#checks", RowList)

    @property
    def _view(self) -> str:
        return self.query_one(Tabs).active

    def order_no(self) -> str | None:
        row = self._rows.cursor_row
        return row.order_no or None if row else None

    def on_mount(self) -> None:
        self._rows.focus()
        self._show_keys(frozenset())
        self.read(_drawn, self._opened, group="draw")

    def _opened(self, drawn: int) -> None:
        if drawn:
            self.say(f"按规则新抽取 {drawn} 条", "done")
        self.deed_done()

    def deed_done(self) -> None:
        self._read_page(self._rows.start)
        self._read_sheet()

    def _read_page(self, start: int) -> None:
        view = self._view
        self.read(lambda flow, desk: (flow.views(desk), flow.page(desk, view, start)), self._show)

    def _show(self, found: tuple[dict[str, int], CheckPage]) -> None:
        counts, page = found
        self.query_one(Tabs).set_counts(counts, frozenset({"answered"}))
        self._rows.hint = _EMPTY[self._view]
        self._rows.show_page(page)
        if page.total == 0:
            self._clear()

    def _clear(self) -> None:
        self._sheet = None
        self.query_one(Detail).clear()
        self._show_keys(frozenset())

    def on_row_list_window_wanted(self, event: RowList.WindowWanted) -> None:
        self._read_page(event.start)

    def on_row_list_moved(self) -> None:
        self._read_sheet()

    def on_row_list_opened(self) -> None:
        """Enter: the card of the record's order."""
        if self.order_no() is None:
            self.refuse("这条记录没有工单，或不由您看")
        else:
            self.app.call_later(self.desk_app.action_card)

    def action_tab(self, by: int) -> None:
        self.query_one(Tabs).step(by)

    def on_tabs_switched(self) -> None:
        self._rows.reset()
        self._clear()
        self._read_page(0)

    def _read_sheet(self) -> None:
        row = self._rows.cursor_row
        if row is not None:
            self.read(lambda flow, desk: flow.sheet(desk, row.id), self._show_sheet, group="detail")

    def _show_sheet(self, sheet: Sheet) -> None:
        row = self._rows.cursor_row
        if row is None or row.id != sheet.row.id:
            return
        is_same = self._sheet is not None and self._sheet.row.id == sheet.row.id
        self._sheet = sheet
        shown = [Section(f"【{part.heading}】", part.lines) for part in sheet.sections]
        self.query_one(Detail).show(shown, keep_place=is_same)
        self._show_keys(sheet.row.allowed)

    def _show_keys(self, allowed: frozenset[Deed]) -> None:
        able = [hint for deed, hint in _ON_A_CHECK if deed in allowed]
        desk = self.desk_app.desk
        add = [_ADD] if desk and rights.scopes(desk.actor.roles, Deed.ADD_QUALITY) else []
        self.query_one(KeyHints).hints = (*able, *add, *_REST)

    def checked(self) -> Sheet | None:
        row = self._rows.cursor_row
        if row is None:
            self.refuse(_EMPTY[self._view])
        elif self._sheet is None or self._sheet.row.id != row.id:
            self.refuse("正在读取这一条，请稍候")
        else:
            return self._sheet
        return None

    def action_figures(self) -> None:
        """f: the month in figures."""
        from screens.review.quality_figures import QualityFiguresPage

        self.app.push_screen(QualityFiguresPage())


def _drawn(flow: Any, desk: Desk) -> int:
    """Draw by the rule where this person may; a store that is busy now is drawn from the next time."""
    if not rights.scopes(desk.actor.roles, Deed.DRAW_QUALITY):
        return 0
    try:
        return int(flow.draw(desk).drawn)
    except Refused:
        return 0
