"""回避 and the second person: who may not do a deed because of what they did before (design part 4, P27, P28).

The second person of an act is another person, not another 工号: everything here compares `person_uid`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from db.codes import Deed

D = Deed


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Whoever did one of `earlier` may not do the deed; in this round alone, or anywhere in the order's life."""

    earlier: tuple[Deed, ...]
    line: str
    whole_order: bool = False


_OWN_DRAFT = Exclusion((D.SUBMIT_REPLY,), "起草人不能审核自己的答复，请由本单位另一名审核人审核")
_OWN_ANSWER = Exclusion((D.LOG_ANSWER,), "登记答复的人不能审核自己的答复，请由另一名审核员审核")
_OWN_AUDIT = Exclusion(
    (D.PASS_CLOSE_REVIEW, D.SEND_BACK_CLOSE_REVIEW),
    "办结审核人不能回访同一工单，请由另一名回访员回访",
    whole_order=True,
)

_OWN_DECLINING = Exclusion((D.DECLINE,), "不能裁定自己作出的不予受理，请由另一人裁定", whole_order=True)
_OWN_SCORE = Exclusion(
    (D.SCORE_HANDLING, D.SCORE_COOPERATION, D.APPEAL_SCORE),
    "评分人和申诉人不能决定本单的申诉，请由另一名审核员或班长决定",
    whole_order=True,
)

NOT_THE_SAME: Mapping[Deed, Exclusion] = {
    D.PASS_REPLY: _OWN_DRAFT,
    D.SEND_BACK_REPLY: _OWN_DRAFT,
    D.PASS_CLOSE_REVIEW: _OWN_ANSWER,
    D.PASS_WITHOUT_CALLBACK: _OWN_ANSWER,
    D.CLOSE_SATISFIED: _OWN_AUDIT,
    D.CLOSE_UNSOLVED: _OWN_AUDIT,
    D.CLOSE_UNREACHED: _OWN_AUDIT,
    D.LOG_CALLBACK_ATTEMPT: _OWN_AUDIT,
    D.RECORD_DISSATISFACTION: _OWN_AUDIT,
    D.ACCEPT_DECLINED: _OWN_DECLINING,
    D.CONFIRM_DECLINED: _OWN_DECLINING,
    D.PASS_DECLINED: _OWN_DECLINING,
    D.APPROVE_WRITE_OFF: Exclusion((D.ASK_WRITE_OFF,), "申请人不能批准自己的销号，请由第二人审批"),
    D.REFUSE_WRITE_OFF: Exclusion((D.ASK_WRITE_OFF,), "申请人不能决定自己的销号申请，请由第二人审批"),
    D.PUBLISH_CASE: Exclusion(
        (D.PROPOSE_CASE,), "提出人不能发布自己的案例，请由第二人核对后发布", whole_order=True
    ),
    D.GRANT_APPEAL: _OWN_SCORE,
    D.REFUSE_APPEAL: _OWN_SCORE,
    D.GRANT_EXTENSION: Exclusion((D.ASK_EXTENSION,), "申请人不能批准自己的延期，请由第二人审批"),
    D.GRANT_SUSPENSION: Exclusion((D.ASK_SUSPENSION,), "申请人不能批准自己的挂起，请由第二人审批"),
}
"""Deed → whom it is closed to, and the Chinese line that says so."""


def line_for(deed: Deed) -> str:
    """Return the Chinese line that refuses `deed` to the doer of the earlier deed."""
    return NOT_THE_SAME[deed].line
