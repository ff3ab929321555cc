"""The letters of the right-hand list: what a caller may still do to an old order (practice P12)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desk.codes import CallerMarkKind, Status
from desk.intake_rows import NoticeRow
from desk.rows import OrderRow, PickRow
from screens.dialogs import AskText, Card, Confirm, Entry, NoticeBoard, Pick
from screens.errands import BUSY
from screens.intake.dialogs import UNMARKED, mark_dialog, progress_dialog
from screens.intake.form import Values
from screens.intake.making import INSISTED, MakingOrders
from screens.intake.panel import OldOrders

if TYPE_CHECKING:
    from desk.context import Desk

Asked = Callable[[Any, "Desk", str, Any], OrderRow]


class OldOrderDeeds(MakingOrders):
    """The part of the intake screen that acts on the line under the cursor of the list."""

    def _order(self) -> OrderRow | None:
        row = self.panel.row
        if row is None or row.order is None:
            self.refuse("请先把光标移到一个工单上")
            return None
        return row.order

    async def on_row_list_opened(self, event: OldOrders.Opened) -> None:
        """Enter: open an order's card, read out a notice, take a draft back."""
        event.stop()
        row = self.panel.row
        if row is None:
            return
        if row.order is not None:
            self.app.push_screen(Card(row.order.order_no))
        elif row.entry is not None:
            entry = Entry(row.entry.number, call_key=self.in_hand().uid, may_answer=True)
            self.app.push_screen(entry, self.answer_from)
        elif row.notice is not None and row.notice.is_waiting:
            self.app.push_screen(NoticeBoard())
        elif row.notice is not None:
            self._tell(row.notice)
        elif row.draft is not None:
            if self._deeds:
                self.refuse(BUSY)
            elif self.form.is_empty:
                await self.take_draft(row.draft)
                self.form.focus_part("content")
            else:
                self.refuse("表单里还有未提交的内容：先按 ^S 受理，或按 ^N 放入草稿")

    def _tell(self, notice: NoticeRow) -> None:
        def sure(yes: bool | None) -> None:
            if yes:
                call = self.in_hand()
                self.act(
                    lambda flow, desk: flow.tell_notice(desk, notice.id, call.note(flow)),
                    then=lambda _: self._told(),
                    done=f"已告知并存小结：{notice.title}",
                    name="register",
                )

        self.app.push_screen(Confirm(f"读给诉求人：{notice.sentence}\n\n诉求人接受告知，不再登记？"), sure)

    def action_insist(self) -> None:
        """i: the caller of a declined order will not have it; the dispatcher decides (practice P9)."""
        order = self._order()
        if order is not None:
            self._ask(
                order,
                "诉求人坚持受理",
                "诉求人意见",
                lambda flow, desk, words, call: flow.insist(desk, order.order_no, words, call),
                lambda _: INSISTED,
            )

    def action_directory(self) -> None:
        """d: whom to send the caller to; what is chosen is there to be read out (practice P9)."""

        def chosen(row: PickRow | None) -> None:
            if row is not None:
                sentence = f"请联系 {row.name}（{row.hint}）"
                self.panel.say(sentence)
                self.say(sentence)

        title = "名录：查到后按 Enter，读给诉求人"
        self.app.push_screen(
            Pick(title, self.FLOW, lambda flow, desk, text: flow.directory(desk, text)), chosen
        )

    def action_register_linked(self) -> None:
        """l: the caller wants an order all the same; it points to the notice that was read out (practice P14)."""
        row = self.panel.row
        notice = row.notice if row else None
        if notice is None or notice.is_waiting:
            self.refuse("请先把光标移到“公告”标签里已发布的一条")
        elif not self.has_gap_to_show():
            key = notice.id
            self.make(lambda flow, desk, form, call: flow.register(desk, form, call, notice_id=key))

    def _told(self) -> None:
        if "content" in self.form.values():
            self.hold("已告知并存小结；已录内容放入“草稿”")
        else:
            self.drop_draft(self.draft_id)
            self.begin_anew()

    def action_urge(self) -> None:
        order = self._order()
        if order is not None:
            call = self.in_hand()
            self.act(
                lambda flow, desk: flow.urge(desk, order.order_no, call.note(flow)),
                done=f"已记群众催单：{order.query_code}",
            )

    def action_supplement(self) -> None:
        order = self._order()
        if order is None:
            return
        is_missing = order.status is Status.TO_COMPLETE
        title = "补充完毕，退回派单" if is_missing else "补充材料"

        def deed(flow: Any, desk: Desk, words: str, call: Any) -> OrderRow:
            done: OrderRow = (flow.complete if is_missing else flow.supplement)(
                desk, order.order_no, words, call
            )
            return done

        self._ask(order, title, "补充内容", deed, lambda _: f"已补充：{order.query_code}")

    def action_withdraw(self) -> None:
        order = self._order()
        if order is not None:
            self._ask(
                order,
                "撤诉",
                "撤诉原话",
                lambda flow, desk, words, call: flow.withdraw(desk, order.order_no, words, call),
                _withdrawn,
            )

    def action_void(self) -> None:
        order = self._order()
        if order is not None:
            self._ask(
                order,
                "作废（仅限错录）",
                "作废理由",
                lambda flow, desk, words, _: flow.void(desk, order.order_no, words),
                lambda _: f"已作废：{order.query_code}",
            )

    def action_mark_caller(self) -> None:
        """班长 says of the number that rings, or of the order under the cursor, what operators should know (P15)."""
        row, number = self.panel.row, self.form.values().get("number", "")
        order = row.order if row else None

        def deed(flow: Any, desk: Desk, mark: str, ground: str) -> None:
            if mark == CallerMarkKind.SETTLED and order is not None:
                flow.mark_settled(desk, order.order_no, ground)
            elif mark == CallerMarkKind.NUISANCE:
                flow.mark_nuisance(desk, number, ground)
            else:
                flow.unmark_caller(desk, number, ground)

        def given(answers: Values | None) -> None:
            if answers is not None:
                mark, ground = answers["mark"], answers["ground"]
                self.act(
                    lambda flow, desk: deed(flow, desk, mark, ground),
                    then=lambda _: self.look_up(),
                    done="已取消标记" if mark == UNMARKED else "已标记来电人",
                )

        title = f"标记来电人：{order.title if order else number or '（未填来电号码）'}"
        self.app.push_screen(mark_dialog(title, has_order=order is not None), given)

    def action_ring_back(self) -> None:
        """The number of the draft under the cursor was rung back, and nobody took it."""
        row = self.panel.row
        draft = row.draft if row else None
        if draft is None:
            self.refuse("请先把光标移到“草稿”标签里的一条")
            return
        self.act(
            lambda flow, desk: flow.log_attempt(desk, draft.id),
            then=lambda times: self.say(f"已记回拨第 {times} 次未接通：{draft.number}", "done"),
        )

    def _ask(
        self, order: OrderRow, title: str, label: str, deed: Asked, done: Callable[[OrderRow], str]
    ) -> None:
        """Ask for words and do a deed with them; words whose deed was refused stand there the next time."""
        key = f"{title} {order.order_no}"

        def finished(after: OrderRow) -> None:
            self.unsent.pop(key, None)
            self.say(done(after), "done")

        def given(words: str | None) -> None:
            if words:
                self.unsent[key] = words
                call = self.in_hand()
                self.act(lambda flow, desk: deed(flow, desk, words, call.note(flow)), then=finished)

        question = AskText(f"{title}：{order.title}", label, text=self.unsent.get(key, ""))
        self.app.push_screen(question, given)

    def action_progress(self) -> None:
        order = self._order()
        if order is None:
            return
        call = self.in_hand()
        number = call.caller.get("number", "")

        def told(sentence: str) -> None:
            call.asked_about = tuple(dict.fromkeys((*call.asked_about, order.order_no)))
            if call not in (self.call, self.last_call):
                return
            self.panel.say(sentence)
            self.say(sentence, "done")

        def given(answers: Values | None) -> None:
            if answers is None:
                return
            proof = answers["proof"]
            self.read(
                lambda flow, desk: flow.progress(desk, order.order_no, phone=number, proof=proof),
                told,
                group="progress",
            )

        self.app.push_screen(progress_dialog(order.title), given)


def _withdrawn(order: OrderRow) -> str:
    is_over = order.status is Status.WITHDRAWN
    return f"已撤诉：{order.query_code}" if is_over else "举报继续办理，撤诉意愿已记入"
