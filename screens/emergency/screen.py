"""应急: every emergency as a bar against its thirty minutes, and one key for each step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from desk.codes import Deed, word
from desk.emergency_rows import EmergencyCard, EmergencyRow, FiguresRow
from desk.rules.text import address
from screens import columns
from screens.alarms import clocks_of
from screens.base import DeskScreen
from screens.dialogs import Confirm
from screens.emergency.asking import THEN, AsksInEmergencies
from screens.emergency.cells import CLOCK_CELLS, clock_cell, figures_line, standing_cell, steps_lines
from screens.emergency.clock_list import ClockList
from screens.emergency.forms import FORMS
from screens.emergency.keys import hints_for
from screens.numbers import ShowsNumbers
from screens.widgets import Column, Detail, RowList, Section

if TYPE_CHECKING:
    pass

EMPTY = "没有应急工单。接到险情：F2 受理，填号码、地点后按 Ctrl+E 登记，这里随即开始计时"
_STAMPS = {Deed.ACKNOWLEDGE: "acknowledge", Deed.DEPART: "depart", Deed.ARRIVE: "arrive"}


class EmergencyScreen(AsksInEmergencies, ShowsNumbers[None], DeskScreen):
    """F5. The clocks run by the steady clock; only their own cells are redrawn."""

    FLOW = "desk.emergency"
    CSS_PATH = "emergency.tcss"
    HINTS = hints_for(None)
    PHONE_REASON = "回拨诉求人，核实险情"
    MORE_KEYS = (
        (
            "应急",
            (
                ("k", "险情已控制：谁确认，计时到此为止"),
                ("w", "处置完毕：结果、答复口径，余下事项另立工单"),
                ("h", "移交 110/119/120，再按登记对方回复"),
                ("b", "回拨诉求人：救援已在路上、处置结果"),
                ("v m", "降级、误报（班长，写明理由）"),
                ("z", "快报、专报、预警快报：拟报、签发、送阅、存文件"),
                ("g", "交接班：未了事项逐条交、逐条签收"),
                ("r", "应急值班表：谁在岗、电话，排班、换班，空班"),
                ("F8", "看号码：回拨诉求人，写明事由"),
                ("Tab Esc", "看详情、回列表；Enter 在详情里也是下一步"),
            ),
        ),
    )
    BINDINGS = [
        ("enter", "next_step"),
        ("escape", "to_list"),
        ("c", "call_out"),
        ("j", "stamp('acknowledge')"),
        ("o", "stamp('depart')"),
        ("d", "stamp('arrive')"),
        ("k", "fill('contain')"),
        ("w", "fill('finish')"),
        ("x", "fill('report_on')"),
        ("h", "fill('hand_to_rescue')"),
        ("b", "fill('ring_back')"),
        ("v", "fill('downgrade')"),
        ("m", "fill('false_alarm')"),
        ("r", "roster"),
        ("g", "shift_change"),
        ("z", "reports"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._card: EmergencyCard | None = None
        self._read_at: datetime | None = None
        """The minute in which the page beside the list was read: what is owed on it comes with time."""

    def body(self) -> ComposeResult:
        yield Static("", markup=False, id="figures")
        yield ClockList(
            [
                Column("时钟", CLOCK_CELLS, lambda row: clock_cell(row, self.run_of(row))),
                Column("工单号", 9, lambda row: columns.short_number(row.order_no)),
                Column("类型", 8, lambda row: row.type),
                Column("进展", 7, lambda row: standing_cell(row, self.run_of(row))),
                Column("评级", 5, lambda row: columns.grade().cell(row.order)),
                Column("地点", 10, _place, flex=2),
                Column("派往", 8, lambda row: row.order.steward, flex=1),
            ],
            key=lambda row: row.key,
            hint=EMPTY,
            id="list",
        )
        yield Detail(hint="光标移到应急工单上看步骤和详情", id="detail")

    def on_mount(self) -> None:
        self.set_interval(1.0, self._tick)

    # -- what is shown

    @property
    def list(self) -> ClockList:
        """The emergencies."""
        return self.query_one("#list", ClockList)

    def run_of(self, row: EmergencyRow) -> timedelta:
        """How long it has run, by the clock that nobody can set."""
        if not row.is_running:
            return row.run
        return clocks_of(self.desk_app).run(row.order_no, row.started_at, self.desk_app.now())

    def reload(self) -> None:
        self.read(lambda flow, desk: flow.running(desk), self.show_list)
        self.read(lambda flow, desk: flow.figures(desk), self.show_figures, group="figures")

    def show_list(self, rows: tuple[EmergencyRow, ...]) -> None:
        clocks_of(self.desk_app).keep_only({row.order_no for row in rows if row.is_running})
        self.list.set_page(rows, len(rows))
        self._read_detail()

    def show_figures(self, row: FiguresRow) -> None:
        self.query_one("#figures", Static).update(figures_line(row))

    def _tick(self) -> None:
        if self.is_current and self.desk_app.desk is not None:
            self.list.tick()
            minute = self.desk_app.now().replace(second=0, microsecond=0)
            if minute != self._read_at:
                self._read_detail()

    @on(RowList.Moved)
    def _read_detail(self) -> None:
        row = self.list.cursor_row
        self._read_at = self.desk_app.now().replace(second=0, microsecond=0)
        if row is None:
            self._card = None
            self.query_one(Detail).clear()
            self._show_keys()
        else:
            self.read(lambda flow, desk: flow.detail(desk, row.order_no), self.show_detail, group="detail")

    def show_detail(self, card: EmergencyCard) -> None:
        if card.row.order_no != self.order_no():
            return
        is_same = self._card is not None and card.row.order_no == self._card.row.order_no
        self._card = card
        self.query_one(Detail).show(_sections(card), keep_place=is_same)
        self._show_keys()

    def _show_keys(self) -> None:
        self.hint(*hints_for(self._card, is_in_detail=self.query_one(Detail).has_focus))

    def on_descendant_focus(self) -> None:
        self._show_keys()

    def action_roster(self) -> None:
        """r: who is on duty where, today and on the days to come."""
        from screens.emergency.roster import RosterPage

        self.app.push_screen(RosterPage(), lambda _: self.reload())

    def action_reports(self) -> None:
        """z: 快报 and 专报, to begin with about the emergency under the cursor."""
        from screens.emergency.reports import ReportsPage

        self.app.push_screen(ReportsPage(self.order_no() or ""), lambda _: self.reload())

    def action_shift_change(self) -> None:
        """g: what this shift leaves to the next, or has to sign for."""
        from screens.emergency.shift_change import ShiftPage

        self.app.push_screen(ShiftPage(), lambda _: self.reload())

    def action_to_list(self) -> None:
        self.list.focus()

    def order_no(self) -> str | None:
        row = self.list.cursor_row
        return row.order_no if row else None

    # -- deeds

    def if_may(self, deed: Deed, then: Callable[[EmergencyRow], object]) -> None:
        """Do `then(row)`, or say at once why not: nobody fills a form in that will be refused.

        What was read beside the list says yes without waiting; a no is asked for again, it may be old.
        """
        row, card = self.list.cursor_row, self._card
        if row is None:
            self.refuse("没有应急工单")
        elif card is not None and card.row.order_no == row.order_no and deed not in card.refusals:
            then(row)
        else:
            self.read(
                lambda flow, desk: flow.why_not(desk, row.order_no, deed),
                lambda why: self.refuse(why) if why else then(row),
                group="key",
            )

    @on(RowList.Opened)
    def action_next_step(self) -> None:
        """Enter, in the list and in the detail."""
        row = self.list.cursor_row
        step = None if row is None else row.next_step
        if row is None or step is None:
            self.refuse(f"{row.standing}，没有下一步了" if row else "没有应急工单")
        elif step is Deed.CALL_OUT:
            self.action_call_out()
        elif step in FORMS:
            self.action_fill(str(step))
        else:
            self.if_may(step, lambda row: self._confirm(row, step))

    def _confirm(self, row: EmergencyRow, step: Deed) -> None:
        def answered(sure: bool | None) -> None:
            if sure:
                self._stamp(row, step)

        self.app.push_screen(Confirm(f"登记“{word(step)}”：{row.type} {row.order.steward}？"), answered)

    def action_stamp(self, step: str) -> None:
        """接令, 出动, 到场: stamped at once, nothing is asked."""
        if (row := self.list.cursor_row) is not None:
            self._stamp(row, Deed(step))
        else:
            self.refuse("没有应急工单")

    def _stamp(self, row: EmergencyRow, step: Deed) -> None:
        name = _STAMPS[step]
        self.act(
            lambda flow, desk: getattr(flow, name)(desk, row.order_no),
            done=f"已登记 {columns.short_number(row.order_no)} {word(step)}{THEN.get(step, '')}",
        )


def _place(row: EmergencyRow) -> str:
    return address(row.order.area, row.order.place) or row.order.title


def _sections(card: EmergencyCard) -> Iterator[Section]:
    row = card.row
    first, *rest = card.sections
    lines = list(steps_lines(row.steps))
    if row.said_by:
        lines.append(f"{row.said_by} 确认险情已控制")
    yield Section(first.heading, (*lines, *first.lines))
    for section in rest:
        yield Section(section.heading, section.lines)
