"""The page of 当班, line by line: seats, calls, what waits, who is missing (practice P31, P27)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from db.codes import Role, SeatState
from db.doors import Reader
from db.queries import shift_board
from db.times import from_ms, to_ms
from desk import seats
from desk.codes import word
from desk.context import Desk
from desk.rules.calendar import local
from desk.seats import SeatRow
from desk.shift_board import calls as shift_calls
from desk.shift_board.gathering import Shift, check_may_read, gathered
from desk.shift_rows import Board, BoardKind, BoardLine

_LONG_WRAP_UP, _LONG_REST = timedelta(minutes=5), timedelta(minutes=20)
_ROUND_THE_CLOCK = (Role.AGENT, Role.DISPATCHER, Role.DUTY_OFFICER)
_BY_DAY = (Role.AUDITOR, Role.CALLBACK_AGENT)
_STATES = (SeatState.TALKING, SeatState.WRAP_UP, SeatState.FREE, SeatState.REST, SeatState.AWAY)


def board(desk: Desk) -> Board:
    """Return the page of 当班 for the shift that runs now. Raises NotAllowed for anybody but 班长."""
    check_may_read(desk)
    taken = seats.taken(desk)
    with desk.reading() as reader:
        shift = gathered(desk, reader, taken)
        lines = (
            *_of_seats(shift),
            *_of_calls(shift),
            *_of_drafts(shift),
            *_of_promises(shift),
            *_of_queues(desk, reader, shift.now),
            *_of_roles(shift),
        )
    return Board(f"{shift.duty.shift.name} {shift.duty.shift.hours}", shift.duty.begins, shift.figures, lines)


def _of_seats(shift: Shift) -> Iterator[BoardLine]:
    for row in sorted(shift.seats, key=lambda row: (_STATES.index(row.state), row.since, row.seat)):
        span = shift.now - row.since
        yield BoardLine(
            BoardKind.SEAT,
            f"{BoardKind.SEAT}:{row.seat}",
            f"{row.seat} {row.name} {row.staff_no}",
            f"{word(row.state)}，签入 {local(row.signed_in_at):%H:%M}",
            row.since,
            (row.state is SeatState.WRAP_UP and span >= _LONG_WRAP_UP)
            or (row.state is SeatState.REST and span >= _LONG_REST),
        )


def _of_calls(shift: Shift) -> Iterator[BoardLine]:
    found = shift.figures
    without = [call for call in shift.calls if call.lacks_summary]
    if without:
        oldest = min(call.ended_at or call.rang_at for call in without)
        yield _line(
            BoardKind.NO_SUMMARY, f"{len(without)} 通", "通话已结束，还没有话务小结", oldest, alarming=True
        )
    running = f"，通话中 {found.running}" if found.running else ""
    out = f"，其中呼出 {found.called_out}" if found.called_out else ""
    yield _line(
        BoardKind.CALLS,
        f"{found.summarised}/{found.ended}",
        f"有小结的/结束的通话{out}{running}",
        alarming=found.summarised < found.ended,
    )
    yield from _of_pick_up(shift)


def _of_pick_up(shift: Shift) -> Iterator[BoardLine]:
    found, ringing = shift.figures, shift_calls.waiting(shift.calls, to_ms(shift.now))
    if ringing:
        yield _line(
            BoardKind.PICK_UP, f"振铃 {len(ringing)} 路", "还没有人接", ringing[0].rang_at, alarming=True
        )
    answered = _share(found.answered_share)
    in_time = f"，及时{_share(found.in_time_share)}（{found.timed}通）" if found.timed else ""
    yield _line(
        BoardKind.PICK_UP,
        f"接通 {answered}",
        f"接听{found.answered}/{found.offered}，未接{found.missed}{in_time}",
        alarming=bool(found.missed),
    )


def _share(share: float | None) -> str:
    return "--" if share is None else f"{share:.0%}"


def _of_drafts(shift: Shift) -> Iterator[BoardLine]:
    """待回拨: calls that broke off, put aside to be rung back (practice P12)."""
    if not shift.drafts:
        return
    tried = sum(attempts_of(draft.body) >= shift.attempts for draft in shift.drafts)
    words = (
        f"已拨满 {shift.attempts} 次 {tried} 个，请按已知内容受理或存小结" if tried else "断线和搁置的受理"
    )
    oldest = min(draft.updated_at for draft in shift.drafts)
    yield _line(BoardKind.RING_BACK, f"{len(shift.drafts)} 个", words, oldest, alarming=bool(tried))


def attempts_of(body: object) -> int:
    """Return how often the number of a draft was rung back in vain."""
    call = body.get("call") if isinstance(body, dict) else None
    found = call.get("attempts", 0) if isinstance(call, dict) else 0
    return found if isinstance(found, int) else 0


def _of_promises(shift: Shift) -> Iterator[BoardLine]:
    late = [row for row in shift.promised if row["due_at"] <= to_ms(shift.now)]
    if shift.promised:
        words = f"承诺回电 {len(shift.promised)} 件在办" + (f"，{len(late)} 件已超时" if late else "")
        first = min(row["due_at"] for row in (late or shift.promised))
        yield _line(
            BoardKind.PROMISE, f"超期 {len(late)}" if late else "未到时", words, first, alarming=bool(late)
        )


def _of_queues(desk: Desk, reader: Reader, now: datetime) -> Iterator[BoardLine]:
    for status in shift_board.SINCE:
        count = shift_board.count_waiting(reader, desk.actor.centre_id, status)
        if not count:
            continue
        (first,) = shift_board.longest_waiting(reader, desk.actor.centre_id, status, 1)
        yield BoardLine(
            BoardKind.QUEUE,
            f"{BoardKind.QUEUE}:{status}",
            f"{word(status)} {count} 件",
            f"最久的 {first['order_no']} {first['steward_name'] or ''}".rstrip(),
            from_ms(first["since"]),
            first["press_at"] is not None and first["press_at"] <= to_ms(now),
            first["order_no"],
        )


def _of_roles(shift: Shift) -> Iterator[BoardLine]:
    """A role that nobody on the shift holds falls to 值班长 (practice P27)."""
    held = {role for row in shift.seats for role in row.roles}
    stand_in = _named([row for row in shift.seats if Role.SUPERVISOR in row.roles])
    if Role.SUPERVISOR not in held:
        yield _line(BoardKind.ROLE, word(Role.SUPERVISOR), "没有人签入", alarming=True)
    roles = _ROUND_THE_CLOCK if shift.duty.shift.is_night else (*_ROUND_THE_CLOCK, *_BY_DAY)
    for role in roles:
        if role not in held:
            words = f"没有人签入，由值班长代：{stand_in}" if stand_in else "没有人签入，也没有值班长"
            yield _line(BoardKind.ROLE, word(role), words, alarming=role in _ROUND_THE_CLOCK)
    if shift.gaps:
        yield _line(BoardKind.ROLE, "应急值班", f"几天内空 {shift.gaps} 班，F5 按 r 排班", alarming=True)


def _named(rows: list[SeatRow]) -> str:
    return "、".join(f"{row.name} {row.staff_no}" for row in rows)


def _line(
    kind: BoardKind, what: str, words: str, since: int | None = None, *, alarming: bool = False
) -> BoardLine:
    at = None if since is None else from_ms(since)
    return BoardLine(kind, f"{kind}:{what if kind is BoardKind.ROLE else ''}", what, words, at, alarming)
