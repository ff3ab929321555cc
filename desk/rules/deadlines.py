"""时限: when each step is due, and why in words (design part 6; practice P2–P4, P6–P8).

All moments are aware; a `Due.at` is UTC in whole milliseconds. Day 0 is the local date of the act whatever its
hour, and a limit in working days ends when business ends on its last day (Civil Code art. 201 and 203). Every
function raises ValueError for a naive moment. Urgent limits run on the wall clock, holidays included.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from db.codes import OrderKind, Urgency
from desk.rules.calendar import (
    CHINA,
    WorkCalendar,
    local,
    next_working_day,
    whole_ms,
    working_days_between,
)
from desk.rules.counting import NOT_ANNOUNCED, count_words, counted, moment_words, span_words
from desk.rules.limits import Limits
from desk.rules.office_hours import add_office_hours, subtract_office_hours
from desk.rules.time_words import accepted_day, is_due_soon, is_overdue, read_out, time_left

__all__ = [
    "Due",
    "Limits",
    "accepted_day",
    "callback_due",
    "citizen_due",
    "close_review_due",
    "co_handling_due",
    "contact_due",
    "decision_due",
    "dispatch_due",
    "escalation_due",
    "extension_decision_due",
    "extension_due",
    "inner_due",
    "insisting_due",
    "is_due_soon",
    "is_overdue",
    "longest_extension_days",
    "read_out",
    "recalculated",
    "reminder_due",
    "return_decision_due",
    "sign_due",
    "stage_answer_due",
    "supervision_due",
    "suspended_due",
    "suspension_due",
    "time_left",
    "unit_due",
    "working_days_before",
]


@dataclass(frozen=True, slots=True)
class Due:
    """One due time: UTC in whole ms, whether 暂定, its explanation, and the calendar it came from."""

    at: datetime
    provisional: bool
    explanation: str
    calendar_version: str
    wall_clock: bool = False


def _by_working_days(start: date, days: int, limits: Limits, calendar: WorkCalendar, title: str = "") -> Due:
    count = counted(start, days, calendar)
    at = datetime.combine(count.last, limits.office_closes, CHINA)
    words = title + count_words(count, limits.office_closes)
    return Due(whole_ms(at), count.provisional, words, calendar.version)


def _by_wall_clock(start: datetime, minutes: int, title: str, calendar: WorkCalendar) -> Due:
    at = whole_ms(start + timedelta(minutes=minutes))
    day = local(start).date()
    words = f"{title}（含节假日）：{moment_words(start, day)} … {moment_words(at, day)}"
    return Due(at, False, words, calendar.version, wall_clock=True)


def _by_office_hours(
    start: datetime, hours: float, limits: Limits, calendar: WorkCalendar, title: str
) -> Due:
    at = add_office_hours(start, hours, limits, calendar)
    begins = local(start).date()
    periods = "、".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in limits.office_hours)
    is_provisional = _is_provisional(begins, at.date(), calendar)
    mark = f"；{NOT_ANNOUNCED}" if is_provisional else ""
    words = f"{title} {hours:g} 个工作小时：{moment_words(at, begins)}（办公时间 {periods}）{mark}"
    return Due(whole_ms(at), is_provisional, words, calendar.version)


def _is_provisional(first: date, last: date, calendar: WorkCalendar) -> bool:
    days = range((last - first).days + 1)
    return any(calendar.is_provisional(first + timedelta(days=n)) for n in days)


def unit_due(
    kind: str, urgency: str, dispatched_at: datetime, limits: Limits, calendar: WorkCalendar
) -> Due | None:
    """单位时限: by when this unit answers the citizen, from this dispatch; None for 表扬 (practice P3, P4).

    一般 2/5/10 working days by kind (press conference, question 4), 紧急 24 hours, 特急 30 minutes.
    """
    day_0 = local(dispatched_at).date()
    days = limits.days_for(kind)
    if days is None:
        return None
    if urgency == Urgency.CRITICAL:
        title = f"特急 {span_words(limits.emergency_minutes)}"
        return _by_wall_clock(dispatched_at, limits.emergency_minutes, title, calendar)
    if urgency == Urgency.URGENT:
        title = f"紧急 {limits.answer_urgent_hours} 小时"
        return _by_wall_clock(dispatched_at, limits.answer_urgent_hours * 60, title, calendar)
    return _by_working_days(day_0, days, limits, calendar)


def citizen_due(
    kind: str, urgency: str, accepted_at: datetime, limits: Limits, calendar: WorkCalendar
) -> Due | None:
    """诉求人时限: from acceptance, the dispatch allowance and then the kind's limit; None for 表扬 (practice P3).

    The allowance runs on the wall clock and ends at a notional dispatch, whose local date is day 0. An emergency
    is called out as it is accepted: it has no allowance.
    """
    if urgency == Urgency.CRITICAL:
        return unit_due(kind, urgency, accepted_at, limits, calendar)
    is_urgent = urgency == Urgency.URGENT
    allowance = limits.dispatch_urgent_minutes if is_urgent else limits.dispatch_normal_minutes
    notional = local(accepted_at) + timedelta(minutes=allowance)
    due = unit_due(kind, urgency, notional, limits, calendar)
    return due and replace(due, explanation=f"受理后派单 {span_words(allowance)}，再 {due.explanation}")


def dispatch_due(urgency: str, accepted_at: datetime, limits: Limits, calendar: WorkCalendar) -> Due:
    """派单: wall clock from acceptance, 4 hours, 紧急 30 minutes, never later than the emergency's own clock."""
    minutes = limits.dispatch_normal_minutes
    if urgency == Urgency.URGENT:
        minutes = limits.dispatch_urgent_minutes
    if urgency == Urgency.CRITICAL:
        minutes = min(limits.dispatch_urgent_minutes, limits.emergency_minutes)
    return _by_wall_clock(accepted_at, minutes, f"派单 {span_words(minutes)}", calendar)


