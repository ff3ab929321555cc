"""审核评议: what the unit answered is looked at, called back, graded, and watched until it is written off."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from desk.codes import Deed
from screens.base import DeskScreen
from screens.cells import fit, plain
from screens.columns import short_number
from screens.dialogs.ask import Answers
from screens.review import acts, forms
from screens.review.acts import ACTS, Act, is_offered
from screens.review.asked import looked_up
from screens.review.confirm import Certain, certain_of_many, certain_of_one
from screens.review.forms import Keep
from screens.review.lists import EMPTY, TABS, WATCHING, ReviewList, home_tab, review_columns
from screens.review.pages import PAGES, page_for
from screens.review.panes import claim_sections, log_sections, reply_sections, stacked
from screens.widgets import Detail, RowList, Tabs

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.pressure_choices import PressureChoices
    from desk.review_rows import CallbackSheet, ReviewDetail, ReviewPage, ReviewRow, TabRow
    from desk.rows import OrderRow

LIST_KEYS = (("[ ]", "标签"), ("^D", "详情"))
LOOK_SECONDS = 0.7
"""How long an order that slid under the cursor is shown before a key may pass it."""


class ReviewScreen(DeskScreen):
    """F6: tabs, the list of what waits, claim beside reply, and one letter for each deed."""

    FLOW = "desk.review"
    DEEDS = frozenset(
        {
            *(Deed.CLOSE_SATISFIED, Deed.PASS_CLOSE_REVIEW, Deed.PANEL_REASONABLE, Deed.SUPERVISE),
            *(Deed.SET_PLAN, Deed.READ_CIRCULAR),
        }
    )
    CSS_PATH = "review.tcss"
    HINTS = LIST_KEYS
    MORE_KEYS = (
        ("另有的页", tuple((page.key, page.hint) for page in PAGES)),
        ("审核评议（最下一行只列本人对本工单能办的）", tuple((act.key, act.hint) for act in ACTS)),
    )
    BINDINGS = [
        ("escape", "back"),
        *((act.key, f"do('{act.key}')") for act in ACTS),
        *((page.key, f"page('{page.key}')") for page in PAGES),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: ReviewDetail | None = None
        self._is_settled = False
        self._has_slid = False
        self._shown_at = 0.0

    def body(self) -> ComposeResult:
        yield Tabs(TABS)
        yield Static(id="figures")
        yield ReviewList(
            review_columns(TABS[0].key, self.desk_app.now),
            key=lambda row: row.key,
            can_mark=True,
            hint=EMPTY[TABS[0].key],
            id="list",
        )
        with Container(id="beside"):
            yield Detail(id="claim", classes="pane")
            yield Detail(id="reply", classes="pane")
        yield Detail(hint="光标移到工单上看诉求、答复和经过", id="log")

    # -- what is shown

    @property
    def orders(self) -> ReviewList:
        """The list of the tab."""
        return self.query_one("#list", ReviewList)

    def reload(self) -> None:
        self._settle()
        self._read_figures()
        self._read_page(self.orders.start)
        self._read_detail()

    def action_back(self) -> None:
        """From the pane that Enter led into, back to the list."""
        self.orders.focus()

    def _settle(self) -> None:
        """The first time somebody looks: begin where this person's work is."""
        desk = self.desk_app.desk
        if self._is_settled or desk is None:
            return
        self._is_settled = True
        tabs = self.query_one(Tabs)
        tabs.active = home_tab(frozenset(str(role) for role in desk.actor.roles))
        self.orders.cut_for(tabs.active, self.desk_app.now)

    def _read_page(self, start: int) -> None:
        tab = self.query_one(Tabs).active
        self.read(lambda flow, desk: (flow.tabs(desk), flow.page(desk, tab, start)), self._show_page)

    def _read_figures(self) -> None:
        """Count what stands on top of the tab: when it is opened and when something changed, not while one scrolls."""
        tab = self.query_one(Tabs).active
        self.read(lambda flow, desk: (tab, flow.figures(desk, tab)), self._show_figures, group="figures")

    def _show_figures(self, found: tuple[str, str]) -> None:
        tab, words = found
        if tab == self.query_one(Tabs).active:
            line = self.query_one("#figures", Static)
            line.display = bool(words)
            line.update(plain(fit(words, self.size.width - 2)))

    def _show_page(self, found: tuple[tuple[TabRow, ...], ReviewPage]) -> None:
        tabs, page = found
        pressing = frozenset(tab.key for tab in tabs if tab.is_pressing)
        self.query_one(Tabs).set_counts({tab.key: tab.count for tab in tabs}, pressing)
        self.orders.show_page(page)
        if page.total == 0:
            self._clear()

    def on_row_list_window_wanted(self, event: RowList.WindowWanted) -> None:
        self._read_page(event.start)

    def on_row_list_moved(self, event: RowList.Moved) -> None:  # noqa: ARG002
        self._read_detail()

    def on_row_list_opened(self) -> None:
        self.query_one("#log", Detail).focus()

    def on_tabs_switched(self) -> None:
        self.orders.cut_for(self.query_one(Tabs).active, self.desk_app.now)
        self.orders.reset()
        self.query_one("#figures", Static).display = False
        self._read_figures()
        self._clear()
        self._read_page(0)

    def _read_detail(self) -> None:
        order_no = self.order_no()
        if order_no is not None:
            self.read(lambda flow, desk: flow.detail(desk, order_no), self._show_detail, group="detail")

    def _show_detail(self, found: ReviewDetail) -> None:
        if found.order.order_no != self.order_no():
            return
        is_same = self._found is not None and self._found.order.order_no == found.order.order_no
        self._found = found
        if not is_same:
            self._shown_at = monotonic()
        self._lay_out(keep_place=is_same)
        self.hint(*((act.key, act.hint) for act in ACTS if is_offered(act, found.allowed)), *LIST_KEYS)

    def _lay_out(self, *, keep_place: bool) -> None:
        if self._found is None:
            return
        found, is_watching = self._found, self.query_one(Tabs).active in WATCHING
        self.query_one("#claim", Detail).show(claim_sections(found), keep_place=keep_place)
        self.query_one("#reply", Detail).show(reply_sections(found), keep_place=keep_place)
        is_wide = self.has_class("-wide")
        log = list(log_sections(found)) if is_wide else stacked(found, is_watching=is_watching)
        self.query_one("#log", Detail).show(log, keep_place=keep_place)

    def on_resize(self) -> None:
        # The class that says wide or narrow is set with the same event.
        self.call_after_refresh(self._lay_out, keep_place=True)

    def _clear(self) -> None:
        self._found = None
        for pane in self.query(Detail):
            pane.clear()
        self.hint(*LIST_KEYS)

    def order_no(self) -> str | None:
        row = self.orders.cursor_row
        return None if row is None else row.key

    def action_page(self, key: str) -> None:
        """One of the pages of their own that stand over the tabs."""
        self.app.push_screen(page_for(key, self.order_no() or ""), lambda _: self.reload())

    # -- deeds

    def action_do(self, key: str) -> None:
        act = next(each for each in ACTS if each.key == key)
        # Taken before anything is asked: the list may move meanwhile.
        rows = self.orders.chosen if act.is_for_many else (self.orders.cursor_row,)
        chosen = [row for row in rows if row is not None]
        if not chosen:
            self.refuse("这一页没有工单")
        elif act.is_for_many and self.orders.marked:
            self._make_certain(certain_of_many(act, chosen), act, chosen)
        elif act.is_for_many and self._is_unread(chosen[0].key):
            self.refuse(f"刚换到这一件，请看过再按 {act.key}")
        elif act is acts.PASS:
            self._ask_to_pass(chosen[0])
        elif act is acts.ARCHIVE:
            self._ask_to_archive(chosen[0])
        elif act is acts.CALL_BACK:
            self._call_back(chosen[0].key)
        else:
            self._ask(act, chosen[0].key)

    def _is_unread(self, order_no: str) -> bool:
        """Whether an order slid under the cursor so lately that a key pressed twice would act on it unread."""
        if not self._has_slid:
            return False
        is_shown = self._found is not None and self._found.order.order_no == order_no
        return not is_shown or monotonic() - self._shown_at < LOOK_SECONDS

    def _ask_to_pass(self, row: ReviewRow) -> None:
        def looked(flow: Any, desk: Desk) -> ReviewDetail:
            flow.check(desk, row.key, acts.PASS.deed)
            found: ReviewDetail = flow.detail(desk, row.key)
            return found

        def asked(found: ReviewDetail) -> None:
            self._make_certain(certain_of_one(acts.PASS, found), acts.PASS, [row])

        self.read(looked, asked, group="form")

    def _ask_to_archive(self, row: ReviewRow) -> None:
        self.read(
            lambda flow, desk: flow.check(desk, row.key, acts.ARCHIVE.deed),
            lambda _: self._make_certain(certain_of_many(acts.ARCHIVE, [row]), acts.ARCHIVE, [row]),
            group="form",
        )

    def _make_certain(self, question: Certain, act: Act, rows: list[ReviewRow]) -> None:
        def answered(is_certain: bool | None) -> None:
            if is_certain:
                self._do_many(act, [row.key for row in rows])
            elif is_certain is False:
                self._pass_without_survey(rows[0].key)

        self.app.push_screen(question, answered)

    def _pass_without_survey(self, order_no: str) -> None:
        def passed(flow: Any, desk: Desk) -> None:
            flow.pass_close_review(desk, order_no, has_new_result=False)

        self._has_slid = True
        self.act(
            passed, done=f"已通过，原评价有效 {short_number(order_no)}", otherwise=lambda _: self.reload()
        )

    def _do_many(self, act: Act, order_nos: list[str]) -> None:
        def each(flow: Any, desk: Desk) -> None:
            for order_no in order_nos:
                getattr(flow, str(act.deed))(desk, order_no)

        done = act.done + (
            f" {len(order_nos)} 件" if len(order_nos) > 1 else f" {short_number(order_nos[0])}"
        )
        self._has_slid = True
        self.act(each, lambda _: self.orders.clear_marks(), done=done, otherwise=lambda _: self.reload())

    def _ask(self, act: Act, order_no: str) -> None:
        """Open the act's form with what was typed into it before."""
        found = self._found
        is_shown = found is not None and found.order.order_no == order_no
        proposed = (
            found.checked.proposed if found is not None and is_shown and found.checked is not None else ()
        )

        def opened(found: tuple[Answers, str, PressureChoices | None]) -> None:
            kept, asked, choices = found
            keep = self._keeper(order_no, act.key)
            form = forms.form_for(act, order_no, asked, choices, proposed, keep=keep, kept=kept)
            self.app.push_screen(form, lambda answers: self._file(act, order_no, answers))

        self.read(lambda flow, desk: looked_up(flow, desk, act, order_no), opened, group="form")

    def _file(self, act: Act, order_no: str, answers: Answers | None) -> None:
        if answers is None:
            return

        def file(flow: Any, desk: Desk) -> None:
            acts.do(flow, desk, act, order_no, answers)
            flow.forget_words(desk, order_no, act.key)

        self.act(file, done=f"{act.done} {short_number(order_no)}")

    def _keeper(self, order_no: str, form: str) -> Keep:
        """What keeps a form's words: this screen does, because the form may be gone before they are written."""

        def keep(answers: Answers) -> None:
            if any(answers.values()):
                self.read(
                    lambda flow, desk: flow.keep_words(desk, order_no, form, answers),
                    lambda _: None,
                    group="keep",
                )

        return keep

    def _call_back(self, order_no: str) -> None:
        """Opening the sheet shows the number and is an event: it is done once for each call."""

        def opened(found: tuple[CallbackSheet, Answers]) -> None:
            sheet, kept = found
            form = forms.CallbackForm(
                sheet,
                keep=self._keeper(order_no, acts.CALL_BACK.key),
                kept=kept,
                new_matter=lambda page: self._register_new(order_no, page),
            )
            self.app.push_screen(form, lambda answers: self._called(order_no, answers))

        def looked(flow: Any, desk: Desk) -> tuple[CallbackSheet, Answers]:
            flow.check(desk, order_no, acts.CALL_BACK.deed, acts.CALL_BACK.called)
            return flow.open_callback(desk, order_no), flow.kept_words(desk, order_no, acts.CALL_BACK.key)

        self.act(looked, opened)

    def _register_new(self, order_no: str, page: forms.CallbackForm) -> None:
        """What the caller tells anew gets an order of its own while his answers stay where they are."""

        def register(flow: Any, desk: Desk, answers: Answers) -> OrderRow:
            row: OrderRow = flow.register_new_matter(
                desk, order_no, answers["kind"], answers["content"], answers["place"]
            )
            return row

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self.act(
                    lambda flow, desk: register(flow, desk, answers),
                    lambda row: page.say(f"已另登 {short_number(row.order_no)}，待派单", "done"),
                    otherwise=lambda why: page.refuse(str(why)),
                )

        self.app.push_screen(forms.new_matter_form(order_no), given)

    def _called(self, order_no: str, answers: Answers | None) -> None:
        if answers is None:
            return
        if forms.MISSED in answers:
            self._file(acts.MISSED, order_no, answers)
            return

        def file(flow: Any, desk: Desk) -> None:
            flow.finish_callback(
                desk,
                order_no,
                forms.survey_from(answers),
                answers["text"],
                forms.grade_from(answers),
                answers.get("reason", ""),
            )
            flow.forget_words(desk, order_no, acts.CALL_BACK.key)

        self.act(file, done=f"回访已登记 {short_number(order_no)}")
