"""The parts of a card that tell how an order is handled, as Chinese lines."""

from collections.abc import Iterator, Sequence
from typing import Any

from db.codes import (
    AnswerOutcome,
    AssignmentPart,
    ContactWay,
    DissatisfactionCause,
    MessageState,
    PressureLevel,
    RequestKind,
    ReturnReason,
    Satisfaction,
    Urgency,
    Verdict,
)
from db.doors import Row
from desk.codes import word
from desk.words import stored

_ENDS = {
    "done": "办毕",
    "returned": "退单",
    "recalled": "撤回",
    "reassigned": "改派",
    "changed": "变更管家",
    "unmerged": "拆开合并",
}


def urgency_word(order: Any) -> str:
    """Return the order's 紧急程度."""
    return word(Urgency(order["urgency"]))


def emergency(row: Row | None) -> Iterator[str]:
    """Tell the steps of the green channel."""
    if row is None:
        return
    yield f"{row['type']}  受理 {stored(row['started_at'])}  30 分钟时限 {stored(row['due_at'])}"
    steps = (
        ("派出", "called_out_at"),
        ("接令", "acknowledged_at"),
        ("出动", "departed_at"),
        ("到场", "arrived_at"),
        ("险情已控制", "contained_at"),
        ("处置完毕", "finished_at"),
    )
    done = [f"{name} {stored(row[column])}" for name, column in steps if row[column]]
    yield "  ".join(done)
    yield f"确认人 {row['contained_said_by']}" if row["contained_said_by"] else ""


def duty(item: Row, newest: Row) -> Iterator[str]:
    """Tell by which item of 职责清单, in which version, the order was dispatched; `newest` is its newest version."""
    later = f"（现为第{newest['version']}版）" if newest["version"] > item["version"] else ""
    ended = "（该项已停用）" if newest["valid_to"] is not None else later
    yield f"依据 清单第{item['number']}项（第{item['version']}版） {item['item']}{ended}"


def assignments(rows: Sequence[Row]) -> Iterator[str]:
    """Tell who has held the order since when."""
    for row in rows:
        place = " ".join(part for part in (row["unit"], row["section"], row["person"]) if part)
        signed = f"  签收 {stored(row['signed_at'])}" if row["signed_at"] else ""
        forced = "（自动）" if row["is_signed_by_force"] else ""
        forced += " 超时未签收" if row["is_signed_too_late"] else ""
        ended = (
            f"  {_ENDS.get(row['end_reason'] or '', '结束')} {stored(row['ended_at'])}"
            if row["ended_at"]
            else ""
        )
        yield f"{word(AssignmentPart(row['part']))} {place}  派 {stored(row['sent_at'])}{signed}{forced}{ended}"
        yield "  快速裁决派定，不得再退单" if row["is_final"] else ""
        yield f"  要求：{row['requirement']}" if row["requirement"] else ""
        yield f"  {row['due_explanation']}" if row["due_explanation"] and not row["ended_at"] else ""
        yield f"  协办答复 {stored(row['answered_at'])}：{row['answer']}" if row["answer"] else ""


def requests(rows: Sequence[Row]) -> Iterator[str]:
    """Tell what was asked beside the status and how it was decided."""
    for row in rows:
        kind = word(RequestKind(row["kind"]))
        why = word(ReturnReason(row["reason_code"])) if row["reason_code"] in set(ReturnReason) else ""
        verdict = Verdict(row["verdict"])
        is_pressure = row["kind"] in (RequestKind.SUPERVISION, RequestKind.REMINDER)
        at = f"（{word(PressureLevel(row['level']))}）" if row["level"] else ""
        who = "按规则" if row["stage"] else row["asker"] or ""
        target = f"应派 {row['target']}" if row["target"] and not is_pressure else ""
        asked_for = (f"{kind}{at}", stored(row["asked_at"]), who, why, row["reason"], target)
        yield " ".join(part for part in asked_for if part)
        if verdict is Verdict.PENDING:
            asked = "待单位回复" if is_pressure else "待决定"
            yield f"  {asked}，限 {stored(row['due_at'])}" if row["due_at"] else f"  {asked}"
        else:
            is_late = bool(row["due_at"]) and row["due_at"] < row["decided_at"]
            answered = f"已回复{'（!逾期）' if is_late else ''}"
            said = answered if is_pressure and verdict is Verdict.GRANTED else word(verdict)
            yield f"  {said} {stored(row['decided_at'])} {row['decider'] or ''} {row['decision']}".rstrip()
            yield from _judged(row)
        yield f"  转研判 {stored(row['referred_at'])}" if row["referred_at"] else ""
        yield f"  依据：{row['evidence']}" if row["evidence"] else ""
        yield f"  现场：{row['finding']}" if row["finding"] else ""


