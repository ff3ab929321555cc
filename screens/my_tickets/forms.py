"""What is asked before a deed of 我的工单, and the call that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from desk.codes import AnswerOutcome, ContactWay, Deed, ProcedureKind, ReturnReason, Status, Verdict, word
from desk.rules.written_paths import file_named
from screens.columns import short_number
from screens.dialogs import send_back, steps
from screens.dialogs.ask import Answers
from screens.dialogs.kept import KeptForm
from screens.widgets import Choice, Field, LongText

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.my_tickets_rows import TicketRow

Do = Callable[[Any, "Desk", str, Mapping[str, str]], object]
Widgets = Sequence[Field | Choice | LongText]
LONG, PRESSURE, SHORT = 4000, 2000, 500


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its title, its fields as an untouched form has them, what must not be empty, the deed."""

    title: str
    fields: Callable[[TicketRow], Widgets]
    do: Do
    done: str
    required: tuple[str, ...] = ()

    def dialog(
        self, ticket: TicketRow, kept: Answers, keep: Callable[[Answers], object], beside: str
    ) -> KeptForm:
        """Make the dialog for one order; `kept` was typed before, `beside` stands in its title (whom to ring)."""
        title = f"{self.title} {short_number(ticket.order.order_no)}  {beside}".rstrip()
        return KeptForm(title, self.fields(ticket), keep=keep, kept=kept, required=self.required)


def _words(label: str, limit: int = SHORT) -> Callable[[TicketRow], Widgets]:
    return lambda _: [LongText(label, max_length=limit, id="words")]


def _answer_fields(ticket: TicketRow) -> Widgets:
    outcomes = [(str(each), word(each)) for each in AnswerOutcome]
    ways = [(str(each), word(each)) for each in ContactWay]
    return [
        Choice("结果", outcomes, is_open=True, id="outcome"),
        Choice("方式", ways, value=ticket.answer_way, id="way"),
        Field("号码", placeholder="空着即工单所留号码", max_length=60, id="number"),
        LongText("答复内容", _passed_reply(ticket), max_length=LONG, id="said"),
    ]


def _passed_reply(ticket: TicketRow) -> str:
    """What the unit's 审核人 passed is what one says; whoever said more or less writes it down."""
    reply = ticket.reply
    return reply.public_reply if reply is not None and reply.verdict is Verdict.GRANTED else ""


def _contact_fields(_: TicketRow) -> Widgets:
    reached = [("no", "联系未果"), ("yes", "已联系上"), ("visit", "上门见到"), ("visit_missed", "上门未遇")]
    return [
        Choice("结果", reached, is_open=True, id="reached"),
        Field("号码", placeholder="空着即工单所留号码", max_length=60, id="number"),
        LongText("说明", max_length=SHORT, placeholder="上门的写见到谁、看到什么", id="words"),
    ]


def return_form(ticket: TicketRow, duty: str = "") -> Form:
    """The form of 申请退单; `duty` is the duty item by which the unit was found. Once signed it asks for the site."""
    is_signed = ticket.order.status is not Status.TO_SIGN
    return replace(
        FORMS[Deed.ASK_RETURN],
        fields=partial(_return_fields, duty=duty, is_signed=is_signed),
        required=("reason", "words", "duty", *(("finding",) if is_signed else ())),
    )


def _return_fields(_: TicketRow, *, duty: str = "", is_signed: bool = True) -> Widgets:
    reasons = [(str(each), word(each)) for each in ReturnReason]
    return [
        Choice("理由", reasons, is_open=True, id="reason"),
        LongText("说明", max_length=SHORT, id="words"),
        Field(
            "职责依据", duty, placeholder="如 清单第118项；清单没有的写 清单未列", max_length=SHORT, id="duty"
        ),
        *([LongText("现场情况", max_length=SHORT, id="finding")] if is_signed else []),
    ]


def _part_return_fields(_: TicketRow) -> Widgets:
    reasons = [(str(each), word(each)) for each in ReturnReason]
    duty = "如 清单第118项；清单没有的写 清单未列"
    return [
        Choice("理由", reasons, is_open=True, id="reason"),
        LongText("说明", max_length=SHORT, id="words"),
        Field("职责依据", placeholder=duty, max_length=SHORT, id="duty"),
        Field("改请单位", placeholder="应请哪家协办；空着即不必另请", max_length=60, id="target"),
        LongText("现场情况", max_length=SHORT, id="finding"),
    ]


def _extension_fields(ticket: TicketRow) -> Widgets:
    most = ticket.longest_extension
    return [
        Field(
            "延期天数",
            placeholder=f"1 至 {most} 个工作日",
            width=24,
            max_length=3,
            id="days",
        ),
        LongText("理由", max_length=SHORT, id="words"),
        LongText("告知记录", max_length=SHORT, id="told"),
    ]


