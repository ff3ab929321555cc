"""我的工单: the list by tabs, the order under the cursor, and the keys that fit it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container

from desk import codes
from desk.codes import Status
from desk.rows import OrderRow
from screens import columns
from screens.cells import OVERDUE, CellText, local
from screens.dialogs import Card
from screens.my_tickets.deeds import TicketDeeds
from screens.my_tickets.keys import KEYS, PHONE, hints_for
from screens.my_tickets.seat_forms import WORDS
from screens.my_tickets.seats import SEATS, SeatPane
from screens.my_tickets.sections import ticket_sections
from screens.widgets import Column, Detail, RowList, Tab, Tabs

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.my_tickets_rows import DraftRow, TicketRow, TicketTab
    from desk.pressure_rows import Pressed
    from desk.rows import Page

    Found = tuple[tuple[TicketTab, ...], Page | None, Mapping[str, str], Mapping[str, Pressed]]

LEAST_LIST, LEAST_DETAIL = 4, 14
"""Rows of a narrow screen that the list has, however short it is, and that it leaves, however long it is."""
SWEEP_EVERY = timedelta(minutes=1)


_OF_LEADERS = (codes.PressureLevel.LEADER, codes.PressureLevel.HEAD)


def _short(due: datetime, now: datetime) -> str:
    """The day, on that day the hour."""
    is_today = local(due).date() == local(now).date()
    return f"{local(due):{'%H:%M' if is_today else '%m-%d'}}"


class MyTicketsScreen(TicketDeeds):
    """F4: what stands on this person's desk, what is most pressing on top."""

    FLOW = "desk.my_tickets"
    HINTS = (("[ ]", "换栏"),)
    MORE_KEYS = (
        (
            "我的工单",
            (
                *((key.written, key.words) for key in KEYS),
                ("i", "退单统计：申请、不实、超时未签收"),
                ("p", "评分：评协办单位的配合情况，看本单位得的分，申诉"),
                ("空格", "标记，s 和 z 对标记的一起办"),
                ("c", "核对附件：文件有没有改动、还在不在"),
                ("S", "签收本单位全部待签收的"),
                ("E", "把这一栏的清单导出为 .xlsx"),
                ("P", "打印：光标下的工单存成一页 .docx"),
            ),
        ),
        ("专席一栏", (*WORDS.items(), ("i", "专席统计"), ("Enter", "办件全文"))),
    )
    BINDINGS = [
        *((key.key, f"deed('{key.key}')") for key in KEYS if key.key != PHONE),
        Binding("i", "return_figures"),
        Binding("p", "scores"),
        Binding("c", "check_files"),
        Binding("S", "sign_everything"),
        Binding("E", "export"),
        Binding("P", "print"),
        Binding(PHONE, f"deed('{PHONE}')", priority=True),
    ]
    DEFAULT_CSS = """
    MyTicketsScreen {
        & #main { layout: vertical; height: 1fr; }
        &.-wide #main { layout: horizontal; }
        & #detail { height: 1fr; }
        &.-wide #detail { width: 2fr; }
        &.-wide #tickets { width: 3fr; }
        & SeatPane { display: none; }
        &.-seats #main { display: none; }
        &.-seats SeatPane { display: block; }
        &.-wide SeatPane { layout: horizontal; }
        &.-wide #applications { width: 3fr; height: 1fr; }
        &.-wide #paper { width: 2fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._swept_at: datetime | None = None
        self._has_greeted = False
        self._detail_of = ""
        self._waiting: Mapping[str, str] = {}
        self._pressed: Mapping[str, Pressed] = {}
        self._list_height: int | None = None

    def body(self) -> ComposeResult:
        yield Tabs([Tab("all", "全部")])
        with Container(id="main"):
            yield RowList[OrderRow](
                [
                    columns.number(),
                    Column("状态", 16, self._status),
                    Column("时限", 11, self._due),
                    columns.grade(),
                    columns.title(),
                    Column("经办人", 10, lambda row: row.handler or row.section, wide_only=True),
                ],
                key=lambda row: row.key,
                can_mark=True,
                hint="这一栏没有工单",
                id="tickets",
            )
            yield Detail(hint="光标移到工单上看详情", id="detail")
        yield SeatPane()

    # -- what is shown

    def reload(self) -> None:
        self._read_rows(self.tickets.start)
        self._greet()
        self._sweep()

    def _read_rows(self, start: int) -> None:
        tab = self.query_one(Tabs).active

        def ask(flow: Any, desk: Desk) -> Found:
            tabs = (*flow.tabs(desk), *flow.special_seats.tab(desk))
            if tab == SEATS:
                return tabs, None, {}, {}
            page = flow.page(desk, tab, start)
            return tabs, page, flow.waiting(desk, page.rows), flow.pressed(desk, page.rows)

        self.read(ask, lambda found: self._show(tab, found))

    def _show(self, tab: str, found: Found) -> None:
        if tab != self.query_one(Tabs).active:
            return
        tabs, page, self._waiting, self._pressed = found
        self._show_tabs(tabs)
        self.rows_of = self.query_one(Tabs).active
        if self.rows_of not in (tab, tabs[0].tab):
            # The page was asked for before this person's tabs were known.
            self.on_tabs_switched()
            return
        if page is None:
            self._show_seats()
            return
        self._fit_list(page.total)
        self.tickets.show_page(page)
        self._read_detail()

    def _show_seats(self) -> None:
        """The tab 专席 fills itself; whoever has lost it is on the first tab again."""
        if self.is_at_the_seats:
            self.query_one(SeatPane).reload()
        else:
            self.on_tabs_switched()

    def _fit_list(self, total: int) -> None:
        """Few orders leave the rows that they do not need to the order in full."""
        most = self.size.height - LEAST_DETAIL
        height = None if self.has_class("-wide") else max(min(total + 1, most), LEAST_LIST)
        if height != self._list_height:
            self._list_height = self.tickets.styles.height = height

    def on_resize(self) -> None:
        self.call_after_refresh(lambda: self._fit_list(self.tickets.total))

    def _show_tabs(self, own: tuple[TicketTab, ...]) -> None:
        tabs = self.query_one(Tabs)
        shown = tuple(
            Tab(each.tab, self._label(each.label), each.count or None, each.is_alarming) for each in own
        )
        if tabs.tabs != shown:
            tabs.tabs = shown
            tabs.refresh()
        if tabs.active not in {tab.key for tab in shown}:
            # Nobody begins with an empty page while orders wait on another.
            tabs.active = next((tab for tab in shown if tab.count), shown[0]).key

    def _label(self, label: str) -> str:
        """Nine tabs fit into 80 columns only with two characters each."""
        return label[:2] if len(label) == 3 and self.has_class("-narrow") else label

    def on_tabs_switched(self) -> None:
        self.set_class(self.is_at_the_seats, "-seats")
        (self.query_one(SeatPane).rows if self.is_at_the_seats else self.tickets).focus()
        self.tickets.reset()
        self.query_one("#detail", Detail).clear()
        self._detail_of = ""
        self.reload()

    def on_row_list_window_wanted(self, event: RowList.WindowWanted) -> None:
        self._read_rows(event.start)

    def on_row_list_moved(self) -> None:
        self._read_detail()

    def _read_detail(self) -> None:
        row = self.tickets.cursor_row
        if row is None:
            self.query_one("#detail", Detail).clear()
            self.hint(*hints_for(None))
        else:
            self.read(lambda flow, desk: flow.detail(desk, row.order_no), self._show_detail, group="detail")

    def _show_detail(self, ticket: TicketRow) -> None:
        if self.order_no() == ticket.order.order_no:
            sections = list(ticket_sections(ticket))
            is_same = self._detail_of == ticket.order.order_no
            self.query_one("#detail", Detail).show(sections, keep_place=is_same)
            self._detail_of = ticket.order.order_no
            self.hint(*hints_for(ticket))

    def order_no(self) -> str | None:
        row = None if self.is_at_the_seats else self.tickets.cursor_row
        return row.order_no if row else None

    def on_row_list_opened(self) -> None:
        order_no = self.order_no()
        if order_no is not None:
            self.app.push_screen(Card(order_no))

    # -- what happens by itself

    def _greet(self) -> None:
        if not self._has_greeted:
            self._has_greeted = True
            self.read(
                lambda flow, desk: (flow.drafts(desk), flow.unread_count(desk)),
                self._tell_waiting,
                group="drafts",
            )

    def _tell_waiting(self, found: tuple[tuple[DraftRow, ...], int]) -> None:
        drafts, circulars = found
        if circulars:
            self.say(f"有 {circulars} 份督查通报待签收：F6 按 c")
        self._tell_drafts(drafts)

    def _tell_drafts(self, drafts: tuple[DraftRow, ...]) -> None:
        if drafts:
            numbers = "、".join(columns.short_number(draft.order_no) for draft in drafts[:3])
            self.say(f"有 {len(drafts)} 份答复草稿未提交：{numbers}，按 d 接着写")

    def _sweep(self) -> None:
        """What time alone decides is decided at the desks of those who may sign for others."""
        now = self.desk_app.now()
        if self._swept_at is None or now - self._swept_at >= SWEEP_EVERY:
            self._swept_at = now
            self.read(lambda flow, desk: flow.sweep(desk), self._tell_swept, group="sweep")

    def _tell_swept(self, count: int) -> None:
        if count:
            self.say(f"时限已到，自动办理 {count} 项（签收、恢复计时、延期失效、提醒单位、催办督办）")
            self.reload()

    # -- what the list says

    def _status(self, row: OrderRow) -> CellText:
        pressed = self._pressed.get(row.order_no)
        if pressed is not None:
            return self._pressure(pressed), OVERDUE
        word, more = codes.word(row.status), self._waiting.get(row.order_no, "")
        if row.round > 1:
            return f"重{row.round} {more or word}"
        return f"{word} {more}" if more else word

    def _pressure(self, pressed: Pressed) -> str:
        """`!督办 限11-25`, on its last day the hour, and afterwards that it is late; `!领导督办限11-25` where leaders ask."""
        now, due = self.desk_app.now(), pressed.due_at
        if pressed.level in _OF_LEADERS and due is not None:
            word = f"领导{codes.word(pressed.kind)}"
            return f"!{word} 逾期" if due < now else f"!{word}限{_short(due, now)}"
        word = codes.word(pressed.kind)
        if due is None:
            return f"!{word}待回复"
        if due < now:
            return f"!{word} 逾期未回"
        return f"!{word} 限{_short(due, now)}"

    def _due(self, row: OrderRow) -> CellText:
        """A closed order has no clock of the unit's any more: what it waits for is the pool's review."""
        if row.status is not Status.CLOSED:
            return columns.left_cell(row.press_at, self.desk_app.now())
        return f"池复核{local(row.press_at):%m-%d}" if row.press_at else ""
