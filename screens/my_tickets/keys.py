"""The keys of 我的工单: which deed each one is, and which of them to show for an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.codes import Deed

if TYPE_CHECKING:
    from desk.my_tickets_rows import TicketRow
    from screens.widgets.key_hints import Hint

PHONE = "f8"


@dataclass(frozen=True, slots=True)
class Key:
    """One key and the deeds it may be, by status and person: the first allowed one is done."""

    key: str
    deeds: Mapping[Deed, str]

    @property
    def written(self) -> str:
        """The key as the bottom row writes it."""
        return self.key.upper() if self.key == PHONE else self.key

    @property
    def words(self) -> str:
        """Everything the key may do, for the F1 page."""
        return " / ".join(self.deeds.values())


KEYS = (
    Key("s", {Deed.SIGN: "签收", Deed.CO_SIGN: "协办签收"}),
    Key("d", {Deed.SUBMIT_REPLY: "起草答复"}),
    Key(
        "t",
        {
            Deed.PASS_REPLY: "审核通过",
            Deed.GRANT_EXTENSION: "同意延期",
            Deed.GRANT_SUSPENSION: "同意挂起",
        },
    ),
    Key(
        "b",
        {
            Deed.SEND_BACK_REPLY: "审核退回",
            Deed.REFUSE_EXTENSION: "不同意延期",
            Deed.REFUSE_SUSPENSION: "不同意挂起",
        },
    ),
    Key("h", {Deed.LOG_ANSWER: "答复诉求人"}),
    Key("w", {Deed.LOG_CONTACT_ATTEMPT: "联系登记"}),
    Key("x", {Deed.CO_REPLY: "协办答复"}),
    Key("u", {Deed.ANSWER_SUPERVISION: "督办回复", Deed.ANSWER_REMINDER: "催办回复"}),
    Key("m", {Deed.ASK_CO_HANDLING: "请协办"}),
    Key("z", {Deed.HAND_ON: "转科室/经办人"}),
    Key("v", {Deed.RESUME: "恢复计时"}),
    Key("r", {Deed.ASK_RETURN: "申请退单", Deed.ASK_PART_RETURN: "申请退协办"}),
    Key("y", {Deed.ASK_EXTENSION: "申请延期", Deed.EXTEND_PROCEDURE: "法定期限顺延"}),
    Key("g", {Deed.ASK_SUSPENSION: "申请挂起"}),
    Key("e", {Deed.ASK_ESCALATION: "申请提级"}),
    Key("k", {Deed.RULE_ESCALATION: "调度意见"}),
    Key("q", {Deed.REFER_TO_DAY: "提交热线日"}),
    Key(PHONE, {Deed.REVEAL_PHONE: "看号码"}),
    Key("n", {Deed.NOTE: "办理记录"}),
    Key("l", {Deed.WRITE_STEP: "六步"}),
    Key("j", {Deed.ENTER_PROCEDURE: "转法定程序", Deed.END_PROCEDURE: "程序有结果"}),
    Key("o", {Deed.ASK_PANEL: "申请社会评议"}),
    Key("f", {Deed.ADD_ATTACHMENT: "附件"}),
    Key("a", {Deed.AUTO_SIGN: "自动签收"}),
)
BY_KEY = {each.key: each for each in KEYS}
BULK = ("s", "z")
"""The keys that take every marked row."""


def hints_for(ticket: TicketRow | None) -> tuple[Hint, ...]:
    """The bottom row: only what this person may do with this order now."""
    able = () if ticket is None else (*_hints(ticket), ("Enter", "卡片"))
    return (*able, ("[ ]", "换栏"))


def _hints(ticket: TicketRow) -> list[Hint]:
    pairs = ((key, allowed(key, ticket)) for key in KEYS)
    return [(key.written, key.deeds[deed]) for key, deed in pairs if deed is not None]


def allowed(key: Key, ticket: TicketRow) -> Deed | None:
    """The deed that the key does with this order now, or None."""
    return next((deed for deed in key.deeds if ticket.may(deed)), None)


def refusal(key: Key, ticket: TicketRow) -> str:
    """Why the key does nothing now: the deed that the status would allow says it best."""
    lines = [ticket.refusals[deed] for deed in key.deeds]
    telling = (line for line in lines if not line.startswith(("工单现为", "您没有")))
    return next(telling, next((line for line in lines if not line.startswith("工单现为")), lines[0]))
