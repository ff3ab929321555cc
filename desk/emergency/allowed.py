"""What this person may do with an emergency now: the keys that F5 shows, and why another one does nothing."""

from db.codes import Deed
from db.doors import Reader, Row
from desk import phones
from desk.context import Desk
from desk.deed import check
from desk.emergency.endings import refuse_in_crisis
from desk.emergency.rows import emergency_of
from desk.emergency.steps import refuse_out_of_turn
from desk.errors import Refused
from desk.rules.emergency import STEPS

DEEDS = (
    *STEPS,
    Deed.TRY_CALL_OUT,
    Deed.HAND_TO_RESCUE,
    Deed.HEAR_RESCUE,
    Deed.RING_BACK,
    Deed.REPORT_ON,
    Deed.DOWNGRADE,
    Deed.FALSE_ALARM,
)
_CLOSED_FROM_AFAR = "远程"
"""Control without anybody on the spot is allowed with a reason, which is asked for later."""


def refusals(desk: Desk, reader: Reader, order: Row, row: Row) -> dict[Deed, str]:
    """Return, for each deed of F5 that this person cannot do with the emergency (its rows), the line that says why."""
    found = {deed: _refusal(desk, reader, deed, order, row) for deed in DEEDS}
    found[Deed.REVEAL_PHONE] = phones.refusal(desk, reader, order)
    return {deed: line for deed, line in found.items() if line}


def why_not(desk: Desk, order_no: str, kind: Deed) -> str:
    """Return the line that refuses `kind` on an emergency to this person now, '' when it is allowed."""
    with desk.reading() as reader:
        try:
            order, row = emergency_of(reader, order_no)
        except Refused as refused:
            return refused.message
        return _refusal(desk, reader, kind, order, row)


def _refusal(desk: Desk, reader: Reader, kind: Deed, order: Row, row: Row) -> str:
    try:
        check(desk, reader, kind, order)
        refuse_out_of_turn(kind, row, order, _CLOSED_FROM_AFAR)
        refuse_in_crisis(desk, reader, kind, order)
    except Refused as refused:
        return refused.message
    return ""
