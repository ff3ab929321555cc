"""The dispatcher's other acts: 退回补充, 撤回, 改派, 加派, 更正, 退单 decided."""

from __future__ import annotations

from desk.codes import Deed
from desk.dispatch_rows import Target
from desk.rows import OrderRow, PickRow
from screens.columns import short_number
from screens.dialogs import Pick
from screens.dispatch.asking import Paper, words_paper
from screens.dispatch.dialogs import KeepingText
from screens.dispatch.papers import corrected, correction
from screens.dispatch.ruling import SENT, RulingScreen
from screens.dispatch.sending import SENDABLE

TAKEN_BACK = "派错，派出后即收回"


class ActingScreen(RulingScreen):
    """The part of the dispatch screen that does everything but send."""

    def action_complete(self) -> None:
        row = self._row(("to_dispatch",), "只有待派单的工单能退回补充")
        if row is None:
            return
        paper = words_paper(
            Deed.ASK_COMPLETION,
            f"退回补充 {short_number(row.order_no)}",
            "请话务员补什么",
            lambda flow, desk, words: flow.ask_completion(desk, row.order_no, words),
            "已退回话务员补充",
        )
        self.ask(row, paper)

    def action_recall(self) -> None:
        row = self.queue.cursor_row if self.tab in SENT else self.last_sent
        if row is None:
            self.refuse("没有刚派出的工单可撤回：[ ] 换到已派未签再选")
            return
        paper = words_paper(
            Deed.RECALL,
            f"撤回 {short_number(row.order_no)} {row.steward}",
            "撤回理由",
            lambda flow, desk, words: flow.recall(desk, row.order_no, words),
            f"已撤回 {short_number(row.order_no)}，回到待派单",
            then=self._recalled,
        )
        self.ask(row, paper)

    def action_take_back(self) -> None:
        """U: the order that has just gone comes back, without a word, while nobody has signed it."""
        row = self.last_sent
        if row is None:
            self.refuse("没有刚派出的工单可收回；以前派的在已派未签按 c 撤回")
            return
        self.act(
            lambda flow, desk: flow.recall(desk, row.order_no, TAKEN_BACK),
            self._recalled,
            done=f"已收回 {short_number(row.order_no)}，回到待派单",
        )

    def action_forget_lesson(self) -> None:
        """z: this dispatch was an exception; what it taught is taken back."""
        row = self._row(SENT, "只有已派出的工单能定为不作先例")
        if row is None:
            return
        paper = words_paper(
            Deed.FORGET_LESSON,
            f"不作先例 {short_number(row.order_no)} {row.steward}",
            "理由（以后的建议不再参照这次派单）",
            lambda flow, desk, words: flow.forget_lesson(desk, row.order_no, words),
            "已定为不作先例",
        )
        self.ask(row, paper)

    def _recalled(self, row: OrderRow) -> None:
        if self.last_sent is not None and self.last_sent.order_no == row.order_no:
            self.last_sent = None

    def action_pick(self) -> None:
        row = self.queue.cursor_row
        if row is None:
            self.refuse("这里没有工单可派")
        elif self.tab in SENDABLE:
            words = "派往哪个单位、科室（可搜职责清单）"
            self.if_may(row, Deed.SEND, lambda: self.pick_unit(words, lambda unit: self.send_to(row, unit)))
        else:
            self.action_reassign()

    def action_reassign(self) -> None:
        row = self._row(SENT, "只有已派出的工单能改派")
        if row is None:
            return

        def picked(unit: PickRow) -> None:
            target = Target.from_key(unit.key)
            paper = words_paper(
                Deed.REASSIGN,
                f"改派 {short_number(row.order_no)} → {unit.name}",
                "改派理由",
                lambda flow, desk, words: flow.reassign(
                    desk, row.order_no, target.unit_id, target.section_id, reason=words
                ),
                f"已改派 {unit.name}",
            )
            self.ask(row, paper)

        self.if_may(row, Deed.REASSIGN, lambda: self.pick_unit("改派给哪个单位、科室", picked))

    def action_add_unit(self) -> None:
        row = self._row(SENDABLE + SENT, "待补充的工单不能加派")
        if row is None:
            return

        def picked(unit: PickRow) -> None:
            if self.tab in SENT:
                self.act(
                    lambda flow, desk: flow.add_unit(desk, row.order_no, Target.from_key(unit.key).unit_id),
                    done=f"已加派 {unit.name} 协办",
                )
            else:
                self._go_along(row.order_no, unit)

        sent = self.tab in SENT
        title = "加派哪个单位协办" if sent else "加派哪个单位协办：再选一次去掉"
        self.if_may(row, Deed.ADD_UNIT if sent else Deed.SEND, lambda: self.pick_unit(title, picked))

    def _go_along(self, order_no: str, unit: PickRow) -> None:
        """A unit is to help once the order is sent; chosen again it is not."""
        unit_id = Target.from_key(unit.key).unit_id
        helpers = self.helpers.get(order_no, ())
        kept = tuple(helper for helper in helpers if Target.from_key(helper.key).unit_id != unit_id)
        was_one = len(kept) < len(helpers)
        self.helpers[order_no] = kept if was_one else (*helpers, unit)
        self.helpers = {number: units for number, units in self.helpers.items() if units}
        self.say(
            f"已去掉协办 {unit.name}" if was_one else f"派出时加派 {unit.name} 协办（j 再选一次去掉）", "done"
        )
        self.show_extra()

    def action_demand(self) -> None:
        row = self._row(SENDABLE, "只有待派的工单能写办理要求")
        if row is None:
            return

        def written(words: str | None) -> None:
            if words is not None:
                self.half_demands.pop(row.order_no, None)
                self.demands |= {row.order_no: words}
                self.demands = {number: demand for number, demand in self.demands.items() if demand}
                self.show_extra()
            self.keep(row.order_no)
            self.look_again(row)

        def keep(words: str) -> None:
            self.half_demands[row.order_no] = words
            self.keep(row.order_no, demand=words)

        kept = self.half_demands.get(row.order_no, self.demands.get(row.order_no, ""))
        title = f"办理要求：随 {short_number(row.order_no)} 转给单位"
        dialog = KeepingText(title, "办理要求", keep, text=kept, required=False)
        self.if_may(row, Deed.SEND, lambda: self.app.push_screen(dialog, written))

    def action_correct(self) -> None:
        row = self.queue.cursor_row
        if row is None:
            self.refuse("这里没有工单")
            return
        paper = Paper(
            Deed.CORRECT,
            lambda kept, keep: correction(row, kept, keep),
            lambda flow, desk, answers: flow.correct(desk, row.order_no, **corrected(row, answers)),
            f"已更正 {short_number(row.order_no)}",
        )
        self.ask(row, paper)

    def action_place(self) -> None:
        self._correct_by_pick("事发地点在哪个乡镇、村", "areas", "area_code")

    def action_category(self) -> None:
        self._correct_by_pick("诉求分类", "categories", "category_code")

    def _correct_by_pick(self, title: str, source: str, column: str) -> None:
        row = self.queue.cursor_row
        if row is None:
            self.refuse("这里没有工单")
            return

        def picked(choice: PickRow | None) -> None:
            if choice is not None:
                self.act(
                    lambda flow, desk: flow.correct(desk, row.order_no, **{column: choice.key}),
                    done=f"已更正为 {choice.name}",
                )

        pick = Pick(title, self.FLOW, lambda flow, desk, text: getattr(flow, source)(desk, text))
        self.if_may(row, Deed.CORRECT, lambda: self.app.push_screen(pick, picked))
