"""回避 and the second person: who may not do a deed because of what they did before (design part 4, P27, P28).

The second person of an act is another person, not another 工号: everything here compares `person_uid`.
"""

from collections.abc import Mapping

from db.codes import Deed

D = Deed

NOT_THE_SAME: Mapping[Deed, tuple[Deed, str]] = {
    D.PASS_REPLY: (D.SUBMIT_REPLY, "起草人不能审核自己的答复，请由本单位另一名审核人审核"),
    D.SEND_BACK_REPLY: (D.SUBMIT_REPLY, "起草人不能审核自己的答复，请由本单位另一名审核人审核"),
    D.CLOSE_SATISFIED: (D.PASS_CLOSE_REVIEW, "办结审核人不能回访同一工单，请由另一名回访员回访"),
    D.CLOSE_UNSOLVED: (D.PASS_CLOSE_REVIEW, "办结审核人不能回访同一工单，请由另一名回访员回访"),
    D.CLOSE_UNREACHED: (D.PASS_CLOSE_REVIEW, "办结审核人不能回访同一工单，请由另一名回访员回访"),
    D.LOG_CALLBACK_ATTEMPT: (D.PASS_CLOSE_REVIEW, "办结审核人不能回访同一工单，请由另一名回访员回访"),
    D.RECORD_DISSATISFACTION: (D.PASS_CLOSE_REVIEW, "办结审核人不能回访同一工单，请由另一名回访员回访"),
    D.APPROVE_WRITE_OFF: (D.ASK_WRITE_OFF, "申请人不能批准自己的销号，请由第二人审批"),
    D.REFUSE_WRITE_OFF: (D.ASK_WRITE_OFF, "申请人不能决定自己的销号申请，请由第二人审批"),
    D.GRANT_EXTENSION: (D.ASK_EXTENSION, "申请人不能批准自己的延期，请由第二人审批"),
    D.GRANT_SUSPENSION: (D.ASK_SUSPENSION, "申请人不能批准自己的挂起，请由第二人审批"),
}
"""Deed → (the earlier deed of this round that rules its doer out, the line to say)."""


def excluded_by(deed: Deed) -> Deed | None:
    """Return the earlier deed whose doer may not do `deed`, or None."""
    pair = NOT_THE_SAME.get(deed)
    return pair[0] if pair else None


def line_for(deed: Deed) -> str:
    """Return the Chinese line that refuses `deed` to the doer of the earlier deed."""
    return NOT_THE_SAME[deed][1]
