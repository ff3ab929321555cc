"""办件 of a 专席: which deed leads where, and what is said to the citizen. No store, no clock."""

from collections.abc import Mapping
from types import MappingProxyType

from db.codes import ApplicationState, Deed, SpecialForm

S = ApplicationState
D = Deed

LIFE: Mapping[tuple[ApplicationState, Deed], ApplicationState] = MappingProxyType(
    {
        (S.PENDING, D.PASS_APPLICATION): S.PASSED,
        (S.PENDING, D.REFUSE_APPLICATION): S.REFUSED,
        (S.PENDING, D.SEND_BACK_APPLICATION): S.SENT_BACK,
        (S.PENDING, D.WITHDRAW_APPLICATION): S.WITHDRAWN,
        (S.SENT_BACK, D.AMEND_APPLICATION): S.PENDING,
        (S.SENT_BACK, D.WITHDRAW_APPLICATION): S.WITHDRAWN,
        (S.BOOKED, D.LOG_VISIT): S.VISITED,
        (S.BOOKED, D.MISS_VISIT): S.TO_REBOOK,
        (S.BOOKED, D.MOVE_VISIT): S.BOOKED,
        (S.BOOKED, D.WITHDRAW_APPLICATION): S.WITHDRAWN,
        (S.TO_REBOOK, D.MOVE_VISIT): S.BOOKED,
        (S.TO_REBOOK, D.WITHDRAW_APPLICATION): S.WITHDRAWN,
    }
)
"""Where each deed leads; a pair that is missing is not allowed. MISS_VISIT with a new date stays BOOKED."""

TO_BE_TOLD = frozenset({S.SENT_BACK, S.PASSED, S.REFUSED, S.TO_REBOOK})
"""States of which the citizen is told by telephone."""

DECIDING = frozenset({D.PASS_APPLICATION, D.SEND_BACK_APPLICATION, D.REFUSE_APPLICATION})
"""Deeds of which nobody does one on what he registered or mended himself."""

OF_THE_UNIT = DECIDING | {D.LOG_VISIT, D.MISS_VISIT}
"""Deeds that the deciding or visiting unit alone does."""

OPEN = frozenset({S.PENDING, S.SENT_BACK, S.BOOKED, S.TO_REBOOK})
"""States in which somebody still has to do something, telling apart."""


def born_as(form: SpecialForm, *, is_answered: bool) -> ApplicationState:
    """Return the state in which an application begins; `is_answered`: the talent seat has answered on the line."""
    if form is SpecialForm.HOME_VISIT:
        return S.BOOKED
    return S.ANSWERED if is_answered else S.PENDING


def filed_sentence(title: str, number: str, unit: str, due: str) -> str:
    """Return what is read out when an application was taken; `due` is a date in words, '' where there is none."""
    by_when = f"，最迟{due}前审批，结果我们回电告知您" if due else ""
    return f"已为您登记{title}，办件号 {number}，由{unit}办理{by_when}"


def booked_sentence(number: str, unit: str, slot: str, matter: str) -> str:
    """Return what is read out when a visit was booked; `slot` like `11月25日（周三）上午`."""
    return f"已预约{slot}由{unit}上门办理{matter}，预约号 {number}，请留人在家；不能等候的请提前来电改约"


def told_sentence(state: ApplicationState, title: str, unit: str, words: str, basis: str) -> str:
    """Return what the operator reads out to the citizen after a decision; '' for a state of which nobody is told."""
    head = f"您好，这里是12345热线。您申请的{title}，"
    match state:
        case S.PASSED:
            return f"{head}{unit}已审批通过{f'：{words}' if words else ''}。"
        case S.SENT_BACK:
            return f"{head}{unit}审核时发现还需补正：{words}。请您现在补充，我马上登记。"
        case S.REFUSED:
            return f"{head}{unit}审核后不予通过，理由是{words}，依据是{basis}。如有异议可以向{unit}申请复核。"
        case S.TO_REBOOK:
            return f"{head}{unit}上门未办成：{words}。请您另约一个时间，我马上登记。"
        case _:
            return ""
