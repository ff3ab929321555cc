"""The deeds of 我的工单: a key asks for the order as it stands now, then does what fits or says why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desk.codes import Deed
from desk.errors import Refused
from desk.rules.written_paths import file_named
from screens.base import DeskScreen
from screens.cells import local
from screens.columns import short_number
from screens.dialogs import AskForm, AskText, Confirm, Pick
from screens.dialogs.ask import Answers
from screens.dialogs.notices import NoticeBoard
from screens.dialogs.return_figures import ReturnFiguresPage
from screens.dialogs.scores import ScoresPage
from screens.findings import finding_lines
from screens.my_tickets.forms import AT_ONCE, FORMS, Form, return_form
from screens.my_tickets.keys import BULK, BY_KEY, allowed, refusal
from screens.my_tickets.reply import ReplyEditor
from screens.my_tickets.seats import SEATS
from screens.widgets import Field, RowList, Tabs
from screens.widgets.key_hints import MessageLine

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.my_tickets_rows import BulkRow, TicketRow
    from desk.rows import OrderRow, PhoneRow, PickRow

Typed = Mapping[str, str]
SECTION, PERSON = "section:", "staff:"
MOST_FINDINGS = 4
RINGING = (Deed.LOG_ANSWER, Deed.LOG_CONTACT_ATTEMPT)


class TicketDeeds(DeskScreen):
    """What the keys of the list do. `kept` holds what was typed into forms that were left with Esc."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, Deed], Answers] = {}
        self.rows_of = ""
        """Which tab the rows on screen belong to."""

    @property
    def tickets(self) -> RowList[OrderRow]:
        """The list."""
        return self.query_one("#tickets", RowList)

    @property
    def is_at_the_seats(self) -> bool:
        """Whether the tab 专席 is shown, whose list is another."""
        return self.query_one(Tabs).active == SEATS

    @property
    def _is_at_the_centre(self) -> bool:
        desk = self.desk_app.desk
        return desk is not None and desk.actor.is_at_the_centre

    def action_deed(self, key: str) -> None:
        """A key was pressed on the list."""
        chosen, row = self.tickets.chosen, self.tickets.cursor_row
        if self.is_at_the_seats:
            self.refuse("“专席”一栏没有这个键：看末行，或按 F1")
        elif self.rows_of != self.query_one(Tabs).active:
            self.refuse("这一栏还在读取，请稍候再按")
        elif row is None:
            self.refuse("这一栏没有工单，按 [ 或 ] 换一栏")
        elif key in BULK and self.tickets.marked:
            self._begin_bulk(key, tuple(each.order_no for each in chosen))
        else:
            self.read(
                lambda flow, desk: flow.detail(desk, row.order_no),
                lambda ticket: self._begin(key, ticket),
                group="key",
            )

    def _begin(self, key: str, ticket: TicketRow) -> None:
        deed = allowed(BY_KEY[key], ticket)
        if deed is None:
            self.refuse(refusal(BY_KEY[key], ticket))
        elif deed is Deed.PASS_REPLY and ticket.findings:
            self._confirm(ticket)
        elif deed in AT_ONCE:
            self._at_once(deed, ticket.order.order_no)
        elif deed is Deed.SUBMIT_REPLY:
            self.app.push_screen(ReplyEditor(ticket), self._submitted)
        elif deed is Deed.HAND_ON:
            self._pick_receiver((ticket.order.order_no,))
        elif deed is Deed.REVEAL_PHONE:
            self._reveal(ticket.order.order_no)
        elif deed is Deed.ASK_RETURN:
            self._pick_target(ticket)
        elif deed is Deed.ASK_CO_HANDLING:
            self._pick_helper(ticket)
        elif deed in RINGING and ticket.may(Deed.REVEAL_PHONE) and not self._is_at_the_centre:
            self._ask_with_number(deed, ticket)
        else:
            self._ask(deed, FORMS[deed], ticket)

    def _at_once(self, deed: Deed, order_no: str) -> None:
        name, done = AT_ONCE[deed]
        self.act(lambda flow, desk: getattr(flow, name)(desk, order_no), done=f"{done} {order_no}")

    def _confirm(self, ticket: TicketRow) -> None:
        def sure(is_sure: bool | None) -> None:
            if is_sure:
                self._at_once(Deed.PASS_REPLY, ticket.order.order_no)

        shown = "；".join(finding_lines(ticket.findings[:MOST_FINDINGS]))
        more = f"；..共 {len(ticket.findings)} 处" if len(ticket.findings) > MOST_FINDINGS else ""
        self.app.push_screen(Confirm(f"{shown}{more}。仍然通过？"), sure)

    def _submitted(self, is_submitted: bool | None) -> None:
        if is_submitted:
            self.say("已提交本单位审核人", "done")
        elif is_submitted is False:
            self.say("草稿已留存，按 d 接着写")
        self.reload()

    # -- forms

    def _ask_with_number(self, deed: Deed, ticket: TicketRow) -> None:
        """The unit has to ring: the number stands in the form's title, and its opening is an event (P33)."""
        form, order_no = FORMS[deed], ticket.order.order_no

        def numbered(phone: PhoneRow) -> None:
            self._ask(deed, form, ticket, beside=f"{phone.name} {phone.number}")

        self.act(
            lambda flow, desk: flow.reveal_phone(desk, order_no),
            numbered,
            otherwise=lambda _: self._ask(deed, form, ticket),
        )

    def _ask(
        self,
        deed: Deed,
        form: Form,
        ticket: TicketRow,
        more: Typed | None = None,
        *,
        beside: str = "",
        why: Refused | None = None,
    ) -> None:
        """Ask, then do; after a refusal the form comes back as it was typed."""
        order_no, extra = ticket.order.order_no, dict(more or {})
        place = (order_no, deed)

        def keep(typed: Answers) -> None:
            self.kept[place] = typed

        def given(answers: Answers | None) -> None:
            if answers is None:
                self._say_kept(form, place)
            else:
                keep(answers)
                self.act(
                    lambda flow, desk: form.do(flow, desk, order_no, {**answers, **extra}),
                    lambda _: self.kept.pop(place, None),
                    done=f"{form.done} {order_no}",
                    otherwise=again,
                )

        def again(refused: Refused) -> None:
            self._ask(deed, form, ticket, extra, beside=beside, why=refused)

        dialog = form.dialog(ticket, self.kept.get(place, {}), keep, beside)
        self.app.push_screen(dialog, given)
        if why is not None:
            dialog.call_after_refresh(dialog.point_out, why)

    def _say_kept(self, form: Form, place: tuple[str, Deed]) -> None:
        if any(self.kept.get(place, {}).values()):
            self.say(f"“{form.title}”所填已暂存，未提交：再按同一个键接着写")

    def _pick_target(self, ticket: TicketRow) -> None:
        order_no = ticket.order.order_no

        def picked(unit: PickRow | None) -> None:
            if unit is not None:
                duty = unit.hint if "/" in unit.key else ""
                if duty:
                    self.kept.get((order_no, Deed.ASK_RETURN), {}).pop("duty", None)
                self._ask(
                    Deed.ASK_RETURN,
                    return_form(ticket, duty),
                    ticket,
                    {"target": unit.key},
                    beside=f"应派 {unit.name}",
                )

        find = Pick(
            "申请退单：应派哪个单位",
            self.FLOW,
            lambda flow, desk, text: flow.target_units(desk, text, order_no),
            hint_flex=3,
            asks="单位名，或职责清单事项的字",
        )
        self.app.push_screen(find, picked)

    def _pick_helper(self, ticket: TicketRow) -> None:
        order_no = ticket.order.order_no

        def picked(unit: PickRow | None) -> None:
            if unit is not None:
                deed = Deed.ASK_CO_HANDLING
                self._ask(deed, FORMS[deed], ticket, {"target": unit.key}, beside=f"请 {unit.name}")

        find = Pick(
            "请协办：请哪个单位",
            self.FLOW,
            lambda flow, desk, text: flow.target_units(desk, text, order_no),
            hint_flex=3,
            asks="单位名，或职责清单事项的字",
        )
        self.app.push_screen(find, picked)

    def action_notices(self) -> None:
        """公告与口径: what is announced, and the form for a notice of one's own unit."""
        self.app.push_screen(NoticeBoard())

    def action_return_figures(self) -> None:
        """i: what this unit returned, and what it did not sign in time."""
        self.app.push_screen(ReturnFiguresPage())

    def action_scores(self) -> None:
        """p: how the helping units helped, what this unit was scored, and 申诉 against it."""
        self.app.push_screen(ScoresPage())

    # -- files

    def action_print(self) -> None:
        """P: the order under the cursor as a page to print."""
        order_no = self.order_no()
        if order_no is None:
            self.refuse("这里没有工单，换到有工单的一栏再按 P 打印")
            return
        self._ask_file(
            f"打印工单 {short_number(order_no)}：存成 .docx",
            f"工单{order_no}.docx",
            ".docx",
            lambda flow, desk, path: flow.print_order(desk, order_no, path),
            lambda path: f"已存 {path}，请打开后打印",
        )

    def action_check_files(self) -> None:
        """c: read the files of the order again, and say which are not what was filed."""
        order_no = self.order_no()
        if order_no is None:
            self.refuse("这里没有工单，换到有工单的一栏再按 c 核对附件")
            return
        self.read(
            lambda flow, desk: flow.check_attachments(desk, order_no),
            lambda found: self.refuse(found.line) if found.troubles else self.say(found.line),
            group="key",
        )

    def action_export(self) -> None:
        """E: the tab's list as a sheet."""
        tab, label = self.rows_of, self._tab_label
        if self.is_at_the_seats:
            self.refuse("“专席”一栏不能导出清单，换到别的栏再按 E")
            return
        self._ask_file(
            f"导出“{label}”一栏的清单：.xlsx 或 .csv，号码遮蔽",
            f"{label}{local(self.desk_app.now()):%Y%m%d-%H%M}.xlsx",
            ".xlsx",
            lambda flow, desk, path: flow.export_list(desk, tab, path),
            lambda done: f"已导出 {done.count} 件：{done.path}",
        )

    @property
    def _tab_label(self) -> str:
        tabs = self.query_one(Tabs)
        return next((tab.word for tab in tabs.tabs if tab.key == tabs.active), "工单")

    def _ask_file(
        self,
        title: str,
        name: str,
        form: str,
        do: Callable[[Any, Desk, Path], Any],
        said: Callable[[Any], str],
        why: Refused | None = None,
    ) -> None:
        """Ask where to, then write; after a refusal the form comes back with what was typed."""

        def given(answers: Answers | None) -> None:
            if answers is None:
                return
            typed = answers["file"]
            self.act(
                lambda flow, desk: do(flow, desk, file_named(typed, form)),
                lambda done: self.say(said(done), "done"),
                otherwise=lambda refused: self._ask_file(title, typed, form, do, said, refused),
            )

        dialog = AskForm(title, [Field("文件", name, max_length=400, id="file")], required=("file",))
        self.app.push_screen(dialog, given)
        if why is not None:
            dialog.call_after_refresh(dialog.refuse, str(why))

    # -- several at once

    def action_sign_everything(self) -> None:
        """S: everything that waits for the unit's signature, after one question."""
        self.read(lambda flow, desk: flow.to_sign(desk), self._confirm_signing, group="key")

    def _confirm_signing(self, numbers: tuple[str, ...]) -> None:
        def sure(is_sure: bool | None) -> None:
            if is_sure:
                self.act(lambda flow, desk: flow.sign_all(desk, numbers), self._bulk_done)

        if numbers:
            words = f"签收本单位待签收的 {len(numbers)} 件？应急件、退单待批的不在内。"
            self.app.push_screen(Confirm(words), sure)
        else:
            self.refuse("没有可以一起签收的工单（应急件、退单待批的须逐件办）")

    def _begin_bulk(self, key: str, numbers: tuple[str, ...]) -> None:
        if key == "s":
            self.act(lambda flow, desk: flow.sign_all(desk, numbers), self._bulk_done)
        else:
            self._pick_receiver(numbers)

    def _pick_receiver(self, numbers: tuple[str, ...]) -> None:
        def picked(choice: PickRow | None) -> None:
            if choice is not None:
                self._hand_on(numbers, choice.key)

        self.app.push_screen(
            Pick(
                f"转科室/经办人（{len(numbers)} 件）",
                self.FLOW,
                lambda flow, desk, text: flow.receivers(desk, text),
            ),
            picked,
        )

    def _hand_on(self, numbers: tuple[str, ...], key: str) -> None:
        section = int(key.removeprefix(SECTION)) if key.startswith(SECTION) else None
        person = key.removeprefix(PERSON) if key.startswith(PERSON) else None
        self.act(lambda flow, desk: flow.hand_on_all(desk, numbers, section, person), self._bulk_done)

    def _bulk_done(self, bulk: BulkRow) -> None:
        self.tickets.clear_marks()
        if bulk.refusals:
            self.refuse(bulk.line)
        else:
            self.say(bulk.line, "done")

    # -- 看号码

    def _reveal(self, order_no: str) -> None:
        if not self._is_at_the_centre:
            self.act(lambda flow, desk: flow.reveal_phone(desk, order_no), self._show_phone)
            return

        def reason(words: str | None) -> None:
            if words:
                self.act(lambda flow, desk: flow.reveal_phone(desk, order_no, words), self._show_phone)

        self.app.push_screen(AskText(f"查看号码  {order_no}", "查看事由", max_length=200), reason)

    def _show_phone(self, phone: PhoneRow) -> None:
        words = f"{phone.name}  {phone.number}  （{phone.seconds} 秒后遮蔽，已记入办理经过）"
        self.say(words)
        self.set_timer(phone.seconds, lambda: self._hide_phone(words))

    def _hide_phone(self, words: str) -> None:
        line = self.query_one(MessageLine)
        if line.words == words:
            line.say("")

    def on_screen_suspend(self) -> None:
        if "秒后遮蔽" in self.query_one(MessageLine).words:
            self.say("")
