"""One order on the unit's desk: its card with what counts now on top, and what this person may do with it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from db.codes import AssignmentPart, Deed, OrderKind, RequestKind, Status, Urgency, Verdict
from db.doors import Reader, Row
from db.queries import answers, assignments, replies, requests, unit_lists, work_orders
from db.times import from_ms, maybe_from_ms, to_ms
from desk import card, co_handling, part_returns, pressure, send_backs, sight
from desk.codes import word
from desk.context import Desk
from desk.deed import check_right, excluded
from desk.errors import NotAllowed
from desk.my_tickets import deputies, trial
from desk.my_tickets.common import ASKED_FOR
from desk.my_tickets.earlier import sent_back_words, why_again
from desk.my_tickets_rows import ReplyRow, TicketRow
from desk.reply_review import looked_through, point_by_point
from desk.rows import CardSection
from desk.rules import asking, deadlines, lifecycle, returns
from desk.rules.reply_checks import Finding
from desk.rules.time_words import time_left
from desk.words import moment, stored

DEEDS = (
    Deed.SIGN,
    Deed.SUBMIT_REPLY,
    Deed.PASS_REPLY,
    Deed.SEND_BACK_REPLY,
    Deed.LOG_ANSWER,
    Deed.LOG_CONTACT_ATTEMPT,
    Deed.CO_SIGN,
    Deed.CO_REPLY,
    Deed.GRANT_EXTENSION,
    Deed.REFUSE_EXTENSION,
    Deed.GRANT_SUSPENSION,
    Deed.REFUSE_SUSPENSION,
    Deed.ANSWER_SUPERVISION,
    Deed.ANSWER_REMINDER,
    Deed.HAND_ON,
    Deed.ASK_CO_HANDLING,
    Deed.ASK_RETURN,
    Deed.ASK_PART_RETURN,
    Deed.ASK_EXTENSION,
    Deed.ASK_SUSPENSION,
    Deed.ENTER_PROCEDURE,
    Deed.EXTEND_PROCEDURE,
    Deed.END_PROCEDURE,
    Deed.ASK_ESCALATION,
    Deed.ASK_PANEL,
    Deed.RULE_ESCALATION,
    Deed.REFER_TO_DAY,
    Deed.RESUME,
    Deed.NOTE,
    Deed.ADD_ATTACHMENT,
    Deed.WRITE_STEP,
    Deed.AUTO_SIGN,
    Deed.REVEAL_PHONE,
)
"""The deeds of this desk, what brings the order on first."""

_FIRST = ("诉求内容", "研判与热线日", "答复", "申请与审批", "时限", "管家六步", "承办", "附件", "诉求人")


@dataclass(frozen=True, slots=True)
class Standing:
    """What beside the status decides whether a deed makes sense."""

    order: Row
    pending: frozenset[str]
    co_parts: tuple[Row, ...]
    is_hidden: bool
    is_late: bool
    drafted_by_another: str
    """Why this person may not draft: the reply is another's."""
    unpressed: Mapping[Deed, str]
    """Why there is nothing to answer, for each of the answers to pressure."""


def detail(desk: Desk, order_no: str) -> TicketRow:
    """Return the order with everything this desk needs. Raises Refused, NotAllowed as `card.card` does."""
    whole = card.card(desk, order_no)
    with desk.reading() as reader:
        order = work_orders.by_number(reader, whole.order.order_no)
        assert order is not None, "the card has just been read"
        reply = _reply(desk, replies.latest(reader, order["id"], order["round"]))
        found = _findings(desk, order, reply)
        return TicketRow(
            order=whole.order,
            sections=(
                CardSection("现在", tuple(_now(desk, reader, order, reply))),
                *_to_check(found, reply),
                *sorted(whole.sections, key=_place),
                CardSection("办理经过", whole.history),
            ),
            refusals=refusals(desk, reader, order),
            reply=reply,
            attempts=_attempts(desk, reader, order),
            longest_extension=deadlines.longest_extension_days(
                OrderKind(order["kind"]), Urgency(order["urgency"]), desk.settings.limits
            ),
            needs_answer=bool(order["needs_answer"]),
            answer_way=str(order["answer_way"]),
            why_again=why_again(desk, reader, order),
            findings=found,
            points=tuple(point_by_point(desk, order, reply.public_reply)) if _is_pending(reply) else (),
            proposed=send_backs.proposed(found),
        )


def _place(section: CardSection) -> int:
    return _FIRST.index(section.heading) if section.heading in _FIRST else len(_FIRST)


