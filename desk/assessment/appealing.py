"""申诉: a unit speaks against a score; another person than who gave it decides (practice P30). What was stays readable."""

from datetime import datetime

from db.codes import Deed, Role, ScoreKind, Verdict
from db.doors import Reader, Row
from db.queries import assessment, messages
from db.times import from_ms
from desk.assessment.scoring import LONGEST, checked_points, keep
from desk.codes import word
from desk.context import Actor, Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow, Refused
from desk.rules import deadlines
from desk.rules.text import required
from desk.words import short_moment

APPEAL_DAYS = 5
"""Working days after a score in which its unit may appeal, unless `assessment.appeal_days` says otherwise."""


def appeal_score(desk: Desk, score_id: int, reason: str) -> None:
    """申诉: the unit that was scored says why the score is not right. The score counts until the appeal is granted.

    Raises BadInput without a reason, NotNow after the time for it, a second time, or against what an appeal gave;
    NotAllowed for another unit's people.
    """
    words = required(reason, "申诉理由", LONGEST)
    with deed_on(desk, Deed.APPEAL_SCORE, _order_no(desk, score_id)) as deed:
        row = _score(deed.writer, score_id)
        if why := why_no_appeal(desk, row, deed.at):
            raise NotNow(why)
        assessment.add_appeal(
            deed.writer, score_id=score_id, reason=words, asked_at=deed.at_ms, asked_by=desk.actor.id
        )
        deed.note(score=row["uid"])
        deed.quote(reason=words)


def grant_appeal(desk: Desk, score_id: int, points: int | None, decision: str) -> None:
    """同意申诉: other points take the score's place in its month, or (None) it is removed; the old one is kept.

    Raises BadInput without words or for points that are the old ones, NotNow when nothing is asked, NotAllowed for who
    gave the score or asked.
    """
    words = required(decision, "决定理由", LONGEST)
    given = None if points is None else checked_points(points)
    with deed_on(desk, Deed.GRANT_APPEAL, _order_no(desk, score_id)) as deed:
        row = _asked(deed, score_id)
        if given == row["points"]:
            raise BadInput(f"原分就是 {given} 分：不改请按不同意办理", "分数")
        _decide(deed, row, Verdict.GRANTED, words, given)
        assessment.end_score(deed.writer, score_id, deed.at_ms)
        if given is not None:
            kind = ScoreKind(row["kind"])
            deed.note(new_score=keep(deed, kind, row["unit_id"], given, words, of=row), points=given)
        deed.note(old_points=row["points"])


def refuse_appeal(desk: Desk, score_id: int, decision: str) -> None:
    """不同意申诉: the score stays, with the reason why. Raises as `grant_appeal` does."""
    words = required(decision, "决定理由", LONGEST)
    with deed_on(desk, Deed.REFUSE_APPEAL, _order_no(desk, score_id)) as deed:
        row = _asked(deed, score_id)
        _decide(deed, row, Verdict.REFUSED, words, None)


def why_no_appeal(desk: Desk, row: Row, now: datetime) -> str:
    """Return why a score cannot be appealed against by this person at `now` (aware), '' when it can."""
    if not is_of_own_unit(desk.actor, row):
        return "只有被评单位的联络员、审核人能申诉"
    if row["appeal_id"] is not None:
        return "这份评分已申诉过，一份评分只能申诉一次"
    if row["replaces_id"] is not None or row["ended_at"] is not None:
        return "这份评分已经过申诉决定，不再申诉"
    until = appealed_until(desk, from_ms(row["scored_at"]))
    return f"申诉须在 {short_moment(until)} 前提出" if now > until else ""


def is_of_own_unit(actor: Actor, row: Row) -> bool:
    """Whether a score was given to this person's own house, for which they may speak."""
    speaks = bool(actor.roles & {Role.LIAISON, Role.UNIT_REVIEWER})
    return speaks and str(row["unit_path"]).startswith(actor.unit_path) and not actor.is_at_the_centre


def appealed_until(desk: Desk, scored_at: datetime) -> datetime:
    """Return until when a score that was given then (aware) may be appealed against (aware)."""
    days = int(desk.settings.get("assessment.appeal_days", APPEAL_DAYS))
    return deadlines.decision_due(scored_at, days, desk.settings.limits, desk.calendar).at


def _order_no(desk: Desk, score_id: int) -> str:
    with desk.reading() as reader:
        return str(_score(reader, score_id)["order_no"])


def _score(reader: Reader, score_id: int) -> Row:
    row = assessment.score(reader, score_id)
    if row is None:
        raise Refused("没有这份评分，请刷新后再选")
    return row


def _asked(deed: OrderDeed, score_id: int) -> Row:
    row = _score(deed.writer, score_id)
    if row["verdict"] != Verdict.PENDING:
        raise NotNow("这份评分没有待决定的申诉，请刷新后再看")
    return row


def _decide(deed: OrderDeed, row: Row, verdict: Verdict, words: str, points: int | None) -> None:
    assessment.decide_appeal(
        deed.writer,
        row["appeal_id"],
        verdict=str(verdict),
        points=points,
        decided_at=deed.at_ms,
        decided_by=deed.desk.actor.id,
        decision=words,
    )
    changed = "原分不变" if verdict is Verdict.REFUSED else f"改为 {points} 分" if points else "评分撤销"
    body = f"工单 {row['order_no']} 的{word(ScoreKind(row['kind']))}评分申诉已决定：{changed}，理由见 F4 按 p"
    messages.to_unit(deed.writer, deed.order_id, row["unit_id"], "appeal_decided", body, deed.at_ms)
    deed.note(score=row["uid"], appeal=row["appeal_uid"], verdict=str(verdict))
    deed.quote(decision=words)
