"""评议会: the page of 社会评议 over F6: agenda, files, draw, turnout, verdicts, papers. No ballot is ever seen here (P29)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desk.panel_rows import PinRow, SeatRow, SessionRow
from desk.rules.written_paths import file_named
from screens.columns import short_number
from screens.dialogs.ask import Answers, AskForm
from screens.dialogs.confirm import Confirm
from screens.review import panel_forms as forms
from screens.review.panel_board import PanelBoardPage
from screens.review.panel_pins import PinsPage
from screens.widgets import Field

if TYPE_CHECKING:
    from desk.context import Desk


class PanelPage(PanelBoardPage):
    """What auditors and 班长 do with a session, by one key each."""

    BINDINGS = [
        ("p", "plan"),
        ("a", "put_all_on"),
        ("g", "put_on"),
        ("x", "take_off"),
        ("y", "tell"),
        ("b", "add_page"),
        ("f", "edit_file"),
        ("k", "release_file"),
        ("d", "draw"),
        ("r", "replace"),
        ("h", "recuse"),
        ("i", "give_pins"),
        ("o", "open_ballots"),
        ("c", "close_ballots"),
        ("w", "save_minutes"),
        ("l", "save_letter"),
    ]

    # -- the session and its agenda

    def action_plan(self) -> None:
        """p: plan a session, or move the one that is shown and not closed."""
        session = self.board.session if self.board else None
        moved = session if session is not None and session.closed_at is None else None
        self.ask_kept(
            f"session-{moved.id if moved else 'new'}",
            "plan",
            lambda keep, kept: forms.plan_form(moved, keep, kept),
            lambda flow, desk, answers: flow.plan_session(
                desk, answers["when"], answers["place"], moved.id if moved else None
            ),
            lambda row: f"已安排第 {row.id} 期",
        )

    def action_put_all_on(self) -> None:
        """a: every order whose caller was told, in one batch."""
        self.act(lambda flow, desk: flow.put_all_on(desk), lambda found: self.say(found.words, "done"))

    def action_put_on(self) -> None:
        self._on_line("put_on", "已列入", "waiting")

    def action_take_off(self) -> None:
        self._on_line("take_off", "已移出", "agenda")

    def action_release_file(self) -> None:
        self._on_line("release_file", "已定稿", "waiting", "agenda")

    def _on_line(self, deed: str, done: str, *tabs: str) -> None:
        """Do a deed that asks nothing on the order under the cursor."""
        line = self.line_on(*tabs)
        if line is not None:
            self.act(
                lambda flow, desk: getattr(flow, deed)(desk, line.order_no),
                done=f"{done} {short_number(line.order_no)}",
            )

    # -- the caller and the file

    def action_tell(self) -> None:
        """y: what the caller was told, and his page."""
        line = self.line_on("waiting", "agenda")
        if line is not None:
            self.ask_kept(
                line.order_no,
                "tell",
                lambda keep, kept: forms.tell_form(line.order_no, keep, kept),
                lambda flow, desk, answers: flow.tell_of_panel(
                    desk, line.order_no, answers["said"], answers["page"], answers["way"]
                ),
                lambda _: f"已登记告知 {short_number(line.order_no)}",
            )

    def action_add_page(self) -> None:
        """b: more in the caller's own words."""
        line = self.line_on("waiting", "agenda")
        if line is not None:
            title = f"补充意见 {short_number(line.order_no)}"
            self.ask_kept(
                line.order_no,
                "page",
                lambda keep, kept: forms.words_form(title, "补充意见", forms.PAGE, keep, kept),
                lambda flow, desk, answers: flow.add_panel_page(desk, line.order_no, answers["words"]),
                lambda _: f"已补充，请重新整理材料 {short_number(line.order_no)}",
            )

    def action_edit_file(self) -> None:
        """f: the file, read sentence by sentence before the panel reads it."""
        line = self.line_on("waiting", "agenda")
        if line is None:
            return

        def opened(draft: Any) -> None:
            self.ask_kept(
                line.order_no,
                "file",
                lambda keep, kept: forms.file_form(draft, keep, kept),
                lambda flow, desk, answers: flow.edit_file(desk, line.order_no, forms.file_text(answers)),
                lambda _: f"材料已存，按 k 定稿 {short_number(line.order_no)}",
            )

        self.read(lambda flow, desk: flow.open_file(desk, line.order_no), opened, group="file")

    # -- the panel

    def action_draw(self) -> None:
        session = self._session()
        if session is not None:
            self._if_sure(
                f"抽取第 {session.id} 期评议员 {session.seats} 人？抽取后议程和材料不能再改",
                lambda flow, desk: flow.draw(desk, session.id),
                lambda row: f"已抽取 {row.sitting} 人，按 i 发 PIN",
                "seats",
            )

    def action_replace(self) -> None:
        session = self._session()
        if session is not None:
            self.act(
                lambda flow, desk: flow.replace(desk, session.id),
                done="已补抽一人，按 i 发 PIN",
                name="replace",
            )

    def action_recuse(self) -> None:
        """h: somebody who is too close to a matter, with the reason."""
        row = self.rows.cursor_row
        if not isinstance(row, SeatRow):
            self.refuse("请在“评议员”一栏选一位：[ ] 换栏")
            return
        self.ask_kept(
            f"seat-{row.id}",
            "recuse",
            lambda keep, kept: forms.words_form(f"{row.name}回避", "回避理由", forms.REASON, keep, kept),
            lambda flow, desk, answers: flow.recuse(desk, row.id, answers["words"]),
            lambda _: f"{row.name}已回避，按 r 补抽",
        )

    def action_give_pins(self) -> None:
        """i: this session's PINs, shown once."""
        session = self._session()

        def given(pins: tuple[PinRow, ...]) -> None:
            self.app.push_screen(PinsPage(pins))

        if session is not None:
            self.act(lambda flow, desk: flow.give_pins(desk, session.id), given, name="pins")

    def action_open_ballots(self) -> None:
        session = self._session()
        if session is not None:
            self.act(lambda flow, desk: flow.open_session(desk, session.id), done="评议开始，可以投票")

    def action_close_ballots(self) -> None:
        session = self._session()
        if session is None:
            return
        cast = sum(seat.ballots for seat in self.board.seats) if self.board else 0
        self._if_sure(
            f"结束第 {session.id} 期？已投 {cast} 票，结束后按票数出结论，不能再投",
            lambda flow, desk: flow.close_session(desk, session.id),
            lambda done: f"评议结束：{done.words}",
            "agenda",
        )

    def _session(self) -> SessionRow | None:
        session = self.board.session if self.board else None
        if session is None:
            self.refuse("还没有安排评议会：先按 p 安排")
        return session

    def _if_sure(
        self,
        question: str,
        deed: Callable[[Any, Desk], Any],
        done: Callable[[Any], str],
        tab: str,
    ) -> None:
        session_id = self.board.session.id if self.board and self.board.session else None

        def finished(found: Any) -> None:
            self.show_session(session_id, tab)
            self.say(done(found), "done")

        def answered(is_sure: bool | None) -> None:
            if is_sure:
                self.act(deed, finished)

        self.app.push_screen(Confirm(question), answered)

    # -- papers

    def action_save_minutes(self) -> None:
        """w: the minutes of the session that is shown."""
        session = self._session()
        if session is not None:
            self._save(
                f"社会评议会纪要第{session.id}期.docx",
                lambda flow, desk, path: flow.save_minutes(desk, session.id, path),
            )

    def action_save_letter(self) -> None:
        """l: the letter of explanation to the caller of the order under the cursor."""
        line = self.line_on("agenda")
        if line is not None:
            self._save(
                f"解释说明函{line.order_no}.docx",
                lambda flow, desk, path: flow.save_letter(desk, line.order_no, path),
            )

    def _save(self, name: str, save: Callable[[Any, Desk, Path], Path]) -> None:
        def given(answers: Answers | None) -> None:
            if answers is not None:
                self.act(
                    lambda flow, desk: save(flow, desk, file_named(answers["path"], ".docx")),
                    lambda made: self.say(f"已存 {made}", "done"),
                    name="save",
                )

        field = Field("文件", name, max_length=200, placeholder="以 .docx 结尾", id="path")
        self.app.push_screen(AskForm("存成文件", [field], required=("path",)), given)