def sign_due(urgency: str, dispatched_at: datetime, limits: Limits, calendar: WorkCalendar) -> Due:
    """签收: 1 working day; 紧急 30 wall-clock minutes; 特急 no later than the emergency's clock (practice P4)."""
    if urgency == Urgency.NORMAL:
        return _by_working_days(
            local(dispatched_at).date(), limits.sign_normal_days, limits, calendar, "签收 "
        )
    minutes = limits.sign_urgent_minutes
    if urgency == Urgency.CRITICAL:
        minutes = min(minutes, limits.emergency_minutes)
    return _by_wall_clock(dispatched_at, minutes, f"签收 {span_words(minutes)}", calendar)


def contact_due(urgency: str, dispatched_at: datetime, limits: Limits, calendar: WorkCalendar) -> Due | None:
    """首次联系: 2 wall-clock hours for 紧急; other orders have no such limit (practice P4)."""
    if urgency != Urgency.URGENT:
        return None
    minutes = limits.contact_urgent_minutes
    return _by_wall_clock(dispatched_at, minutes, f"首次联系 {span_words(minutes)}", calendar)


def close_review_due(answered_at: datetime, limits: Limits, calendar: WorkCalendar) -> Due:
    """办结审核: 1 working day from the logged answer, against the centre (practice P2)."""
    day_0 = local(answered_at).date()
    return _by_working_days(day_0, limits.close_review_days, limits, calendar, "办结审核 ")


def callback_due(passed_at: datetime, limits: Limits, calendar: WorkCalendar) -> Due:
    """回访: 2 working days from 办结审核 (practice P28)."""
    return _by_working_days(local(passed_at).date(), limits.callback_days, limits, calendar, "回访 ")


def co_handling_due(asked_at: datetime, limits: Limits, calendar: WorkCalendar) -> Due:
    """协办: 2 working days from the steward's asking (design part 6)."""
    return _by_working_days(local(asked_at).date(), limits.co_handling_days, limits, calendar, "协办 ")


def supervision_due(ordered_at: datetime, days: int, limits: Limits, calendar: WorkCalendar) -> Due:
    """督办: `days` working days for the unit to answer it (issue 6, part 7). Raises ValueError below 1."""
    return _by_working_days(local(ordered_at).date(), days, limits, calendar, "督办 ")


def reminder_due(urgency: str, asked_at: datetime, days: int, limits: Limits, calendar: WorkCalendar) -> Due:
    """催办: `days` working days for the unit to say how far it is; 紧急 and 应急 as for the first contact (practice P4)."""
    hours = limits.contact_urgent_minutes / 60
    return stage_answer_due("催办", urgency, asked_at, days, hours, limits, calendar)


def stage_answer_due(
    title: str,
    urgency: str,
    asked_at: datetime,
    days: int,
    hours: float,
    limits: Limits,
    calendar: WorkCalendar,
) -> Due:
    """The answer to a 催办 or 督办 (`title`): `days` working days, of 紧急 and 应急 `hours` on the wall clock (practice P4)."""
    if urgency != Urgency.NORMAL:
        minutes = round(hours * 60)
        return _by_wall_clock(asked_at, minutes, f"{title} {span_words(minutes)}", calendar)
    return _by_working_days(local(asked_at).date(), days, limits, calendar, f"{title} ")


def quality_answer_due(judged_at: datetime, days: int, limits: Limits, calendar: WorkCalendar) -> Due:
    """质检: `days` working days for the one checked to answer (practice P31)."""
    return _by_working_days(local(judged_at).date(), days, limits, calendar, "申辩 ")


def escalation_due(asked_at: datetime, days: int, limits: Limits, calendar: WorkCalendar) -> Due:
    """提级: `days` working days for 分管领导 to decide or to pass it on (press conference, question 4)."""
    return _by_working_days(local(asked_at).date(), days, limits, calendar, "提级 ")


def decision_due(made_at: datetime, days: int, limits: Limits, calendar: WorkCalendar) -> Due:
    """研判 or 热线日: the limit of `days` working days that it gives (practice P22)."""
    return _by_working_days(local(made_at).date(), days, limits, calendar, "限 ")


