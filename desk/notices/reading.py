"""已阅: the centre's own people confirm a notice that is meant for them, and 班长 sees who has not (practice P14)."""

from dataclasses import dataclass
from datetime import datetime

from db.codes import Deed
from db.queries import notices as rows
from db.times import maybe_from_ms, to_ms
from desk import history
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput, NotAllowed, NotNow
from desk.history import Happening
from desk.notices.announcing import may_publish


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """Somebody who must read a notice; `read_at` aware UTC, None for not yet."""

    name: str
    staff_no: str
    read_at: datetime | None


def confirm(desk: Desk, notice_id: int) -> None:
    """已阅: this person has read a notice for staff. One event.

    Raises NotNow for one that is not his to read, is over, or was confirmed already.
    """
    check_birth_right(desk, Deed.READ_NOTICE)
    with desk.writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        if notice_id not in rows.unread_by(writer, desk.actor.id, desk.actor.unit_id, to_ms(at)):
            raise NotNow("这条公告不需要您确认，或已经确认")
        notice = rows.by_id(writer, notice_id)
        assert notice is not None, "it was just found"
        rows.confirm(writer, notice_id, desk.actor.id, to_ms(at))
        data = {"notice": notice["uid"]}
        history.record(writer, Happening(Deed.READ_NOTICE, at, desk.actor.uid, desk.seat, data=data))


def readers(desk: Desk, notice_id: int) -> tuple[ReaderRow, ...]:
    """Return who must read a notice for staff, those who have not first.

    Raises NotAllowed for anybody but 班长, BadInput for a notice that is none, or is meant for callers.
    """
    if not may_publish(desk):
        raise NotAllowed("谁没有看公告由班长查看")
    with desk.reading() as reader:
        notice = rows.by_id(reader, notice_id)
        if notice is None or not notice["for_staff"] or notice["unit_id"] != desk.actor.unit_id:
            raise BadInput(f"编号 {notice_id} 不是本中心的内部公告，请用 desk notice list 核对", "编号")
        found = rows.readers(reader, notice_id)
    return tuple(ReaderRow(row["name"], row["staff_no"], maybe_from_ms(row["read_at"])) for row in found)
