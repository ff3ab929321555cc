"""The deeds of the form: each makes an order, keeps the call with it, and leaves an empty form and a sentence to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desk.codes import CallSummary, OrderKind, Satisfaction, word
from desk.errors import BadInput, Refused
from desk.rows import PickRow
from screens.dialogs import AskText, Library, Pick, ReadOut
from screens.errands import BUSY
from screens.intake.answering import Answering
from screens.intake.call import CallInHand
from screens.intake.dialogs import TOLD_SETTLED, WARNED, SummaryDialog, answer_dialog
from screens.intake.emergency_form import EmergencyForm
from screens.intake.form import FIELD_OF_LABEL, Values, is_secret, loose_area, order_form
from screens.widgets import LongText

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.intake_rows import OrderForm, Registered

Making = Callable[[Any, "Desk", "OrderForm", Any], "Registered"]
INSISTED = "已交派单员裁定，热线中心会给您回电"
_MUST_PICK = {"category": "诉求分类", "area2": "另一地点"}


class MakingOrders(Answering):
    """The part of the intake screen that acts on the form."""

    def __init__(self) -> None:
        super().__init__()
        self.unsent: dict[str, str] = {}
        """Words of a dialog whose deed was refused, by what they were for: they stand there again."""

    def _form_in_hand(self, values: Values) -> OrderForm | None:
        """The form for the flow; None, after a line that says why, when it cannot be sent as it is."""
        for text in self.form.query(LongText):
            if text.too_long:
                self.refuse(text.too_long)
                return None
        for name, label in _MUST_PICK.items():
            if values.get(name) and not values.get(f"{name}_code"):
                self.refuse(f"{label}请从列表中选（上下键移动，Enter 选定），或清空")
                self.form.focus_part(name)
                return None
        return order_form(values)

    def make(self, deed: Making) -> None:
        """Do a deed with the form and the call in hand."""
        values = self.form.values()
        form = self._form_in_hand(values)
        if form is None:
            return
        call, draft_id = self.in_hand(), self.draft_id

        def work(flow: Any, desk: Desk) -> Registered:
            done = deed(flow, desk, form, call.note(flow))
            flow.drop_draft(desk, draft_id)
            return done

        self.act(
            work,
            then=lambda done: self._made(done, call, values),
            otherwise=self._show_where,
            name="register",
        )

    def _made(self, done: Registered, call: CallInHand, sent: Values) -> None:
        call.is_kept, call.is_secret = True, is_secret(sent)
        for words in ("answer", "question"):
            self.unsent.pop(words, None)
        provisional = "（日期暂定）" if done.is_provisional else ""
        if self.form.values() == sent:
            self.drop_draft(self.draft_id)
            self.begin_anew()
        else:
            self.hold("")
        self.last_call = call
        call.declined_no = done.order_no if done.is_declined else ""
        self.panel.say(done.sentence + provisional, done.to_ask)
        loose = loose_area(sent)
        hint = f"；“{loose}”没有对应的乡镇，已按原话记入地点" if loose else ""
        self.say(done.sentence + provisional + hint, "done")

    def _show_where(self, refusal: Refused) -> None:
        name = FIELD_OF_LABEL.get(refusal.field) if isinstance(refusal, BadInput) else None
        if name and self.form.query(f"#{name}"):
            self.form.focus_part(name)

    def has_gap_to_show(self) -> bool:
        """Whether something in the content is still to be filled, which nobody was shown yet."""
        raise NotImplementedError

    def action_register(self) -> None:
        if self.has_gap_to_show():
            return
        self.make(lambda flow, desk, form, call: flow.register(desk, form, call))

    def action_answer(self) -> None:
        def given(answers: Values | None) -> None:
            if answers is None:
                return
            said, felt, question = answers["answer"], answers["satisfaction"], answers.get("question", "")
            self.unsent |= {"answer": said, "question": question}
            satisfaction = Satisfaction(felt) if felt else None
            self.make(
                lambda flow, desk, form, call: flow.register_direct_answer(
                    desk,
                    replace(form, content=form.content or question),
                    said,
                    call,
                    satisfaction=satisfaction,
                )
            )

        values = self.form.values()
        if not values.get("kind"):
            # Said before the answer is typed, not after.
            self.refuse("请先选择诉求类型（咨询、求助、投诉、举报、建议、表扬），再直接答复")
            self.form.focus_part("kind")
            return
        lacks_words = values["kind"] == OrderKind.INQUIRY and not values.get("content")
        asked = self.unsent.get("question", "") if lacks_words else None
        self.app.push_screen(answer_dialog(self.unsent.get("answer", ""), asked), given)

    def open_library(self) -> None:
        """Ctrl+F: 知识库, with what answers the words of the form on top; Ctrl+R there answers from an entry."""
        line, words = str(self.form.part("line").value), self.form.matter
        library = Library(words, line, call_key=self.in_hand().uid, may_answer=True)
        self.app.push_screen(library, self.answer_from)

    def answer_from(self, read: ReadOut | None) -> None:
        """直接答复 with what was read out; the words that found it are the matter of a form without any."""
        if read is None:
            return
        self.make(
            lambda flow, desk, form, call: flow.answer_from_entry(
                desk, replace(form, content=form.content or read.words), read.number, read.version, call
            )
        )

    def action_emergency(self) -> None:
        desk = self.desk_app.desk
        if desk is None:
            return

        def given(answers: Values | None) -> None:
            if answers is None:
                return
            number, place, kind = answers["number"], answers["place"], answers["type"]
            self.form.note_emergency(number, place)
            self.make(
                lambda flow, desk, form, call: flow.register_emergency(
                    desk, number, place, kind, replace(call, number=number), form=form
                )
            )

        self.app.push_screen(EmergencyForm(self.form.values(), desk.settings), given)

    def action_decline(self) -> None:
        """Ctrl+B: 不予受理; pressed again on the empty form that follows, the caller insists and the dispatcher decides."""
        last = self.last_call
        if last is not None and last.declined_no and self.form.is_empty:
            self._insist(last)
            return

        def chosen(reason: PickRow | None) -> None:
            if reason is not None:
                self.make(lambda flow, desk, form, call: flow.decline(desk, form, reason.key, call))

        self._pick("不予受理的理由", lambda flow, desk, text: flow.decline_reasons(desk, text), chosen)

    def _insist(self, call: CallInHand) -> None:
        order_no = call.declined_no

        def given(words: str | None) -> None:
            if words is not None:
                self.act(
                    lambda flow, desk: flow.insist(desk, order_no, words, call.note(flow)),
                    then=lambda _: self._insisted(call),
                )

        title = "诉求人坚持受理：交派单员裁定，再回电告知"
        self.app.push_screen(AskText(title, "诉求人意见", required=False, max_length=500), given)

    def _insisted(self, call: CallInHand) -> None:
        call.declined_no = ""
        self.panel.say(INSISTED)
        self.say(INSISTED, "done")

    def _pick(
        self, title: str, find: Any, chosen: Callable[[PickRow | None], None], *, shows_key: bool = False
    ) -> None:
        self.app.push_screen(Pick(title, self.FLOW, find, shows_key=shows_key), chosen)

    # -- calls without an order

    def action_summary(self) -> None:
        settled, call = self.panel.settled, self.in_hand()

        def chosen(answer: str | None) -> None:
            if answer == WARNED:
                call.warnings += 1
                self.say(f"已记口头警告 {call.warnings} 次，存小结时一并记入；请勿先挂断", "done")
            elif answer == TOLD_SETTLED and settled is not None:
                call.asked_about = tuple(dict.fromkeys((*call.asked_about, settled.order_no)))
                self._file(CallSummary.DIRECT_ANSWER, settled.sentence)
            elif answer is not None:
                self._file(CallSummary(answer))

        order = settled.order_no if settled else ""
        self.app.push_screen(SummaryDialog(settled_order=order, warnings=call.warnings), chosen)

    def _file(
        self,
        summary: CallSummary,
        note: str = "",
        *,
        before: Callable[[Any, Desk], object] = lambda _flow, _desk: None,
    ) -> None:
        """File the call, after `before`; what was typed of a matter is put aside as 待回拨, never thrown away."""
        call = self.in_hand()
        if call.warnings:
            note = f"{note} 已口头警告 {call.warnings} 次".strip()
        has_matter = bool(self.form.values().keys() & {"content", "title"})

        def filed(_: object) -> None:
            call.is_kept = True
            self.panel.say("")
            if has_matter:
                self.hold("小结已存；已录内容放入“草稿”，待回拨")
            else:
                self.drop_draft(self.draft_id)
                self.begin_anew()

        def deed(flow: Any, desk: Desk) -> object:
            before(flow, desk)
            return flow.file_call(desk, call.note(flow, summary, note), call.asked_about)

        self.act(
            deed,
            then=filed,
            done=f"话务小结已存：{word(summary)}",
            name="register",
        )

    def action_one_more(self) -> None:
        """F9: the same caller has one more matter."""
        if self.form.values().keys() & {"content", "title"}:
            self.refuse("这一件还没有受理：先按 ^S，再按 F9 登下一件")
        elif self.last_call is None:
            self.refuse("还没有已受理的来电：登完一件后按 F9 再登一件")
        else:
            self.call, self.last_call = self.last_call, None
            self.begin_anew(self.call.caller)
            self.say("同一来电：来电人已带入，请录下一件")

    def action_switch_call(self) -> None:
        """Ctrl+X: the call on hold comes into the form, this one goes on hold."""
        if self._deeds:
            self.refuse(BUSY)
        else:
            self.switch_call()

    def action_new_call(self) -> None:
        """Ctrl+N: another call, the one that rings if one does; what is typed goes to the drafts."""
        if "register" in self._deeds:
            # What is under way takes this form and this caller with it.
            self.refuse(BUSY)
            return
        if self.waiting_call is not None:
            self.take_waiting_call(self.waiting_call)
            return
        self.forget_last_call()
        if self.form.is_empty:
            self.begin_anew()
        else:
            self.hold("未提交的表单已放入“草稿”")