def _procedure_fields(_: TicketRow) -> Widgets:
    kinds = [(str(each), word(each)) for each in ProcedureKind]
    ways = [(str(each), word(each)) for each in ContactWay]
    return [
        Choice("法定程序", kinds, is_open=True, id="kind"),
        Field("办理机关", placeholder="如 县劳动保障监察大队", max_length=60, id="organ"),
        Field("案号文号", max_length=60, id="number"),
        Field("法定期限", placeholder="如 2027-01-20", max_length=20, id="due_on"),
        Choice("告知方式", ways, id="way"),
        LongText("告知记录", max_length=SHORT, id="told"),
    ]


def _enter_procedure(flow: Any, desk: Desk, order_no: str, given: Mapping[str, str]) -> object:
    names = ("kind", "organ", "number", "due_on", "told", "way")
    return flow.enter_procedure(desk, order_no, *(given[name] for name in names))


def _longer_fields(_: TicketRow) -> Widgets:
    return [
        Field("法定期限", placeholder="顺延到哪一天", max_length=20, id="due_on"),
        LongText("顺延依据", max_length=SHORT, id="words"),
        LongText("告知记录", max_length=SHORT, id="told"),
    ]


def _extend_procedure(flow: Any, desk: Desk, order_no: str, given: Mapping[str, str]) -> object:
    return flow.extend_procedure(desk, order_no, given["due_on"], given["words"], given["told"])


def _file_fields(_: TicketRow) -> Widgets:
    return [Field("附件", placeholder="照片或文书在本机的完整路径；文件留在原处", max_length=400, id="file")]


def _add_file(flow: Any, desk: Desk, order_no: str, given: Mapping[str, str]) -> object:
    return flow.add_attachment(desk, order_no, file_named(given["file"], "", "附件"))


def whole_number(text: str) -> int:
    """A number of days as typed, full-width digits included; 0 for anything else, which the desk refuses."""
    return int(text) if text.strip().isdecimal() else 0


def _log_answer(flow: Any, desk: Desk, order_no: str, given: Mapping[str, str]) -> object:
    return flow.log_answer(desk, order_no, given["outcome"], given["way"], given["number"], given["said"])


_VISITS = {"visit": True, "visit_missed": False}
"""What was done on foot, and whether somebody was met."""


def _log_contact(flow: Any, desk: Desk, order_no: str, given: Mapping[str, str]) -> object:
    if given["reached"] in _VISITS:
        return flow.log_visit(desk, order_no, given["words"], met=_VISITS[given["reached"]])
    reached = given["reached"] == "yes"
    return flow.log_contact_attempt(desk, order_no, given["number"], given["words"], reached=reached)


def _ask_return(flow: Any, desk: Desk, order_no: str, given: Mapping[str, str]) -> object:
    target = int(given["target"].partition("/")[0])
    finding = given.get("finding", "")
    return flow.ask_return(desk, order_no, given["reason"], target, given["words"], given["duty"], finding)


def _ask_part_return(flow: Any, desk: Desk, order_no: str, given: Mapping[str, str]) -> object:
    words = (given["words"], given["duty"], given["target"], given["finding"])
    return flow.ask_part_return(desk, order_no, given["reason"], *words)


def _ask_extension(flow: Any, desk: Desk, order_no: str, given: Mapping[str, str]) -> object:
    days = whole_number(given["days"])
    return flow.ask_extension(desk, order_no, days, given["words"], given["told"])


def _ask_co_handling(flow: Any, desk: Desk, order_no: str, given: Mapping[str, str]) -> object:
    target = int(given["target"].partition("/")[0])
    return flow.ask_co_handling(desk, order_no, target, given["words"])


def _send_back_fields(ticket: TicketRow) -> Widgets:
    return [send_back.reasons_field(ticket.proposed), LongText("退回意见", max_length=SHORT, id="words")]


def _send_back_reply(flow: Any, desk: Desk, order_no: str, given: Mapping[str, str]) -> object:
    return flow.send_back_reply(desk, order_no, given["words"], given["reasons"].split(","))


def _said(name: str) -> Do:
    """A deed that takes the order and one text."""
    return lambda flow, desk, order_no, given: getattr(flow, name)(desk, order_no, given["words"])


