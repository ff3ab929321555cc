"""受理: one call, one form; the right side fills while one types, and no key ever waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input, TextArea

from desk.codes import Deed, OrderKind
from desk.intake_rows import CallerRow
from screens.intake.counter import AtTheCounter
from screens.intake.fields import PickField, PlaceField
from screens.intake.form import IntakeForm
from screens.intake.identifying import IDENTITY_KEY
from screens.intake.panel import DRAFTS, KNOWLEDGE, NOTICES, OldOrders, SidePanel
from screens.intake.seats import SeatQuestions
from screens.widgets import Choice, Field, Tabs

if TYPE_CHECKING:
    from desk.intake_rows import DraftRow, MatterRow

LOOK_UP_AFTER = 0.06
"""Seconds without a key until what depends on it is looked up: it stands within 150 ms of the last key."""

_LEAST_DIGITS = 3
_RINGING = (("^N", "接入该来电，已录内容放入草稿（表单空着时自动填入，不必按）"),)
_ON_THE_LIST = (
    ("Enter", "打开工单 / 告知公告 / 知识朗读页 / 取回草稿"),
    ("u", "群众催单"),
    ("b", "补充材料"),
    ("w", "撤诉"),
    ("p", "查询进度"),
    ("x", "作废（班长）"),
    ("m", "标记来电人（班长）"),
    ("c", "草稿：回拨未接通，记一次"),
    ("n", "公告与口径：看、拟、发布、结束"),
    ("l", "公告：诉求人仍要求登记，受理并关联该公告"),
    ("i", "诉求人坚持：不予受理的工单交派单员裁定"),
    ("d", "名录：查 12388、12348、信访局等，读给诉求人"),
    ("t", "告知：失败的重发、改打电话（话务员、班长）"),
    ("^Left ^Right", "换标签"),
    ("Esc", "回表单"),
)
_NEXT = (("^G", "下一标签"), ("Esc", "回表单"))
_ORDER_KEYS = (
    ("Enter", "打开"),
    ("u", "催单"),
    ("b", "补充"),
    ("w", "撤诉"),
    ("p", "进度"),
    ("x", "作废"),
    ("m", "标记"),
    *_NEXT,
)
_LIST_KEYS = {
    KNOWLEDGE: (("Enter", "朗读页"), *_NEXT),
    NOTICES: (("Enter", "告知公告"), ("l", "仍登记"), ("n", "拟公告、发布"), *_NEXT),
    DRAFTS: (("Enter", "取回草稿"), ("c", "回拨未接通"), *_NEXT),
}
_LOOSE = {
    "area": (
        "查无此地“{}”，按原话记录；可从候选中选乡镇",
        "“{}”没有从候选中选定，按原话记录；可按上下键选、Enter 定",
    ),
    "area2": ("查无此地“{}”：请从候选中选，或清空", "“{}”没有从候选中选定：请选，或清空"),
    "accused": ("名录中没有“{}”，按原话记入被反映对象", "“{}”没有从候选中选定，按原话记入被反映对象"),
    "category": ("没有“{}”这一诉求分类：请从候选中选，或清空", "诉求分类“{}”没有从候选中选定：请选，或清空"),
}
"""What is said of words that a field was left with: nothing is called like that, or several are."""


class IntakeScreen(AtTheCounter, SeatQuestions):
    """F2: register an order from a call, answer it at once, hand it on, or file the call without one."""

    FLOW = "desk.intake"
    DEEDS = frozenset({Deed.REGISTER})
    CSS_PATH = "intake.tcss"
    AUTO_FOCUS = "#number"
    HINTS = (
        ("^S", "受理"),
        ("^R", "直接答复"),
        ("^F", "知识库"),
        ("^E", "应急"),
        ("^T", "转接"),
        ("F7", "小结"),
        ("F9", "再登一件"),
        ("^O", "更多"),
        ("^G", "列表"),
        ("^N", "新来电"),
        ("^X", "换通话"),
        ("^B", "不予受理"),
        ("^W", "专席"),
        ("^K", "案例"),
        ("^Y", "短语"),
        IDENTITY_KEY,
    )
    MORE_KEYS = (("来电振铃", _RINGING), ("下方/右侧列表（^G）", _ON_THE_LIST))
    BINDINGS = [
        Binding("ctrl+s", "register", priority=True),
        Binding("ctrl+r", "answer", priority=True),
        Binding("ctrl+e", "emergency", priority=True),
        Binding("ctrl+t", "transfer", priority=True),
        Binding("ctrl+b", "decline", priority=True),
        Binding("ctrl+o", "more", priority=True),
        Binding("ctrl+g", "to_list", priority=True),
        Binding("ctrl+n", "new_call", priority=True),
        Binding("ctrl+w", "seats", priority=True),
        Binding("ctrl+x", "switch_call", priority=True),
        Binding("ctrl+k", "cases", priority=True),
        Binding("ctrl+y", "phrase", priority=True),
        Binding("f7", "summary", priority=True),
        Binding("f12", "identify", priority=True),
        Binding("f9", "one_more", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._before_more: Widget | None = None

    def body(self) -> ComposeResult:
        with Container(id="sides"):
            yield IntakeForm()
            yield SidePanel(self.desk_app.now)

    def order_no(self) -> str | None:
        row = self.panel.row
        return row.order.order_no if row and row.order else None

    def action_notices(self) -> None:
        """公告与口径: everything that is announced, and the form for a new one."""
        from screens.dialogs import NoticeBoard

        self.app.push_screen(NoticeBoard())

    def action_messages(self) -> None:
        """告知: what failed or waits, with the numbers to ring instead."""
        from screens.dialogs import MessageList

        self.app.push_screen(MessageList())

    def action_cases(self) -> None:
        """典型案例: the library, searched by words."""
        from screens.dialogs import CaseList

        self.app.push_screen(CaseList())

    # -- what is shown beside the form

    def reload(self) -> None:
        if self.must_become_a_counter():
            self.call_next(self.become_a_counter)
            return
        self.restore_once()
        self.ask_phrases()
        self.read(
            lambda flow, desk: (flow.to_complete(desk), flow.drafts(desk), flow.failed_count(desk)),
            self._show_waiting,
            group="waiting",
        )
        self.look_up()

    def look_up(self) -> None:
        self._ask_caller()
        self._ask_matter()

    def _show_waiting(self, found: tuple[Any, tuple[DraftRow, ...], int]) -> None:
        back, drafts, failed = found
        others = [draft for draft in drafts if draft.id != self.draft_id]
        self.panel.show_waiting(back, others, failed)

    @property
    def _number(self) -> str:
        number = str(self.form.part("number").value)
        if not number and self.last_call is not None:
            return self.last_call.caller.get("number", "")
        return number

    def _ask_caller(self) -> None:
        number = self._number
        if len(number) < _LEAST_DIGITS:
            self._show_caller(number, CallerRow(""))
            return
        self.read(
            lambda flow, desk: flow.caller(desk, number),
            lambda caller: self._show_caller(number, caller),
            group="caller",
        )

    def _show_caller(self, number: str, caller: CallerRow) -> None:
        if number != self._number:
            return
        last = self.last_call
        is_secret = last.is_secret if last and self.form.is_empty else self.form.is_secret
        self.panel.show_caller(caller, is_secret=is_secret)
        if not self.form.is_empty and "register" not in self._deeds:
            self._propose_name(caller)

    def _propose_name(self, caller: CallerRow) -> None:
        """A known caller's name stands in the empty field; an anonymous or secret order begins without one."""
        if self.form.is_secret or self.form.part("identity").value != "named":
            self.form.caller_name.withdraw()
        else:
            self.form.caller_name.propose(caller.name, caller.phone)

    def _ask_matter(self) -> None:
        text, area = self.form.matter, self.form.area_code
        line = str(self.form.part("line").value)
        place = str(self.form.part("place").value)
        self.read(
            lambda flow, desk: flow.matter(desk, text, area, line, place), self._show_matter, group="matter"
        )

    def _show_matter(self, matter: MatterRow) -> None:
        self.panel.show_matter(matter)
        self.form.propose_title(matter.offer.title)

    def on_tabs_switched(self) -> None:
        self.panel.show_tab()
        self._hint_keys()

    # -- while one types

    def on_pick_field_wanted(self, event: PickField.Wanted) -> None:
        event.stop()
        field, text = event.field, event.words
        more = {"phone": self._number} if field.finder == "areas" else {}
        self.read(
            lambda flow, desk: getattr(flow, field.finder)(desk, text, **more),
            lambda rows: field.offer(text, rows),
            group=f"pick {field.id}",
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        self._typed(str(event.input.id))

    @on(TextArea.Changed)
    def content_changed(self) -> None:
        """The text of the matter has changed."""
        self._typed("content")

    def on_choice_changed(self, event: Choice.Changed) -> None:
        super().on_choice_changed(event)
        self._typed(str(event.choice.id))
        if event.choice.id == "kind" and event.choice.value == OrderKind.TIP_OFF:
            self.say("举报默认保密；请按 ^O 在“被反映单位”选单位，派单时回避该单位")
        if event.choice.id == "line":
            self.ask_phrases()
            self._hint_keys()
        if event.choice.id in ("kind", "identity"):
            self._ask_caller()

    def on_pick_field_left_loose(self, event: PickField.LeftLoose) -> None:
        event.stop()
        unknown, several = _LOOSE[str(event.field.id)]
        self.say((unknown if event.is_unknown else several).format(event.field.loose_words))

    def _typed(self, name: str) -> None:
        self.touched()
        if name == "number":
            self.later("caller", LOOK_UP_AFTER, self._ask_caller, again=True)
        elif name in ("content", "title", "area", "place", "line"):
            self.later("matter", LOOK_UP_AFTER, self._ask_matter, again=True)
        if name == "category":
            self.later("phrases", LOOK_UP_AFTER, self.ask_phrases, again=True)
        if name in ("area", "occurred"):
            self.later("moment", LOOK_UP_AFTER, self._ask_moment, again=True)
        if name == "area":
            self.later("landmarks", LOOK_UP_AFTER, self._ask_landmarks, again=True)

    def _ask_moment(self) -> None:
        """What date the words of 事发时间 propose: by the 圩日 of the place where it happened."""
        words, area = self.form.values().get("occurred", ""), self.form.area_code
        self.read(
            lambda flow, desk: flow.occurred(desk, words, area) if words else None,
            lambda found: self.form.show_moment(words, found),
            group="moment",
        )

    def _ask_landmarks(self) -> None:
        area = self.form.area_code
        self.read(
            lambda flow, desk: flow.landmarks(desk, area) if area else (),
            lambda known: self.form.remember(area, known),
            group="landmarks",
        )

    def on_place_field_said(self, event: PlaceField.Said) -> None:
        event.stop()
        field, text = event.field, event.words
        self.read(
            lambda flow, _: flow.understood(text), lambda words: field.understand(text, words), group="place"
        )

    def entered(self, field: Field) -> None:
        if isinstance(field, PickField):
            field.take_marked()
        if isinstance(field, PlaceField) and field.take_marked():
            return
        self.focus_next()

    # -- moving about

    async def action_more(self) -> None:
        """Ctrl+O: the rest of the form; pressed again, back to where one was.

        On a small screen it stands where the list was.
        """
        if self.has_class("-unfolded"):
            self._fold()
            back = self._before_more
            if back is not None and back.is_attached and back.display and back.region:
                back.focus()
            else:
                self.form.focus_part("content")
            return
        self._before_more = self.focused
        await self.form.unfold()
        self.add_class("-unfolded")
        self.form.focus_part("accused")

    def _fold(self) -> None:
        self.remove_class("-unfolded")
        self.form.fold()

    def action_to_list(self) -> None:
        """Ctrl+G: to the list on the right, and on to its next tab."""
        self._fold()
        old = self.query_one(OldOrders)
        if old.has_focus:
            self.action_tab(1)
        old.focus()

    def action_to_form(self) -> None:
        """Esc in the list: back to the form; what was refused was about a line of the list."""
        self.hush("refused")
        self.form.focus_part("content")

    def on_descendant_focus(self) -> None:
        self._hint_keys()

    def _hint_keys(self) -> None:
        is_in_list = isinstance(self.focused, OldOrders)
        tab = self.query_one(Tabs).active
        self.hint(
            *(
                _LIST_KEYS.get(tab, self.order_keys if self.is_at_counter else _ORDER_KEYS)
                if is_in_list
                else self.keys
            )
        )
