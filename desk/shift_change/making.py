"""交班 and 接班: each an event; who hands over is another person than who signs (practice P27)."""

from typing import Any

from db.codes import Deed
from db.doors import Row, Writer
from db.ids import new_uid
from db.queries import shift_change, work_orders
from db.times import to_ms
from desk import history
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput, NotAllowed, NotNow
from desk.history import Happening
from desk.rules.text import cleaned
from desk.shift_change import gathering
from desk.shift_change.reading import current
from desk.shift_change.rows import HandoverPage

NOTE, REMARK = 500, 200


def hand_over(desk: Desk, note: str = "") -> HandoverPage:
    """交班: keep what is open now, with a note, for the next shift to sign. One event.

    Raises NotAllowed, NotNow while the last one was not taken over, BadInput when there is nothing to say at all.
    """
    check_birth_right(desk, Deed.HAND_OVER_SHIFT)
    words = cleaned(note, NOTE, "交班说明")
    with desk.writing() as writer:
        latest = shift_change.latest(writer, desk.actor.centre_id)
        if latest is not None and latest["taken_at"] is None:
            raise NotNow(f"{latest['handed_name']}交的班还没有人接完，请先逐条签收")
        found = tuple(gathering.lines(desk, writer))
        if not found and not words:
            raise BadInput("没有未了的事项；请写一句交班说明，如“平稳，无未了事项”", "交班说明")
        at = history.moment_after_head(writer, desk.now())
        uid = new_uid()
        key = shift_change.add(
            writer,
            uid=uid,
            centre_id=desk.actor.centre_id,
            note=words,
            handed_at=to_ms(at),
            handed_by=desk.actor.id,
        )
        for line in found:
            order = work_orders.by_number(writer, line.order_no) if line.order_no else None
            shift_change.add_line(
                writer,
                handover_id=key,
                kind=str(line.kind),
                order_id=None if order is None else order["id"],
                what=line.what,
            )
        _record(desk, writer, Deed.HAND_OVER_SHIFT, {"handover": uid, "lines": len(found)}, {"note": words})
    return current(desk)


def sign(desk: Desk, line_id: int, remark: str = "") -> HandoverPage:
    """接班: sign for one line, with a remark where there is something to say. One event.

    The last one ends the hand-over. Raises NotAllowed for the person who handed over, NotNow for what was signed before.
    """
    with desk.writing() as writer:
        _sign(desk, writer, line_id, cleaned(remark, REMARK, "备注", one_line=True))
    return current(desk)


def sign_all(desk: Desk) -> HandoverPage:
    """接班: sign for every line that is left; a hand-over without lines is taken by its note. Raises NotAllowed, NotNow."""
    check_birth_right(desk, Deed.TAKE_SHIFT)
    with desk.writing() as writer:
        latest = shift_change.latest(writer, desk.actor.centre_id)
        if latest is None or latest["taken_at"] is not None:
            raise NotNow("没有要接的班")
        _refuse_the_same(desk, latest)
        left = [row for row in shift_change.lines(writer, latest["id"]) if row["signed_at"] is None]
        for row in left:
            _sign(desk, writer, row["id"], "")
        if not left:
            _end(desk, writer, latest["id"])
    return current(desk)


def _sign(desk: Desk, writer: Writer, line_id: int, remark: str) -> None:
    check_birth_right(desk, Deed.TAKE_SHIFT)
    row = shift_change.line(writer, line_id)
    if row is None or row["centre_id"] != desk.actor.centre_id:
        raise BadInput("没有这一条，请刷新后再选", "交接班")
    _refuse_the_same(desk, row)
    if row["signed_at"] is not None:
        raise NotNow("这一条已签收")
    at = history.moment_after_head(writer, desk.now())
    shift_change.sign(writer, line_id, at_ms=to_ms(at), by_id=desk.actor.id, remark=remark)
    _record(desk, writer, Deed.TAKE_SHIFT, {"line": row["uid"]}, {"remark": remark})
    if all(each["signed_at"] is not None for each in shift_change.lines(writer, row["handover_id"])):
        _end(desk, writer, row["handover_id"])


def _end(desk: Desk, writer: Writer, handover_id: int) -> None:
    at = history.moment_after_head(writer, desk.now())
    shift_change.end(writer, handover_id, at_ms=to_ms(at), by_id=desk.actor.id)


def _refuse_the_same(desk: Desk, row: Row) -> None:
    if row["handed_person"] == desk.actor.person_uid:
        raise NotAllowed("交班人不能接自己的班，请由接班的另一人签收")


def _record(desk: Desk, writer: Writer, kind: Deed, data: dict[str, Any], texts: dict[str, str]) -> None:
    at = history.moment_after_head(writer, desk.now())
    history.record(writer, Happening(kind, at, desk.actor.uid, desk.seat, data=data, texts=texts))
