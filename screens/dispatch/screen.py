"""派单: what is shown, and which key does what."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import Static

from desk.codes import Deed
from desk.dispatch_rows import DeclinedPage, DispatchFigures, DispatchOrder, Proposals, ReturnedPage
from desk.rows import OrderRow, Page
from screens import columns
from screens.dispatch import cases_pane
from screens.dispatch.declined import DeclinedScreen, declined_sections
from screens.dispatch.keys import KEYS_TOLD, SEND_HINTS, help_for, hints_for
from screens.dispatch.matters import EMPTY
from screens.dispatch.proposal_pane import ProposalPane
from screens.dispatch.returning import (
    RETURN_BINDINGS,
    page_of,
    paper_section,
)
from screens.dispatch.ruling import SENT
from screens.dispatch.sending import SENDABLE
from screens.dispatch.words import crying, degree_cell, notices, parts, waited
from screens.widgets import Column, Detail, RowList, Tab, Tabs
from screens.widgets.key_hints import HelpGroup

TABS = (
    Tab("to_dispatch", "待派单"),
    Tab("returned", "退单"),
    Tab("to_complete", "待补充"),
    Tab("in_triage", "研判"),
    Tab("merged", "从单"),
    Tab("hotline_day", "热线日"),
    Tab("declined", "不受理"),
    Tab("unsigned", "已派未签"),
)


class DispatchScreen(DeclinedScreen):
    """The queue, most pressing first; the order in full beside or below it; proposals 1-5."""

    FLOW = "desk.dispatch"
    DEEDS = frozenset({Deed.SEND, Deed.TAKE_OFF_AGENDA})
    HINTS = SEND_HINTS
    MORE_KEYS = (("派单", KEYS_TOLD),)
    BINDINGS = [
        *((str(place), f"propose({place})") for place in range(1, 6)),
        ("slash", "pick"),
        ("b", "complete"),
        ("y", "triage"),
        ("v", "carry_out"),
        ("h", "hotline_day"),
        ("u", "hand_up"),
        ("c", "recall"),
        ("U", "take_back"),
        ("z", "forget_lesson"),
        ("n", "reassign"),
        ("j", "add_unit"),
        ("x", "demand"),
        ("g", "correct"),
        ("a", "place"),
        ("l", "category"),
        *RETURN_BINDINGS,
        (cases_pane.KEY, "cases"),
        ("s", "split"),
        ("e", "merge"),
        ("r", "relate"),
        ("m", "order_marks"),
        ("o", "scope"),
    ]
    DEFAULT_CSS = """
    DispatchScreen {
        & #top { height: 1; width: 1fr; background: $panel; }
        & #figures { width: 13; height: 1; color: $label; text-align: right; }
        &.-wide #figures { width: 28; }
        & #scope { height: 1; width: 1fr; color: $warning; text-wrap: nowrap; }
        & #main { layout: vertical; height: 1fr; }
        & #queue { height: 8; }
        & #side { layout: vertical; height: 1fr; width: 1fr; }
        & #proposals { height: 5; }
        & #detail { height: 1fr; }
        &.-wide #main { layout: horizontal; }
        &.-wide #queue { width: 13fr; height: 1fr; }
        &.-wide #side { width: 7fr; }
        &.-wide #proposals { height: 12; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._has_read_notes = False
        self._looking_at: str | None = None

    def body(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Tabs(TABS)
            yield Static("", id="figures", markup=False)
        scope = Static("", id="scope", markup=False)
        scope.display = False
        yield scope
        with Container(id="main"):
            yield RowList[OrderRow](
                self._columns(TABS[0].key),
                key=lambda row: row.key,
                can_mark=True,
                hint=EMPTY["to_dispatch"],
                id="queue",
            )
            with Container(id="side"):
                yield ProposalPane(id="proposals")
                yield Detail(hint="光标移到工单上看全文", id="detail")

    def _columns(self, tab: str) -> list[Column[OrderRow]]:
        if tab == "returned":
            return self.return_columns()
        if tab == "declined":
            return self.declined_columns()
        is_out = tab in (*SENT, "hotline_day")
        where = Column("承办单位", 9, _steward, flex=1) if is_out else Column("地点", 9, _area, flex=1)
        return [
            columns.number(),
            columns.due(self.desk_app.now),
            Column("已等", 5, lambda row: waited(row.accepted_at, self.desk_app.now())),
            Column("程度", 5, degree_cell),
            columns.kind(),
            Column("标题", 16, lambda row: row.listed_title, flex=4),
            where,
        ]

    # -- what is shown

    def reload(self) -> None:
        if not self._has_read_notes:
            self._has_read_notes = True
            self.read_notes()
            self.read_forms()
            self.warn_of_the_day()
        tab, start = self.tab, self.queue.start
        self.read(
            lambda flow, desk: (page_of(flow, desk, tab, start), flow.figures(desk)),
            lambda answer: self._show(tab, *answer),
        )

    def _show(self, tab: str, page: Page | ReturnedPage | DeclinedPage, figures: DispatchFigures) -> None:
        self.query_one(Tabs).set_counts(figures.counts, crying(figures))
        if tab == self.tab:
            self.show_scope(figures)
            self._show_queue(page)
        self.query_one("#figures", Static).update(self.corner(figures))

    def _show_queue(self, page: Page | ReturnedPage | DeclinedPage) -> None:
        self.queue.show_page(self.taken(page))
        self._look("order")

    def on_row_list_window_wanted(self, event: RowList.WindowWanted) -> None:
        tab = self.tab
        self.read(lambda flow, desk: page_of(flow, desk, tab, event.start), self._show_queue)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        if event.by_hand:
            self._has_slipped = False
        if self.order_no() != self._looking_at:
            self._look("detail")

    def _look(self, group: str) -> None:
        """Read the order under the cursor with its proposals; the one left is no longer open here.

        The next order after a deed comes at once, one that the cursor passes only when it rests there.
        """
        self._looking_at = self.order_no()
        row, leaving, is_sendable = self.queue.cursor_row, self._shown_no, self.tab in SENDABLE
        if row is None:
            self._clear()
            return
        order_no = row.order_no
        self.read(
            lambda flow, desk: (
                flow.order_detail(desk, order_no, leaving=leaving),
                flow.proposals(desk, order_no) if is_sendable else None,
            ),
            lambda answer: self._show_order(*answer),
            group=group,
        )

    @property
    def _shown_no(self) -> str | None:
        return self.shown.order.order_no if self.shown is not None else None

    def _clear(self) -> None:
        leaving, self.shown, self.found = self._shown_no, None, None
        self.query_one(Detail).clear()
        self.query_one(ProposalPane).show(None)
        self._show_keys()
        if leaving is not None:
            self.read(lambda flow, desk: flow.leave(desk, leaving), lambda _: None, group="leave")

    def _show_order(self, order: DispatchOrder, found: Proposals | None) -> None:
        if order.order.order_no != self.queue.cursor_key:
            return
        is_same = self._shown_no == order.order.order_no
        self.shown, self.found = order, found
        sections = (*declined_sections(order), *paper_section(order), *notices(order), *parts(order))
        self.query_one(Detail).show(sections, keep_place=is_same)
        self.show_extra()
        self._show_keys()

    def _show_keys(self) -> None:
        self.hint(
            *hints_for(self.tab, self.shown, can_recall=self.last_sent is not None and self.tab in SENDABLE)
        )

    def help_groups(self) -> Sequence[HelpGroup]:
        return help_for(self.tab)

    def show_extra(self) -> None:
        row = self.queue.cursor_row
        helpers = self.helpers.get(row.order_no, ()) if row else ()
        demand = self.demands.get(row.order_no, "") if row else ""
        extra = [f"协办：{'、'.join(unit.name for unit in helpers)}"] if helpers else []
        extra += [f"要求：{demand}"] if demand else []
        ruling = self.shown.ruling if self.shown is not None else ""
        ruled = f"结论：{ruling}（v 按结论派）" if ruling else ""
        extra += [ruled] if ruled else []
        hint = f"承办：{row.steward} {row.section}".rstrip() if row and row.steward else ""
        self.query_one(ProposalPane).show(self.found, extra, ruled or self.return_hint() or hint)

    def on_tabs_switched(self) -> None:
        self.queue.hint = EMPTY[self.tab]
        self.queue.set_columns(self._columns(self.tab))
        self._clear()
        self.queue.reset()
        self.reload()

    def on_row_list_opened(self) -> None:
        if self.tab in SENDABLE and not self.queue.marked and self.has_just_jumped:
            self.refuse("光标刚移到下一件：请看清再按 Enter")
        elif self.tab in SENDABLE:
            self.action_propose(1)
        elif self.tab in ("returned", "declined"):
            self.action_decide()
        else:
            self.run_worker(self.run_action("app.card"))

    def action_cases(self) -> None:
        cases_pane.open_cases(self, self.order_no())

    def order_no(self) -> str | None:
        row = self.queue.cursor_row
        return row.order_no if row else None

    def on_screen_suspend(self) -> None:
        leaving = self._shown_no
        if leaving is not None:
            self.read(lambda flow, desk: flow.leave(desk, leaving), lambda _: None, group="leave")


def _steward(row: OrderRow) -> str:
    return row.steward


def _area(row: OrderRow) -> str:
    return row.area or row.place
