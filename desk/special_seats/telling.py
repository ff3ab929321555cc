"""回电告知: the operator reads out what was decided; the call is a 呼出 record (practice P5)."""

from db.codes import CallDirection, CallSummary, Deed
from desk.calls import CallNote, keep
from desk.codes import word
from desk.context import Desk
from desk.rules.text import cleaned
from desk.special_seats.common import SHORT, deed_on

TELL_ATTEMPTS = 3
"""Calls in vain after which nobody is rung any more, unless the setting `special_seats.tell_attempts` says otherwise."""


def tell(desk: Desk, number: str, note: str = "", *, reached: bool = True) -> int:
    """File the call out and return how often it was in vain so far. One event.

    `reached` False: nobody answered; after `special_seats.tell_attempts` such calls it leaves the list.
    Raises NotAllowed, NotNow when there is nothing to tell.
    """
    words = cleaned(note, SHORT, "说明", one_line=True)
    with deed_on(desk, Deed.TELL_APPLICANT, number) as deed:
        call = CallNote(
            number=deed.row["phone"],
            direction=CallDirection.OUTBOUND,
            summary=CallSummary.SPECIAL_SEAT,
            ended_at=deed.at,
            note=f"{word(deed.form)}{deed.row['number']}回电告知 {words}".strip(),
            was_answered=reached,
        )
        keep(desk, deed.writer, call, deed.at)
        vain = int(deed.row["tell_attempts"]) + (not reached)
        if reached:
            deed.changes |= {"told_at": deed.at_ms, "told_by": desk.actor.id}
        else:
            deed.changes["tell_attempts"] = vain
            if vain >= int(desk.settings.get("special_seats.tell_attempts", TELL_ATTEMPTS)):
                deed.changes["unreached_at"] = deed.at_ms
        deed.data["reached"] = reached
        deed.texts["note"] = words
    return vain