FORMS: Mapping[Deed, Form] = {
    Deed.LOG_ANSWER: Form("答复诉求人", _answer_fields, _log_answer, "已登记答复，待办结审核", ("outcome",)),
    Deed.LOG_CONTACT_ATTEMPT: Form("联系诉求人", _contact_fields, _log_contact, "已登记联系", ("reached",)),
    Deed.ANSWER_SUPERVISION: Form(
        "督办回复", _words("回复", PRESSURE), _said("answer_supervision"), "已回复督办", ("words",)
    ),
    Deed.ANSWER_REMINDER: Form(
        "催办回复", _words("回复", PRESSURE), _said("answer_reminder"), "已回复催办", ("words",)
    ),
    Deed.CO_REPLY: Form("协办答复", _words("答复", LONG), _said("co_reply"), "已答复工单管家", ("words",)),
    Deed.ASK_CO_HANDLING: Form(
        "请协办", _words("协办事项"), _ask_co_handling, "已请协办，2 个工作日内答复", ("words",)
    ),
    Deed.ASK_RETURN: Form(
        "申请退单", _return_fields, _ask_return, "已申请退单，时限照走", ("reason", "words", "duty")
    ),
    Deed.ASK_PART_RETURN: Form(
        "申请退协办",
        _part_return_fields,
        _ask_part_return,
        "已申请退协办，时限照走",
        ("reason", "words", "duty"),
    ),
    Deed.ASK_EXTENSION: Form(
        "申请延期", _extension_fields, _ask_extension, "已申请延期", ("days", "words", "told")
    ),
    Deed.ENTER_PROCEDURE: Form(
        "转法定程序",
        _procedure_fields,
        _enter_procedure,
        "已转法定程序，C级入池，期满自动恢复办理",
        ("kind", "organ", "number", "due_on", "told"),
    ),
    Deed.EXTEND_PROCEDURE: Form(
        "法定期限顺延", _longer_fields, _extend_procedure, "已顺延", ("due_on", "words", "told")
    ),
    Deed.END_PROCEDURE: Form(
        "程序有结果", _words("结果"), _said("end_procedure"), "已恢复办理，请答复诉求人", ("words",)
    ),
    Deed.ASK_SUSPENSION: Form("申请挂起", _words("理由"), _said("ask_suspension"), "已申请挂起", ("words",)),
    Deed.ASK_ESCALATION: Form(
        "申请提级", _words("理由"), _said("ask_escalation"), "已申请提级，待分管领导决定", ("words",)
    ),
    Deed.ASK_PANEL: Form(
        "申请社会评议",
        lambda _: [
            LongText("依法办理情况", max_length=PRESSURE, id="words"),
            LongText("解释情况", max_length=PRESSURE, id="explained"),
        ],
        lambda flow, desk, order_no, given: flow.ask_panel(
            desk, order_no, given["words"], given["explained"]
        ),
        "已申请社会评议，待热线中心核查",
        ("words", "explained"),
    ),
    Deed.RULE_ESCALATION: Form(
        "提级调度", _words("调度意见"), _said("rule_escalation"), "已记录调度意见", ("words",)
    ),
    Deed.REFER_TO_DAY: Form("提交热线日", _words("说明"), _said("refer_to_day"), "已提交热线日"),
    Deed.RESUME: Form("恢复计时", _words("说明"), _said("resume"), "已恢复计时"),
    Deed.SEND_BACK_REPLY: Form(
        "审核退回", _send_back_fields, _send_back_reply, "已退回起草人", ("reasons", "words")
    ),
    Deed.REFUSE_EXTENSION: Form("不同意延期", _words("理由"), _said("refuse_extension"), "已答复不同意延期"),
    Deed.REFUSE_SUSPENSION: Form(
        "不同意挂起", _words("理由"), _said("refuse_suspension"), "已答复不同意挂起", ("words",)
    ),
    Deed.WRITE_STEP: Form(
        "六步记录", lambda _: steps.step_fields(), steps.write_step, "已记入管家六步", ("step", "words")
    ),
    Deed.ADD_ATTACHMENT: Form("附件", _file_fields, _add_file, "已附", ("file",)),
    Deed.NOTE: Form("办理记录", _words("记录", LONG), _said("note"), "已记录", ("words",)),
}
"""Deeds that ask something first."""

AT_ONCE: Mapping[Deed, tuple[str, str]] = {
    Deed.SIGN: ("sign", "已签收"),
    Deed.CO_SIGN: ("co_sign", "已协办签收"),
    Deed.PASS_REPLY: ("pass_reply", "审核通过，请答复诉求人"),
    Deed.GRANT_EXTENSION: ("grant_extension", "已同意延期，C级入池"),
    Deed.GRANT_SUSPENSION: ("grant_suspension", "已同意挂起"),
    Deed.AUTO_SIGN: ("auto_sign", "已自动签收，计入超期"),
}
"""Deeds that one key does: the function of the flow, and what is said afterwards."""
