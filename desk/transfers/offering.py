"""A seat offers its call, takes it back, puts it through outside, or calls 班长 without a sound (practice P13, P25)."""

from dataclasses import replace

from db.codes import Deed, TransferState, TransferWay
from db.ids import new_uid
from db.times import to_ms
from db.work_transfers import Transfer
from desk import seats
from desk.births import check_birth_right
from desk.codes import Role
from desk.context import Desk
from desk.errors import BadInput, Refused, StoreUnusable
from desk.rules.text import cleaned, required
from desk.transfer_rows import TransferRow
from desk.transfers.reading import row_of
from desk.transfers.targets import NO_ROSTER, Target, free_first, is_manned, target_of

SECONDS = 20
_SILENT_MS = 2 * 3_600_000
"""A call for 班长 stands until somebody has seen it, for two hours at most: the call is over then."""
_LONGEST_KEY, _LONGEST_TITLE = 64, 200


def offer(desk: Desk, call_key: str, target: str, draft_id: str, title: str) -> TransferRow:
    """Offer the call in hand, with its draft, to whoever `target` names; takes the place of an offer still running.

    No event: nothing has happened to an order. It comes back by itself after `transfer.seconds`. Raises NotAllowed,
    BadInput, Refused when nobody is there or the draft was not kept, StoreUnusable.
    """
    check_birth_right(desk, Deed.FILE_CALL)
    there = target_of(desk, target)
    if not is_manned(desk, there):
        raise Refused(f"{there.name}{NO_ROSTER}")
    if not there.seats:
        raise Refused(f"{there.name}现在没有人签入：可按 ^T 选中它再按 ^R，留下问题请对方回电")
    draft = desk.work.draft(draft_id)
    if draft is None or draft.staff_uid != desk.actor.uid:
        raise Refused("本次来电的草稿还没有存上，请再按一次 ^T")
    new = _new(desk, there.way, there.name, call_key)
    seconds = float(desk.settings.get("transfer.seconds", SECONDS))
    new = replace(
        new,
        label=_label(there),
        draft_id=draft_id,
        title=cleaned(title, _LONGEST_TITLE, "标题", one_line=True),
        seats=free_first(there.seats),
        expires_at=new.offered_at + int(seconds * 1000),
    )
    _withdraw_running(desk, new)
    return _added(desk, new)


def withdraw(desk: Desk, transfer_id: str) -> TransferRow:
    """收回: the call stays here. Raises Refused when it was taken or is back already."""
    found = desk.work.transfers.find(transfer_id)
    if found is None or found.from_seat != desk.seat:
        raise BadInput("没有这个转接", "转接")
    if not desk.work.transfers.withdraw(transfer_id, now_ms=to_ms(desk.now())):
        raise Refused("已不能收回：对方已接，或已退回本座席")
    return row_of(desk, desk.work.transfers.find(transfer_id) or found)


def note_outside(desk: Desk, call_key: str, number: str, name: str, *, is_three_way: bool) -> TransferRow:
    """Remember that the call was put through outside, or spoken three-way; its record keeps it once it is filed.

    Told twice of one call it is one. Raises NotAllowed, BadInput, StoreUnusable.
    """
    check_birth_right(desk, Deed.FILE_CALL)
    way = TransferWay.THREE_WAY if is_three_way else TransferWay.OUTSIDE
    new = _new(desk, way, required(number, "外线", 32, one_line=True), call_key)
    for known in desk.work.transfers.of_call(new.call_key):
        if (known.way, known.target) == (new.way, new.target):
            return row_of(desk, known)
    label = cleaned(f"{number} {name}", 60, "外线", one_line=True)
    return _added(
        desk, replace(new, label=label, state=str(TransferState.CONNECTED), ended_at=new.offered_at)
    )


def call_supervisor(desk: Desk, call_key: str, title: str) -> TransferRow:
    """静默呼叫班长: every 班长 sees at once who needs him; nothing rings at this seat (practice P25).

    Told twice about one call it is one. A 班长 who signs in later sees it too. Raises NotAllowed, BadInput.
    """
    check_birth_right(desk, Deed.FILE_CALL)
    there = tuple(each.seat for each in seats.others(desk) if Role.SUPERVISOR in each.roles)
    new = _new(desk, TransferWay.SILENT, "supervisor", call_key)
    new = replace(
        new,
        label="班长",
        title=cleaned(title, _LONGEST_TITLE, "标题", one_line=True),
        seats=there,
        expires_at=new.offered_at + _SILENT_MS,
    )
    _withdraw_running(desk, new)
    return _added(desk, new)


def _label(target: Target) -> str:
    if target.way is TransferWay.SEAT:
        return f"{target.seats[0].name}（座席 {target.name}）"
    return target.name


def _new(desk: Desk, way: TransferWay, target: str, call_key: str) -> Transfer:
    now = to_ms(desk.now())
    return Transfer(
        id=new_uid(),
        call_key=required(call_key, "通话编号", _LONGEST_KEY, one_line=True),
        way=str(way),
        target=target,
        label="",
        draft_id="",
        title="",
        seats=(),
        refused=(),
        from_seat=desk.seat,
        from_uid=desk.actor.uid,
        from_name=desk.actor.name,
        offered_at=now,
        expires_at=now,
        state=str(TransferState.OFFERED),
    )


def _withdraw_running(desk: Desk, new: Transfer) -> None:
    """One offer at a time goes out from a seat; a silent call is another matter, and one for each call."""
    for other in desk.work.transfers.of_call(new.call_key):
        if (other.way == TransferWay.SILENT) == (new.way == TransferWay.SILENT):
            desk.work.transfers.withdraw(other.id, now_ms=new.offered_at)


def _added(desk: Desk, new: Transfer) -> TransferRow:
    if not desk.work.transfers.add(new):
        raise StoreUnusable("转接没有发出（工作文件不可写）：请直接用话机转接，并告诉对方")
    return row_of(desk, new)
