"""What a 身份核验 and a look share: the call must run here, and a digest says which number it was without naming it."""

import hmac

from desk.context import Desk
from desk.errors import BadInput, NotNow
from desk.rules.text import cleaned


def running_call(desk: Desk, call_key: str) -> str:
    """Return the key of a call that runs at this seat; one that the telephone system does not know is the form's own.

    Raises BadInput without a call, NotNow for one that has ended or runs at another seat.
    """
    key = cleaned(call_key, 64, "通话编号", one_line=True)
    if not key:
        raise BadInput("没有正在接的来电：社保记录只能查正在通话的本人", "通话编号")
    ring = desk.work.find_ring(key)
    if ring is not None and ring.ended_at is not None:
        raise NotNow("来电已挂断，不能再查：请本人再来电")
    if ring is not None and ring.seat not in ("", desk.seat):
        raise NotNow(f"这通来电在座席 {ring.seat}，请由该座席查询")
    return key


def digest(key: bytes, id_number: str) -> str:
    """Return what an event keeps of an ID number: with the key it can be compared, without it not even guessed."""
    return hmac.digest(key, id_number.encode(), "sha256").hex()
