"""后台审批: the deciding unit passes, sends back or refuses what the seat has taken; never who registered it."""

from db.codes import Deed
from desk.context import Desk
from desk.rules.text import cleaned, required
from desk.special_seats.common import SHORT, ApplicationDeed, deed_on


def pass_application(desk: Desk, number: str, words: str = "") -> None:
    """通过; `words` are told to the citizen (from when it holds, what to bring). One event.

    Raises NotAllowed for another unit and for who registered it, NotNow when it is not 待审批.
    """
    said = cleaned(words, SHORT, "告知内容", one_line=True)
    with deed_on(desk, Deed.PASS_APPLICATION, number) as deed:
        _decide(deed, said)


def send_back(desk: Desk, number: str, missing: str) -> None:
    """退回补正: the operator rings the citizen for what is missing; the limit begins anew when it is there. One event."""
    said = required(missing, "欠缺内容", SHORT, one_line=True)
    with deed_on(desk, Deed.SEND_BACK_APPLICATION, number) as deed:
        _decide(deed, said)


def refuse(desk: Desk, number: str, reason: str, basis: str) -> None:
    """不予通过, with reason and basis: both are told to the citizen. One event."""
    said = required(reason, "理由", SHORT, one_line=True)
    law = required(basis, "依据", SHORT, one_line=True)
    with deed_on(desk, Deed.REFUSE_APPLICATION, number) as deed:
        _decide(deed, said, law)


def _decide(deed: ApplicationDeed, words: str, basis: str = "") -> None:
    is_late = deed.row["due_at"] is not None and deed.at_ms > deed.row["due_at"]
    deed.changes |= {
        "decided_at": deed.at_ms,
        "decided_by": deed.desk.actor.id,
        "words": words,
        "basis": basis,
        "due_at": None,
        "is_late": bool(deed.row["is_late"]) or is_late,
        "told_at": None,
        "told_by": None,
        "tell_attempts": 0,
        "unreached_at": None,
    }
    deed.texts |= {"words": words, "basis": basis}
    if is_late:
        deed.data["late"] = True
