"""评分: 处理成效 of a steward by the centre, 配合情况 of a helping unit by its steward (press conference, question 4)."""

from datetime import datetime

from db.codes import Deed, ScoreKind
from db.doors import Reader, Row
from db.ids import new_uid
from db.queries import assessment, messages, units
from db.times import from_ms
from desk import lists
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotAllowed, NotNow
from desk.rows import OrderRow
from desk.rules import assessment as rules
from desk.rules import deadlines
from desk.rules.assessment_figures import BEST
from desk.rules.text import required
from desk.words import short_moment

LONGEST = 500
COOPERATION_DAYS = 5
"""Working days after closing in which 配合情况 is scored, unless `assessment.cooperation_days` says otherwise (P30)."""


def score_handling(desk: Desk, order_no: str, points: int, reason: str) -> OrderRow:
    """处理成效: what the centre thinks of how the steward handled a closed order, 1 to 5, with the reason.

    Raises BadInput for points outside that or without a reason, NotNow for a round that was scored, NotAllowed.
    """
    given, words = checked_points(points), required(reason, "评分理由", LONGEST)
    with deed_on(desk, Deed.SCORE_HANDLING, order_no) as deed:
        if why := why_no_score(deed.writer, deed.order):
            raise NotNow(why)
        _keep_first(deed, ScoreKind.HANDLING, deed.order["steward_id"], given, words)
    return lists.after(desk, deed.order_id)


def why_no_score(reader: Reader, order: Row) -> str:
    """Return why 处理成效 of an order (a row) is not scored, '' when it is; the status is not asked."""
    number, steward_id = order["order_no"], order["steward_id"]
    if steward_id is None:
        return f"工单 {number} 没有承办单位（直接答复等），不评处理成效"
    if why := _why_left_out(order):
        return why
    if assessment.was_scored(reader, order["id"], ScoreKind.HANDLING, steward_id, order["round"]):
        return f"工单 {number} 本轮的处理成效已评过；有异议由单位申诉"
    return ""


def score_cooperation(desk: Desk, order_no: str, unit_id: int, points: int, reason: str) -> OrderRow:
    """配合情况: what the steward thinks of how a unit helped, 1 to 5, with the reason; within 5 working days of closing.

    Raises BadInput for points outside that, without a reason or for a unit that did not help, NotNow afterwards and for
    a unit that was scored, NotAllowed for others than the steward's people.
    """
    given, words = checked_points(points), required(reason, "评分理由", LONGEST)
    with deed_on(desk, Deed.SCORE_COOPERATION, order_no) as deed:
        refuse_others_than_steward(deed)
        if why := _why_left_out(deed.order):
            raise NotNow(why)
        until = scored_until(desk, from_ms(deed.order["closed_at"]))
        if deed.at > until:
            raise NotNow(f"配合情况须在 {short_moment(until)} 前评完，现已按未评处理")
        if unit_id not in {row["unit_id"] for row in _helpers(deed)}:
            raise BadInput("该单位没有协办这件工单，请重新选择", "协办单位")
        if assessment.was_scored(
            deed.writer, deed.order_id, ScoreKind.COOPERATION, unit_id, deed.order["round"]
        ):
            raise NotNow("该单位的配合情况已评过；有异议由该单位申诉")
        _keep_first(deed, ScoreKind.COOPERATION, unit_id, given, words)
    return lists.after(desk, deed.order_id)


def ask_for_scores(deed: OrderDeed) -> None:
    """Tell the steward, as its order is closed, whom it may score and until when. Part of the deed's transaction."""
    order = {**dict(deed.order), **deed.changes}
    helpers = [row["unit"] for row in assessment.helped(deed.writer, deed.order_id, order["round"])]
    if not helpers or order["steward_id"] is None or rules.not_assessed(order):
        return
    until = short_moment(scored_until(deed.desk, deed.at))
    body = f"工单 {order['order_no']} 已办结，请于 {until} 前在 F4 按 p 评{'、'.join(helpers)}的配合情况"
    messages.to_unit(deed.writer, deed.order_id, order["steward_id"], "to_score", body, deed.at_ms)


def checked_points(points: int) -> int:
    """Return points that can be kept. Raises BadInput outside 1 to 5."""
    if isinstance(points, bool) or not isinstance(points, int) or not 1 <= points <= BEST:
        raise BadInput(f"分数请选 1 至 {BEST} 的整数", "分数")
    return points


def scored_until(desk: Desk, closed_at: datetime) -> datetime:
    """Return until when 配合情况 of an order that was closed then (aware) may be scored (aware)."""
    days = int(desk.settings.get("assessment.cooperation_days", COOPERATION_DAYS))
    return deadlines.decision_due(closed_at, days, desk.settings.limits, desk.calendar).at


def refuse_others_than_steward(deed: OrderDeed) -> None:
    """Raise NotAllowed for who stands outside the house of the order's steward: a helping unit does not score itself."""
    steward_id = deed.order["steward_id"]
    steward = None if steward_id is None else units.unit(deed.writer, steward_id)
    if steward is None or not str(steward["path"]).startswith(deed.desk.actor.unit_path):
        raise NotAllowed("配合情况由工单管家评，协办单位不能评自己")


def _why_left_out(order: Row) -> str:
    why = rules.not_assessed(order)
    return f"工单 {order['order_no']} 不纳入考核（{word(why)}），不评分" if why else ""


def _helpers(deed: OrderDeed) -> list[Row]:
    return list(assessment.helped(deed.writer, deed.order_id, deed.order["round"]))


def keep(
    deed: OrderDeed, kind: ScoreKind, unit_id: int, points: int, reason: str, *, of: Row | None = None
) -> str:
    """Write a score and return its uid; one that replaces another (`of`) counts in that one's month and round."""
    uid = new_uid()
    assessment.add_score(
        deed.writer,
        uid=uid,
        order_id=deed.order_id,
        unit_id=unit_id,
        kind=str(kind),
        round=deed.order["round"] if of is None else of["round"],
        points=points,
        reason=reason,
        month=rules.month_of(deed.at) if of is None else of["month"],
        scored_at=deed.at_ms,
        scored_by=deed.desk.actor.id,
        replaces_id=None if of is None else of["id"],
    )
    return uid


def _keep_first(deed: OrderDeed, kind: ScoreKind, unit_id: int, points: int, reason: str) -> None:
    uid, unit = keep(deed, kind, unit_id, points, reason), units.unit(deed.writer, unit_id)
    deed.note(score=uid, unit_uid=unit["uid"] if unit else None, points=points)
    deed.quote(reason=reason)
