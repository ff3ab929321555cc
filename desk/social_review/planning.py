"""安排评议会 and its agenda: orders whose callers were told, in one batch (practice P29)."""

import json

from db.codes import Deed
from db.doors import Row
from db.queries import social_review
from db.times import from_ms, maybe_from_ms, to_ms
from desk import history, lists, sight
from desk.births import check_birth_right
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, Locked, NotNow, Refused, StoreUnusable
from desk.panel_rows import PutOn, SessionRow
from desk.rows import OrderRow
from desk.rules import social_review as rules
from desk.rules.calendar import local
from desk.rules.text import required
from desk.rules.written_times import moment_written
from desk.social_review import common

_WHEN, _PLACE = 40, 60


def plan_session(desk: Desk, when: str, place: str, session_id: int | None = None) -> SessionRow:
    """安排评议会: plan a session, or with `session_id` move one that is not closed. One event PLAN_PANEL.

    `when` is written as `2026-12-08 15:00`, China's time. Seats and quota are the city's of this day. Raises BadInput,
    NotNow for a session that is closed, NotAllowed for all but auditors and 班长.
    """
    check_birth_right(desk, Deed.PLAN_PANEL)
    planned = moment_written(required(when, "时间", _WHEN, one_line=True), "时间")
    values = {"planned_at": to_ms(planned), "place": required(place, "地点", _PLACE, one_line=True)}
    with desk.writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        if local(planned).date() < local(at).date():
            raise BadInput("评议会的时间已过，请填今天或以后的时间", "时间")
        if session_id is None:
            made = {"centre_id": desk.actor.centre_id, "made_at": to_ms(at), "made_by": desk.actor.id}
            session_id = social_review.add_session(writer, {**values, **_panel(desk), **made})
        else:
            common.unclosed(desk, writer, session_id)
            social_review.change_session(writer, session_id, values)
        row = common.known(desk, writer, session_id)
        texts = {"place": str(values["place"])}
        common.record(
            desk, writer, Deed.PLAN_PANEL, at, row, texts, planned_at=values["planned_at"], seats=row["seats"]
        )
    return session_row(row)


def _panel(desk: Desk) -> dict[str, object]:
    settings = desk.settings
    quota = json.dumps(settings.get("panel.quota", rules.QUOTA), sort_keys=True)
    return {"seats": int(settings.get("panel.seats", rules.SEATS)), "quota": quota}


def session_row(row: Row) -> SessionRow:
    """Return a session as the page shows it."""
    return SessionRow(
        id=row["id"],
        planned_at=from_ms(row["planned_at"]),
        place=row["place"],
        seats=row["seats"],
        quota=json.loads(row["quota"]),
        orders=row["orders"],
        sitting=row["sitting"],
        signed=row["signed"],
        drawn_at=maybe_from_ms(row["drawn_at"]),
        opened_at=maybe_from_ms(row["opened_at"]),
        closed_at=maybe_from_ms(row["closed_at"]),
    )


def put_all_on(desk: Desk) -> PutOn:
    """Put every order that waits on the agenda of the session to come, each its own deed; say which could not.

    Raises NotNow without a session or after its draw, NotAllowed, Locked, StoreUnusable.
    """
    with desk.reading() as reader:
        _undrawn(common.coming(desk, reader))
        waiting = [
            row["order_no"]
            for row in social_review.waiting(reader, desk.actor.centre_id)
            if desk.actor.is_at_the_centre
        ]
    added, left = 0, []
    for order_no in waiting:
        try:
            put_on(desk, order_no)
        except (Locked, StoreUnusable):
            raise
        except Refused as refusal:
            left.append((order_no, refusal.message))
        else:
            added += 1
    return PutOn(added, tuple(left))


def put_on(desk: Desk, order_no: str) -> OrderRow:
    """列入评议会: on the agenda of the session to come. Raises NotNow before the caller was told and after the draw."""
    with deed_on(desk, Deed.PUT_ON_PANEL, order_no) as deed:
        session = _undrawn(common.coming(desk, deed.writer))
        if social_review.line_to_come(deed.writer, deed.order_id) is not None:
            raise NotNow(f"工单 {order_no} 已在评议会议程上")
        file = told_file(deed)
        social_review.add_line(
            deed.writer,
            {
                "session_id": session["id"],
                "order_id": deed.order_id,
                "file_id": file["id"],
                "unit_id": deed.order["steward_id"],
                "added_at": deed.at_ms,
                "added_by": desk.actor.id,
            },
        )
        deed.note(session=session["uid"])
    return lists.after(desk, deed.order_id)


def told_file(deed: OrderDeed) -> Row:
    """Return the file of the order's present round. Raises NotNow before the caller was told of the panel (P29)."""
    file = social_review.file_of(deed.writer, deed.order_id, deed.order["round"])
    if file is None or file["told_at"] is None:
        raise NotNow(f"工单 {deed.order['order_no']} 还没有告知诉求人要社会评议：先在评议会页按 y 登记告知")
    return file


def take_off(desk: Desk, order_no: str) -> OrderRow:
    """移出评议会 before the ballots. Raises NotNow for an order that is on no agenda, or once the session is open."""
    with deed_on(desk, Deed.TAKE_OFF_PANEL, order_no) as deed:
        line = social_review.line_to_come(deed.writer, deed.order_id)
        if line is None:
            raise NotNow(f"工单 {order_no} 不在评议会议程上")
        if line["opened_at"] is not None:
            raise NotNow("评议已经开始，议程不能再改")
        gone = {"removed_at": deed.at_ms, "removed_by": desk.actor.id}
        social_review.change_line(deed.writer, line["id"], gone)
    return lists.after(desk, deed.order_id)


def _undrawn(session: Row) -> Row:
    """The session, unless its panel was drawn: whoever sits was looked at for the agenda of that day."""
    if session["drawn_at"] is not None:
        raise NotNow("评议员已按议程抽取，不能再加工单：请列入下一期")
    return session


def title_of(desk: Desk, row: Row) -> str:
    """Return what an agenda calls an order: the title of its file, else what lists may say of it (practice P32 c)."""
    if row["file_title"]:
        return str(row["file_title"])
    return sight.title_for(desk.actor, row)
