"""What is behind a line of 当班: the calls, numbers, promises, orders or people that it sums up (practice P31)."""

from collections.abc import Callable, Iterator

from db.codes import Role, Status
from db.doors import Reader
from db.queries import shift_board, units
from db.times import from_ms, to_ms
from desk import seats, sight
from desk.codes import word
from desk.context import Desk
from desk.errors import BadInput
from desk.rules.secrecy import masked_phone
from desk.shift_board import calls as shift_calls
from desk.shift_board.calls import ShiftCall
from desk.shift_board.gathering import Shift, check_may_read, gathered
from desk.shift_board.lines import attempts_of
from desk.shift_rows import BehindRow, BoardKind
from desk.words import stored

MOST = 50
Rows = Iterator[BehindRow]


def behind(desk: Desk, key: str) -> tuple[BehindRow, ...]:
    """Return what is behind the line with this key, at most `MOST` rows. Raises BadInput for no such line, NotAllowed."""
    check_may_read(desk)
    kind, _, which = key.partition(":")
    found = _BEHIND.get(kind)
    if found is None:
        raise BadInput("没有这一行，请刷新后再选", "当班")
    taken = seats.taken(desk)
    with desk.reading() as reader:
        return tuple(found(desk, reader, gathered(desk, reader, taken), which))[:MOST]


def _of_seat(_desk: Desk, _reader: Reader, shift: Shift, seat: str) -> Rows:
    yield from (_call(call) for call in reversed(shift.calls) if call.seat == seat)


def _without_summary(_desk: Desk, _reader: Reader, shift: Shift, _: str) -> Rows:
    people = {row.seat: row for row in shift.seats}
    for call in shift.calls:
        if call.lacks_summary:
            sitter = people.get(call.seat)
            is_his = sitter is not None and to_ms(sitter.signed_in_at) <= (call.answered_at or 0)
            yield _call(call, f"{sitter.name} {sitter.staff_no}" if sitter is not None and is_his else "")


def _all_calls(_desk: Desk, _reader: Reader, shift: Shift, _: str) -> Rows:
    yield from (_call(call) for call in reversed(shift.calls) if call.answered_at is not None)


def _not_taken(_desk: Desk, _reader: Reader, shift: Shift, _: str) -> Rows:
    """Who rings now, then who was missed, then who waited too long."""
    ringing = shift_calls.waiting(shift.calls, to_ms(shift.now))
    yield from (_call(call) for call in (*ringing, *reversed(shift_calls.missed(shift.calls))))
    slow = [call for call in shift.calls if call.is_inbound and call.answered_at and not call.is_in_time]
    yield from (_call(call) for call in reversed(slow))


def _call(call: ShiftCall, who: str = "") -> BehindRow:
    if call.answered_at is None:
        words = "未接" if call.ended_at is not None else "正在振铃" if call.is_told else "未接通"
    else:
        words = call.summary or ("没有小结" if call.is_over else "通话中")
    waited = ""
    if call.is_inbound and call.answered_at and call.answered_at > call.rang_at:
        waited = f"，{(call.answered_at - call.rang_at + 999) // 1000} 秒接听"
    direction = "" if call.is_inbound else "呼出 "
    named = call.who or who or "没有人"
    return BehindRow(
        call.key,
        from_ms(call.rang_at),
        f"{call.seat or '各座席'} {named}",
        f"{direction}{call.number or '未显示号码'} {words}{waited}",
        call.order_no,
    )


def _drafts(desk: Desk, reader: Reader, shift: Shift, _: str) -> Rows:
    people = units.staff_by_uids(reader, [draft.staff_uid for draft in shift.drafts], desk.actor.centre_path)
    numbers = {row["uid"]: row["staff_no"] for row in people}
    for draft in shift.drafts:
        values = draft.body.get("values")
        number = str(values.get("number") or "") if isinstance(values, dict) else ""
        tried = attempts_of(draft.body)
        yield BehindRow(
            draft.id,
            from_ms(draft.updated_at),
            f"{draft.seat} {numbers.get(draft.staff_uid, '')}".strip(),
            f"{masked_phone(number) or '没有号码'}  {f'已拨 {tried} 次' if tried else '还没有拨'}，在本人 F2 草稿里",
        )


def _promises(_desk: Desk, _reader: Reader, shift: Shift, _: str) -> Rows:
    for row in shift.promised:
        state = "已答复，待回电" if row["answer"] else "待答复"
        late = "，已超时" if row["due_at"] <= to_ms(shift.now) else ""
        tried = f"，已拨 {row['attempts']} 次" if row["attempts"] else ""
        yield BehindRow(
            f"p{row['id']}",
            from_ms(row["due_at"]),
            f"{row['target']}",
            f"{row['asker_name']} {stored(row['asked_at'])} 承诺，{state}{tried}{late}（F10 办理）",
        )


def _queue(desk: Desk, reader: Reader, _shift: Shift, status: str) -> Rows:
    if status not in set(shift_board.SINCE):
        raise BadInput("没有这个队列，请刷新后再选", "当班")
    for row in shift_board.longest_waiting(reader, desk.actor.centre_id, Status(status), MOST):
        due = f"限 {stored(row['press_at'])}" if row["press_at"] else ""
        yield BehindRow(
            row["order_no"],
            from_ms(row["since"]),
            row["steward_name"] or "",
            f"{row['order_no']} {sight.bare_title(row)} {due}".rstrip(),
            row["order_no"],
        )


def _role(desk: Desk, reader: Reader, shift: Shift, which: str) -> Rows:
    """Who of the centre holds a role, and who of them has signed in."""
    wanted = next((role for role in Role if word(role) == which), None)
    here = {row.staff_no: row for row in shift.seats}
    for row in units.staff_of_unit(reader, desk.actor.centre_id):
        if wanted is None or str(wanted) in units.roles_of(reader, row["id"]):
            seat = here.get(row["staff_no"])
            words = f"座席 {seat.seat} {word(seat.state)}" if seat else "没有签入"
            at = seat.signed_in_at if seat else None
            yield BehindRow(row["staff_no"], at, f"{row['name']} {row['staff_no']}", words)


_BEHIND: dict[str, Callable[[Desk, Reader, Shift, str], Rows]] = {
    BoardKind.SEAT: _of_seat,
    BoardKind.NO_SUMMARY: _without_summary,
    BoardKind.RING_BACK: _drafts,
    BoardKind.PROMISE: _promises,
    BoardKind.QUEUE: _queue,
    BoardKind.ROLE: _role,
    BoardKind.CALLS: _all_calls,
    BoardKind.PICK_UP: _not_taken,
}
