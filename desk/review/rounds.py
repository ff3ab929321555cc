"""ABCD by hand, 重办 and reopening: what a person decides after the callback (practice P28; design part 5)."""

from datetime import timedelta

from db.codes import Deed, DissatisfactionCause, Grade
from db.queries import pool, work_orders
from db.times import to_ms
from desk import lists
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow
from desk.pool import REVIEW_DAYS, days_of, enter_pool, give_grade, review_days
from desk.review.common import needed, start_round
from desk.review.repeated import check_spoken
from desk.rows import OrderRow
from desk.rules.calendar import local


def set_grade(desk: Desk, order_no: str, grade: Grade, reason: str) -> OrderRow:
    """评级: change the grade, with a reason; C and D enter the pool, out of which only 销号 leads.

    Raises BadInput without a reason, NotNow when nothing would change or a watched order would be graded better.
    """
    grade, words = Grade(grade), needed(reason, "评级理由")
    with deed_on(desk, Deed.SET_GRADE, order_no) as deed:
        _check_grade(deed, grade)
        deed.note(grade_before=deed.order["grade"])
        deed.quote(reason=words)
        enter_pool(deed, grade, words) if grade in REVIEW_DAYS else give_grade(deed, grade, words)
    return lists.after(desk, deed.order_id)


def _check_grade(deed: OrderDeed, grade: Grade) -> None:
    pooled = deed.order["pool_grade"]
    if pooled is not None and grade < Grade(pooled):
        raise NotNow(f"工单以{pooled}级在监测池，只能凭依据销号，不能直接改评为{grade}级：请按 x 申请销号")
    if grade == deed.order["grade"] and (pooled == grade or grade not in REVIEW_DAYS):
        raise NotNow(f"工单已是{grade}级，不必再评")


def set_plan(desk: Desk, order_no: str, plan: str) -> OrderRow:
    """处置计划 for a watched order: what will be done, and by when (practice P8, P23).

    Written at the centre it is the pool's review, and the next one is due anew; a unit's plan moves no date. Raises
    BadInput without a plan, NotNow outside the pool.
    """
    words = needed(plan, "处置计划")
    with deed_on(desk, Deed.SET_PLAN, order_no) as deed:
        entry = pool.inside(deed.writer, deed.order_id)
        if entry is None:
            raise NotNow(f"工单 {order_no} 不在监测池，不需要处置计划")
        review_at = entry["review_at"]
        if desk.actor.is_at_the_centre:
            review_at = to_ms(deed.at + timedelta(days=review_days(deed, Grade(entry["grade"]))))
        pool.set_plan(deed.writer, entry["id"], words, review_at)
        deed.set(pool_review_at=review_at)
        deed.note(pool_review_at=review_at)
        deed.quote(plan=words)
    return lists.after(desk, deed.order_id)


def plan_words(desk: Desk, order_no: str) -> str:
    """Return what writing a plan does to the next review, for who writes it: at the centre it is one (practice P8)."""
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        entry = pool.inside(reader, order["id"]) if order is not None else None
    if entry is None or not desk.actor.is_at_the_centre:
        return ""
    days = days_of(desk, Grade(entry["grade"]))
    return f"写下即算复核一次：下次复核 {local(desk.now() + timedelta(days=days)):%m-%d}"


def rework(
    desk: Desk,
    order_no: str,
    requirement: str,
    fault: DissatisfactionCause = DissatisfactionCause.RESULT,
) -> OrderRow:
    """重办: another round at the same unit with a second limit; it stays D in the pool, the old breach is kept (P3).

    `fault` says what the unit answers for: result, attitude or time. Policy is nobody's fault: that is explained, or goes
    to 社会评议. Raises BadInput for it and without a requirement, NotNow from the third 不满意 on until 分管领导 has spoken.
    """
    words, cause = needed(requirement, "重办要求"), DissatisfactionCause(fault)
    if cause is DissatisfactionCause.POLICY:
        raise BadInput("政策原因不是承办单位的责任：请按 e 解释说明，或由单位申请社会评议", "责任")
    with deed_on(desk, Deed.REWORK, order_no) as deed:
        check_spoken(deed)
        deed.note(fault=str(cause))
        deed.quote(requirement=words)
        start_round(deed, words)
    return lists.after(desk, deed.order_id)


def reopen(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """重新启动: a closed or archived order goes back to its unit for another round, with a reason.

    Raises NotNow for an order that no unit ever held (a direct answer): what is new becomes a new order.
    """
    words = needed(reason, "重新启动理由")
    with deed_on(desk, Deed.REOPEN, order_no) as deed:
        deed.quote(reason=words)
        start_round(deed, words)
    return lists.after(desk, deed.order_id)