def _reply(desk: Desk, row: Row | None) -> ReplyRow | None:
    if row is None:
        return None
    return ReplyRow(
        internal_result=row["internal_result"],
        public_reply=row["public_reply"],
        drafted_at=from_ms(row["drafted_at"]),
        drafter=f"{row['drafter_name']}（{row['drafter_no']}）",
        verdict=Verdict(row["verdict"]),
        check_note=row["check_note"],
        is_own=row["drafted_by"] == desk.actor.id,
    )


def _is_pending(reply: ReplyRow | None) -> TypeGuard[ReplyRow]:
    return reply is not None and reply.verdict is Verdict.PENDING


def _findings(desk: Desk, order: Row, reply: ReplyRow | None) -> tuple[Finding, ...]:
    """What the 审核人 should look at twice in the draft that waits for him; offered, never decided."""
    if not _is_pending(reply):
        return ()
    return looked_through(desk, order, reply.public_reply, reply.internal_result)


def _to_check(found: Sequence[Finding], reply: ReplyRow | None) -> Iterator[CardSection]:
    """The draft that waits for the 审核人, below what the checklist points at."""
    if _is_pending(reply):
        lines = (
            *(f"!{number} {each.words}" for number, each in enumerate(found, 1)),
            f"公开答复：{reply.public_reply}",
            f"办理情况：{reply.internal_result}",
            f"起草 {reply.drafter}",
        )
        yield CardSection("待审答复", lines)


def _attempts(desk: Desk, reader: Reader, order: Row) -> int:
    times = answers.attempt_times(reader, order["id"], order["round"])
    gap = float(desk.settings.get("contact.attempt_gap_minutes", 60))
    return asking.attempts_apart((from_ms(each) for each in times), gap)


def _now(desk: Desk, reader: Reader, order: Row, reply: ReplyRow | None) -> Iterator[str]:
    due = maybe_from_ms(order["unit_due_at"])
    yield from pressure.lines(reader, order, to_ms(desk.now()))
    yield (
        f"{word(Status(order['status']))}  第{order['round']}轮"
        if order["round"] > 1
        else word(Status(order["status"]))
    )
    yield from _came_back(reader, order, reply)
    for person in deputies.absent(desk, reader):
        if order["handler_id"] == person.id:
            yield f"经办人{person.name}不在岗，您是B角"
    yield from _waiting(desk, reader, order)
    paused = maybe_from_ms(order["suspended_at"])
    if paused is not None:
        ends = deadlines.suspension_due(paused, desk.settings.limits, desk.calendar)
        yield f"挂起等待诉求人，{moment(paused)} 起，{moment(ends.at)} 恢复"
    elif due is not None and order["status"] in lifecycle.AT_THE_UNIT:
        yield f"单位时限 {moment(due)}  {time_left(due, desk.now())}"
    yield from co_handling.lines(reader, order["id"], to_ms(desk.now()))
    part = assignments.current_steward(reader, order["id"])
    if part is not None and part["is_final"]:
        yield "快速裁决派定：不得再退单"
    if part is not None and part["due_explanation"]:
        yield str(part["due_explanation"])
    for inner in assignments.current(reader, order["id"], AssignmentPart.INNER):
        if inner["due_explanation"]:
            yield f"内部时限 {inner['due_explanation']}"
    made = _attempts(desk, reader, order)
    if made:
        yield f"联系未果 {made} 次（不同时间）"


def _came_back(reader: Reader, order: Row, reply: ReplyRow | None) -> Iterator[str]:
    """Who sent the order back to its 经办人, and what is to be mended."""
    deed = unit_lists.sent_back(reader, [order["id"]]).get(order["id"])
    if deed == Deed.SEND_BACK_REPLY and reply is not None:
        yield f"审核退回：{' '.join(filter(None, sent_back_words(reader, order, Deed.SEND_BACK_REPLY)))}"
    elif deed == Deed.SEND_BACK_CLOSE_REVIEW:
        yield f"办结审核退回：{' '.join(filter(None, sent_back_words(reader, order)))}"


def _waiting(desk: Desk, reader: Reader, order: Row) -> Iterator[str]:
    for kind in ASKED_FOR:
        row = requests.pending(reader, order["id"], kind)
        if row is not None and row["round"] == order["round"]:
            due = maybe_from_ms(row["due_at"])
            until = f"，{moment(due)} 前裁定" if due is not None else ""
            turn = _turn(desk, row) if kind is RequestKind.RETURN else ""
            yield f"{word(kind)}待批（{row['asker_name']} {stored(row['asked_at'])} 提出{until}{turn}）：{row['reason']}"
    for row in part_returns.waiting(reader, order["id"]):
        asked = f"{row['asking_unit_name']} {stored(row['asked_at'])} 提出，{stored(row['due_at'])} 前裁定"
        yield f"{word(RequestKind.PART_RETURN)}待批（{asked}）：{row['reason']}"


