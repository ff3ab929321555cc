"""办结审核: the centre looks at the reply and the logged answer before anybody calls back (practice P1, P2)."""

from collections.abc import Sequence

from db.codes import Deed, Grade, NotCalledRule, Outcome
from db.doors import Reader, Row
from db.queries import answers, assignments, callbacks, events, work_orders
from desk import clocks, lists, send_backs
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import NotNow, Refused, Stale
from desk.history import data_of
from desk.review.common import close, grade_unheard, needed, optional
from desk.rows import OrderRow
from desk.rules.callbacks import not_called_by
from desk.stewardship.steps import check_closable


def pass_close_review(desk: Desk, order_no: str, note: str = "", *, has_new_result: bool = True) -> OrderRow:
    """办结审核通过: the callback is owed within its own limit; excused by a named rule, the order closes at once (P28).

    Nobody is asked twice about one result: an order that was reopened after its caller had spoken closes without a
    second survey when the auditor says that the round brought nothing new (`has_new_result`). Raises NotNow without a logged answer of this round, or without 兜底维稳 and 长效机制 where the order needs them (P23).
    """
    words = optional(note)
    rule = _rule(desk, order_no, has_new_result=has_new_result)
    kind = Deed.PASS_WITHOUT_CALLBACK if rule else Deed.PASS_CLOSE_REVIEW
    with deed_on(desk, kind, order_no) as deed:
        if _rule_now(deed.writer, deed.order, has_new_result=has_new_result) is not rule:
            raise Stale(f"工单 {order_no} 刚被更正，请刷新后再审")
        _check_answered(deed)
        check_closable(deed)
        deed.set(review_passed_at=deed.at_ms)
        deed.quote(note=words)
        _owe_callback(deed) if rule is None else _excuse(deed, rule)
    return lists.after(desk, deed.order_id)


def _rule(desk: Desk, order_no: str, *, has_new_result: bool) -> NotCalledRule | None:
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        return _rule_now(reader, order, has_new_result=has_new_result)


def _rule_now(reader: Reader, order: Row, *, has_new_result: bool) -> NotCalledRule | None:
    rule = not_called_by(order)
    if rule is not None or has_new_result:
        return rule
    if surveyed_before(reader, order) is None:
        raise NotNow(f"工单 {order['order_no']} 没有可以沿用的回访评价，须回访")
    return NotCalledRule.NO_NEW_RESULT


def surveyed_before(reader: Reader, order: Row) -> Row | None:
    """Return the callback whose word may stand for this round too: heard in an earlier one, and the order is not D."""
    if order["pool_grade"] == Grade.D:
        return None
    return callbacks.last_reached_before(reader, order["id"], order["round"])


def _check_answered(deed: OrderDeed) -> None:
    if answers.latest(deed.writer, deed.order_id, deed.order["round"]) is None:
        raise NotNow("本轮没有答复诉求人的记录，材料不全：请按 b 退回承办单位补录")


def _owe_callback(deed: OrderDeed) -> None:
    columns, data = clocks.on_review_passed(deed.desk, deed.at)
    deed.set(**columns)
    deed.note(**data)


_UNGRADED = frozenset({NotCalledRule.CRISIS, NotCalledRule.PRAISE, NotCalledRule.NO_NEW_RESULT})
"""Nobody but those on it may look at it (P25), nothing was asked for, or the earlier grade stands."""


def _excuse(deed: OrderDeed, rule: NotCalledRule) -> None:
    deed.note(rule=str(rule))
    if rule not in _UNGRADED:
        grade_unheard(deed, f"免回访：{word(rule)}")
    close(deed, Outcome.NOT_CALLED)


def send_back_close_review(desk: Desk, order_no: str, reason: str, reasons: Sequence[str]) -> OrderRow:
    """办结审核退回, for `reasons` of the list and in words: the unit goes on; its clock never stopped (P2).

    Raises BadInput without either.
    """
    words, why = needed(reason, "退回理由"), send_backs.chosen(reasons)
    with deed_on(desk, Deed.SEND_BACK_CLOSE_REVIEW, order_no) as deed:
        deed.set(answered_at=None, stage_due_at=None, breach_count=_breaches_before_answer(deed))
        deed.note(unit_due_at=deed.order["unit_due_at"])
        send_backs.note(deed, why)
        deed.quote(reason=words)
        steward = assignments.current_steward(deed.writer, deed.order_id)
        if steward is not None:
            assignments.change(deed.writer, steward["id"], answered_at=None)
    return lists.after(desk, deed.order_id)


def _breaches_before_answer(deed: OrderDeed) -> int:
    """The answer that is sent back counts for nothing: its lateness will be counted with the answer that holds."""
    rows = events.of_order(deed.writer, deed.order["uid"])
    answer = next((row for row in reversed(rows) if row["kind"] == Deed.LOG_ANSWER), None)
    late = data_of(answer).get("late", ()) if answer is not None else ()
    undone = len({"unit", "citizen"} & set(late))
    return max(int(deed.order["breach_count"]) - undone, 0)
