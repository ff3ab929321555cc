"""当面登记: the form at the counter of a 服务站, where nobody rings and somebody stands (practice P18)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.widgets import Static

from desk.codes import Comer, CounterReason, ReadBack, Urgency, word
from desk.intake_rows import CounterForm, Offer
from screens.cells import OVERDUE
from screens.intake.call import CallInHand
from screens.intake.fields import OpenChoice
from screens.intake.form import IntakeForm, Values
from screens.intake.identifying import Identifying
from screens.intake.phrasing import Phrasing
from screens.intake.transferring import Transferring
from screens.widgets import Choice, Field, FormRow, Section
from screens.widgets.key_hints import HelpGroup, Hint

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.intake_rows import Registered
    from screens.widgets.header import HeaderState

BEFORE_TYPING = "反映村、镇干部或需保密的，请直接拨 12345；本站也可登记为密件"
NO_CALL = "服务站是当面登记，没有来电：登记按 ^S；要直接答复、转接的，请本人拨 12345"
IN_DANGER = "立即拨打 110/119/120，再拨 12345"
NO_CALLERS = "服务站不显示来电人；本站登记的工单在 F4"
NOT_KEPT = "密件不存草稿：请先登记（^S），或改选实名、匿名后再放入草稿"
WITH_A_CADRE = "村组干部陪同的，请其回避后再问；需保密的在“身份”选密件"
HINTS = (
    ("^S", "登记并出回执"),
    ("F9", "再登一件"),
    ("^O", "更多"),
    ("^G", "列表"),
    ("^F", "知识库"),
    ("^Y", "短语"),
    ("^N", "放入草稿"),
    ("^W", "专席"),
    ("^K", "案例"),
)
HAND_OVER = ("^T", "交接")
ORDER_KEYS = (
    ("Enter", "打开"),
    ("u", "催单"),
    ("b", "补充"),
    ("w", "撤诉"),
    ("^G", "下一标签"),
    ("Esc", "回表单"),
)
_ON_THE_LIST = (
    ("Enter", "打开工单 / 公告 / 知识朗读页 / 取回草稿"),
    ("u", "群众催单（未上传的）"),
    ("b", "补充材料；“补充”标签里是补充完毕"),
    ("w", "撤诉（未上传的）"),
    ("d", "名录：查 12388、12348、信访局等，读给诉求人"),
    ("^Left ^Right", "换标签"),
    ("Esc", "回表单"),
)
_IDENTITIES = (("named", "实名"), ("anonymous", "匿名"), ("confidential", "密件"))
_CONSENT = (("", "未征求"), ("yes", "已同意登记并转办"))


class AtTheCounter(Phrasing, Transferring, Identifying):
    """The part of the intake screen that knows a 服务站代办员."""

    is_at_counter = False
    """Whether the form stands as it does at a counter."""

    def must_become_a_counter(self) -> bool:
        """Whether a 服务站代办员 sits here by now, and the form is still that of a telephone."""
        actor = getattr(self.desk_app.desk, "actor", None)
        return bool(getattr(actor, "is_at_a_station", False)) and not self.is_at_counter

    async def become_a_counter(self) -> None:
        """Put the questions of the counter into the form, and take away what belongs to a call."""
        if not self.must_become_a_counter():
            return
        self.is_at_counter = True
        await set_up(self.form)
        self.panel.stand_at_counter(danger_sections, NO_CALLERS)
        if self.form.is_empty:
            self.form.focus_part(self.form.first)
        self.hint(*self.keys)
        self.reload()

    @property
    def keys(self) -> Sequence[Hint]:
        """The keys of the form, at a counter or at a telephone."""
        if not self.is_at_counter:
            return self.form_hints()
        first, *others = HINTS
        return (first, HAND_OVER, *others) if self.is_at_station_store else HINTS

    def help_groups(self) -> Sequence[HelpGroup]:
        if self.is_at_counter:
            return (("本页（服务站当面登记）", self.keys), ("下方/右侧列表（^G）", _ON_THE_LIST))
        return (("本页", self.keys), *self.MORE_KEYS)

    @property
    def order_keys(self) -> Sequence[Hint]:
        """What the list's letters do to an order, here."""
        return ORDER_KEYS

    def show_header(self, state: HeaderState) -> None:
        super().show_header(state)
        uploads = state.counts.uploads if state.counts else None
        if self.is_at_counter and uploads is not None:
            from screens.station_alarm import late_words

            self.panel.warn(late_words(uploads) if uploads.is_late else "")

    def on_choice_changed(self, event: Choice.Changed) -> None:
        if event.choice.id == "comer" and event.choice.value == Comer.CADRE:
            self.say(WITH_A_CADRE)

    def action_register(self) -> None:
        if not self.is_at_counter:
            super().action_register()
        elif not self.has_gap_to_show():
            counter = counter_form(self.form.values())

            def work(flow: Any, desk: Desk, form: Any, _: Any) -> Registered:
                done: Registered = flow.register_at_counter(desk, form, counter)
                return done

            self.make(work)

    def _made(self, done: Registered, call: CallInHand, sent: Values) -> None:
        super()._made(done, call, sent)
        if self.is_at_counter:
            from screens.intake.receipt import Receipt

            self.read(
                lambda flow, desk: flow.receipt(desk, done.order_no),
                lambda lines: self.app.push_screen(Receipt(done.order_no, lines)),
                group="receipt",
            )

    def _of_a_call(self, act: Callable[[], object], why: str = NO_CALL) -> None:
        self.refuse(why) if self.is_at_counter else act()

    def action_answer(self) -> None:
        self._of_a_call(super().action_answer)

    def action_emergency(self) -> None:
        self._of_a_call(super().action_emergency, IN_DANGER)

    def action_transfer(self) -> None:
        if self.is_at_station_store:
            from screens.intake.handing import HandOver

            self.app.push_screen(HandOver())
        else:
            self._of_a_call(super().action_transfer)

    def action_decline(self) -> None:
        self._of_a_call(super().action_decline)

    def action_new_call(self) -> None:
        if self.is_at_station_store and self.form.is_secret and not self.form.is_empty:
            self.refuse(NOT_KEPT)
        else:
            super().action_new_call()

    @property
    def is_at_station_store(self) -> bool:
        """Whether this is a station's own store, on which no word of a 密件 may lie."""
        return getattr(self.desk_app.desk, "station", None) is not None

    def action_summary(self) -> None:
        self._of_a_call(super().action_summary)

    def action_switch_call(self) -> None:
        self._of_a_call(super().action_switch_call)