def _turn(desk: Desk, row: Row) -> str:
    """Whose turn it is to decide a 退单, where it is not any dispatcher's; a turn of phrase for brackets."""
    turn = returns.turn_of(maybe_from_ms(row["due_at"]), maybe_from_ms(row["referred_at"]), desk.now())
    words = returns.turn_words(turn)
    return f"，{words}" if words else ""


def refusals(desk: Desk, reader: Reader, order: Row) -> dict[Deed, str]:
    """Return, for each deed of this desk that this person cannot do now, the line that says why."""
    standing = _standing(desk, reader, order)
    found = {deed: _refusal(desk, reader, standing, deed) for deed in DEEDS}
    return {deed: line for deed, line in found.items() if line}


def _standing(desk: Desk, reader: Reader, order: Row) -> Standing:
    waiting = {kind: requests.pending(reader, order["id"], kind) for kind in ASKED_FOR}
    parts = assignments.current(reader, order["id"], AssignmentPart.CO_HANDLING)
    path, limit = desk.actor.unit_path, maybe_from_ms(order["stage_due_at"])
    return Standing(
        order=order,
        pending=frozenset(k for k, row in waiting.items() if row and row["round"] == order["round"]),
        co_parts=tuple(part for part in parts if str(part["unit_path"]).startswith(path)),
        is_hidden=sight.is_secret(order) and not desk.actor.reads_secrets,
        drafted_by_another=send_backs.why_not_drafter(desk, reader, order),
        is_late=limit is not None and desk.now() > limit,
        unpressed={deed: pressure.why_no_answer(reader, order, deed) for deed in pressure.ANSWERED},
    )


def _refusal(desk: Desk, reader: Reader, standing: Standing, deed: Deed) -> str:
    order = standing.order
    status = Status(order["status"])
    if lifecycle.next_status(status, deed) is None:
        return f"工单现为“{word(status)}”，不能{word(deed)}"
    try:
        check_right(desk, reader, deed, order)
    except NotAllowed as refusal:
        return refusal.message
    if line := excluded(desk, reader, deed, order):
        return line
    why_not = _WHY_NOT.get(deed)
    return (why_not(standing) if why_not else "") or trial.line_against(desk, reader, deed, order)


def _missing(kind: RequestKind) -> Callable[[Standing], str]:
    return lambda standing: "" if kind in standing.pending else f"没有待裁定的{word(kind)}申请"


def _hidden(standing: Standing) -> str:
    return "举报、保密工单不向单位显示诉求人，请由热线中心代为联系答复" if standing.is_hidden else ""


def _paused(standing: Standing) -> str:
    return "工单正在挂起等待诉求人，请先按 v 恢复计时" if standing.order["suspended_at"] else ""


def _answered_for_us(standing: Standing) -> str:
    return (
        "" if any(part["answered_at"] is None for part in standing.co_parts) else "本单位已答复这件协办工单"
    )


def _signed_for_us(standing: Standing) -> str:
    return "" if any(part["signed_at"] is None for part in standing.co_parts) else "本单位已签收这件协办工单"


_WHY_NOT: dict[Deed, Callable[[Standing], Any]] = {
    Deed.GRANT_EXTENSION: _missing(RequestKind.EXTENSION),
    Deed.REFUSE_EXTENSION: _missing(RequestKind.EXTENSION),
    Deed.GRANT_SUSPENSION: _missing(RequestKind.SUSPENSION),
    Deed.REFUSE_SUSPENSION: _missing(RequestKind.SUSPENSION),
    Deed.RULE_ESCALATION: _missing(RequestKind.ESCALATION),
    Deed.REFER_TO_DAY: _missing(RequestKind.ESCALATION),
    Deed.SUBMIT_REPLY: lambda standing: _paused(standing) or standing.drafted_by_another,
    Deed.LOG_ANSWER: lambda standing: _hidden(standing) or _paused(standing),
    Deed.LOG_CONTACT_ATTEMPT: _hidden,
    Deed.REVEAL_PHONE: _hidden,
    Deed.CO_REPLY: _answered_for_us,
    Deed.CO_SIGN: _signed_for_us,
    Deed.RESUME: lambda standing: "" if standing.order["suspended_at"] else "工单没有挂起，不必恢复",
    Deed.ANSWER_SUPERVISION: lambda standing: standing.unpressed[Deed.ANSWER_SUPERVISION],
    Deed.ANSWER_REMINDER: lambda standing: standing.unpressed[Deed.ANSWER_REMINDER],
    Deed.AUTO_SIGN: lambda standing: "" if standing.is_late else "签收时限未到，暂不自动签收",
}
"""What a deed needs beside status and right; the deeds themselves check it again under the lock."""
