"""热线日: the page of the session, over F3: planned, filled, decided, followed up (practice P22, P8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desk.codes import Deed
from desk.hotline_rows import DayRow
from desk.rows import PickRow
from screens.columns import short_number
from screens.dialogs import Confirm, Pick
from screens.dialogs.ask import Answers
from screens.dialogs.kept import KeptForm
from screens.dispatch import hotline_forms as forms
from screens.dispatch.hotline_board import HotlineBoard
from screens.dispatch.triage import ruling_form

if TYPE_CHECKING:
    from desk.context import Desk


class HotlineDayPage(HotlineBoard):
    """What 班长 and 调度领导 do with the session, by one key each."""

    BINDINGS = [
        ("p", "plan"),
        ("e", "hold"),
        ("g", "propose"),
        ("a", "put_on"),
        ("x", "take_off"),
        ("s", "decide"),
        ("k", "follow_up"),
    ]

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
        row = self.rows.cursor_row
        coming = self.board.coming if self.board is not None else None
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
        coming = self.board.coming if self.board is not None else None
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
            "列入哪件工单",
            self.FLOW,
            lambda flow, desk, text: flow.orders(desk, text),
            hint="输入工单号、查询码或内容中的字",
            hint_flex=3,
            asks="工单号、查询码或内容中的字",
        )
        self.app.push_screen(pick, picked)

    def action_take_off(self) -> None:
        line = self.line_on("agenda")
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
        line = self.line_on("agenda")
        if line is not None:
            leader = self.board.coming.leader if self.board and self.board.coming else ""
            self._ask(
                line.order_no,
                "decide",
                lambda kept, keep: forms.decision(line, leader, kept, keep),
                lambda flow, desk, answers: flow.decide_by_day(desk, line.order_no, ruling_form(answers)),
                f"已决定 {short_number(line.order_no)}（派单员在 F3 按 v 交办）",
                Deed.DECIDE_BY_DAY,
            )

    def action_follow_up(self) -> None:
        line = self.line_on("decisions", "long_term")
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
