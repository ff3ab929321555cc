"""热线日: the page of the session, over F3: its agenda, its decisions, what is carried out, and the sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.widgets import Static

from desk.codes import Deed
from desk.hotline_rows import Board, DayLine, DayRow
from desk.rows import PickRow
from screens.cells import plain
from screens.columns import short_number
from screens.dialogs import Card, Confirm, Pick
from screens.dialogs.ask import Answers
from screens.dialogs.base import Dialog
from screens.dialogs.kept import KeptForm
from screens.dispatch import hotline_forms as forms
from screens.dispatch.hotline_lists import EMPTY, TABS, board_words, columns_of, line_sections
from screens.widgets import Detail, RowList, Tabs
from screens.widgets.key_hints import KeyHints

if TYPE_CHECKING:
    from desk.context import Desk

HINTS_OF = {
    "agenda": (
        ("g", "按规则列"),
        ("a", "加一件"),
        ("x", "移出"),
        ("s", "决定"),
        ("p", "安排"),
        ("e", "已召开"),
    ),
    "decisions": (("k", "落实情况"),),
    "long_term": (("k", "进展和下次"),),
    "days": (("p", "安排"), ("e", "已召开")),
}
ALWAYS = (("[ ]", "换栏"), ("Esc", "关闭"), ("Enter", "卡片"))
Shown = tuple[Board, tuple[Any, ...]]


class HotlineDayPage(Dialog[None]):
    """One page for 班长 and 调度领导; everybody at the centre may look."""

    FLOW = "desk.hotline_day"
    OPENS_PAGES = False
    HINTS = (*HINTS_OF["agenda"], *ALWAYS)
    BINDINGS = [
        ("left_square_bracket", "tab(-1)"),
        ("right_square_bracket", "tab(1)"),
        ("p", "plan"),
        ("e", "hold"),
        ("g", "propose"),
        ("a", "put_on"),
        ("x", "take_off"),
        ("s", "decide"),
        ("k", "follow_up"),
    ]
    DEFAULT_CSS = """
    HotlineDayPage {
        & > #box { width: 100%; max-width: 132; height: 100%; }
        & #title { margin: 0; }
        & #board { height: auto; max-height: 3; width: 1fr; }
        & #lines { height: 2fr; }
        & #words { height: 1fr; min-height: 4; }
    }
    """

    def __init__(self) -> None:
        super().__init__("热线日")
        self._board: Board | None = None
        self._seen_change = -1

    def questions(self) -> ComposeResult:
        yield Static("", id="board")
        yield Tabs(TABS)
        yield RowList[Any](
            columns_of("agenda", self.desk_app.now), key=lambda row: row.key, hint=EMPTY["agenda"], id="lines"
        )
        yield Detail(id="words")

    def on_mount(self) -> None:
        super().on_mount()
        self.reload()
        self._rows.focus()

    # -- what is shown

    @property
    def _rows(self) -> RowList[Any]:
        return self.query_one("#lines", RowList)

    @property
    def _tab(self) -> str:
        return self.query_one(Tabs).active

    def _line(self, *tabs: str) -> DayLine | None:
        """The order under the cursor on one of these tabs, or None after saying why this key does nothing."""
        row = self._rows.cursor_row
        if self._tab not in tabs:
            names = "、".join(tab.word for tab in TABS if tab.key in tabs)
            self.refuse(f"请在{names}一栏办：[ ] 换栏")
        elif isinstance(row, DayLine):
            return row
        else:
            self.refuse("这一栏没有工单")
        return None

    def order_no(self) -> str | None:
        row = self._rows.cursor_row
        return row.order_no if isinstance(row, DayLine) else None

    def refresh_if_stale(self, change: int) -> None:
        if self._seen_change != change:
            self._seen_change = change
            self.reload()

    def deed_done(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read the board and the list of the tab again."""
        tab = self._tab

        def ask(flow: Any, desk: Desk) -> Shown:
            return flow.board(desk), flow.days(desk) if tab == "days" else flow.lines(desk, tab)

        self.read(ask, lambda shown: self._show(tab, shown))

    def _show(self, tab: str, shown: Shown) -> None:
        self._board, rows = shown
        words, style = board_words(self._board)
        self.query_one("#title", Static).update(plain(self._board.name))
        self.query_one("#board", Static).update(plain(words, style))
        if tab == self._tab:
            self._rows.set_page(rows, len(rows))
            self._show_words()

    def on_tabs_switched(self) -> None:
        self._rows.hint = EMPTY[self._tab]
        self._rows.set_columns(columns_of(self._tab, self.desk_app.now))
        self._rows.reset()
        self.query_one(Detail).clear()
        self.query_one(KeyHints).hints = (*HINTS_OF[self._tab], *ALWAYS)
        self.reload()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        if event.by_hand:
            self.hush("refused")
        self._show_words()

    def on_row_list_window_wanted(self) -> None:
        self.reload()

    def _show_words(self) -> None:
        row = self._rows.cursor_row
        self.query_one(Detail).show(line_sections(row) if isinstance(row, DayLine) else ())

    def on_row_list_opened(self) -> None:
        order_no = self.order_no()
        if order_no is not None:
            self.app.push_screen(Card(order_no))

    def action_tab(self, by: int) -> None:
        self.query_one(Tabs).step(by)

    # -- deeds

    def _ask(
        self,
        about: str,
        form: str,
        make: Callable[[Answers, Callable[[Answers], object]], KeptForm],
        file: Callable[[Any, Desk, Answers], object],
        done: str,
        deed: Deed | None = None,
    ) -> None:
        """Ask for a form if the deed may be done; its words are kept until it is filed. `about` is what it is about."""

        def keep(answers: Answers) -> None:
            self.read(
                lambda flow, desk: flow.keep_words(desk, about, form, answers), lambda _: None, group="keep"
            )

        def filed(answers: Answers | None) -> None:
            if answers is None:
                return

            def act(flow: Any, desk: Desk) -> None:
                file(flow, desk, answers)
                flow.forget_words(desk, about, form)

            self.act(act, done=done)

        def opened(found: tuple[str, Answers]) -> None:
            why, kept = found
            if why:
                self.refuse(why)
            else:
                self.app.push_screen(make(kept, keep), filed)

        self.read(
            lambda flow, desk: (
                flow.why_not(desk, about, deed) if deed is not None else "",
                flow.kept_words(desk, about, form),
            ),
            opened,
            group="form",
        )

    def _if_may_plan(self, then: Callable[[], object]) -> None:
        self.read(
            lambda flow, desk: flow.why_not_plan(desk),
            lambda why: self.refuse(why) if why else then(),
            group="form",
        )

    def action_plan(self) -> None:
        self._if_may_plan(self._plan)

    def action_hold(self) -> None:
        self._if_may_plan(self._hold)

    def _plan(self) -> None:
        row = self._rows.cursor_row
        coming = self._board.coming if self._board is not None else None
        day = row if isinstance(row, DayRow) and row.held_at is None else coming
        self._ask(
            f"day-{day.id if day else 'new'}",
            "plan",
            lambda kept, keep: forms.plan(day, kept, keep),
            lambda flow, desk, answers: flow.plan_day(
                desk, answers["when"], answers["leader"], answers["place"], day.id if day else None
            ),
            "热线日已安排",
        )

    def _hold(self) -> None:
        coming = self._board.coming if self._board is not None else None
        if coming is None:
            self.refuse("没有待召开的热线日：先按 p 安排")
            return

        def sure(is_sure: bool | None) -> None:
            if is_sure:
                self.act(lambda flow, desk: flow.hold_day(desk, coming.id), done="已登记召开")

        self.app.push_screen(Confirm(f"{coming.leader}主持的热线日已召开？之后议程不再改"), sure)

    def action_propose(self) -> None:
        self.act(lambda flow, desk: flow.propose_agenda(desk), lambda found: self.say(found.words, "done"))

    def action_put_on(self) -> None:
        def picked(order: PickRow | None) -> None:
            if order is not None:
                self._ask(
                    order.key,
                    "put_on",
                    lambda kept, keep: forms.words(f"列入热线日 {order.key}", "列入理由", kept, keep),
                    lambda flow, desk, answers: flow.put_on_agenda(desk, order.key, answers["words"]),
                    f"已列入 {short_number(order.key)}",
                    Deed.PUT_ON_AGENDA,
                )

        pick = Pick(
            "列入哪件工单（工单号、查询码或内容中的字）",
            self.FLOW,
            lambda flow, desk, text: flow.orders(desk, text),
            hint="输入工单号、查询码或内容中的字",
        )
        self.app.push_screen(pick, picked)

    def action_take_off(self) -> None:
        line = self._line("agenda")
        if line is not None:
            self._ask(
                line.order_no,
                "take_off",
                lambda kept, keep: forms.words(f"移出议程 {line.order_no}", "移出理由", kept, keep),
                lambda flow, desk, answers: flow.take_off_agenda(desk, line.order_no, answers["words"]),
                f"已移出 {short_number(line.order_no)}",
                Deed.TAKE_OFF_AGENDA,
            )

    def action_decide(self) -> None:
        line = self._line("agenda")
        if line is not None:
            leader = self._board.coming.leader if self._board and self._board.coming else ""
            self._ask(
                line.order_no,
                "decide",
                lambda kept, keep: forms.decision(line, leader, kept, keep),
                lambda flow, desk, answers: flow.decide_by_day(desk, line.order_no, forms.decided(answers)),
                f"已决定 {short_number(line.order_no)}（派单员在 F3 按 v 交办）",
                Deed.DECIDE_BY_DAY,
            )

    def action_follow_up(self) -> None:
        line = self._line("decisions", "long_term")
        if line is not None:
            self._ask(
                line.order_no,
                "follow_up",
                lambda kept, keep: forms.follow_up(line, kept, keep),
                lambda flow, desk, answers: flow.follow_up(
                    desk,
                    line.order_no,
                    answers["words"],
                    is_done=answers["is_done"] == "yes",
                    days=answers.get("days", ""),
                ),
                f"已登记落实情况 {short_number(line.order_no)}",
                Deed.FOLLOW_UP,
            )
