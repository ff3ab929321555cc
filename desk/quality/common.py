"""What the deeds of 质检 share: which checks a person sees, and the event of each deed."""

from datetime import datetime
from typing import Any

from db.codes import Deed, QualityReason, Role
from db.doors import Reader, Row, Writer
from db.queries import quality
from desk import history
from desk.context import Desk
from desk.errors import BadInput, NotAllowed
from desk.history import Happening
from desk.rules import rights

GUARDED_LINE = "危机来电、专报件只由班长质检"


def is_checker(desk: Desk) -> bool:
    """Whether this person checks records of the centre: 审核员, 班长."""
    return desk.actor.is_at_the_centre and bool(rights.scopes(desk.actor.roles, Deed.JUDGE_QUALITY))


def check_checker(desk: Desk) -> None:
    """Raise NotAllowed for everybody else."""
    if not is_checker(desk):
        raise NotAllowed("质检由班长、审核员办理；您自己的结果在“我的”一栏")


def sees_guarded(desk: Desk) -> bool:
    """Whether the checks of 危机来电 and 专报件 are this person's: others at the centre see neither (practice P25, P26)."""
    return Role.SUPERVISOR in desk.actor.roles


def is_own(desk: Desk, row: Row) -> bool:
    """Whether it is this very person who is checked, whichever 工号 held the call (practice P27)."""
    return bool(row["agent_person"] == desk.actor.person_uid)


def sees_as_checker(desk: Desk, row: Row) -> bool:
    """Whether this person sees a check as one who checks."""
    return is_checker(desk) and (sees_guarded(desk) or not row["is_guarded"])


def known(desk: Desk, reader: Reader, check_id: int) -> Row:
    """Return a check that this person sees: a checker's, or one's own once it was judged. Raises BadInput for others."""
    row = quality.check(reader, check_id)
    if row is None or row["centre_id"] != desk.actor.centre_id:
        raise BadInput("没有这条质检，请刷新后再选", "质检")
    is_mine = is_own(desk, row) and row["judged_at"] is not None
    if not (is_mine or sees_as_checker(desk, row)):
        raise BadInput("没有这条质检，请刷新后再选", "质检")
    return row


def hides_orders(desk: Desk, row: Row) -> bool:
    """Whether the orders of a check stay hidden: from the one complained of, who complained of him (practice P32)."""
    return bool(row["reason"] == QualityReason.COMPLAINT and is_own(desk, row))


def hides_call(desk: Desk, row: Row) -> bool:
    """Whether the call stays hidden too: a 举报 or 保密 complaint must not be guessed from it (practice P32)."""
    return bool(hides_orders(desk, row) and row["is_secret"])


def record(
    desk: Desk, writer: Writer, kind: Deed, at: datetime, row: Row, texts: dict[str, str], **data: Any
) -> None:
    """Write the one event of a deed on a check."""
    told = {
        "check": row["uid"],
        "reason": row["reason"],
        "call": row["call_uid"],
        "order": row["order_uid"],
        **data,
    }
    history.record(writer, Happening(kind, at, desk.actor.uid, desk.seat, data=told, texts=texts))