async def set_up(form: IntakeForm) -> None:
    """Make the form of a telephone one of a counter: 密件 is chosen before the first word, reading back comes last."""
    identity = form.part("identity")
    assert isinstance(identity, Choice)
    identity.options = _IDENTITIES
    _label_of(form, "number").update("电话")
    for name in ("line", "contact"):
        _label_of(form, name).display = form.part(name).display = False
    rows = list(form.query_children(FormRow))
    contact, first = _row_of(form, "identity"), rows[0]
    await form.mount(
        Static(BEFORE_TYPING, classes="before-typing", markup=False),
        FormRow(OpenChoice("到站人", [(str(each), word(each)) for each in Comer], id="comer")),
        FormRow(OpenChoice("代办原因", [(str(each), word(each)) for each in CounterReason], id="reason")),
        before=first,
    )
    form.move_child(contact, before=_row_of(form, "comer"))
    await form.mount(
        FormRow(
            Field("联系办法", max_length=400, placeholder="无电话的写捎话人、时间、地点", id="reach"),
        ),
        FormRow(Choice("本人同意", _CONSENT, id="consent")),
        FormRow(
            OpenChoice("宣读", [(str(each), word(each)) for each in ReadBack], id="readback"),
        ),
        FormRow(Field("见证人", max_length=100, placeholder="本人不能书写的必填", id="witness")),
        after=_row_of(form, "urgency"),
    )
    form.first = "identity"


def _row_of(form: IntakeForm, name: str) -> FormRow:
    row = form.part(name).parent
    assert isinstance(row, FormRow)
    return row


def _label_of(form: IntakeForm, name: str) -> Static:
    siblings = list(_row_of(form, name).children)
    label = siblings[siblings.index(form.part(name)) - 1]
    assert isinstance(label, Static)
    return label


def danger_sections(offer: Offer) -> Iterable[Section]:
    """What to do when words of danger fall where nobody can be put through."""
    said = "、".join(dict.fromkeys((*offer.crisis_words, *offer.words)))
    if offer.crisis_words or offer.urgency is Urgency.CRITICAL:
        yield Section(f"危险词 {said}：{IN_DANGER}", style=OVERDUE)
    elif offer.urgency is Urgency.URGENT:
        yield Section(f"提示词 {said}：紧急程度建议选“紧急”", style=OVERDUE)


def counter_form(values: Mapping[str, str]) -> CounterForm:
    """What was noted at the counter, as the flow takes it."""
    comer, reason, read_back = (values.get(name) for name in ("comer", "reason", "readback"))
    return CounterForm(
        comer=Comer(comer) if comer else None,
        reason=CounterReason(reason) if reason else None,
        reach=values.get("reach", ""),
        has_consent=values.get("consent") == "yes",
        read_back=ReadBack(read_back) if read_back else None,
        witness=values.get("witness", ""),
    )
