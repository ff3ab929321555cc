"""A call that rings at this seat: an empty form takes it over, a half-typed one is never touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.intake.call import CallInHand
from screens.intake.drafting import Drafting
from screens.intake.form import IntakeForm

if TYPE_CHECKING:
    from desk.telephone import RingRow


class Answering(Drafting):
    """The part of the intake screen that hears the telephone."""

    def __init__(self) -> None:
        super().__init__()
        self._taken: set[str] = set()
        """The calls that this form has had."""
        self.waiting_call: RingRow | None = None
        """The call that Ctrl+N would take over."""

    def take_calls(self, calls: tuple[RingRow, ...]) -> RingRow | None:
        """Hear which calls are at this seat; returns the one that waits for Ctrl+N, if any."""
        if not self.query(IntakeForm):
            return None
        self._mind_a_lost_call(calls)
        others = [call for call in calls if call.call_id not in self.calls_taken]
        is_talking = any(call.was_answered and call not in others for call in calls)
        first = others[0] if others else None
        if first is not None and first.seat and not is_talking and self._is_free:
            self._take_over(first)
            first = None
        self.waiting_call = first
        return first

    @property
    def calls_taken(self) -> frozenset[str]:
        """The calls that a form of this seat has, or had."""
        return frozenset(self._taken | {self.call.uid})

    @property
    def _is_free(self) -> bool:
        return self.form.is_empty and not self._deeds

    def _mind_a_lost_call(self, calls: tuple[RingRow, ...]) -> None:
        """Empty the form of a call that nobody answered, if nothing was typed beside what the telephone put there."""
        for call in calls:
            if call.call_id == self.call.uid and call.was_answered:
                self.call.was_answered = True
        here = {call.call_id for call in calls}
        for gone in (self.call, self.last_call):
            if gone is not None and gone.was_answered and gone.uid not in here:
                self._mind_an_end(gone)
        is_here = self.call.uid in here
        rung = self.call.rung
        if rung and not is_here and not self.call.was_answered and self.form.typed == rung:
            self.drop_draft(self.draft_id)
            self.begin_anew()
            self.say(f"来电 {rung.get('number', '')} 已挂断，未接听")

    def _mind_an_end(self, gone: CallInHand) -> None:
        gone.identity = None
        if gone is self.call and not gone.has_ended:
            gone.has_ended = True
            self.call_ended()

    def call_ended(self) -> None:
        """The caller of the form in hand has hung up."""

    def _take_over(self, call: RingRow, *, is_asked: bool = False) -> None:
        self._taken.add(call.call_id)
        self.call_next(self._fill_in, call, is_asked)

    async def _fill_in(self, call: RingRow, is_asked: bool) -> None:
        """Put a call into the empty form; the cursor follows where it was asked for, or stood in the number."""
        if not self.form.is_empty:
            # A key came first: the call waits for Ctrl+N.
            self._taken.discard(call.call_id)
            return
        self.forget_last_call()
        self.begin_draft()
        self.call = CallInHand.from_ring(call, self.desk_app.now())
        self.call.was_answered = call.was_answered
        await self.form.fill(self.call.rung)
        if call.phone and (is_asked or self.form.part("number").has_focus):
            self.form.focus_part("name")
        self.say(f"来电 {call.phone or '未显示号码'} 拨打 {call.line}", "done")
        self.look_up()

    def take_waiting_call(self, call: RingRow) -> None:
        """Ctrl+N while a call waits: what is typed goes to the drafts, the call into the form."""

        def taken(row: RingRow) -> None:
            self.waiting_call = None
            if self.form.is_empty:
                self.begin_anew()
            else:
                self.hold("未提交的表单已放入“草稿”")
            self._take_over(row, is_asked=True)

        self.act(lambda flow, desk: flow.take(desk, call.call_id), then=taken, name="take")
