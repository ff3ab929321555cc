"""The tab 专席 of 我的工单: whom to ring, what to decide, whom to visit, and the keys that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Container

from desk.codes import Deed, word
from desk.errors import Refused
from desk.rules.calendar import local
from desk.rules.special_forms import SHORT_WORDS
from desk.special_rows import ApplicationPage as Page
from desk.special_rows import ApplicationPaper, ApplicationRow, FiledApplication
from screens.base import DeskScreen
from screens.cells import NEAR, OVERDUE, CellText
from screens.columns import left_cell
from screens.dialogs.application import ApplicationPage, SeatFiguresPage, sections_of
from screens.dialogs.ask import Answers
from screens.dialogs.kept import KeptForm
from screens.dialogs.seat_form import SeatForm
from screens.my_tickets.seat_forms import AMEND, BY_KEY, EVERY_DEED, WORDS, SeatDeed
from screens.widgets import Column, Detail, RowList

if TYPE_CHECKING:
    from desk.rows import PhoneRow
    from screens.widgets.key_hints import Hint

SEATS = "seats"
"""The key of the tab."""


class SeatPane(Container):
    """The list and the application under its cursor; its letters are keys of this tab alone."""

    BINDINGS = [*((key, f"seat('{key}')") for key in EVERY_DEED), ("i", "figures")]
    DEFAULT_CSS = """
    SeatPane {
        layout: vertical; height: 1fr;
        & #applications { height: 9; }
        & #paper { height: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id=SEATS)
        self._kept: dict[tuple[str, str], Answers] = {}
        self._paper_of = ""

    def compose(self) -> ComposeResult:
        yield RowList[ApplicationRow](
            [
                Column("办件号", 11, lambda row: row.short_number),
                Column("种类", 8, lambda row: SHORT_WORDS[row.form]),
                Column("状态", 10, _state),
                Column("时限", 11, self._due),
                Column("姓名", 10, lambda row: row.name, flex=1),
                Column("单位", 12, lambda row: row.unit, wide_only=True),
                Column("登记", 8, lambda row: row.registered_by, wide_only=True),
            ],
            key=lambda row: row.key,
            hint="没有待办的办件：话务员在 F2 按 ^W 登记；i 看统计",
            id="applications",
        )
        yield Detail(hint="光标移到办件上看内容", id="paper")

    @property
    def page(self) -> DeskScreen:
        """The screen that it stands on."""
        return cast("DeskScreen", self.screen)

    @property
    def rows(self) -> RowList[ApplicationRow]:
        """The list."""
        return self.query_one("#applications", RowList)

    def _due(self, row: ApplicationRow) -> CellText:
        return row.slot_short or left_cell(row.due_at, self.page.desk_app.now())

    # -- what is shown

    def reload(self, start: int | None = None) -> None:
        """Read the list again."""
        begin = self.rows.start if start is None else start
        self.page.read(lambda flow, desk: flow.special_seats.page(desk, begin), self._show, group=SEATS)

    def _show(self, page: Page) -> None:
        self.rows.show_page(page)
        self._read_paper()

    def on_row_list_window_wanted(self, event: RowList.WindowWanted) -> None:
        event.stop()
        self.reload(event.start)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        if event.by_hand:
            self.page.hush("refused")
        self._read_paper()

    def _read_paper(self) -> None:
        row = self.rows.cursor_row
        self.show_hints()
        if row is None:
            self.query_one(Detail).clear()
            return
        number = row.number
        self.page.read(
            lambda flow, desk: flow.special_seats.paper(desk, number), self._show_paper, group="detail"
        )

    def _show_paper(self, paper: ApplicationPaper) -> None:
        row = self.rows.cursor_row
        if row is not None and row.number == paper.row.number:
            is_same = self._paper_of == row.number
            self.query_one(Detail).show(sections_of(paper), keep_place=is_same)
            self._paper_of = row.number

    def show_hints(self) -> None:
        """The bottom row: what this person may do with the application under the cursor."""
        self.page.hint(*_hints(self.rows.cursor_row))

    # -- what the keys do

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Enter: all of it; what a unit opens of people's numbers is an event (practice P33)."""
        event.stop()
        row = self.rows.cursor_row
        if row is not None:
            number = row.number
            self.page.act(
                lambda flow, desk: flow.special_seats.open_application(desk, number),
                lambda paper: self.app.push_screen(ApplicationPage(paper)),
            )

    def action_figures(self) -> None:
        """i: what the 专席 have done this month."""
        self.app.push_screen(SeatFiguresPage())

    def action_seat(self, key: str) -> None:
        """A letter: its deed, if it fits the application under the cursor."""
        row = self.rows.cursor_row
        if row is None:
            self.page.refuse("这一栏没有办件，按 [ 或 ] 换一栏")
        elif EVERY_DEED[key] not in row.able:
            self._say_why_not(row.number, EVERY_DEED[key])
        elif key == AMEND:
            number = row.number
            self.page.read(
                lambda flow, desk: flow.special_seats.paper(desk, number), self._amend, group="key"
            )
        elif EVERY_DEED[key] is Deed.TELL_APPLICANT:
            self._ring(row)
        else:
            self._ask(BY_KEY[key], row)

    def _say_why_not(self, number: str, deed: Deed) -> None:
        self.page.read(
            lambda flow, desk: flow.special_seats.refusal(desk, number, deed), self.page.refuse, group="key"
        )

    def _ring(self, row: ApplicationRow) -> None:
        def numbered(phone: PhoneRow) -> None:
            self._ask(BY_KEY["h"], row, beside=f"{phone.number}\n读：{row.to_tell}")

        self.page.act(lambda flow, desk: flow.special_seats.reveal_phone(desk, row.number), numbered)

    def _ask(
        self, asked: SeatDeed, row: ApplicationRow, *, beside: str = "", why: Refused | None = None
    ) -> None:
        """Ask, then do; what was typed outlives Esc and a refusal."""
        number, place = row.number, (row.number, asked.key)

        def keep(typed: Answers) -> None:
            self._kept[place] = typed

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self.page.act(
                    lambda flow, desk: asked.do(flow.special_seats, desk, number, answers),
                    lambda _: self._kept.pop(place, None),
                    done=f"{asked.words}已登记 {row.short_number}",
                    otherwise=lambda refused: self._ask(asked, row, beside=beside, why=refused),
                )

        dialog = KeptForm(
            f"{asked.words} {row.short_number} {row.name}  {beside}".rstrip(),
            asked.fields(),
            keep=keep,
            kept=self._kept.get(place, {}),
            required=asked.required,
        )
        self.app.push_screen(dialog, given)
        if why is not None:
            dialog.call_after_refresh(dialog.point_out, why)

    def _amend(self, paper: ApplicationPaper, why: Refused | None = None) -> None:
        number, place = paper.row.number, (paper.row.number, AMEND)

        def keep(typed: Answers) -> None:
            self._kept[place] = typed

        def given(answers: Answers | None) -> None:
            if answers is not None:
                self.page.act(
                    lambda flow, desk: flow.special_seats.amend(desk, number, answers),
                    amended,
                    otherwise=lambda refused: self._amend(paper, refused),
                )

        def amended(done: FiledApplication) -> None:
            self._kept.pop(place, None)
            self.page.say(done.sentence, "done")

        dialog = SeatForm(
            paper.row.form,
            today=local(self.page.desk_app.now()).date(),
            keep=keep,
            kept=self._kept.get(place, {}),
            known=paper.answers,
            title=f"补正 {paper.row.short_number}：证件号、账号空着即不改，^S 交回审批单位",
            keeps_secrets=True,
        )
        self.app.push_screen(dialog, given)
        if why is not None:
            dialog.call_after_refresh(dialog.point_out, why)


def _state(row: ApplicationRow) -> CellText:
    if row.to_tell:
        return "待回电", NEAR
    if row.reminder:
        return row.reminder, NEAR if row.reminder.startswith("明天") else OVERDUE
    return word(row.state)


def _hints(row: ApplicationRow | None) -> tuple[Hint, ...]:
    able = [(key, WORDS[key]) for key, deed in EVERY_DEED.items() if row is not None and deed in row.able]
    return (*able, ("Enter", "全文"), ("i", "统计"), ("[ ]", "换栏"))
