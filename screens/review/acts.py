"""What one key does on the review screen: its deed, its words, and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desk.codes import Deed, word
from screens.review import pressing

if TYPE_CHECKING:
    from desk.context import Desk


@dataclass(frozen=True, slots=True)
class Act:
    """One key. `label` names the words it asks for ("" asks for nothing); the flow's function is named by the deed.

    `called` is what the message line calls it, where the deed's own word would say how it ends.
    """

    key: str
    hint: str
    deed: Deed
    label: str = ""
    is_required: bool = True
    is_for_many: bool = False
    called: str = ""

    @property
    def decides_write_off(self) -> bool:
        """Whether it is the second person's word on a 销号."""
        return self.deed in (Deed.APPROVE_WRITE_OFF, Deed.REFUSE_WRITE_OFF)

    @property
    def done(self) -> str:
        """What the message line says afterwards."""
        return f"已{self.called or word(self.deed)}"


PASS = Act("s", "通过", Deed.PASS_CLOSE_REVIEW, is_for_many=True)
SEND_BACK = Act("b", "退回", Deed.SEND_BACK_CLOSE_REVIEW, "退回理由")
CALL_BACK = Act("h", "回访", Deed.CLOSE_SATISFIED, called="回访")
MISSED = Act("w", "未接通", Deed.LOG_CALLBACK_ATTEMPT, "未接通情况", is_required=False, called="登记未接通")
REWORK = Act("z", "重办", Deed.REWORK)
ASK_WRITE_OFF = Act("x", "申请销号", Deed.ASK_WRITE_OFF)
GRADE = Act("g", "评级", Deed.SET_GRADE)
CHECK_PANEL = Act("v", "核查评议", Deed.SEND_TO_PANEL, called="核查评议申请")
EXPLAIN = Act("e", "解释说明", Deed.LOG_EXPLANATION, "向诉求人解释的内容")
GRANT, PROPOSED = "grant", "proposed"
"""The answer that lets a request go before the panel; what words that the desk wrote are kept under."""
ARCHIVE = Act("k", "归档", Deed.ARCHIVE, is_for_many=True)
JUDGE = Act("R", "评价回复", Deed.ACCEPT_ANSWER, "意见", is_required=False, called="评价回复")
SCORE = Act("S", "评分", Deed.SCORE_HANDLING, called="评处理成效")

ACTS = (
    PASS,
    SEND_BACK,
    CALL_BACK,
    MISSED,
    Act("o", "无法回访", Deed.CLOSE_UNREACHED, "说明", is_required=False, called="按无法回访办结"),
    REWORK,
    Act("p", "同意销号", Deed.APPROVE_WRITE_OFF, "意见", is_required=False),
    Act("n", "不同意", Deed.REFUSE_WRITE_OFF, "不同意的理由"),
    ASK_WRITE_OFF,
    CHECK_PANEL,
    EXPLAIN,
    Act("f", "退回程序", Deed.REFUSE_PROCEDURE, "退回的理由"),
    ARCHIVE,
    SCORE,
    Act("r", "督办回复", Deed.ANSWER_SUPERVISION, "督办回复"),
    Act("l", "处置计划", Deed.SET_PLAN, "处置计划"),
    GRADE,
    JUDGE,
    Act("d", "督办", Deed.SUPERVISE, "督办要求"),
    Act("u", "催办", Deed.REMIND, "催办内容"),
    Act("t", "重新启动", Deed.REOPEN, "重新启动理由"),
)
"""Every key, the most important first: so they stand in the last row."""


def is_offered(act: Act, allowed: frozenset[Deed]) -> bool:
    """Whether the key is shown to somebody who may do `allowed`."""
    if act is PASS:
        return bool({Deed.PASS_CLOSE_REVIEW, Deed.PASS_WITHOUT_CALLBACK} & allowed)
    return act.deed in allowed


def do(flow: Any, desk: Desk, act: Act, order_no: str, answers: Mapping[str, str]) -> None:
    """Do the act's deed with what its form was answered."""
    if act is ASK_WRITE_OFF:
        flow.ask_write_off(desk, order_no, answers["kind"], answers["text"])
    elif act is REWORK:
        flow.rework(desk, order_no, answers["text"], answers["fault"])
    elif act is GRADE:
        flow.set_grade(desk, order_no, answers["grade"], answers["text"])
    elif act is SCORE:
        flow.score_handling(desk, order_no, int(answers["points"]), answers["text"])
    elif act is CHECK_PANEL and answers["decision"] == GRANT:
        lawful, explained = (answers[name] == "yes" for name in ("lawful", "explained"))
        flow.send_to_panel(desk, order_no, answers["text"], lawful=lawful, explained=explained)
    elif act is CHECK_PANEL:
        flow.refuse_panel(desk, order_no, answers["text"])
    elif act is SEND_BACK:
        flow.send_back_close_review(desk, order_no, answers["text"], answers["reasons"].split(","))
    elif act.deed in pressing.KIND_OF:
        pressing.file(flow, desk, act.deed, order_no, answers)
    else:
        getattr(flow, str(act.deed))(desk, order_no, answers["text"])