def _judged(row: Row) -> Iterator[str]:
    """Tell whether the answer to a 督办 was accepted; nothing for answers of a time before they were judged."""
    if row["is_accepted"] is not None:
        said = "认可" if row["is_accepted"] else "不认可，再督办"
        yield f"  评价回复 {stored(row['judged_at'])} {row['judge'] or ''}：{said}"


def replies(
    drafts: Sequence[Row],
    answered: Sequence[Row],
    parts: Sequence[Row] = (),
    present: int = 1,
    *,
    hides_words: bool = False,
) -> Iterator[str]:
    """Tell the unit's drafts and what was said to the citizen, the newest first.

    From the second round on each round has its own line with what was asked of the unit (重办要求); `parts` are the
    order's assignments, `present` the round it stands in. `hides_words` leaves out what was said to the caller of a
    secret order: the centre says it in the unit's place (practice P1, P32).
    """
    if present == 1:
        yield from _round(drafts, answered, hides_words=hides_words)
        return
    for number in range(present, 0, -1):
        yield f"== 第{number}轮{'（本轮）' if number == present else '（已重办）'} =="
        wanted = [row["requirement"] for row in parts if row["round"] == number and row["requirement"]]
        yield from (f"重办要求：{words}" for words in wanted if number > 1)
        lines = list(_round(_of(number, drafts), _of(number, answered), hides_words=hides_words))
        yield from lines or ["还没有答复"]


def _of(number: int, rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row["round"] == number]


def _round(drafts: Sequence[Row], answered: Sequence[Row], *, hides_words: bool) -> Iterator[str]:
    for row in reversed(drafts):
        verdict = {"pending": "待审核", "granted": "审核通过", "refused": "审核退回"}.get(
            row["verdict"], row["verdict"]
        )
        yield f"起草 {stored(row['drafted_at'])} {row['drafter'] or ''}  {verdict} {row['checker'] or ''}"
        yield f"  公开答复：{row['public_reply']}"
        yield f"  办理情况：{row['internal_result']}" if row["internal_result"] else ""
        yield f"  审核意见：{row['check_note']}" if row["check_note"] else ""
    for row in reversed(answered):
        outcome = word(AnswerOutcome(row["outcome"])) if row["outcome"] else "联系未果"
        source = f"（据知识库 {row['entry']} 第{row['entry_version']}版）" if row["entry"] else ""
        said = f"：{row['said']}" if row["said"] and not hides_words else ""
        yield f"{outcome} {stored(row['answered_at'])} {row['person'] or ''} {word(ContactWay(row['way']))}{source}{said}"


def callbacks(rows: Sequence[Row], *, hides_words: bool = False) -> Iterator[str]:
    """Tell every callback; `hides_words` leaves out what the caller of a secret order said (practice P32)."""
    for row in rows:
        note = "" if hides_words else row["note"]
        head = f"第{row['round']}轮 {stored(row['called_at'])} {row['person'] or ''}"
        if not row["is_reached"]:
            yield f"{head} 未接通 {note}".rstrip()
            continue
        marks = (("办理结果", "result"), ("服务态度", "attitude"), ("办理时效", "timeliness"))
        said = "  ".join(f"{name} {word(Satisfaction(row[column]))}" for name, column in marks if row[column])
        cause = f"  原因 {word(DissatisfactionCause(row['cause']))}" if row["cause"] else ""
        yield f"{head} {said}{cause} {note}".rstrip()
        yield f"  是否联系过：{_yes(row['was_contacted'])}  是否解决：{_yes(row['is_solved'])}"


def grading(grades: Sequence[Row], entries: Sequence[Row]) -> Iterator[str]:
    """Tell the grades and the stays in the pool."""
    for row in grades:
        yield f"{row['grade']}级 {stored(row['graded_at'])} {row['person'] or ''} {row['reason']}".rstrip()
    for row in entries:
        left = (
            f"  销号 {stored(row['left_at'])} {row['person'] or ''}：{row['evidence']}"
            if row["left_at"]
            else ""
        )
        review = "" if row["left_at"] or not row["review_at"] else f"  下次复核 {stored(row['review_at'])}"
        yield f"监测池 {row['grade']}级 {stored(row['entered_at'])} 入池 {row['reason']}{review}{left}"


def _yes(value: Any) -> str:
    return "未问" if value is None else ("是" if value else "否")


def messages(rows: Sequence[Row], *, hides_caller: bool) -> Iterator[str]:
    """Tell what units and the caller were told, and how that went; on a secret order a unit reads only its own (P32)."""
    for row in rows:
        if hides_caller and row["unit"] is None:
            continue
        state = word(MessageState(row["state"]))
        when = f" {stored(row['sent_at'])}" if row["sent_at"] else ""
        why = f"：{row['failure']}" if row["failure"] else ""
        yield f"{stored(row['made_at'])} 告知{row['unit'] or '诉求人'}（{state}{when}{why}）：{row['body']}"
