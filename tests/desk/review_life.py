"""Orders brought to the review by plain deeds, so that each test begins where it wants to."""

from typing import Any

from db.codes import AnswerOutcome, Deed, DissatisfactionCause, OrderKind, Satisfaction, StewardStep, Urgency
from db.ids import new_uid
from db.queries import answers, assignments
from desk import clocks, review
from desk.deed import deed_on
from desk.stewardship import write_step
from tests.world import World

DISPATCHER, HANDLER, UNIT_REVIEWER = "1301", "2102", "2103"
AUDITOR, SECOND_AUDITOR, CALLER, LEADER = "1501", "1502", "1601", "1701"


def sent(world: World, **values: Any) -> str:
    """A new order, sent to 县城管局 and signed there."""
    born = world.order(**values)
    unit = world.row("SELECT id FROM units WHERE code = 'CY-CGJ'")["id"]
    with deed_on(world.desk(DISPATCHER), Deed.SEND, born.order_no) as deed:
        kind, urgency = OrderKind(deed.order["kind"]), Urgency(deed.order["urgency"])
        columns, data = clocks.on_dispatch(deed.desk, kind, urgency, deed.at)
        deed.set(steward_id=unit, dispatched_at=deed.at_ms, **columns)
        deed.note(**data)
        assignments.add(
            deed.writer,
            order_id=deed.order_id,
            part="steward",
            unit_id=unit,
            round=1,
            sent_at=deed.at_ms,
            sent_by=deed.desk.actor.id,
        )
    with deed_on(world.desk("2101"), Deed.SIGN, born.order_no) as deed:
        deed.set(signed_at=deed.at_ms, stage_due_at=None)
    return born.order_no


def answered(world: World, order_no: str) -> str:
    """The unit drafts, passes, and answers the citizen."""
    with deed_on(world.desk(HANDLER), Deed.SUBMIT_REPLY, order_no) as deed:
        deed.writer.insert(
            "replies",
            {
                "uid": new_uid(),
                "order_id": deed.order_id,
                "round": deed.order["round"],
                "drafted_at": deed.at_ms,
                "drafted_by": deed.desk.actor.id,
                "public_reply": "已责令停工，夜间不再施工",
            },
        )
    with deed_on(world.desk(UNIT_REVIEWER), Deed.PASS_REPLY, order_no):
        pass
    with deed_on(world.desk(HANDLER), Deed.LOG_ANSWER, order_no) as deed:
        answers.add(
            deed.writer,
            order_id=deed.order_id,
            round=deed.order["round"],
            answered_at=deed.at_ms,
            answered_by=deed.desk.actor.id,
            outcome=str(AnswerOutcome.ANSWERED),
            said="已电话告知处理结果",
        )
        columns, data = clocks.on_answer(deed.desk, deed.at)
        deed.set(answered_at=deed.at_ms, **columns)
        deed.note(**data)
    if order_row(world, order_no)["grade"] in ("C", "D"):
        steps_written(world, order_no)
    return order_no


def steps_written(world: World, order_no: str) -> None:
    """The steward writes 兜底维稳 and 长效机制, as C and D orders need before they are closed (practice P23)."""
    write_step(world.desk(HANDLER), order_no, StewardStep.STABILISE, "已上门沟通，情绪平稳")
    write_step(world.desk(HANDLER), order_no, StewardStep.PREVENT, "夜间巡查列入常态")


def in_review(world: World, **values: Any) -> str:
    """An order in 待办结审核."""
    return answered(world, sent(world, **values))


def to_call_back(world: World, **values: Any) -> str:
    """An order in 待回访, audited by 审核甲."""
    order_no = in_review(world, **values)
    review.pass_close_review(world.desk(AUDITOR), order_no)
    return order_no


def dissatisfied(world: World, **values: Any) -> str:
    """An order in 不满意待定, D in the pool."""
    order_no = to_call_back(world, **values)
    world.clock.tick(minutes=10)
    review.record_dissatisfaction(
        world.desk(CALLER),
        order_no,
        Satisfaction.DISSATISFIED,
        cause=DissatisfactionCause.RESULT,
        note="夜里还在施工",
    )
    world.clock.tick(minutes=10)
    return order_no


def reworked_and_satisfied(world: World) -> str:
    """A D order after its second round: closed, satisfied, and still in the pool."""
    order_no = dissatisfied(world)
    review.rework(world.desk(AUDITOR), order_no, "现场复核，夜间巡查")
    answered(world, order_no)
    review.pass_close_review(world.desk(AUDITOR), order_no)
    world.clock.tick(minutes=10)
    review.close_satisfied(world.desk(CALLER), order_no)
    return order_no


def order_row(world: World, order_no: str) -> dict[str, Any]:
    """The order's row as it stands."""
    found: dict[str, Any] = world.row("SELECT * FROM work_orders WHERE order_no = :no", no=order_no)
    return found