def inner_due(kind: str, outer: Due, handed_on_at: datetime, limits: Limits, calendar: WorkCalendar) -> Due:
    """The limit inside a unit: the outer one less 1 working day, half a day for 咨询 (practice P6).

    A limit of hours has no room for a margin, and one handed on too late has none left: the outer one stands.
    """
    margin = limits.inner_inquiry_margin_days if kind == OrderKind.INQUIRY else limits.inner_margin_days
    at = outer.at if outer.wall_clock else working_days_before(outer.at, margin, limits, calendar)
    if at <= local(handed_on_at) or at == outer.at:
        return replace(outer, explanation=f"不留提前量：{outer.explanation}")
    end = local(outer.at).date()
    mark = f"；{NOT_ANNOUNCED}" if outer.provisional else ""
    words = f"比 {moment_words(outer.at, end)} 提前 {margin:g} 个工作日：{moment_words(at, end)}{mark}"
    return Due(whole_ms(at), outer.provisional, words, calendar.version)


def working_days_before(end: datetime, days: float, limits: Limits, calendar: WorkCalendar) -> datetime:
    """The local moment `days` working days before `end`, part of a day in office hours."""
    at = local(end)
    for _ in range(int(days)):
        at = datetime.combine(next_working_day(at.date(), calendar, step=-1), at.time(), CHINA)
    part = days - int(days)
    return subtract_office_hours(at, part * limits.office_day_hours, limits, calendar) if part else at


def longest_extension_days(kind: str, urgency: str, limits: Limits) -> int:
    """延期 at most: the kind's own limit again, never over 10 working days; 0 where none is given (practice P8)."""
    days = limits.days_for(kind)
    is_forbidden = kind in limits.extension_forbidden_kinds or urgency in limits.extension_forbidden_urgencies
    if days is None or is_forbidden:
        return 0
    return min(int(days * limits.extension_max_share), limits.extension_max_days)


def extension_due(due: Due, days: int, limits: Limits, calendar: WorkCalendar) -> Due:
    """The new due time when `days` working days are added to `due` (practice P8).

    Ask `longest_extension_days` first: it knows the kind. Raises ValueError outside 1 … 10 (the setting).
    """
    if not 1 <= days <= limits.extension_max_days:
        raise ValueError("an extension longer than any kind allows")
    return _moved(due, days, limits, calendar, "延期 ")


def _moved(due: Due, days: int, limits: Limits, calendar: WorkCalendar, title: str) -> Due:
    moved = _by_working_days(local(due.at).date(), days, limits, calendar, title)
    return replace(moved, provisional=moved.provisional or due.provisional)


def extension_decision_due(asked_at: datetime, limits: Limits, calendar: WorkCalendar) -> Due:
    """延期审批: 4 office hours (practice P8); undecided when `due` expires counts as not granted."""
    return _by_office_hours(asked_at, limits.extension_decide_hours, limits, calendar, "延期审批")


def return_decision_due(asked_at: datetime, limits: Limits, calendar: WorkCalendar) -> Due:
    """退单裁定: 2 office hours, then 班长 decides (practice P7)."""
    return _by_office_hours(asked_at, limits.return_decide_hours, limits, calendar, "退单裁定")


def insisting_due(asked_at: datetime, hours: float, limits: Limits, calendar: WorkCalendar) -> Due:
    """A caller insists on 不予受理: so many office hours until the dispatcher has decided (practice P9)."""
    return _by_office_hours(asked_at, hours, limits, calendar, "不予受理裁定")


def suspension_due(paused_at: datetime, limits: Limits, calendar: WorkCalendar) -> Due:
    """When a 挂起 ends by itself: 3 working days (practice P8)."""
    return _by_working_days(local(paused_at).date(), limits.suspension_max_days, limits, calendar, "挂起 ")


def suspended_due(
    due: Due, paused_at: datetime, resumed_at: datetime, limits: Limits, calendar: WorkCalendar
) -> Due:
    """`due` after a pause: later by the working days paused, at most 3; a limit of hours by the time paused.

    Only 单位时限 is moved so, never 诉求人时限 (practice P8). Raises ValueError if it resumes before it paused.
    """
    begins, ends = local(paused_at), local(resumed_at)
    if ends < begins:
        raise ValueError("a pause cannot end before it begins")
    if due.wall_clock:
        pause = min(ends - begins, timedelta(days=limits.suspension_max_days))
        at = whole_ms(due.at + pause)
        return replace(
            due, at=at, explanation=f"{due.explanation}；挂起后顺延至 {moment_words(at, ends.date())}"
        )
    days = min(working_days_between(begins.date(), ends.date(), calendar), limits.suspension_max_days)
    return _moved(due, days, limits, calendar, "挂起后顺延 ") if days else due


def recalculated(old: Due, new: Due) -> Due:
    """The due time of an open provisional order once the year is announced: the later date stands (design part 6)."""
    if new.at >= old.at:
        return new
    kept = f"原定 {moment_words(old.at, local(new.at).date())} 较晚，仍从原定；新历为 {new.explanation}"
    return replace(new, at=old.at, explanation=kept)
