"""安排 and 召开: once a month a session of the centre, with its date, its leader and its place (practice P22)."""

from datetime import datetime

from db.codes import Deed
from db.doors import Reader, Row, Writer
from db.queries import hotline_days
from db.times import from_ms, to_ms
from desk import history, unplanned
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput, NotAllowed, NotNow
from desk.history import Happening
from desk.hotline_rows import DayRow
from desk.rules.calendar import local
from desk.rules.text import required
from desk.rules.written_times import moment_written

_NAME, _PLACE = 40, 60


def plan_day(desk: Desk, when: str, leader: str, place: str, day_id: int | None = None) -> DayRow:
    """安排热线日: plan a session, or with `day_id` change one that is not held yet. One event PLAN_DAY.

    `when` is written as `2026-12-08 15:00`, China's time. Raises BadInput for a time that is past or none, NotNow for
    a session that was held, NotAllowed for all but 班长 and 调度领导.
    """
    check_birth_right(desk, Deed.PLAN_DAY)
    planned = moment_written(required(when, "时间", _NAME, one_line=True), "时间")
    values = {
        "planned_at": to_ms(planned),
        "leader": required(leader, "主持领导", _NAME, one_line=True),
        "place": required(place, "地点", _PLACE, one_line=True),
    }
    with desk.writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        if local(planned).date() < local(at).date():
            raise BadInput("热线日的时间已过，请填今天或以后的时间", "时间")
        if day_id is None:
            made = {"centre_id": desk.actor.centre_id, "made_at": to_ms(at), "made_by": desk.actor.id}
            day_id = hotline_days.add(writer, {**values, **made})
        else:
            _not_held(desk, writer, day_id)
            hotline_days.change(writer, day_id, values)
        day = _day(desk, writer, day_id)
        texts = {"leader": str(values["leader"]), "place": str(values["place"])}
        _record(desk, writer, Deed.PLAN_DAY, at, day, texts)
        unplanned.withdraw_told(desk, writer)
    return day_row(day)


def hold_day(desk: Desk, day_id: int) -> DayRow:
    """召开热线日: the session took place. One event HOLD_DAY.

    Raises NotNow before its day, and for one that was held; NotAllowed for all but 班长 and 调度领导.
    """
    check_birth_right(desk, Deed.HOLD_DAY)
    with desk.writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        refuse_before(_not_held(desk, writer, day_id), at)
        hotline_days.change(writer, day_id, {"held_at": to_ms(at), "held_by": desk.actor.id})
        day = _day(desk, writer, day_id)
        _record(desk, writer, Deed.HOLD_DAY, at, day, {})
    return day_row(day)


def why_not_plan(desk: Desk) -> str:
    """Return the line that refuses 安排 and 召开 to this person, '' to 班长 and 调度领导."""
    try:
        check_birth_right(desk, Deed.PLAN_DAY)
    except NotAllowed as refusal:
        return refusal.message
    return ""


def refuse_before(day: Row, now: datetime) -> None:
    """Raise NotNow before the day for which a session (a row) is planned."""
    planned = local(from_ms(day["planned_at"]))
    if local(now).date() < planned.date():
        raise NotNow(f"热线日定在 {planned:%m-%d}，到会后再登记；改期请按 p")


def line_to_decide(desk: Desk, reader: Reader, order_id: int, order_no: str, now: datetime) -> Row:
    """Return the agenda line by which an order may be decided; raises NotNow without one and before its day."""
    line = hotline_days.newest_line(reader, desk.actor.centre_id, order_id)
    if line is None:
        raise NotNow(f"工单 {order_no} 不在热线日议程上：先按 a 列入")
    refuse_before(line, now)
    return line


def coming(reader: Reader, desk: Desk) -> Row:
    """Return the session to come; raises NotNow when none is planned."""
    day = hotline_days.upcoming(reader, desk.actor.centre_id)
    if day is None:
        raise NotNow("还没有安排热线日：请班长按 p 安排")
    return day


def day_row(day: Row) -> DayRow:
    """Return a session as the page shows it."""
    return DayRow(
        id=day["id"],
        planned_at=from_ms(day["planned_at"]),
        leader=day["leader"],
        place=day["place"],
        held_at=None if day["held_at"] is None else from_ms(day["held_at"]),
        orders=day["orders"],
        decisions=day["decisions"],
    )


def _day(desk: Desk, reader: Reader, day_id: int) -> Row:
    day = hotline_days.one(reader, day_id)
    if day is None or day["centre_id"] != desk.actor.centre_id:
        raise BadInput("没有这一期热线日，请刷新后再看", "热线日")
    return day


def _not_held(desk: Desk, reader: Reader, day_id: int) -> Row:
    day = _day(desk, reader, day_id)
    if day["held_at"] is not None:
        raise NotNow(f"这一期热线日已于 {local(from_ms(day['held_at'])):%m-%d} 召开")
    return day


def _record(desk: Desk, writer: Writer, kind: Deed, at: datetime, day: Row, texts: dict[str, str]) -> None:
    data = {"day": day["uid"], "planned_at": day["planned_at"]}
    history.record(writer, Happening(kind, at, desk.actor.uid, desk.seat, data=data, texts=texts))
