"""^T: the call goes to a seat, a desk of specialists, 班长 or outside; taken over with its draft (practice P13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from desk.codes import CallSummary, TransferState, TransferWay
from screens.cells import clock
from screens.dialogs import AskText
from screens.intake.deeds import OldOrderDeeds
from screens.intake.form import OF_THE_CALLER
from screens.intake.transfer_pick import QUESTION, SILENT, THREE_WAY, TransferPick

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.intake_rows import DraftRow
    from desk.promise_rows import PromiseRow
    from desk.rows import PickRow
    from desk.telephone import RingRow
    from desk.transfer_rows import TransferRow
    from screens.transfers import Transfers

_CRISIS = "危机来电不能盲转：选中后按 ^T 三方通话，本机不离线"
_ADVICE = "已记三方通话 {number}：对方受理的，按 ^T 再选它转出；仍分不清的由首接的我们受理，按 ^S"


class Transferring(OldOrderDeeds):
    """The part of the intake screen that puts calls through, and takes over those that are put through to it."""

    @property
    def transfers(self) -> Transfers | None:
        """The calls on their way to or from this seat."""
        return self.desk_app.background.transfers

    def action_transfer(self) -> None:
        """Ctrl+T: to whom? Pressed again while the other seat has not answered, the call is taken back."""
        running = self.transfers.outgoing if self.transfers else None
        if running is not None:
            self._take_back(running)
            return

        def chosen(row: PickRow | None) -> None:
            if row is not None:
                self._put_through(row, pick.how)

        pick = TransferPick(self.FLOW, str(self.form.part("line").value), is_crisis=self.panel.is_crisis)
        self.app.push_screen(pick, chosen)

    def _put_through(self, row: PickRow, how: str) -> None:
        if row.key == SILENT:
            self._call_supervisor()
        elif how == QUESTION:
            self._leave_question(row)
        elif how == THREE_WAY:
            self._speak_three_way(row)
        elif ":" in row.key:
            self._offer(row)
        elif self.panel.is_crisis:
            self.refuse(_CRISIS)
        else:
            self._put_outside(row)

    # -- outside

    def _put_outside(self, row: PickRow) -> None:
        call_key = self.in_hand().uid

        def noted(flow: Any, desk: Desk) -> None:
            flow.note_outside(desk, call_key, row.key, row.name, is_three_way=False)

        def deed(flow: Any, desk: Desk, form: Any, call: Any) -> Any:
            noted(flow, desk)
            return flow.transfer_out(desk, form, row.key, call)

        if "content" in self.form.values():
            self.make(deed)
        else:
            self._file(CallSummary.TRANSFER, f"转 {row.key} {row.name}", before=noted)

    def _speak_three_way(self, row: PickRow) -> None:
        call_key, number = self.in_hand().uid, row.key.rpartition(":")[2]
        self.act(
            lambda flow, desk: flow.note_outside(desk, call_key, number, row.name, is_three_way=True),
            done=_ADVICE.format(number=number),
            name="transfer",
        )

    # -- to another seat

    def _offer(self, row: PickRow) -> None:
        call = self.in_hand()
        values = self.form.values() or call.caller
        if call.started_at is None or not values:
            self.refuse("还没有来电可转：先接起来电或录来电号码")
            return
        draft_id = uuid4().hex if self.form.is_empty else self.draft_id
        body, title = self.draft_of(values, call)

        def deed(flow: Any, desk: Desk) -> TransferRow:
            flow.save_draft(desk, body, title, draft_id)
            offered: TransferRow = flow.offer_call(desk, call.uid, row.key, draft_id, title)
            return offered

        self.act(deed, self._offered, name="transfer")

    def _offered(self, row: TransferRow) -> None:
        seconds = round((row.expires_at - row.offered_at).total_seconds())
        self.say(f"正在转 {row.label}：{seconds} 秒内未接自动退回，^T 收回；话机上请先不挂断", "done")
        self._look()

    def _take_back(self, row: TransferRow) -> None:
        self.act(
            lambda flow, desk: flow.withdraw_offer(desk, row.id),
            lambda _: self._look(),
            done="已收回，来电还在本座席",
            name="transfer",
        )

    def transfer_ended(self, row: TransferRow) -> None:
        """The seat that this call was offered to has answered, or did not in time; 班长 has seen who calls him."""
        if row.way is TransferWay.SILENT:
            if row.state is TransferState.TAKEN:
                self.say(f"班长 {row.to_name} 已看到静默呼叫", "done")
        elif row.state is TransferState.TAKEN:
            if self.call.uid == row.call_key:
                self.drop_draft(self.draft_id)
                self.begin_anew()
            elif self.last_call is not None and self.last_call.uid == row.call_key:
                self.forget_last_call()
            self.say(f"{row.to_name}（座席 {row.to_seat}）已接，草稿随来电转去", "done")
        elif row.state in (TransferState.LAPSED, TransferState.REFUSED):
            why = "到时未接" if row.state is TransferState.LAPSED else "没有接"
            self.refuse(f"{row.label}{why}，来电已退回本座席：可另选，或按 ^S 自己受理")

    # -- the question alone

    def _leave_question(self, row: PickRow) -> None:
        """承诺回电: the question stays with them, and this call ends with a time by which the caller is rung back."""
        if row.key.partition(":")[0] not in (TransferWay.SPECIALIST, TransferWay.SUPERVISOR):
            self.refuse("问题只能留给专席、驻点专员或班长：选中它再按 ^R")
            return
        call, key = self.in_hand(), f"question {row.key}"

        def kept(made: PromiseRow) -> None:
            self.unsent.pop(key, None)
            call.is_kept = True
            if set(self.form.values()) <= {*OF_THE_CALLER, "content"}:
                self.drop_draft(self.draft_id)
                self.begin_anew()
            else:
                self.hold("问题已留；已录的其余内容放入“草稿”")
            sentence = f"您的问题已转{made.target}，{clock(made.due_at)} 前回电答复您，请保持电话畅通"
            self.panel.say(sentence)
            self.say(sentence, "done")

        def given(words: str | None) -> None:
            if words:
                self.unsent[key] = words
                name = call.caller.get("name", "")
                self.act(
                    lambda flow, desk: flow.promise(desk, row.key, words, call.note(flow), caller_name=name),
                    kept,
                    name="register",
                )

        words = self.unsent.get(key) or self.form.values().get("content", "")
        question = AskText(f"留问题给{row.name}：来电人的电话会回拨", "问题", text=words, max_length=1_000)
        self.app.push_screen(question, given)

    # -- from another seat

    def action_new_call(self) -> None:
        """Ctrl+N: the call that is put through to this seat, if one is; else the one that rings, or a new form."""
        waiting = self.transfers.incoming if self.transfers else None
        if waiting is None:
            super().action_new_call()
        else:
            self.take_transfer(waiting)

    def take_transfer(self, row: TransferRow) -> None:
        """Take a call over; what is typed here goes to the drafts."""
        self._taken.add(row.call_key)

        def deed(flow: Any, desk: Desk) -> tuple[DraftRow, tuple[RingRow, ...]]:
            return flow.take_over(desk, row.id), flow.calls_at_seat(desk)

        def taken(found: tuple[DraftRow, tuple[RingRow, ...]]) -> None:
            draft, calls = found
            # What this desk changes itself its watch does not see.
            self.desk_app.background.calls_are(calls)
            if not self.form.is_empty:
                self.hold("未提交的表单已放入“草稿”")
            self.call_next(self._take_transferred, draft, row)
            self._look()

        self.act(
            deed,
            taken,
            otherwise=lambda _: self._taken.discard(row.call_key),
            name="take",
        )

    async def _take_transferred(self, draft: DraftRow, row: TransferRow) -> None:
        await self.take_draft(draft)
        self.call.was_answered = bool(self.desk_app.background.is_at_seat(self.call.uid))
        self.form.focus_part("content")
        self.say(f"已接 {row.from_name}（座席 {row.from_seat}）转来的电话，草稿已带入", "done")

    # -- 危机来电

    def call_ended(self) -> None:
        """The caller of the form in hand has hung up; in a crisis he is rung back at once (practice P25)."""
        if self.panel.is_crisis and not self.form.is_empty:
            number = self.form.values().get("number", "")
            self.say(f"危机来电断线：立即回拨 {number}，并拨 110，告诉班长", "refused")

    def _call_supervisor(self) -> None:
        call = self.in_hand()
        _, title = self.draft_of(self.form.values(), call)
        self.act(
            lambda flow, desk: flow.call_supervisor(desk, call.uid, title),
            self._called,
            name="transfer",
        )

    def _called(self, row: TransferRow) -> None:
        """Told without a sound, whatever it is: the caller must not hear that anything happens (practice P25)."""
        self._look()
        if row.is_heard:
            self.say("已静默呼叫班长：请继续通话，本机不响", "done")
        else:
            self.say("班长没有签入：请示意同事叫人，^T 选 110 再按 ^T 三方通话", "refused")

    def _look(self) -> None:
        if self.transfers is not None:
            self.transfers.look()
