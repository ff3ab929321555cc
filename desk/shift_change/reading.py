"""What waits to be signed for, or what would be handed over now."""

from db.codes import Deed, HandoverKind
from db.doors import Row
from db.queries import shift_change
from db.times import from_ms, maybe_from_ms
from desk.context import Desk
from desk.errors import NotAllowed
from desk.rules import rights
from desk.rules.calendar import local
from desk.shift_change import gathering
from desk.shift_change.rows import HandoverLine, HandoverPage


def current(desk: Desk) -> HandoverPage:
    """Return the page of 交接班 at this person's centre. Raises NotAllowed for who does not sit at the centre."""
    if not (desk.actor.is_at_the_centre and rights.scopes(desk.actor.roles, Deed.TAKE_SHIFT)):
        raise NotAllowed("交接班由热线中心的人办理")
    with desk.reading() as reader:
        latest = shift_change.latest(reader, desk.actor.centre_id)
        if latest is None or latest["taken_at"] is not None:
            return HandoverPage(tuple(gathering.lines(desk, reader)), last=_last(latest))
        return HandoverPage(
            tuple(_line(row) for row in shift_change.lines(reader, latest["id"])),
            f"{latest['handed_name']}{latest['handed_no']}",
            from_ms(latest["handed_at"]),
            latest["note"],
            latest["handed_person"] == desk.actor.person_uid,
        )


def _last(row: Row | None) -> str:
    if row is None:
        return ""
    return f"上次 {local(from_ms(row['taken_at'])):%m-%d %H:%M} {row['taken_name']}接{row['handed_name']}的班"


def _line(row: Row) -> HandoverLine:
    return HandoverLine(
        row["id"],
        HandoverKind(row["kind"]),
        row["order_no"] or "",
        row["what"],
        row["signed_name"] or "",
        maybe_from_ms(row["signed_at"]),
        row["remark"],
    )
