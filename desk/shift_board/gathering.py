"""Everything that the page of 当班 is made of, read at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from db.codes import Role, SeatState
from db.doors import Reader, Row
from db.queries import promises, units
from db.times import from_ms, to_ms
from db.work import Draft
from desk import roster_gaps
from desk.context import Desk
from desk.errors import NotAllowed
from desk.rules import roster
from desk.seats import SeatRow
from desk.shift_board import calls as shift_calls
from desk.shift_board.calls import ShiftCall
from desk.shift_rows import ShiftFigures


@dataclass(frozen=True, slots=True)
class Shift:
    """One moment of the running shift. `attempts`: how often somebody is rung back before what is known is filed."""

    now: datetime
    duty: roster.Duty
    seats: tuple[SeatRow, ...]
    calls: tuple[ShiftCall, ...]
    figures: ShiftFigures
    drafts: tuple[Draft, ...]
    promised: Sequence[Row]
    gaps: int
    attempts: int


def check_may_read(desk: Desk) -> None:
    """Raise NotAllowed for anybody but 班长."""
    if not (desk.actor.is_at_the_centre and Role.SUPERVISOR in desk.actor.roles):
        raise NotAllowed("当班页由班长查看")


def gathered(desk: Desk, reader: Reader, taken: Sequence[SeatRow]) -> Shift:
    """Return the shift as it stands now, with what each taken seat is doing."""
    now = desk.now()
    duty = roster.at(roster_gaps.shifts(desk), now)
    calls = shift_calls.of_shift(desk, reader, to_ms(duty.begins))
    return Shift(
        now=now,
        duty=duty,
        seats=tuple(_doing(row, calls) for row in taken),
        calls=calls,
        figures=shift_calls.figures(desk, calls),
        drafts=_held(desk, reader),
        promised=promises.running(reader, desk.actor.centre_path),
        gaps=roster_gaps.count_gaps(desk, reader),
        attempts=int(desk.settings.get("ring_back.attempts", 3)),
    )


def _held(desk: Desk, reader: Reader) -> tuple[Draft, ...]:
    """What people of this centre put aside, oldest first (practice P12)."""
    held = desk.work.held_drafts()
    ours = units.staff_by_uids(reader, sorted({draft.staff_uid for draft in held}), desk.actor.centre_path)
    uids = {row["uid"] for row in ours}
    return tuple(draft for draft in held if draft.staff_uid in uids)


def _doing(row: SeatRow, calls: Sequence[ShiftCall]) -> SeatRow:
    """话后整理 from the end of a call until its summary; free since then, not since the seat was last heard of."""
    if row.state is not SeatState.FREE:
        return row
    signed_in = to_ms(row.signed_in_at)
    own = [call for call in calls if call.seat == row.seat and call.ended_at and call.ended_at >= signed_in]
    answered = [call for call in own if call.answered_at is not None]
    if not answered:
        return row
    last = max(answered, key=lambda call: call.ended_at or 0)
    ended_at = from_ms(last.ended_at or 0)
    if last.lacks_summary:
        return replace(row, state=SeatState.WRAP_UP, since=ended_at)
    return replace(row, since=max(row.since, ended_at))
