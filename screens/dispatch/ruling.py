"""研判, 按结论派, 退回上级中心, and the way to the 热线日: what F3 does with an order that is not plainly somebody's."""

from __future__ import annotations

from dataclasses import replace

from desk.codes import Deed
from desk.rows import OrderRow
from desk.rules import rights
from desk.rules.lifecycle import AT_THE_CENTRE
from screens.columns import short_number
from screens.dispatch.asking import AskingScreen, words_paper
from screens.dispatch.sending import SENDABLE
from screens.dispatch.triage import panel_paper, triage_paper

SENT = ("unsigned", "returned")


class RulingScreen(AskingScreen):
    """The part of the dispatch screen for orders that a panel, a 热线日 or another centre decides on."""

    def _row(self, tabs: tuple[str, ...], otherwise: str) -> OrderRow | None:
        """The row under the cursor, or None after saying why this key does nothing here."""
        row = self.queue.cursor_row
        if row is None:
            self.refuse("这里没有工单")
            return None
        if self.tab not in tabs:
            self.refuse(otherwise)
            return None
        return row

    def action_triage(self) -> None:
        row = self._row(SENDABLE, "只有待派单、研判中的工单能研判")
        if row is None:
            return
        if self.tab == "to_dispatch":
            self.ask(row, triage_paper(row))
        else:
            self.if_may(row, Deed.RULE_TRIAGE, lambda: self._begin_record(row))

    def _begin_record(self, row: OrderRow) -> None:
        self.read(
            lambda flow, desk: flow.panel_start(desk, row.order_no),
            lambda start: self.ask(row, replace(panel_paper(row, start), then=self._ruled)),
            group="key",
        )

    def _ruled(self, done: tuple[OrderRow, bool]) -> None:
        row, is_sent_at_once = done
        if is_sent_at_once:
            self.carry_out(row)

    def action_carry_out(self) -> None:
        row = self._row((*SENDABLE, *SENT, "hotline_day"), "待补充的工单还不能派")
        if row is not None:
            self.carry_out(row)

    def carry_out(self, row: OrderRow) -> None:
        """按结论派: what is still at the centre is asked for as any order that goes out; the rest is given over."""
        if row.status in AT_THE_CENTRE:
            self.send_by_ruling(row)
        else:
            self.act(
                lambda flow, desk: flow.carry_out(desk, row.order_no),
                done=f"已按结论交办 {short_number(row.order_no)}",
            )

    def action_hand_up(self) -> None:
        row = self._row(("to_dispatch",), "只有待派单的工单能退回上级中心")
        if row is None:
            return
        paper = words_paper(
            Deed.HAND_UP,
            f"退回上级中心 {short_number(row.order_no)}",
            "退回理由",
            lambda flow, desk, words: flow.hand_up(desk, row.order_no, words),
            "已退回上级中心",
        )
        self.ask(row, paper)

    def warn_of_the_day(self) -> None:
        """Say once to whoever may plan it that the month has no 热线日 yet, when that is late."""
        desk = self.desk_app.desk
        if desk is None or not rights.scopes(desk.actor.roles, Deed.PLAN_DAY):
            return

        def warned(words: str) -> None:
            if words:
                self.say(f"!{words}：按 h 安排")

        self.read(lambda flow, desk: flow.day_warning(desk), warned, group="day")

    def action_hotline_day(self) -> None:
        from screens.dispatch.hotline_day import HotlineDayPage

        self.app.push_screen(HotlineDayPage(), lambda _: self.reload())
