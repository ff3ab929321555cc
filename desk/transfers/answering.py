"""A seat takes a call over with its draft, or does not want it; 班长 has seen who calls him (practice P13, P25)."""

from db.codes import Deed, Role, TransferState, TransferWay
from db.times import from_ms, to_ms
from db.work_transfers import Transfer
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput, NotAllowed, Refused
from desk.intake_rows import DraftRow
from desk.transfer_rows import TransferRow
from desk.transfers.reading import row_of, state_of

_KIND = "intake"


def take_over(desk: Desk, transfer_id: str) -> DraftRow:
    """接: the call and its draft are this seat's from now on; what the other desk had typed comes along.

    Raises NotAllowed for a seat that it was not offered to, Refused when it is over: taken, back, or taken back.
    """
    check_birth_right(desk, Deed.FILE_CALL)
    found = _offered_here(desk, transfer_id)
    _take(desk, found)
    desk.work.move_ring(found.call_key, seat=desk.seat)
    draft = desk.work.draft(found.draft_id)
    body = dict(draft.body) if draft else {"values": {}, "call": {"uid": found.call_key}}
    title, now = (draft.title if draft else ""), to_ms(desk.now())
    key = desk.work.save_draft(
        staff_uid=desk.actor.uid, seat=desk.seat, kind=_KIND, title=title, body=body, now_ms=now
    )
    if key:
        desk.work.drop_draft(found.draft_id)
    return DraftRow(key or found.draft_id, title, body, False, from_ms(now))


def refuse(desk: Desk, transfer_id: str) -> TransferRow:
    """不接: it is no longer offered here; refused by everybody it was offered to, it is back at once."""
    found = _offered_here(desk, transfer_id)
    if not desk.work.transfers.refuse(transfer_id, seat=desk.seat, now_ms=to_ms(desk.now())):
        raise Refused(_over(desk, desk.work.transfers.find(transfer_id) or found))
    return row_of(desk, desk.work.transfers.find(transfer_id) or found)


def acknowledge(desk: Desk, transfer_id: str) -> TransferRow:
    """已看到: 班长 knows who calls him; the operator's top line says so. Raises NotAllowed, BadInput, Refused."""
    found = desk.work.transfers.find(transfer_id)
    if found is None or found.way != TransferWay.SILENT:
        raise BadInput("没有这个呼叫", "呼叫")
    if Role.SUPERVISOR not in desk.actor.roles:
        raise NotAllowed("静默呼叫由班长处理")
    _take(desk, found)
    return row_of(desk, desk.work.transfers.find(transfer_id) or found)


def _offered_here(desk: Desk, transfer_id: str) -> Transfer:
    found = desk.work.transfers.find(transfer_id)
    if found is None:
        raise BadInput("没有这个转接", "转接")
    if desk.seat not in found.seats or found.way == TransferWay.SILENT:
        raise NotAllowed("这个来电没有转给本座席")
    return found


def _take(desk: Desk, found: Transfer) -> None:
    is_taken = desk.work.transfers.take(
        found.id,
        seat=desk.seat,
        staff_uid=desk.actor.uid,
        staff_name=desk.actor.name,
        now_ms=to_ms(desk.now()),
    )
    if not is_taken:
        raise Refused(_over(desk, desk.work.transfers.find(found.id) or found))


def _over(desk: Desk, found: Transfer) -> str:
    if state_of(found, to_ms(desk.now())) is TransferState.TAKEN:
        return f"{found.to_name}（座席 {found.to_seat}）已先接了"
    return f"转接已结束，来电在 {found.from_name}（座席 {found.from_seat}）那里"
