"""What is half typed: kept a moment after each key, brought back at the next sign-in, put aside when a call breaks off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from textual.timer import Timer

from screens.base import DeskScreen
from screens.cells import clock
from screens.intake.call import CallInHand
from screens.intake.form import OF_THE_CALLER, IntakeForm, Values
from screens.intake.panel import SidePanel

if TYPE_CHECKING:
    from desk.intake_rows import DraftRow

SAVE_AFTER = 0.4
"""Seconds after the first unsaved key until the draft is kept."""


class Drafting(DeskScreen):
    """The part of the intake screen that holds form, call and draft together."""

    def __init__(self) -> None:
        super().__init__()
        self.call = CallInHand()
        self.last_call: CallInHand | None = None
        self._draft_id = uuid4().hex
        self._kept: Values = {}
        self._waits: dict[str, Timer] = {}
        self._restored_for: Any = None

    @property
    def form(self) -> IntakeForm:
        """The form."""
        return self.query_one(IntakeForm)

    @property
    def panel(self) -> SidePanel:
        """The right side."""
        return self.query_one(SidePanel)

    def unsaved(self) -> str:
        return "" if self.form.is_empty else "受理表单"

    def look_up(self) -> None:
        """Ask again who calls and what looks alike."""
        raise NotImplementedError

    # -- timers

    def later(self, what: str, seconds: float, call: Callable[[], object], *, again: bool = False) -> None:
        """Do `call` in `seconds`; with `again` each new key starts the waiting anew."""
        waiting = self._waits.get(what)
        if waiting is not None:
            if not again:
                return
            waiting.stop()

        def due() -> None:
            self._waits.pop(what, None)
            call()

        self._waits[what] = self.set_timer(seconds, due)

    def touched(self) -> None:
        """A key went into the form: the call has begun, and the draft is to be kept."""
        if self.call.started_at is None and not self.form.is_empty:
            self.call.started_at = self.desk_app.now()
            self.forget_last_call()
        self.later("draft", SAVE_AFTER, self._keep_draft)

    # -- keeping

    def keep_now(self) -> None:
        if self.query(IntakeForm):
            self._keep_draft()

    def _keep_draft(self) -> None:
        values, draft_id = self.form.values(), self._draft_id
        everything = {**values, **self.call.half_typed}
        if everything == self._kept or self.desk_app.desk is None:
            return
        self._kept = everything
        if self.form.is_empty and not self.call.half_typed:
            self.drop_draft(draft_id)
            return
        body, title = self._body(values), _title(values)
        self.read(
            lambda flow, desk: flow.save_draft(desk, body, title, draft_id), self._is_kept, group="draft"
        )

    def _is_kept(self, key: str | None) -> None:
        if key is None:
            self.refuse("草稿暂时无法保存（工作文件不可写），请尽快受理")

    def _body(self, values: Values) -> dict[str, Any]:
        return self.draft_of(values, self.call)[0]

    def draft_of(self, values: Values, call: CallInHand) -> tuple[dict[str, Any], str]:
        """What a draft of these values and this call keeps, and its title."""
        return {"values": values, "call": call.as_body()}, _title(values)

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft that has become an order, or nothing."""
        self.read(lambda flow, desk: flow.drop_draft(desk, draft_id), lambda _: None, group="drop")

    # -- bringing back

    def restore_once(self) -> None:
        """Somebody has just signed in: what they were typing when the desk ended comes back."""
        if self._restored_for is not self.desk_app.desk:
            self._restored_for = self.desk_app.desk
            self.read(
                lambda flow, desk: flow.drafts(desk),
                lambda drafts: self.call_next(self._restore, drafts),
                group="restore",
            )

    async def _restore(self, drafts: tuple[DraftRow, ...]) -> None:
        left = [draft for draft in drafts if not draft.is_held]
        if left and self.form.is_empty:
            await self.take_draft(left[0])

    async def take_draft(self, draft: DraftRow) -> None:
        """Bring a draft back into the form."""
        values = {str(name): str(value) for name, value in draft.body.get("values", {}).items()}
        self._draft_id, self._kept = draft.id, {}
        self.call = CallInHand.from_body(draft.body.get("call", {}))
        self.forget_last_call()
        await self._put_in(values)
        self.say(f"已恢复 {clock(draft.saved_at)} 未提交的草稿", "done")
        self.look_up()

    # -- putting aside, beginning anew

    def hold(self, words: str) -> None:
        """Put what is typed aside, and begin with an empty form."""
        values, draft_id = self.form.values(), self._draft_id
        body, title = self._body(values), _title(values)
        self.read(
            lambda flow, desk: flow.save_draft(desk, body, title, draft_id, is_held=True),
            lambda _: self.reload(),
            group="hold",
        )
        self.begin_anew()
        self.say(words, "done")

    def switch_call(self) -> None:
        """Put the call in hand on hold and bring back the one that has waited longest: two calls change places."""
        values, draft_id = self.form.values(), self._draft_id
        body, title, is_empty = self._body(values), _title(values), self.form.is_empty

        def put_aside(flow: Any, desk: Any) -> tuple[DraftRow, ...]:
            if not is_empty:
                flow.save_draft(desk, body, title, draft_id, is_held=True)
            return tuple(draft for draft in flow.drafts(desk) if draft.id != draft_id)

        for timer in self._waits.values():
            timer.stop()
        self._waits.clear()
        self.read(put_aside, lambda held: self._take_longest_held(held, values), group="hold")

    def _take_longest_held(self, held: tuple[DraftRow, ...], values: Values) -> None:
        if self.form.values() != values:
            # Keys went into the form meanwhile: they are kept, and the call stays in hand.
            self.touched()
        elif held:
            self.call_next(self._take_held, held[-1])
        else:
            self.refuse("没有搁置的通话：按 ^N 搁置本次来电、接下一个")

    async def _take_held(self, draft: DraftRow) -> None:
        await self.take_draft(draft)
        self.form.focus_part("content")
        self.say(f"已换到 {draft.title}；^X 换回", "done")
        self.reload()

    def begin_anew(self, keep: Values | None = None) -> None:
        """Empty the form, but for the values to `keep`, under a new draft."""
        self.begin_draft()
        if not keep:
            self.call = CallInHand()
        self.call_next(self._empty, keep or {})

    def begin_draft(self) -> None:
        """What is typed from now on is another draft."""
        self._draft_id, self._kept = uuid4().hex, {}
        for timer in self._waits.values():
            timer.stop()
        self._waits.clear()

    def forget_last_call(self) -> None:
        """The call before is over: nothing of it is read out any more."""
        self.last_call = None
        self.panel.say("")
        self.panel.forget()

    async def _empty(self, keep: Values) -> None:
        await self._put_in(keep)
        self.form.scroll_home(animate=False)
        # Who has one more matter for the same caller types it at once: a choice would swallow the words.
        self.form.focus_part("content" if keep else self.form.first)

    async def _put_in(self, values: Values) -> None:
        await self.form.fill(values)
        self.remove_class("-unfolded")

    def in_hand(self) -> CallInHand:
        """The call that a deed belongs to: the one being typed, or the last one while nothing new was begun."""
        if self.call.started_at is None and self.last_call is not None:
            return self.last_call
        values = self.form.values()
        self.call.caller = {name: values[name] for name in OF_THE_CALLER if name in values}
        return self.call

    @property
    def draft_id(self) -> str:
        """The draft under which the form is kept now."""
        return self._draft_id


def _title(values: Values) -> str:
    said = f"{values.get('number', '')} {values.get('title') or values.get('content', '')}".strip()
    return said[:60] or "专席登记（未填完）"
